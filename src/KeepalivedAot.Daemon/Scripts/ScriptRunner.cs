using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Launch;
using KeepalivedAot.Linux.Loop;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.Daemon.Scripts;

/// <summary>Every process that the daemon starts after its own start, as children of the loop.</summary>
internal sealed class ScriptRunner : IScriptRunner, IDisposable
{
    private readonly Log _log;
    private readonly Stack<ScriptRun> _idle = [];
    private readonly List<ScriptRun> _running = [];

    public ScriptRunner(EventLoop loop, Launcher launcher, Log log)
    {
        Loop = loop;
        Launcher = launcher;
        _log = log;
    }

    public EventLoop Loop { get; }

    public Launcher Launcher { get; }

    public ScriptCost Cost { get; } = new();

    public int RunningCount => _running.Count;

    public IScriptRun? Start(ScriptProgram program, ReadOnlySpan<string> added, Duration limit, IScriptObserver observer)
    {
        if (!_idle.TryPop(out ScriptRun? run))
            run = new ScriptRun(this);
        bool isStarted = run.Begin(program, added, limit, observer, out OsError error);
        if (isStarted)
        {
            program.HasReportedFailure = false;
            _running.Add(run);
            return run;
        }
        _idle.Push(run);
        Report(program, error);
        return null;
    }

    public bool IsAlive(int group) => ProcessGroup.IsAlive(group);

    /// <summary>Ends all that runs, with a chance to clean up.</summary>
    public void TerminateAll()
    {
        foreach (ScriptRun run in _running)
            run.Terminate();
    }

    /// <summary>Ends all that runs, at once.</summary>
    public void KillAll()
    {
        foreach (ScriptRun run in _running)
            run.Kill();
    }

    public void Dispose() => Launcher.Dispose();

    internal void TakeBack(ScriptRun ended)
    {
        _running.Remove(ended);
        _idle.Push(ended);
    }

    internal void LogSurvivor(ScriptProgram program, int pid)
        => _log.Write(LogLevel.Warning, EventIds.ScriptSurvives, $"Script {program.Title} child (PID {pid}) failed to terminate after kill");

    // A script that has vanished is missed at every run; once is enough.
    private void Report(ScriptProgram program, OsError failure)
    {
        if (program.HasReportedFailure)
            return;
        program.HasReportedFailure = true;
        _log.Write(LogLevel.Error, EventIds.ScriptNotRun, $"{program.Title}: cannot be run: {failure}");
    }
}
