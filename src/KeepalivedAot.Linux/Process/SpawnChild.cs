using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Linux.Process;

/// <summary>Which step of the child failed, and why.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SpawnFailure
{
    public SpawnStep Step;
    public int Errno;
}

internal enum SpawnStep
{
    None,
    Group,
    Streams,
    Directory,
    User,
    Execve,
}

/// <summary>What happens between vfork and execve.</summary>
/// <remarks>
/// Nothing here allocates, throws, or calls anything but <see cref="Libc.syscall"/>. The libc wrappers of setresuid and its
/// kin would change every thread of the process, which after a vfork is the parent's.
/// </remarks>
internal static unsafe class SpawnChild
{
    public const int LastSignal = 64;

    /// <summary>struct sigaction of the kernel, in words.</summary>
    public const int SignalActionLength = 4;

    private const int FirstFreeDescriptor = 3;
    private const uint CLOSE_RANGE_CLOEXEC = 4;
    private const int F_SETFD = 2;
    private const int ExitNotExecuted = 127;

    /// <summary>
    /// Under the JIT: walks the child's whole way in the parent with calls that do nothing, so that all is compiled and bound
    /// where locks may be taken. The published program does without.
    /// </summary>
    public static void Rehearse()
    {
        if (!RuntimeFeature.IsDynamicCodeSupported)
            return;
        SpawnPlan plan = default;
        plan.Rehearsal = -1;
        plan.HandledSignals = ulong.MaxValue;
        plan.RealTimePriority = 1;
        plan.ChangeNice = 1;
        plan.ChangeUser = 1;
        plan.ParentDeathSignal = SignalNumber.SIGTERM;
        Run(&plan);
    }

    public static string NameOf(SpawnStep step) => step switch
    {
        SpawnStep.Group => "setpgid",
        SpawnStep.Streams => "dup3",
        SpawnStep.Directory => "chdir",
        SpawnStep.User => "setresuid",
        _ => "execve",
    };

    /// <summary>Does not return, except from a rehearsal.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Run(SpawnPlan* plan)
    {
        SpawnFailure failure = default;
        failure.Step = Prepare(plan);
        if (failure.Step == SpawnStep.None)
        {
            Call(plan, SysNumber.execve, (nint)plan->Path, (nint)plan->Arguments, (nint)plan->Environment);
            failure.Step = SpawnStep.Execve;
        }
        failure.Errno = *Libc.__errno_location();
        plan->Failure = failure;
        if (RuntimeFeature.IsDynamicCodeSupported)
            Call(plan, SysNumber.write, plan->ErrorPipe, (nint)(&failure), sizeof(SpawnFailure));
        do
            Call(plan, SysNumber.exit_group, ExitNotExecuted);
        while (plan->Rehearsal == 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static SpawnStep Prepare(SpawnPlan* plan)
    {
        // Both need rights that go with the user.
        if (plan->RealTimePriority != 0)
        {
            int priority = plan->RealTimePriority;
            Call(plan, SysNumber.sched_setscheduler, 0, Libc.SCHED_RR | Libc.SCHED_RESET_ON_FORK, (nint)(&priority));
        }
        if (plan->ChangeNice != 0)
            Call(plan, SysNumber.setpriority, Libc.PRIO_PROCESS, 0, plan->Nice);

        if ((plan->NewSession != 0 ? Call(plan, SysNumber.setsid) : Call(plan, SysNumber.setpgid)) < 0)
            return SpawnStep.Group;

        // Handlers are reset by execve, ignored signals are not: the runtime ignores SIGPIPE. But one that ran in here would run in the
        // parent's memory. (struct sigaction, all zero = SIG_DFL.)
        long* defaultAction = stackalloc long[SignalActionLength];
        for (int signal = 1; signal <= LastSignal; signal++)
        {
            if ((plan->HandledSignals & 1ul << (signal - 1)) != 0)
                Call(plan, SysNumber.rt_sigaction, signal, (nint)defaultAction, 0, sizeof(ulong));
        }
        ulong blocked = plan->BlockedSignals;
        Call(plan, SysNumber.rt_sigprocmask, Libc.SIG_SETMASK, (nint)(&blocked), 0, sizeof(ulong));

        if (!Redirect(plan, plan->NullDevice, 0)
            || (plan->InheritOutput == 0 && !(Redirect(plan, plan->NullDevice, 1) && Redirect(plan, ErrorStreamOf(plan), 2))))
        {
            return SpawnStep.Streams;
        }
        // Ours are all close-on-exec; this is for descriptors that we inherited. Kernels before 5.11 do not know it.
        Call(plan, SysNumber.close_range, FirstFreeDescriptor, unchecked((nint)uint.MaxValue), (nint)CLOSE_RANGE_CLOEXEC);
        if (plan->KeepDescriptor >= 0 && Call(plan, SysNumber.fcntl, plan->KeepDescriptor, F_SETFD) < 0)
            return SpawnStep.Streams;

        if (plan->WorkingDirectory != null && Call(plan, SysNumber.chdir, (nint)plan->WorkingDirectory) < 0)
            return SpawnStep.Directory;

        if (plan->ChangeUser != 0
            && (Call(plan, SysNumber.setgroups, plan->GroupCount, (nint)plan->Groups) < 0
                || Call(plan, SysNumber.setresgid, (nint)plan->Gid, (nint)plan->Gid, (nint)plan->Gid) < 0
                || Call(plan, SysNumber.setresuid, (nint)plan->Uid, (nint)plan->Uid, (nint)plan->Uid) < 0))
        {
            return SpawnStep.User;
        }
        // Changing the user has cleared it, so it comes last.
        if (plan->ParentDeathSignal != 0)
            Call(plan, SysNumber.prctl, Libc.PR_SET_PDEATHSIG, plan->ParentDeathSignal);
        return SpawnStep.None;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int ErrorStreamOf(SpawnPlan* plan) => plan->StandardError > 0 ? plan->StandardError : plan->NullDevice;

    /// <summary>dup3 refuses to copy a descriptor onto itself; then it only has to survive execve.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Redirect(SpawnPlan* plan, int from, int to)
        => (from == to ? Call(plan, SysNumber.fcntl, from, F_SETFD) : Call(plan, SysNumber.dup3, from, to)) >= 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Call(SpawnPlan* plan, nint number, nint a1 = 0, nint a2 = 0, nint a3 = 0, nint a4 = 0)
    {
        // In a rehearsal the number becomes -1, which the kernel does not have.
        nint result = Libc.syscall(number | plan->Rehearsal, a1, a2, a3, a4, 0, 0);
        return plan->Rehearsal != 0 ? 0 : result;
    }
}
