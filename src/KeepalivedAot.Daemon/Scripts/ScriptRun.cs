using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Launch;
using KeepalivedAot.Linux.Loop;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.Daemon.Scripts;

/// <summary>One run of one script: child, time limit, standard error. The object serves for many, one after the other.</summary>
internal sealed class ScriptRun : IScriptRun, ILaunchObserver, ITimerOwner
{
    private static readonly Duration TermPatience = Duration.FromSeconds(2);
    private static readonly Duration KillPatience = Duration.FromSeconds(10);

    // Whoever prints without end gets a pipe's worth read so often.
    private static readonly Duration ReadingPause = Duration.FromMilliseconds(100);

    private readonly ScriptRunner _runner;
    private readonly ErrorStream _errors = new();
    private readonly TimerHandle _limitTimer;
    private readonly TimerHandle _readTimer;
    private ScriptProgram? _program;
    private IScriptObserver? _observer;
    private LaunchedProcess? _child;
    private Step _step;
    private Duration _held;

    public ScriptRun(ScriptRunner runner)
    {
        _runner = runner;
        _limitTimer = runner.Loop.Timers.Register(this, (int)Timer.Limit);
        _readTimer = runner.Loop.Timers.Register(this, (int)Timer.Read);
        _errors.OnExhausted = PauseReading;
    }

    private enum Timer
    {
        Limit,
        Read,
    }

    private enum Step
    {
        Running,
        Terminating,
        Killing,
    }

    public int Pid => _child?.Pid ?? 0;

    public bool EndsWhatItLeaves { get; set; }

    public ReadOnlySpan<byte> LastErrorLine => _errors.LastLine;

    /// <summary>Starts a child.</summary>
    /// <returns>False: there is none, and why.</returns>
    public bool Begin(ScriptProgram program, ReadOnlySpan<string> added, Duration limit, IScriptObserver observer, out OsError error)
    {
        EventLoop loop = _runner.Loop;
        Instant begun = loop.Now;
        // Without it the script runs all the same; what it says is lost.
        if (_errors.Open() == Errno.None && loop.Add(_errors.Fd, _errors, SourceOrder.AfterInput) != Errno.None)
            _errors.Close();
        LaunchedProcess? child = _runner.Launcher.Start(program.Launch, added, Math.Max(0, _errors.WriteFd), out error);
        if (child is not null)
        {
            child.Observer = this;
            error = OsError.Of("epoll_ctl", program.Launch.Path, loop.Add(child.Fd, child, SourceOrder.AfterInput));
            if (error.IsError)
                Abandon(child);
        }
        if (error.IsError)
        {
            CloseErrors();
            return false;
        }
        _child = child;
        _program = program.Hold();
        _observer = observer;
        _step = Step.Running;
        EndsWhatItLeaves = false;
        if (limit != Duration.MaxValue)
            loop.Timers.Arm(_limitTimer, begun + limit);
        _held = loop.Now - begun;
        return true;
    }

    public void Terminate()
    {
        if (_child is null || _step != Step.Running)
            return;
        _step = Step.Terminating;
        _child.KillGroup(SignalNumber.SIGTERM);
        _runner.Loop.Timers.Arm(_limitTimer, _runner.Loop.Now + TermPatience);
    }

    public void Kill()
    {
        _step = Step.Killing;
        _child?.KillGroup(SignalNumber.SIGKILL);
    }

    void ITimerOwner.OnTimer(int name, Instant deadline, Instant now)
    {
        if ((Timer)name == Timer.Read)
        {
            _errors.Allow();
            if (_errors.Fd >= 0)
                _runner.Loop.Add(_errors.Fd, _errors, SourceOrder.AfterInput);
            return;
        }
        switch (_step)
        {
            case Step.Running:
                Terminate();
                _observer!.OnOverdue(this, now);
                break;
            case Step.Terminating:
                _step = Step.Killing;
                _child!.KillGroup(SignalNumber.SIGKILL);
                _runner.Loop.Timers.Arm(_limitTimer, now + TermPatience);
                break;
            default:
                _runner.LogSurvivor(_program!, Pid);
                _child!.KillGroup(SignalNumber.SIGKILL);
                _runner.Loop.Timers.Arm(_limitTimer, now + KillPatience);
                break;
        }
    }

    void ILaunchObserver.OnExit(LaunchedProcess child)
    {
        Instant started = _runner.Loop.Now;
        bool wasEnded = _step != Step.Running;
        // Its leader is a zombie still, so the group is surely its own: what it has left behind, and what did not heed SIGTERM, goes too.
        // What a script leaves behind that was not ended stays, as with keepalived: that is how services are started.
        int pid = child.Pid;
        bool endsGroup = wasEnded || EndsWhatItLeaves;
        if (endsGroup)
            child.KillGroup(SignalNumber.SIGKILL);
        _runner.Loop.Remove(child.Fd);
        if (!child.Reap(out ExitStatus status))
        {
            _runner.Loop.Add(child.Fd, child, SourceOrder.AfterInput);
            return;
        }
        _child = null;
        _runner.Loop.Timers.Disarm(_limitTimer);
        CloseErrors();
        ScriptProgram program = _program!;
        IScriptObserver observer = _observer!;
        _program = null;
        _observer = null;
        Instant now = _runner.Loop.Now;
        _runner.Cost.Count(_held + (now - started));
        observer.OnEnded(this, new ScriptEnd(status, wasEnded, !endsGroup && ProcessGroup.IsAlive(pid) ? pid : 0), now);
        program.Release();
        _runner.TakeBack(this);
    }

    private void PauseReading()
    {
        _runner.Loop.Remove(_errors.Fd);
        _runner.Loop.Timers.Arm(_readTimer, _runner.Loop.Now + ReadingPause);
    }

    private void CloseErrors()
    {
        if (_errors.Fd < 0)
            return;
        // It may be out of the loop already, for a pause.
        _runner.Loop.Remove(_errors.Fd);
        _runner.Loop.Timers.Disarm(_readTimer);
        _errors.Close();
    }

    private static void Abandon(LaunchedProcess child)
    {
        child.KillGroup(SignalNumber.SIGKILL);
        child.Wait();
    }
}
