#pragma warning disable CS8981 // kernel names keep the kernel's spelling
using System.Runtime.InteropServices;

namespace KeepalivedAot.Linux.Interop;

/// <summary>Fixed part of RTM_*ROUTE (linux/rtnetlink.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct rtmsg
{
    public byte rtm_family;
    public byte rtm_dst_len;
    public byte rtm_src_len;
    public byte rtm_tos;
    /// <summary>The lower eight bits of the table, or 0; RTA_TABLE has all of them.</summary>
    public byte rtm_table;
    public byte rtm_protocol;
    public byte rtm_scope;
    public byte rtm_type;
    public uint rtm_flags;
}

/// <summary>One way of a route, in RTA_MULTIPATH, with attributes behind it (linux/rtnetlink.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct rtnexthop
{
    public ushort rtnh_len;
    public byte rtnh_flags;
    /// <summary>Its weight less one.</summary>
    public byte rtnh_hops;
    public int rtnh_ifindex;
}

/// <summary>Fixed part of RTM_*RULE (linux/fib_rules.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct fib_rule_hdr
{
    public byte family;
    public byte dst_len;
    public byte src_len;
    public byte tos;
    /// <summary>The lower eight bits of the table, or 0; FRA_TABLE has all of them.</summary>
    public byte table;
    public byte res1;
    public byte res2;
    public byte action;
    public uint flags;
}

/// <summary>FRA_UID_RANGE, both included (linux/fib_rules.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct fib_rule_uid_range
{
    public uint start;
    public uint end;
}

/// <summary>FRA_SPORT_RANGE and FRA_DPORT_RANGE, both included (linux/fib_rules.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct fib_rule_port_range
{
    public ushort start;
    public ushort end;
}
