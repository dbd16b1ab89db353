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

    /// <summary>The address of the neighbour. Mandatory.</summary>
    [Keyword("neighbor_ip", Since = "2.0.0", Default = "required"), Alias("neighbour_ip", Since = "2.0.0")]
    public IpAddress Neighbor { get; private set; }

    /// <summary>The source address of packets to the neighbour; IPv4 or IPv6 as the neighbour's.</summary>
    [Keyword("source_ip", Since = "2.0.0", Default = "the kernel's choice")]
    public IpAddress Source { get; private set; }

    /// <summary>
    /// The shortest interval, in milliseconds, at which packets of the neighbour can be taken (Required Min RX Interval).
    /// </summary>
    [Keyword("min_rx", Since = "2.0.0"), Milliseconds(Decimals = 3), Range(1, 4294967), Strict]
    public Duration RequiredMinRxInterval { get; private set; } = Duration.FromMilliseconds(10);

    /// <summary>The interval, in milliseconds, at which packets are sent while the session is up (Desired Min TX Interval).</summary>
    [Keyword("min_tx", Since = "2.0.0"), Milliseconds(Decimals = 3), Range(1, 4294967), Strict]
    public Duration DesiredMinTxInterval { get; private set; } = Duration.FromMilliseconds(10);

    /// <summary>The interval, in milliseconds, at which packets are sent while the session is not up; at least a second.</summary>
    [Keyword("idle_tx", Since = "2.0.0"), Milliseconds(Decimals = 3), Range(1000, 4294967), Strict]
    public Duration IdleTxInterval { get; private set; } = Duration.FromMilliseconds(1000);

    /// <summary>How many packets in a row may be missed before the session counts as down.</summary>
    [Keyword("multiplier", Since = "2.0.0"), Range(1, 255), Strict]
    public byte DetectMultiplier { get; private set; } = 5;

    /// <summary>Send nothing until the neighbour has been heard.</summary>
    [Sets("passive", Since = "2.0.0")]
    public bool Passive { get; private set; }

    /// <summary>The TTL or hop limit of packets to the neighbour.</summary>
    /// <remarks>Never null after loading.</remarks>
    [Keyword("ttl", Since = "2.0.0", Default = "255 (IPv4), 64 (IPv6)"), Alias("hoplimit", Since = "2.0.0"), Range(1, 255), Strict]
    public byte? Ttl { get; private set; }

    /// <summary>How many hops away the neighbour may be, measured by the TTL of its packets; -1 takes any packet.</summary>
    [Keyword("max_hops", Since = "2.0.0"), Range(-1, 255), Strict]
    public short MaxHops { get; private set; }

    /// <summary>A session over several hops (RFC 5883): UDP port 4784 in place of 3784.</summary>
    [Keyword("multihop", Since = "2.2.8", Optional = true)]
    public bool Multihop { get; private set; }

    /// <summary>How much the session changes the priority of instances that track it; with 0 they go to FAULT when it is down.</summary>
    [Keyword("weight", Since = "2.0.0", Default = "0", Arguments = "int -253..253 [reverse]")]
    public TrackerWeight Weight { get; private set; }

    /// <summary>Let VRRP use the session. With neither 'vrrp' nor 'checker', or with both, both use it.</summary>
    [Sets("vrrp", Since = "2.0.0", Default = "both")]
    public bool Vrrp { get; private set; }

    /// <summary>Let BFD_CHECK use the session. With neither 'vrrp' nor 'checker', or with both, both use it.</summary>
    [Sets("checker", Since = "2.0.0", Default = "both")]
    public bool Checker { get; private set; }

    /// <summary>VRRP hears of it.</summary>
    public bool NotifiesVrrp => Vrrp || !Checker;

    /// <summary>Checkers hear of it.</summary>
    public bool NotifiesCheckers => Checker || !Vrrp;

    /// <summary>It can be run and tracked; those that cannot are left out after loading.</summary>
    internal bool IsUsable { get; private set; }
}
