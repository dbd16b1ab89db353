using System.Runtime.CompilerServices;
using KeepalivedAot.Base;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Process;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Launch;

/// <summary>Starts programs from the loop without waiting for them: not even until they are executed.</summary>
/// <remarks>
/// <para>
/// vfork would hold the loop until execve, which reads the program from its file system, and until the child gets a processor: with a busy
/// host some milliseconds, with a file server that does not answer for ever. So the child of a clone(3) runs beside us, in our memory but
/// on a stack and a thread-local area of its own (<see cref="LaunchPad"/>). It makes system calls and nothing else (<see cref="SpawnChild"/>).
/// Why it failed before its program ran stands in the pad when it has ended.
/// </para>
/// <para>Nothing is allocated once there are as many pads as run at the same time.</para>
/// </remarks>
public sealed unsafe class Launcher : IDisposable
{
    // As in Spawn: under the JIT the child is a copy, which a collection in the wrong moment stops for ever.
    private const int JitPatienceMilliseconds = 1000;
    private const int JitAttempts = 10;

    private const int None = -1;

    private readonly Stack<LaunchedProcess> _idle = [];
    private int _nullDevice = None;

    private Launcher()
    {
    }

    public static Launcher Open()
    {
        SpawnChild.Rehearse();
        return new Launcher();
    }

    /// <summary>Starts the program. What goes wrong in the child is told by <see cref="LaunchedProcess.Failure"/> at its end.</summary>
    /// <param name="added">Arguments behind those of the program.</param>
    /// <param name="standardError">Becomes the child's; the null device when it is 0. It stays the caller's.</param>
    /// <returns>Null when there is no child.</returns>
    public LaunchedProcess? Start(LaunchProgram program, ReadOnlySpan<string> added, int standardError, out OsError error)
    {
        error = OpenNullDevice();
        if (error.IsError)
            return null;
        if (!_idle.TryPop(out LaunchedProcess? child))
        {
            LaunchPad? pad = LaunchPad.Open(out error);
            if (pad is null)
                return null;
            child = new LaunchedProcess(this, pad);
        }
        SpawnPlan* plan = child.Pad.Plan;
        error = OsError.Of("execve", program.Path, child.Pad.Prepare(program, added));
        if (!error.IsError)
        {
            plan->NullDevice = _nullDevice;
            plan->StandardError = standardError;
            int pid = Begin(child.Pad, out int pidFd);
            if (pid >= 0)
            {
                program.Enter();
                child.Begin(program, pid, pidFd);
                return child;
            }
            error = OsError.Of("clone", program.Path, (Errno)(-pid));
        }
        _idle.Push(child);
        return null;
    }

    // With the first program and not before: a chroot without one is no hindrance to those that run no scripts.
    private OsError OpenNullDevice()
    {
        if (_nullDevice != None)
            return OsError.None;
        fixed (byte* path = "/dev/null\0"u8)
            _nullDevice = open(path, O_RDWR | O_CLOEXEC, 0);
        return _nullDevice == None ? OsError.Last("open", "/dev/null") : OsError.None;
    }

    internal void TakeBack(LaunchedProcess ended) => _idle.Push(ended);

    /// <summary>Gives the idle pads back. What still runs keeps its own.</summary>
    public void Dispose()
    {
        foreach (LaunchedProcess idle in _idle)
            idle.Pad.Dispose();
        _idle.Clear();
        if (_nullDevice != None)
            close(_nullDevice);
    }

    /// <returns>The child's pid, or the errno negated.</returns>
    private static int Begin(LaunchPad pad, out int pidFd)
    {
        pidFd = -1;
        int pid = RuntimeFeature.IsDynamicCodeSupported ? CopyUnderJit(pad.Plan) : Clone(pad, out pidFd);
        // An emulator of another machine (qemu) has threads and copies, and nothing in between.
        if (pid == -(int)Errno.EINVAL && !RuntimeFeature.IsDynamicCodeSupported)
        {
            pid = Spawn.Vfork(pad.Plan);
            if (pid < 0)
                return -(*Libc.__errno_location());
        }
        if (pid < 0 || pidFd >= 0)
            return pid;
        pidFd = (int)Libc.syscall(SysNumber.pidfd_open, pid, 0, 0, 0, 0, 0);
        if (pidFd >= 0)
            return pid;
        int errno = *Libc.__errno_location();
        Kill(pid);
        return -errno;
    }

    private static int Clone(LaunchPad pad, out int pidFd)
    {
        // A handler that ran in the child would run in our memory, so it starts with all signals blocked.
        ulong all = ulong.MaxValue;
        ulong before = 0;
        int descriptor = -1;
        Libc.syscall(SysNumber.rt_sigprocmask, Libc.SIG_SETMASK, (nint)(&all), (nint)(&before), sizeof(ulong), 0, 0);
        // A static method with one pointer and an integer result is called as C calls it.
        delegate*<SpawnPlan*, int> function = &SpawnChild.RunOnItsStack;
        int flags = Libc.CLONE_VM | Libc.CLONE_PIDFD | Libc.CLONE_SETTLS | SignalNumber.SIGCHLD;
        int pid = Libc.clone(function, pad.Stack, flags, pad.Plan, &descriptor, pad.ThreadPointer, null);
        int errno = *Libc.__errno_location();
        Libc.syscall(SysNumber.rt_sigprocmask, Libc.SIG_SETMASK, (nint)(&before), 0, sizeof(ulong), 0, 0);
        pidFd = descriptor;
        return pid >= 0 ? pid : -errno;
    }

    // The tests' way; see Spawn.
    private static int CopyUnderJit(SpawnPlan* plan)
    {
        int* pipe = stackalloc int[2];
        for (int attempts = 0; attempts < JitAttempts; attempts++)
        {
            if (pipe2(pipe, O_CLOEXEC) != 0)
                return -(int)Libc.LastErrno;
            int pid = Spawn.Vfork(plan);
            int errno = *Libc.__errno_location();
            close(pipe[1]);
            pollfd request = new() { fd = pipe[0], events = POLLIN };
            bool isExecuted = pid < 0 || poll(&request, 1, JitPatienceMilliseconds) != 0;
            close(pipe[0]);
            if (isExecuted)
                return pid < 0 ? -errno : pid;
            Kill(pid);
        }
        throw new InvariantException("a copy of the process that runs the tests gets to its execve");
    }

    private static void Kill(int pid)
    {
        kill(pid, SignalNumber.SIGKILL);
        siginfo info = default;
        while (Libc.waitid(Libc.P_PID, pid, &info, Libc.WEXITED) != 0 && Libc.LastErrno == Errno.EINTR)
        {
        }
    }
}
