using KeepalivedAot.Base;
using KeepalivedAot.Linux.Interop;
using Tmds.Linux;

namespace KeepalivedAot.Linux.Process;

/// <summary>Keeps the daemon's signals from interrupting anything, so that its signalfd gets them.</summary>
public static unsafe class SignalMask
{
    /// <summary>
    /// Blocks the daemon's signals on this thread and on the runtime's finalizer thread, ignores SIGPIPE, and gives SIGCHLD its
    /// default back in case whoever started us ignored it. The first thing that Main does.
    /// </summary>
    /// <remarks>
    /// The finalizer thread starts before Main with an empty mask, and would take a signal that is meant for the process. In the
    /// published program these two are all the threads there are. Under the JIT there are more, and a test that
    /// needs all of them blocked starts a child with <see cref="SpawnRequest.BlockedSignals"/>.
    /// </remarks>
    public static void BlockEverywhere()
    {
        BlockOnThisThread();
        Libc.signal(SignalNumber.SIGPIPE, Libc.SIG_IGN);
        Libc.signal(SignalNumber.SIGCHLD, Libc.SIG_DFL);
        FinalizerThread.Run(BlockOnThisThread);
    }

    public static void BlockOnThisThread() => Change(Libc.SIG_BLOCK);

    /// <summary>For a foreground process that shall die of SIGINT and SIGTERM like any other.</summary>
    public static void UnblockOnThisThread() => Change(Libc.SIG_UNBLOCK);

    /// <summary>The daemon's signals as the kernel's bit mask, signal 1 lowest.</summary>
    public static ulong HandledBits
    {
        get
        {
            ulong bits = 0;
            foreach (int number in SignalNumber.Handled)
                bits |= 1UL << (number - 1);
            return bits;
        }
    }

    /// <summary>libc's sigset_t is 1024 bits long, of which the kernel knows the first 64.</summary>
    internal static sigset_t SetOf(ulong bits)
    {
        sigset_t set = default;
        *(ulong*)&set = bits;
        return set;
    }

    private static void Change(int how)
    {
        sigset_t set = SetOf(HandledBits);
        Invariant.Require(Libc.pthread_sigmask(how, &set, null) == 0, "a signal mask can be set");
    }
}
