using System.Runtime.CompilerServices;
using KeepalivedAot.Base;
using KeepalivedAot.Linux.Interop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Process;

/// <summary>Starts a program: the one place where the daemon makes a process.</summary>
/// <remarks>
/// vfork, because it costs the loop 130 µs where fork costs 300, and because posix_spawn cannot change the user. The child runs
/// in our memory until execve, so it makes raw system calls only (<see cref="SpawnChild"/>), all signals are blocked meanwhile,
/// and whatever it needs was laid out beforehand. A failing step in the child comes back through a pipe, as errno.
/// </remarks>
public static unsafe class Spawn
{
    // Tests run under the JIT, where the child is a copy (see Vfork). When a collection begins just then the copy waits for
    // its end for ever: it is killed and made again. None of this is in the published program.
    private const Errno StuckUnderJit = Errno.EDEADLK;
    private const int JitPatienceMilliseconds = 1000;
    private const int JitAttempts = 10;

    /// <summary>Starts the program.</summary>
    /// <param name="observer">Told of its end when the child is in a loop.</param>
    /// <returns>Null when it could not be started; then no process is left behind.</returns>
    public static ChildProcess? Start(SpawnRequest request, IChildObserver? observer, out OsError error)
    {
        ChildProcess? child;
        int attemptsLeft = RuntimeFeature.IsDynamicCodeSupported ? JitAttempts : 1;
        do
            child = StartOnce(request, observer, out error);
        while (error.Errno == StuckUnderJit && --attemptsLeft > 0);
        return child;
    }

    private static ChildProcess? StartOnce(SpawnRequest request, IChildObserver? observer, out OsError error)
    {
        using SpawnPlanBuilder builder = new();
        SpawnPlan* plan = builder.Build(request);
        SpawnChild.Rehearse();

        byte* nullDevice = stackalloc byte[] { (byte)'/', (byte)'d', (byte)'e', (byte)'v', (byte)'/', (byte)'n', (byte)'u', (byte)'l', (byte)'l', 0 };
        plan->NullDevice = open(nullDevice, O_RDWR | O_CLOEXEC, 0);
        if (plan->NullDevice < 0)
        {
            error = OsError.Last("open", "/dev/null");
            return null;
        }
        int* pipe = stackalloc int[2];
        if (pipe2(pipe, O_CLOEXEC) != 0)
        {
            error = OsError.Last("pipe2");
            close(plan->NullDevice);
            return null;
        }
        plan->ErrorPipe = pipe[1];

        int pid = Vfork(plan);
        Invariant.Require(pid != 0, "only the parent comes back from a vfork");
        Errno vforkErrno = pid < 0 ? (Errno)(*Libc.__errno_location()) : Errno.None;
        close(plan->NullDevice);
        close(pipe[1]);
        if (RuntimeFeature.IsDynamicCodeSupported && pid > 0 && !IsReadable(pipe[0], JitPatienceMilliseconds))
        {
            close(pipe[0]);
            kill(pid, SignalNumber.SIGKILL);
            ReapFailed(pid);
            error = new OsError("clone", request.Path, StuckUnderJit);
            return null;
        }
        SpawnFailure failure = default;
        long length = pid < 0 ? 0 : ReadAll(pipe[0], &failure);
        close(pipe[0]);

        if (pid < 0)
        {
            error = new OsError("vfork", request.Path, vforkErrno);
            return null;
        }
        if (length == sizeof(SpawnFailure))
        {
            ReapFailed(pid);
            error = new OsError(SpawnChild.NameOf(failure.Step), request.Path, (Errno)failure.Errno);
            return null;
        }
        int pidFd = (int)Libc.syscall(SysNumber.pidfd_open, pid, 0, 0, 0, 0, 0);
        if (pidFd < 0)
        {
            error = new OsError("pidfd_open", request.Path, (Errno)(*Libc.__errno_location()));
            kill(pid, SignalNumber.SIGKILL);
            ReapFailed(pid);
            return null;
        }
        error = OsError.None;
        return new ChildProcess(pid, pidFd, observer);
    }

    // Not inlined: the child runs on this very stack below this frame, and must find nothing of the caller's in registers.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    internal static int Vfork(SpawnPlan* plan)
    {
        ulong all = ulong.MaxValue;
        ulong before = 0;
        Libc.syscall(SysNumber.rt_sigprocmask, Libc.SIG_SETMASK, (nint)(&all), (nint)(&before), sizeof(ulong), 0, 0);
        // Under the JIT a native call goes through a stub of the runtime, whose frame the child of a vfork would destroy
        // before the parent returns through it. There the child gets a copy of the memory.
        int pid = RuntimeFeature.IsDynamicCodeSupported
            ? (int)Libc.syscall(SysNumber.clone, SignalNumber.SIGCHLD, 0, 0, 0, 0, 0)
            : Libc.vfork();
        if (pid == 0)
            SpawnChild.Run(plan);
        int errno = *Libc.__errno_location();
        Libc.syscall(SysNumber.rt_sigprocmask, Libc.SIG_SETMASK, (nint)(&before), 0, sizeof(ulong), 0, 0);
        *Libc.__errno_location() = errno;
        return pid;
    }

    private static long ReadAll(int fd, SpawnFailure* failure)
    {
        long length;
        do
            length = read(fd, failure, sizeof(SpawnFailure));
        while (length < 0 && Libc.LastErrno == Errno.EINTR);
        return length;
    }

    private static bool IsReadable(int fd, int timeoutMilliseconds)
    {
        pollfd request = new() { fd = fd, events = POLLIN };
        return poll(&request, 1, timeoutMilliseconds) != 0;
    }

    private static void ReapFailed(int pid)
    {
        siginfo info = default;
        while (Libc.waitid(Libc.P_PID, pid, &info, Libc.WEXITED) != 0 && Libc.LastErrno == Errno.EINTR)
        {
        }
    }
}
