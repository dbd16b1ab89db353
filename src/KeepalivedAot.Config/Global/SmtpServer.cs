using System.Globalization;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Values;

namespace KeepalivedAot.Config.Global;

/// <summary>Where mails are delivered: <c>{ip|hostname} [port]</c>.</summary>
/// <param name="Host">An address or a host name; which one it is, and whether the name is known, is found out when a mail is sent.</param>
public sealed record SmtpServer(string Host, ushort Port) : IConfigArguments<SmtpServer>
{
    public const ushort DefaultPort = 25;

    static string IConfigArguments<SmtpServer>.Expects => "{ip|hostname} [port 1..65535]";

    static bool IConfigArguments<SmtpServer>.TryRead(Parser parser, out SmtpServer value)
    {
        value = null!;
        if (!parser.TryString(null, out string host))
            return false;
        long port = DefaultPort;
        if (parser.HasNext && !parser.TryInteger(1, ushort.MaxValue, false, out port))
            return false;
        value = new SmtpServer(host, (ushort)port);
        return true;
    }

    string IConfigArguments<SmtpServer>.Format(bool showsSecrets)
        => string.Create(CultureInfo.InvariantCulture, $"{ConfigWords.Quote(Host)} {Port}");
}
