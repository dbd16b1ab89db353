using System.Runtime.InteropServices;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Linux.Process;

/// <summary>How long the thread runs before others of the same right get their turn (EEVDF's slice, Linux 6.12 and later).</summary>
/// <remarks>
/// Who asks for less at a time is served sooner: on a processor that others keep busy, the thread runs when its timer fires and not when their slice is over.
/// Its share of the processor stays the same, and no right is needed. An older kernel takes the wish and does nothing.
/// </remarks>
public static unsafe class ProcessorSlice
{
    /// <summary>The shortest that the kernel gives.</summary>
    public static readonly Duration Shortest = Duration.FromMicroseconds(100);

    private const uint SCHED_OTHER = 0;
    private const ulong SCHED_FLAG_RESET_ON_FORK = 0x01;

    /// <summary>The slice of this thread; its children start with that of everybody. Nothing is changed where somebody chose another policy than the usual.</summary>
    /// <param name="slice"><see cref="Shortest"/> to 100 ms; the kernel rounds what is beyond.</param>
    /// <returns>EPERM or ENOSYS where a container's filter knows no such call.</returns>
    public static Errno Set(Duration slice)
    {
        Errno error = Read(out sched_attr attributes);
        if (error != Errno.None || attributes.sched_policy != SCHED_OTHER)
            return error;
        // The kernel may know a longer structure than ours, and says so.
        attributes.size = (uint)sizeof(sched_attr);
        attributes.sched_flags = SCHED_FLAG_RESET_ON_FORK;
        attributes.sched_runtime = (ulong)slice.Nanoseconds;
        return Libc.syscall(SysNumber.sched_setattr, 0, (nint)(&attributes), 0, 0, 0, 0) == 0 ? Errno.None : (Errno)(*Libc.__errno_location());
    }

    /// <summary>The slice in force; zero before Linux 6.12.</summary>
    public static Errno Get(out Duration slice)
    {
        Errno error = Read(out sched_attr attributes);
        slice = new Duration((long)attributes.sched_runtime);
        return error;
    }

    private static Errno Read(out sched_attr attributes)
    {
        sched_attr read = default;
        nint result = Libc.syscall(SysNumber.sched_getattr, 0, (nint)(&read), sizeof(sched_attr), 0, 0, 0);
        attributes = read;
        return result == 0 ? Errno.None : (Errno)(*Libc.__errno_location());
    }

    // linux/sched/types.h, the part that every kernel since 3.14 knows (SCHED_ATTR_SIZE_VER0)
    [StructLayout(LayoutKind.Sequential)]
    private struct sched_attr
    {
        public uint size;
        public uint sched_policy;
        public ulong sched_flags;
        public int sched_nice;
        public uint sched_priority;
        public ulong sched_runtime;
        public ulong sched_deadline;
        public ulong sched_period;
    }
}
