using System.Globalization;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.VirtualServers;

/// <summary>An address and a port: <c>ip [port]</c>; a port of zero, or none, is that of whoever asks.</summary>
public readonly record struct ServerAddress(IpAddress Address, ushort Port) : IConfigArguments<ServerAddress>
{
    static string IConfigArguments<ServerAddress>.Expects => "ip [port]";

    static bool IConfigArguments<ServerAddress>.TryRead(Parser parser, out ServerAddress value)
    {
        value = default;
        if (!parser.TryAddress(AddressFamily.None, false, out IpAddress address, takesPort: true))
        {
            parser.TakeRest();
            return false;
        }
        long port = 0;
        if (parser.HasNext && !parser.TryInteger(0, ushort.MaxValue, true, out port, "the port"))
            return false;
        value = new ServerAddress(address, (ushort)port);
        return true;
    }

    string IConfigArguments<ServerAddress>.Format(bool showsSecrets) => ToString();

    public override string ToString() => Port == 0 ? Address.ToString() : string.Create(CultureInfo.InvariantCulture, $"{Address} {Port}");
}
