using KeepalivedAot.Base.Net;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Linux.Netlink;

/// <summary>An interface that is made on another one, which it shares with the host.</summary>
public sealed record VirtualLink
{
    public required KernelName Name { get; init; }

    public required VirtualLinkKind Kind { get; init; }

    /// <summary>The kernel's index of the interface that it stands on.</summary>
    public required int BaseIndex { get; init; }

    /// <summary>Of a macvlan; an ipvlan has that of the interface below.</summary>
    public MacAddress Address { get; init; }

    /// <summary>IFLA_GROUP.</summary>
    public uint Group { get; init; }
}

/// <summary>The driver and how it treats other interfaces on the same base.</summary>
public enum VirtualLinkKind : byte
{
    /// <summary>MACVLAN_MODE_PRIVATE (linux/if_link.h): a MAC address of its own; neighbours on the same base do not reach each other.</summary>
    MacvlanPrivate,

    /// <summary>IPVLAN_MODE_L2: the base's MAC address; neighbours reach each other.</summary>
    IpvlanBridge,

    /// <summary>IPVLAN_F_PRIVATE.</summary>
    IpvlanPrivate,

    /// <summary>IPVLAN_F_VEPA: neighbours reach each other through the switch outside.</summary>
    IpvlanVepa,
}

/// <summary>Settings of IPv4 on one interface, by their numbers in linux/ip.h (IPV4_DEVCONF_*).</summary>
public enum Ipv4Setting : ushort
{
    /// <summary>Whether a datagram must come in where its answer would go out: 0 no, 1 yes, 2 on any interface.</summary>
    RpFilter = 8,

    /// <summary>Answer ARP only where a datagram to the asker would go out.</summary>
    ArpFilter = 13,

    /// <summary>1: answer ARP only for addresses of the interface that was asked.</summary>
    ArpIgnore = 19,

    /// <summary>When the first address of a subnet goes, the next one takes its place.</summary>
    PromoteSecondaries = 20,

    /// <summary>Believe datagrams whose source is an address of this host.</summary>
    AcceptLocal = 23,
}
