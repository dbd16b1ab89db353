using KeepalivedAot.Base;
using KeepalivedAot.Linux.Interop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Process;

/// <summary>vfork as tests have it, which run under the JIT: none of this is in the published program.</summary>
/// <remarks>
/// The child is a copy of the process (<see cref="Spawn.Vfork"/>), so it tells of its failure through a pipe, whose end says that the
/// program runs. Under the JIT there are threads that may begin a collection just then; the copy waits for its end for ever, is killed,
/// and made again.
/// </remarks>
internal static unsafe class SpawnUnderJit
{
    private const int PatienceMilliseconds = 1000;
    private const int Attempts = 10;

    public static Errno Start(SpawnPlan* plan, out int pid)
    {
        SpawnChild.Rehearse();
        int* pipe = stackalloc int[2];
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            pid = 0;
            if (pipe2(pipe, O_CLOEXEC) != 0)
                return Libc.LastErrno;
            plan->ErrorPipe = pipe[1];
            Errno errno = Spawn.Vfork(plan, out pid);
            close(pipe[1]);
            bool isDone = errno != Errno.None || AwaitExecution(pipe[0], &plan->Failure);
            close(pipe[0]);
            if (isDone)
                return errno;
            kill(pid, SignalNumber.SIGKILL);
            Spawn.Await(pid);
        }
        throw new InvariantException("a copy of the process that runs the tests gets to its execve");
    }

    private static bool AwaitExecution(int pipe, SpawnFailure* failure)
    {
        pollfd request = new() { fd = pipe, events = POLLIN };
        if (poll(&request, 1, PatienceMilliseconds) == 0)
            return false;
        while (read(pipe, failure, sizeof(SpawnFailure)) < 0 && Libc.LastErrno == Errno.EINTR)
        {
        }
        return true;
    }
}
