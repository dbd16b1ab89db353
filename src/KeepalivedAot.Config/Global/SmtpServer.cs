using System.Buffers;
using System.Globalization;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Values;

namespace KeepalivedAot.Config.Global;

/// <summary>Where mails are delivered: <c>{ip|hostname} [port]</c>.</summary>
/// <param name="Host">An address or a host name; which one it is, and whether the name is known, is found out when a mail is sent.</param>
public sealed record SmtpServer(string Host, ushort Port) : IConfigArguments<SmtpServer>
{
    public const ushort DefaultPort = 25;
    private const int LongestHost = 253;

    private static readonly SearchValues<char> HostCharacters
        = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.");

    static string IConfigArguments<SmtpServer>.Expects => "{ip|hostname} [port 1..65535]";

    static bool IConfigArguments<SmtpServer>.TryRead(Parser parser, out SmtpServer value)
    {
        value = null!;
        if (!parser.TryString(null, out string host))
            return false;
        if (!CanBeHost(host))
            return parser.Reject(DiagnosticCatalogue.InvalidHost, $"'{host}' is neither an address nor the name of a host", "write an address without a prefix length, or a name");
        long port = DefaultPort;
        if (parser.HasNext && !parser.TryInteger(1, ushort.MaxValue, false, out port, "the port"))
            return false;
        value = new SmtpServer(host, (ushort)port);
        return true;
    }

    // Whether the name is known only the host can tell; what no resolver would take is said here.
    private static bool CanBeHost(string host)
        => IpAddress.TryParse(host, out _)
            || (host.Length is > 0 and <= LongestHost && !host.AsSpan().ContainsAnyExcept(HostCharacters) && host[0] != '-' && !host.Contains("..", StringComparison.Ordinal));

    string IConfigArguments<SmtpServer>.Format(bool showsSecrets)
        => string.Create(CultureInfo.InvariantCulture, $"{ConfigWords.Quote(Host)} {Port}");
}
