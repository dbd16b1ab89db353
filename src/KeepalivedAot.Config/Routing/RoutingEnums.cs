using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Routing;

/// <summary>What the kernel does with packets for the destination (rtnetlink's RTN_…, whose numbers these are).</summary>
public enum RouteType : byte
{
    Unspecified,
    Unicast,
    Local,
    Broadcast,
    Anycast,
    Multicast,
    Blackhole,
    Unreachable,
    Prohibit,
    Throw,
    Nat,
    ExternalResolve,
}

/// <summary>What a route may demand of TCP.</summary>
public enum RouteFeatures : byte
{
    None,

    /// <summary>Explicit congestion notification (RFC 3168).</summary>
    [Word("ecn")] Ecn,
}

/// <summary>Whether the TTL of a packet is carried over into its MPLS labels.</summary>
public enum TtlPropagation : byte
{
    Unspecified,
    [Word("enabled")] Enabled,
    [Word("disabled")] Disabled,
}

/// <summary>Where a route comes to stand among those for the same destination.</summary>
public enum RouteInsertion : byte
{
    /// <summary>The kernel's own order.</summary>
    Prepend,
    Append,

    /// <summary>It must be the only one.</summary>
    Add,
}

/// <summary>What a rule does with a packet that it matches (FR_ACT_… of linux/fib_rules.h, whose numbers these are).</summary>
public enum RuleAction : byte
{
    None,
    Lookup,
    Goto,
    Nop,
    Blackhole = 6,
    Unreachable = 7,
    Prohibit = 8,
}
