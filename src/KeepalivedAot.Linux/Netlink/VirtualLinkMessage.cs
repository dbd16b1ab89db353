using KeepalivedAot.Base.Net;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Linux.Netlink;

/// <summary>RTM_NEWLINK that makes a macvlan or ipvlan, or changes an interface, as bytes (linux/rtnetlink.h, linux/if_link.h).</summary>
internal static class VirtualLinkMessage
{
    private const ushort AF_INET = AddressMessage.AF_INET;
    private const ushort AF_INET6 = AddressMessage.AF_INET6;

    public static void WriteNew(ref NetlinkMessageWriter writer, VirtualLink link)
    {
        writer.Append(new ifinfomsg { ifi_family = LinkMessage.AF_UNSPEC });
        writer.Attribute(Libc.IFLA_IFNAME, link.Name);
        writer.Attribute(Libc.IFLA_LINK, link.BaseIndex);
        writer.Attribute(Libc.IFLA_GROUP, link.Group);
        bool isMacvlan = link.Kind == VirtualLinkKind.MacvlanPrivate;
        if (isMacvlan)
        {
            Span<byte> address = stackalloc byte[MacAddress.Length];
            link.Address.CopyTo(address);
            writer.Attribute(Libc.IFLA_ADDRESS, address);
        }
        int info = writer.BeginNested(Libc.IFLA_LINKINFO);
        writer.Attribute(Libc.IFLA_INFO_KIND, isMacvlan ? LinkKinds.Macvlan : LinkKinds.Ipvlan);
        int data = writer.BeginNested(Libc.IFLA_INFO_DATA);
        if (isMacvlan)
        {
            writer.Attribute(Libc.IFLA_MACVLAN_MODE, Libc.MACVLAN_MODE_PRIVATE);
        }
        else
        {
            writer.Attribute(Libc.IFLA_IPVLAN_MODE, Libc.IPVLAN_MODE_L2);
            ushort flags = LinkKinds.IpvlanFlagsOf(link.Kind);
            // Kernels before 4.15 do not know the attribute.
            if (flags != 0)
                writer.Attribute(Libc.IFLA_IPVLAN_FLAGS, flags);
        }
        writer.EndNested(data);
        writer.EndNested(info);
    }

    /// <param name="flags">Those of <paramref name="changed"/>.</param>
    public static void WriteFlags(ref NetlinkMessageWriter writer, KernelName name, LinkFlags flags, LinkFlags changed)
    {
        writer.Append(new ifinfomsg { ifi_family = LinkMessage.AF_UNSPEC, ifi_flags = (uint)flags, ifi_change = (uint)changed });
        writer.Attribute(Libc.IFLA_IFNAME, name);
    }

    public static void WriteMaster(ref NetlinkMessageWriter writer, KernelName name, int master)
    {
        writer.Append(new ifinfomsg { ifi_family = LinkMessage.AF_UNSPEC });
        writer.Attribute(Libc.IFLA_IFNAME, name);
        writer.Attribute(Libc.IFLA_MASTER, master);
    }

    public static void WriteGroup(ref NetlinkMessageWriter writer, KernelName name, uint group)
    {
        writer.Append(new ifinfomsg { ifi_family = LinkMessage.AF_UNSPEC });
        writer.Attribute(Libc.IFLA_IFNAME, name);
        writer.Attribute(Libc.IFLA_GROUP, group);
    }

    public static void WriteIpv4Settings(ref NetlinkMessageWriter writer, KernelName name, ReadOnlySpan<(Ipv4Setting Setting, int Value)> settings)
    {
        writer.Append(new ifinfomsg { ifi_family = LinkMessage.AF_UNSPEC });
        writer.Attribute(Libc.IFLA_IFNAME, name);
        int families = writer.BeginNested(Libc.IFLA_AF_SPEC);
        int family = writer.BeginNested(AF_INET);
        int all = writer.BeginNested(Libc.IFLA_INET_CONF);
        foreach ((Ipv4Setting setting, int value) in settings)
            writer.Attribute((ushort)setting, value);
        writer.EndNested(all);
        writer.EndNested(family);
        writer.EndNested(families);
    }

    /// <summary>The kernel makes no link-local address by itself.</summary>
    public static void WriteNoGeneratedAddress(ref NetlinkMessageWriter writer, KernelName name)
    {
        writer.Append(new ifinfomsg { ifi_family = LinkMessage.AF_UNSPEC });
        writer.Attribute(Libc.IFLA_IFNAME, name);
        int families = writer.BeginNested(Libc.IFLA_AF_SPEC);
        int family = writer.BeginNested(AF_INET6);
        writer.Attribute(Libc.IFLA_INET6_ADDR_GEN_MODE, Libc.IN6_ADDR_GEN_MODE_NONE);
        writer.EndNested(family);
        writer.EndNested(families);
    }
}
