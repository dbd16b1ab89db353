#pragma warning disable CS8981 // kernel names keep the kernel's spelling
using System.Runtime.InteropServices;

namespace KeepalivedAot.Linux.Interop;

/// <summary>One instruction of a classic BPF program (linux/filter.h).</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct sock_filter(ushort code, byte jt, byte jf, uint k);

/// <summary>A classic BPF program, for SO_ATTACH_FILTER (linux/filter.h).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct sock_fprog
{
    public ushort len;
    public sock_filter* filter;
}

/// <summary>sys/time.h, which Tmds.LibC lacks: for SO_RCVTIMEO and SO_SNDTIMEO.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct timeval
{
    public nint tv_sec;
    public nint tv_usec;
}
