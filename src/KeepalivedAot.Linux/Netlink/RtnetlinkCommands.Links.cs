using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Linux.Netlink;

public sealed partial class RtnetlinkCommands
{
    /// <summary>
    /// Makes an interface, which is down at first. EEXIST when the name is taken; EBUSY or EINVAL when its base cannot carry one;
    /// EOPNOTSUPP when the kernel does not know the kind.
    /// </summary>
    public void AddLink(VirtualLink link, int tag)
    {
        NetlinkMessageWriter writer;
        do
        {
            writer = Begin(Libc.RTM_NEWLINK, Libc.NLM_F_CREATE | Libc.NLM_F_EXCL);
            VirtualLinkMessage.WriteNew(ref writer, link);
        }
        while (!TryEnd(writer, tag));
    }

    /// <summary>Removes an interface. ENODEV when there is none.</summary>
    public void DeleteLink(KernelName name, int tag)
    {
        NetlinkMessageWriter writer;
        do
        {
            writer = Begin(Libc.RTM_DELLINK, 0);
            VirtualLinkMessage.WriteFlags(ref writer, name, LinkFlags.None, LinkFlags.None);
        }
        while (!TryEnd(writer, tag));
    }

    /// <summary>Switches an interface on. EADDRINUSE when another macvlan on the same base has its MAC address.</summary>
    public void SwitchOn(KernelName name, int tag)
    {
        NetlinkMessageWriter writer;
        do
        {
            writer = Begin(Libc.RTM_NEWLINK, 0);
            VirtualLinkMessage.WriteFlags(ref writer, name, LinkFlags.Up, LinkFlags.Up);
        }
        while (!TryEnd(writer, tag));
    }

    /// <summary>Makes an interface a port of another one; 0 ends that.</summary>
    public void SetMaster(KernelName name, int master, int tag)
    {
        NetlinkMessageWriter writer;
        do
        {
            writer = Begin(Libc.RTM_NEWLINK, 0);
            VirtualLinkMessage.WriteMaster(ref writer, name, master);
        }
        while (!TryEnd(writer, tag));
    }

    /// <summary>Puts an interface into a group; also into the one where it is, which has the kernel report the interface once more.</summary>
    public void SetGroup(KernelName name, uint group, int tag)
    {
        NetlinkMessageWriter writer;
        do
        {
            writer = Begin(Libc.RTM_NEWLINK, 0);
            VirtualLinkMessage.WriteGroup(ref writer, name, group);
        }
        while (!TryEnd(writer, tag));
    }

    /// <summary>Sets net.ipv4.conf.NAME.*; unlike below /proc/sys also where a container sees that read-only.</summary>
    public void SetIpv4(KernelName name, ReadOnlySpan<(Ipv4Setting Setting, int Value)> settings, int tag)
    {
        NetlinkMessageWriter writer;
        do
        {
            writer = Begin(Libc.RTM_NEWLINK, 0);
            VirtualLinkMessage.WriteIpv4Settings(ref writer, name, settings);
        }
        while (!TryEnd(writer, tag));
    }

    /// <summary>Has the kernel make no link-local IPv6 address there by itself. EAFNOSUPPORT without IPv6.</summary>
    public void GenerateNoAddress(KernelName name, int tag)
    {
        NetlinkMessageWriter writer;
        do
        {
            writer = Begin(Libc.RTM_NEWLINK, 0);
            VirtualLinkMessage.WriteNoGeneratedAddress(ref writer, name);
        }
        while (!TryEnd(writer, tag));
    }
}
