using System.Runtime.CompilerServices;
using KeepalivedAot.Base;
using KeepalivedAot.Linux.Interop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Process;

/// <summary>Starts a program: the one place where the daemon makes a process, and the one way.</summary>
/// <remarks>
/// <para>
/// vfork, because it costs the loop less than half of what fork costs, and because posix_spawn cannot change the user. The child runs in
/// our memory until execve, so it makes raw system calls only (<see cref="SpawnChild"/>), all signals are blocked meanwhile, and
/// whatever it needs was laid out beforehand. When vfork returns, the program runs or has failed, and why stands in the plan.
/// </para>
/// <para>
/// The child's calls look, as all native calls without a transition do, whether a collection wants to begin, and would then wait in a
/// process where nobody wakes them. So none may begin: this thread stands still in vfork, and the only other one has nothing to do
/// (<see cref="FinalizerThread.Settle"/>). For this reason the child never runs beside us, however much sooner the loop could go on.
/// </para>
/// </remarks>
public static unsafe class Spawn
{
    /// <summary>Starts the program.</summary>
    /// <param name="observer">Told of its end when the child is in a loop.</param>
    /// <returns>Null when it could not be started; then no process is left behind.</returns>
    public static ChildProcess? Start(SpawnRequest request, IChildObserver? observer, out OsError error)
    {
        using SpawnPlanBuilder builder = new();
        SpawnPlan* plan = builder.Build(request);
        error = OpenNullDevice(out plan->NullDevice);
        if (error.IsError)
            return null;
        error = Start(plan, request.Path, out int pid, out ChildEnd end);
        close(plan->NullDevice);
        return error.IsError ? null : new ChildProcess(pid, end, observer);
    }

    /// <summary>The same with a plan, which is not needed any more on return.</summary>
    internal static OsError Start(SpawnPlan* plan, string path, out int pid, out ChildEnd end)
    {
        end = default;
        InheritedDescriptors.KeepFromPrograms();
        FinalizerThread.Settle();
        Errno errno = RuntimeFeature.IsDynamicCodeSupported ? SpawnUnderJit.Start(plan, out pid) : Vfork(plan, out pid);
        if (errno != Errno.None)
            return new OsError("vfork", path, errno);
        if (plan->Failure.Step != SpawnStep.None)
        {
            Await(pid);
            return new OsError(SpawnChild.NameOf(plan->Failure.Step), path, (Errno)plan->Failure.Errno);
        }
        // It is ours until we await it, so the number is its own even if it has ended already.
        OsError error = ChildEnd.Open(pid, path, out end);
        if (!error.IsError)
            return OsError.None;
        kill(pid, SignalNumber.SIGKILL);
        Await(pid);
        return error;
    }

    internal static OsError OpenNullDevice(out int fd)
    {
        fixed (byte* path = "/dev/null\0"u8)
            fd = open(path, O_RDWR | O_CLOEXEC, 0);
        return fd < 0 ? OsError.Last("open", "/dev/null") : OsError.None;
    }

    // Not inlined: the child runs on this very stack below this frame, and must find nothing of the caller's in registers.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    internal static Errno Vfork(SpawnPlan* plan, out int pid)
    {
        plan->Failure = default;
        ulong all = ulong.MaxValue;
        ulong before = 0;
        Libc.syscall(SysNumber.rt_sigprocmask, Libc.SIG_SETMASK, (nint)(&all), (nint)(&before), sizeof(ulong), 0, 0);
        // Under the JIT a native call goes through a stub of the runtime, whose frame the child of a vfork would destroy
        // before the parent returns through it. There the child gets a copy of the memory.
        int result = RuntimeFeature.IsDynamicCodeSupported
            ? (int)Libc.syscall(SysNumber.clone, SignalNumber.SIGCHLD, 0, 0, 0, 0, 0)
            : Libc.vfork();
        if (result == 0)
            SpawnChild.Run(plan);
        // What the child's calls have left there is nothing that has befallen us, unless there is no child.
        int errno = *Libc.__errno_location();
        Libc.syscall(SysNumber.rt_sigprocmask, Libc.SIG_SETMASK, (nint)(&before), 0, sizeof(ulong), 0, 0);
        Invariant.Require(result != 0, "only the parent comes back from a vfork");
        pid = result;
        return result < 0 ? (Errno)errno : Errno.None;
    }

    internal static void Await(int pid)
    {
        siginfo info = default;
        while (Libc.waitid(Libc.P_PID, pid, &info, Libc.WEXITED) != 0 && Libc.LastErrno == Errno.EINTR)
        {
        }
    }
}
