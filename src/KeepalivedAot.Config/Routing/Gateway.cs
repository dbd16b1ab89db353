using KeepalivedAot.Base.Net;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Routing;

/// <summary>The next router of a route: <c>[inet|inet6] ADDRESS</c>. It may be of another family than the destination (RFC 8950).</summary>
public readonly record struct Gateway(IpAddress Address) : IConfigArguments<Gateway>
{
    static string IConfigArguments<Gateway>.Expects => "[inet|inet6] ip";

    static bool IConfigArguments<Gateway>.TryRead(Parser parser, out Gateway value)
    {
        AddressFamily family = parser.Takes("inet6"u8) ? AddressFamily.IPv6 : parser.Takes("inet"u8) ? AddressFamily.IPv4 : AddressFamily.None;
        bool valid = parser.TryAddress(family, isMulticast: false, out IpAddress address);
        if (!valid)
            parser.DropLine();
        value = new Gateway(address);
        return valid;
    }

    string IConfigArguments<Gateway>.Format(bool showsSecrets) => Address.ToString();
}
