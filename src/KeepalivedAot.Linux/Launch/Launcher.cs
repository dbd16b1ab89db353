using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Process;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Launch;

/// <summary>Starts programs from the loop, again and again (<see cref="Spawn"/>). Nothing is allocated for a start but what runs at the same time.</summary>
public sealed unsafe class Launcher : IDisposable
{
    private const int None = -1;

    private readonly Stack<LaunchedProcess> _idle = [];
    private readonly ArgumentRoom _arguments = new();
    private readonly LaunchPrecedence _precedence = new();

    // Of the daemon's start: what vrrp_priority has made of it since is the daemon's alone.
    private readonly int _nice = ProcessorShare.GetNice();
    private int _nullDevice = None;

    /// <summary>Starts the program; on return it is executed, or there is no child.</summary>
    /// <param name="added">Arguments behind those of the program.</param>
    /// <param name="standardError">Becomes the child's; the null device when it is 0. It stays the caller's.</param>
    /// <returns>Null when it could not be started.</returns>
    public LaunchedProcess? Start(LaunchProgram program, ReadOnlySpan<string> added, int standardError, out OsError error)
    {
        // With the first program and not before: a chroot without one is no hindrance to those that run no scripts.
        error = _nullDevice == None ? Spawn.OpenNullDevice(out _nullDevice) : OsError.None;
        if (error.IsError)
            return null;
        SpawnPlan plan = *program.Plan;
        plan.NullDevice = _nullDevice;
        plan.StandardError = standardError;
        error = OsError.Of("execve", program.Path, _arguments.LayOut(program, added, out plan.Arguments));
        if (error.IsError)
            return null;
        plan.Nice = _nice;
        plan.ChangeNice = ProcessorShare.GetNice() == _nice ? (byte)0 : (byte)1;
        plan.RealTimePriority = _precedence.Begin();
        error = Spawn.Start(&plan, program.Path, out int pid, out ChildEnd end);
        _precedence.End(error.IsError ? 0 : pid);
        if (error.IsError)
            return null;
        if (!_idle.TryPop(out LaunchedProcess? child))
            child = new LaunchedProcess(this);
        child.Begin(pid, end);
        return child;
    }

    internal void TakeBack(LaunchedProcess ended) => _idle.Push(ended);

    public void Dispose()
    {
        _arguments.Dispose();
        if (_nullDevice != None)
            close(_nullDevice);
    }
}
