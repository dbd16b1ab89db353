#pragma warning disable CS8981 // kernel names keep the kernel's spelling
using System.Runtime.InteropServices;

namespace KeepalivedAot.Linux.Interop;

/// <summary>Address of a netlink socket (linux/netlink.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct sockaddr_nl
{
    public ushort nl_family;
    public ushort nl_pad;
    /// <summary>Port; the kernel's own is 0.</summary>
    public uint nl_pid;
    public uint nl_groups;
}

/// <summary>Begins each netlink message; its length covers itself and the payload, not the padding (linux/netlink.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct nlmsghdr
{
    public uint nlmsg_len;
    public ushort nlmsg_type;
    public ushort nlmsg_flags;
    public uint nlmsg_seq;
    public uint nlmsg_pid;
}

/// <summary>
/// Payload of NLMSG_ERROR: a negative errno, or 0 as the acknowledgement, and the header it answers (linux/netlink.h).
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct nlmsgerr
{
    public int error;
    public nlmsghdr msg;
}

/// <summary>Begins each attribute; its length covers itself and the value, not the padding (linux/rtnetlink.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct rtattr
{
    public ushort rta_len;
    public ushort rta_type;
}

/// <summary>Fixed part of RTM_*LINK (linux/rtnetlink.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ifinfomsg
{
    public byte ifi_family;
    public byte ifi_pad;
    public ushort ifi_type;
    public int ifi_index;
    public uint ifi_flags;
    public uint ifi_change;
}

/// <summary>Fixed part of RTM_*ADDR (linux/if_addr.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ifaddrmsg
{
    public byte ifa_family;
    public byte ifa_prefixlen;
    /// <summary>The lower eight flags; IFA_FLAGS has them all.</summary>
    public byte ifa_flags;
    public byte ifa_scope;
    public uint ifa_index;
}

/// <summary>IFA_CACHEINFO: lifetimes in seconds, time stamps in hundredths of a second (linux/if_addr.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ifa_cacheinfo
{
    public uint ifa_prefered;
    public uint ifa_valid;
    public uint cstamp;
    public uint tstamp;
}
