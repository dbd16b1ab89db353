using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Tracking;

namespace KeepalivedAot.Config.Bfd;

/// <summary>One <c>bfd_instance NAME { … }</c>: a BFD session (RFC 5880) with a neighbour.</summary>
[Block("bfd_instance", Label = "NAME")]
public sealed partial class BfdInstanceBlock
{
    /// <summary>The longest name, in bytes.</summary>
    public const int LongestName = 31;

    public string Name { get; private set; } = "";

    /// <summary>Address of the neighbour.</summary>
    [Keyword("neighbor_ip", Since = "2.0.0", Default = "required"), Alias("neighbour_ip", Since = "2.0.0")]
    public IpAddress Neighbor { get; private set; }

    /// <summary>Source address of our packets, of the neighbour's family.</summary>
    [Keyword("source_ip", Since = "2.0.0", Default = "the kernel's choice")]
    public IpAddress Source { get; private set; }

    /// <summary>Required Min RX Interval in milliseconds: how often we can take a packet.</summary>
    [Keyword("min_rx", Since = "2.0.0"), Milliseconds(Decimals = 3), Range(1, 4294967), Strict]
    public Duration RequiredMinRxInterval { get; private set; } = Duration.FromMilliseconds(10);

    /// <summary>Desired Min TX Interval in milliseconds while the session is up.</summary>
    [Keyword("min_tx", Since = "2.0.0"), Milliseconds(Decimals = 3), Range(1, 4294967), Strict]
    public Duration DesiredMinTxInterval { get; private set; } = Duration.FromMilliseconds(10);

    /// <summary>Desired Min TX Interval in milliseconds while the session is not up; at least a second.</summary>
    [Keyword("idle_tx", Since = "2.0.0"), Milliseconds(Decimals = 3), Range(1000, 4294967), Strict]
    public Duration IdleTxInterval { get; private set; } = Duration.FromMilliseconds(1000);

    /// <summary>How many packets may be missed before the session is down.</summary>
    [Keyword("multiplier", Since = "2.0.0"), Range(1, 255), Strict]
    public byte DetectMultiplier { get; private set; } = 5;

    /// <summary>Send nothing until the neighbour is heard.</summary>
    [Sets("passive", Since = "2.0.0")]
    public bool Passive { get; private set; }

    /// <summary>TTL or hop limit of our packets; never null after loading.</summary>
    [Keyword("ttl", Since = "2.0.0", Default = "255 (IPv4), 64 (IPv6)"), Alias("hoplimit", Since = "2.0.0"), Range(1, 255), Strict]
    public byte? Ttl { get; private set; }

    /// <summary>How much less than ttl a packet may arrive with; -1 takes every packet.</summary>
    [Keyword("max_hops", Since = "2.0.0"), Range(-1, 255), Strict]
    public short MaxHops { get; private set; }

    /// <summary>A session over several hops (RFC 5883): UDP port 4784 in place of 3784.</summary>
    [Keyword("multihop", Since = "2.2.8", Optional = true)]
    public bool Multihop { get; private set; }

    /// <summary>How much the session changes the priority of the instances that track it; 0 means that its loss is their fault.</summary>
    [Keyword("weight", Since = "2.0.0", Default = "0", Arguments = "int -253..253 [reverse]")]
    public TrackerWeight Weight { get; private set; }

    /// <summary>VRRP is told of the session. With neither this nor checker both are, which both words say too.</summary>
    [Sets("vrrp", Since = "2.0.0", Default = "both")]
    public bool Vrrp { get; private set; }

    /// <summary>Checkers are told of the session. With neither this nor vrrp both are, which both words say too.</summary>
    [Sets("checker", Since = "2.0.0", Default = "both")]
    public bool Checker { get; private set; }

    /// <summary>VRRP hears of it.</summary>
    public bool NotifiesVrrp => Vrrp || !Checker;

    /// <summary>Checkers hear of it.</summary>
    public bool NotifiesCheckers => Checker || !Vrrp;

    /// <summary>It can be run and tracked; those that cannot are left out after loading.</summary>
    internal bool IsUsable { get; private set; }
}
