using System.Globalization;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Routing;

/// <summary>The type of a route as it is written: a word or a number.</summary>
public readonly record struct RouteKind(RouteType Type) : IConfigValue<RouteKind>
{
    public static string Expects
        => "unicast|local|broadcast|brd|anycast|multicast|blackhole|unreachable|prohibit|throw|nat|xresolve|uint 0..255";

    /// <summary>Packets for the destination go nowhere: it needs neither gateway nor interface.</summary>
    public bool IsWithoutWay => Type is RouteType.Blackhole or RouteType.Unreachable or RouteType.Prohibit or RouteType.Throw;

    public static bool TryParse(ReadOnlySpan<byte> text, out RouteKind value)
    {
        RouteType? type = text switch
        {
            _ when text.SequenceEqual("unicast"u8) => RouteType.Unicast,
            _ when text.SequenceEqual("local"u8) => RouteType.Local,
            _ when text.SequenceEqual("broadcast"u8) || text.SequenceEqual("brd"u8) => RouteType.Broadcast,
            _ when text.SequenceEqual("anycast"u8) => RouteType.Anycast,
            _ when text.SequenceEqual("multicast"u8) => RouteType.Multicast,
            _ when text.SequenceEqual("blackhole"u8) => RouteType.Blackhole,
            _ when text.SequenceEqual("unreachable"u8) => RouteType.Unreachable,
            _ when text.SequenceEqual("prohibit"u8) => RouteType.Prohibit,
            _ when text.SequenceEqual("throw"u8) => RouteType.Throw,
            _ when text.SequenceEqual("nat"u8) => RouteType.Nat,
            _ when text.SequenceEqual("xresolve"u8) => RouteType.ExternalResolve,
            _ => ConfigNumber.TryParseAnyBase(text, byte.MaxValue, out uint number) ? (RouteType)number : null,
        };
        value = new RouteKind(type ?? RouteType.Unspecified);
        return type is not null;
    }

    public override string ToString() => Type switch
    {
        RouteType.Unicast => "unicast",
        RouteType.Local => "local",
        RouteType.Broadcast => "broadcast",
        RouteType.Anycast => "anycast",
        RouteType.Multicast => "multicast",
        RouteType.Blackhole => "blackhole",
        RouteType.Unreachable => "unreachable",
        RouteType.Prohibit => "prohibit",
        RouteType.Throw => "throw",
        RouteType.Nat => "nat",
        RouteType.ExternalResolve => "xresolve",
        _ => ((byte)Type).ToString(CultureInfo.InvariantCulture),
    };
}
