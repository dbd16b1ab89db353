using KeepalivedAot.Base;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Linux.Process;

/// <summary>The daemon's thread among the others: its nice value and the processors that it may run on.</summary>
public static unsafe class ProcessorShare
{
    /// <summary>The kernel's CPU_SETSIZE.</summary>
    public const int MostProcessors = 1024;

    private const int SetBytes = MostProcessors / 8;

    /// <param name="nice">-20, served first, to 19.</param>
    /// <returns>EACCES or EPERM without the right to.</returns>
    public static Errno SetNice(int nice) => Libc.setpriority(Libc.PRIO_PROCESS, 0, nice) == 0 ? Errno.None : Libc.LastErrno;

    /// <summary>The thread's nice value.</summary>
    public static int GetNice() => Libc.getpriority(Libc.PRIO_PROCESS, 0);

    /// <param name="processors">Their numbers, from 0.</param>
    /// <returns>EINVAL when none of them is there, or none is allowed to the process.</returns>
    public static Errno SetAffinity(IReadOnlyList<int> processors)
    {
        byte* set = stackalloc byte[SetBytes];
        new Span<byte>(set, SetBytes).Clear();
        foreach (int processor in processors)
        {
            Invariant.Require(processor is >= 0 and < MostProcessors, "a processor's number fits the set");
            set[processor / 8] |= (byte)(1 << (processor % 8));
        }
        return Libc.sched_setaffinity(0, SetBytes, set) == 0 ? Errno.None : Libc.LastErrno;
    }

    /// <summary>The processors that the thread may run on now, for putting it back.</summary>
    public static Errno GetAffinity(out IReadOnlyList<int> processors)
    {
        byte* set = stackalloc byte[SetBytes];
        new Span<byte>(set, SetBytes).Clear();
        List<int> found = [];
        processors = found;
        // The libc function's result is 0; the system call's would be the number of bytes.
        if (Libc.sched_getaffinity(0, SetBytes, set) < 0)
            return Libc.LastErrno;
        for (int processor = 0; processor < MostProcessors; processor++)
        {
            if ((set[processor / 8] & (1 << (processor % 8))) != 0)
                found.Add(processor);
        }
        return Errno.None;
    }
}
