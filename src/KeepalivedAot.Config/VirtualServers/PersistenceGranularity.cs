using System.Globalization;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.VirtualServers;

/// <summary>Which clients count as one: a mask of IPv4, or the length of a prefix of IPv6.</summary>
public readonly record struct PersistenceGranularity(IpAddress Mask, byte PrefixLength) : IConfigArguments<PersistenceGranularity>
{
    private const long LongestPrefix = 128;

    public AddressFamily Family => Mask.IsNone ? AddressFamily.IPv6 : AddressFamily.IPv4;

    /// <summary>What the number is to keepalived for a service of IPv4: an address without dots.</summary>
    internal PersistenceGranularity AsMask => new(IpAddress.FromIPv4(PrefixLength), 0);

    static string IConfigArguments<PersistenceGranularity>.Expects => "netmask4|uint! 1..128";

    static bool IConfigArguments<PersistenceGranularity>.TryRead(Parser parser, out PersistenceGranularity value)
    {
        value = default;
        if (!parser.NextText.Contains((byte)'.'))
        {
            if (!parser.TryInteger(1, LongestPrefix, true, out long length))
                return false;
            value = new PersistenceGranularity(default, (byte)length);
            return true;
        }
        if (!parser.TryTake(out Text.Word word))
            return false;
        if (!ConfigAddress.TryParse(word.Text, out IpAddress mask))
            return parser.Reject(DiagnosticCatalogue.InvalidAddress, $"'{word}' is no mask of IPv4", "write 255.255.255.0 or the like");
        value = new PersistenceGranularity(mask, 0);
        return true;
    }

    string IConfigArguments<PersistenceGranularity>.Format(bool showsSecrets)
        => Mask.IsNone ? PrefixLength.ToString(CultureInfo.InvariantCulture) : Mask.ToString();
}
