using KeepalivedAot.Base.Net;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Vrrp;

/// <summary>What stands after <c>brd</c>: <c>+</c>, <c>-</c> or an IPv4 address.</summary>
public readonly record struct Broadcast(BroadcastKind Kind, IpAddress Address) : IConfigArguments<Broadcast>
{
    /// <summary>A /31 and a /32 have no host bits that could be a broadcast address.</summary>
    private const int LongestPrefix = 30;

    static string IConfigArguments<Broadcast>.Expects => "an IPv4 address, + or -";

    static bool IConfigArguments<Broadcast>.TryRead(Parser parser, out Broadcast value)
    {
        value = default;
        if (!parser.TryTake(out Text.Word word))
            return false;
        return TryParse(word.Text, out value)
            || parser.Reject(DiagnosticCatalogue.InvalidWord, $"'{parser.CurrentKeyword}' takes an IPv4 address, + or -, not '{word}'");
    }

    string IConfigArguments<Broadcast>.Format(bool showsSecrets) => ToString();

    public static bool TryParse(ReadOnlySpan<byte> text, out Broadcast value)
    {
        value = default;
        if (text is [(byte)'+'])
            value = new Broadcast(BroadcastKind.HostBitsSet, default);
        else if (text is [(byte)'-'])
            value = new Broadcast(BroadcastKind.HostBitsClear, default);
        else if (ConfigAddress.TryParse(text, out IpAddress address) && address.Family == AddressFamily.IPv4)
            value = new Broadcast(BroadcastKind.Address, address);
        return value.Kind != BroadcastKind.None;
    }

    /// <summary>The broadcast address of a virtual address, or no address.</summary>
    public IpAddress For(IpPrefix prefix)
    {
        if (Kind == BroadcastKind.Address)
            return Address;
        if (Kind == BroadcastKind.None || prefix.Address.Family != AddressFamily.IPv4 || prefix.Length > LongestPrefix)
            return default;
        uint hostBits = uint.MaxValue >> prefix.Length;
        uint address = prefix.Address.ToUInt32();
        return IpAddress.FromIPv4(Kind == BroadcastKind.HostBitsSet ? address | hostBits : address & ~hostBits);
    }

    public override string ToString() => Kind switch
    {
        BroadcastKind.HostBitsSet => "+",
        BroadcastKind.HostBitsClear => "-",
        _ => Address.ToString(),
    };
}
