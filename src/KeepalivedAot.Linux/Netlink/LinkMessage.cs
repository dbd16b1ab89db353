using System.Runtime.InteropServices;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Linux.Netlink;

/// <summary>RTM_NEWLINK and RTM_DELLINK as bytes (linux/rtnetlink.h, linux/if_link.h).</summary>
internal static class LinkMessage
{
    public const byte AF_UNSPEC = 0;


    /// <summary>
    /// Whether the message is about something else than the interface itself: the same types and the same group tell of bridge
    /// ports (family AF_BRIDGE; a port that leaves its bridge comes as RTM_DELLINK).
    /// </summary>
    public static bool IsForeign(ReadOnlySpan<byte> payload) => !payload.IsEmpty && payload[0] != AF_UNSPEC;

    /// <param name="isPartial">
    /// The message tells of one detail only (wireless events) and does not describe the interface.
    /// </param>
    public static NetlinkFault TryParse(ReadOnlySpan<byte> payload, out LinkInfo link, out bool isPartial)
    {
        link = default;
        isPartial = false;
        if (!NetlinkAttributes.TrySplit(payload, out ifinfomsg message, out NetlinkAttributes attributes))
            return NetlinkFault.TruncatedPayload;
        KernelName name = default;
        Kinds kinds = default;
        MacAddress address = default;
        MacAddress broadcast = default;
        bool hasAddress = false;
        uint mtu = 0;
        int linkIndex = 0;
        int master = 0;
        uint group = 0;
        bool isElsewhere = false;
        byte operationalState = 0;
        while (attributes.TryRead(out ushort type, out ReadOnlySpan<byte> value))
        {
            bool valid = type switch
            {
                Libc.IFLA_MTU => MemoryMarshal.TryRead(value, out mtu),
                Libc.IFLA_LINK => MemoryMarshal.TryRead(value, out linkIndex),
                Libc.IFLA_MASTER => MemoryMarshal.TryRead(value, out master),
                Libc.IFLA_GROUP => MemoryMarshal.TryRead(value, out group),
                Libc.IFLA_OPERSTATE => MemoryMarshal.TryRead(value, out operationalState),
                _ => true,
            };
            if (!valid)
                return NetlinkFault.AttributeSize;
            switch (type)
            {
                case Libc.IFLA_IFNAME:
                    name = KernelName.FromBytes(value);
                    break;
                case Libc.IFLA_ADDRESS when value.Length == MacAddress.Length:
                    address = MacAddress.FromBytes(value);
                    hasAddress = true;
                    break;
                case Libc.IFLA_BROADCAST when value.Length == MacAddress.Length:
                    broadcast = MacAddress.FromBytes(value);
                    break;
                case Libc.IFLA_LINK_NETNSID:
                    isElsewhere = true;
                    break;
                case Libc.IFLA_WIRELESS:
                    isPartial = true;
                    break;
                case Libc.IFLA_LINKINFO:
                    NetlinkFault fault = TryParseKinds(value, ref kinds);
                    if (fault != NetlinkFault.None)
                        return fault;
                    break;
            }
        }
        if (attributes.Fault != NetlinkFault.None)
            return attributes.Fault;
        if (name.IsNone)
            return NetlinkFault.MissingAttribute;
        link = new LinkInfo
        {
            Index = message.ifi_index,
            Name = name,
            Flags = (LinkFlags)message.ifi_flags,
            OperationalState = (OperationalState)operationalState,
            Mtu = (int)Math.Min(mtu, int.MaxValue),
            HardwareType = message.ifi_type,
            HasMacAddress = hasAddress,
            Address = address,
            BroadcastAddress = broadcast,
            LinkIndex = linkIndex,
            IsLinkElsewhere = isElsewhere,
            MasterIndex = master,
            MasterKind = kinds.OfMaster,
            Group = group,
            Kind = kinds.Own,
            MacvlanMode = kinds.MacvlanMode,
            IpvlanMode = kinds.IpvlanMode,
            IpvlanFlags = kinds.IpvlanFlags,
            VrfTable = kinds.VrfTable,
        };
        return NetlinkFault.None;
    }

    private static NetlinkFault TryParseKinds(ReadOnlySpan<byte> nested, ref Kinds kinds)
    {
        NetlinkAttributes attributes = new(nested);
        ReadOnlySpan<byte> data = default;
        while (attributes.TryRead(out ushort type, out ReadOnlySpan<byte> value))
        {
            switch (type)
            {
                case Libc.IFLA_INFO_KIND:
                    kinds.Own = KernelName.FromBytes(value);
                    break;
                case Libc.IFLA_INFO_SLAVE_KIND:
                    kinds.OfMaster = KernelName.FromBytes(value);
                    break;
                case Libc.IFLA_INFO_DATA:
                    data = value;
                    break;
            }
        }
        if (attributes.Fault != NetlinkFault.None)
            return attributes.Fault;
        // What the data are depends on the kind.
        return kinds.Own == LinkKinds.Macvlan ? TryParseNumber(data, Libc.IFLA_MACVLAN_MODE, ref kinds.MacvlanMode)
            : kinds.Own == LinkKinds.Ipvlan ? TryParseIpvlan(data, ref kinds)
            : kinds.Own == LinkKinds.Vrf ? TryParseNumber(data, Libc.IFLA_VRF_TABLE, ref kinds.VrfTable)
            : NetlinkFault.None;
    }

    private static NetlinkFault TryParseIpvlan(ReadOnlySpan<byte> nested, ref Kinds kinds)
    {
        NetlinkFault fault = TryParseNumber(nested, Libc.IFLA_IPVLAN_MODE, ref kinds.IpvlanMode);
        return fault != NetlinkFault.None ? fault : TryParseNumber(nested, Libc.IFLA_IPVLAN_FLAGS, ref kinds.IpvlanFlags);
    }

    private static NetlinkFault TryParseNumber<T>(ReadOnlySpan<byte> nested, ushort wanted, ref T number)
        where T : unmanaged
    {
        NetlinkAttributes attributes = new(nested);
        while (attributes.TryRead(out ushort type, out ReadOnlySpan<byte> value))
        {
            if (type == wanted && !MemoryMarshal.TryRead(value, out number))
                return NetlinkFault.AttributeSize;
        }
        return attributes.Fault;
    }

    private struct Kinds
    {
        public KernelName Own;
        public KernelName OfMaster;
        public uint MacvlanMode;
        public ushort IpvlanMode;
        public ushort IpvlanFlags;
        public uint VrfTable;
    }
}
