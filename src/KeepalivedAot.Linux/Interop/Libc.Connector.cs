using System.Runtime.InteropServices;

namespace KeepalivedAot.Linux.Interop;

// linux/connector.h, linux/cn_proc.h
internal static partial class Libc
{
    public const int NETLINK_CONNECTOR = 11;
    public const uint CN_IDX_PROC = 1;
    public const uint CN_VAL_PROC = 1;

    public const uint PROC_CN_MCAST_LISTEN = 1;

    public const uint PROC_EVENT_NONE = 0;
    public const uint PROC_EVENT_FORK = 1;
    public const uint PROC_EVENT_EXEC = 2;
    public const uint PROC_EVENT_COMM = 0x200;
    public const uint PROC_EVENT_EXIT = 0x80000000;

    /// <summary>struct nlmsghdr, struct cn_msg: 16 and 20 bytes; the structures of cn_proc.h follow.</summary>
    public const int ConnectorHeaderLength = 36;
}

/// <summary>struct cn_msg.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct cn_msg
{
    public uint idx;
    public uint val;
    public uint seq;
    public uint ack;
    public ushort len;
    public ushort flags;
}

/// <summary>The head of struct proc_event, and the first four numbers of its union.</summary>
/// <remarks>
/// Fork: parent_pid, parent_tgid, child_pid, child_tgid. Exec, comm, exit: process_pid, process_tgid. None: the errno of the request.
/// </remarks>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct proc_event
{
    public uint what;
    public uint cpu;
    public ulong timestamp_ns;
    public int first;
    public int second;
    public int third;
    public int fourth;
}
