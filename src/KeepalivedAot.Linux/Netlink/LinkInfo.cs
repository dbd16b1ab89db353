using KeepalivedAot.Base.Net;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Linux.Netlink;

/// <summary>A network interface as RTM_NEWLINK describes it.</summary>
public readonly record struct LinkInfo
{
    public int Index { get; init; }

    public KernelName Name { get; init; }

    public LinkFlags Flags { get; init; }

    public OperationalState OperationalState { get; init; }

    /// <summary>Bytes of payload, without the Ethernet header.</summary>
    public int Mtu { get; init; }

    /// <summary>ARPHRD_* (linux/if_arp.h): 1 is Ethernet, 772 the loopback.</summary>
    public ushort HardwareType { get; init; }

    /// <summary>Whether <see cref="Address"/> is one: the interface has an address of six bytes.</summary>
    public bool HasMacAddress { get; init; }

    public MacAddress Address { get; init; }

    public MacAddress BroadcastAddress { get; init; }

    /// <summary>
    /// The interface that this one stands on (IFLA_LINK): the base of a macvlan or VLAN, the peer of a veth. 0 for none.
    /// </summary>
    public int LinkIndex { get; init; }

    /// <summary><see cref="LinkIndex"/> is an index of another network namespace.</summary>
    public bool IsLinkElsewhere { get; init; }

    /// <summary>The bridge, bond or VRF that this interface is a port of. 0 for none.</summary>
    public int MasterIndex { get; init; }

    /// <summary>What <see cref="MasterIndex"/> is (IFLA_INFO_SLAVE_KIND): vrf, bridge, bond ... None without one, or if it does not say.</summary>
    public KernelName MasterKind { get; init; }

    /// <summary>IFLA_GROUP: by it a host changes many interfaces at once. 0 is the default group.</summary>
    public uint Group { get; init; }

    /// <summary>How a macvlan treats its neighbours (IFLA_MACVLAN_MODE); 0 for everything else.</summary>
    public uint MacvlanMode { get; init; }

    /// <summary>At which layer an ipvlan takes its packets (IFLA_IPVLAN_MODE); 0 for everything else.</summary>
    public ushort IpvlanMode { get; init; }

    /// <summary>How an ipvlan treats its neighbours (IFLA_IPVLAN_FLAGS, Linux 4.15); 0 for everything else.</summary>
    public ushort IpvlanFlags { get; init; }

    /// <summary>The driver's word (IFLA_INFO_KIND): veth, macvlan, vrf, bridge ... None for a physical one.</summary>
    public KernelName Kind { get; init; }

    /// <summary>The routing table of a VRF; 0 for every other kind of link.</summary>
    public uint VrfTable { get; init; }

    /// <summary>Switched on, and with a carrier.</summary>
    public bool IsUp => (Flags & (LinkFlags.Up | LinkFlags.Running)) == (LinkFlags.Up | LinkFlags.Running);
}

/// <summary>IFF_* (linux/if.h): those that anybody here asks for; the others keep their place.</summary>
[Flags]
public enum LinkFlags : uint
{
    None = 0,
    Up = 1 << 0,
    Broadcast = 1 << 1,
    Loopback = 1 << 3,
    PointToPoint = 1 << 4,
    /// <summary>Operational state is up (RFC 2863), or unknown to the driver.</summary>
    Running = 1 << 6,
    NoArp = 1 << 7,
    Promiscuous = 1 << 8,
    Multicast = 1 << 12,
    /// <summary>The driver sees a carrier.</summary>
    LowerUp = 1 << 16,
    Dormant = 1 << 17,
}

/// <summary>IF_OPER_* (linux/if.h, RFC 2863).</summary>
public enum OperationalState : byte
{
    Unknown = 0,
    NotPresent = 1,
    Down = 2,
    LowerLayerDown = 3,
    Testing = 4,
    Dormant = 5,
    Up = 6,
}
