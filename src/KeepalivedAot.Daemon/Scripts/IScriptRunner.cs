using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.Daemon.Scripts;

/// <summary>Runs scripts beside the loop. There is Linux behind it, and in tests a model.</summary>
internal interface IScriptRunner
{
    /// <param name="added">Arguments behind those of the configuration.</param>
    /// <param name="limit">How long it may run; <see cref="Duration.MaxValue"/> is for ever.</param>
    /// <returns>Null when it could not be executed, which has been logged; its observer hears nothing then.</returns>
    IScriptRun? Start(ScriptProgram program, ReadOnlySpan<string> added, Duration limit, IScriptObserver observer);

    /// <summary>Whether somebody is left of the process group of a run that has ended.</summary>
    bool IsAlive(int group);
}

/// <summary>A script that runs.</summary>
internal interface IScriptRun
{
    int Pid { get; }

    /// <summary>What is left of its process group when it ends is ended too; otherwise only when the run itself was ended.</summary>
    bool EndsWhatItLeaves { get; set; }

    /// <summary>The last line of its standard error so far; during <see cref="IScriptObserver.OnEnded"/> the last one for good.</summary>
    ReadOnlySpan<byte> LastErrorLine { get; }

    /// <summary>SIGTERM to its process group; SIGKILL 2 s later, and then again every 10 s, should that be needed.</summary>
    void Terminate();

    /// <summary>SIGKILL to its process group, now.</summary>
    void Kill();
}

/// <summary>Whoever has started a script.</summary>
internal interface IScriptObserver
{
    /// <summary>It has used up its time, and is being ended.</summary>
    void OnOverdue(IScriptRun run, Instant now);

    /// <summary>It has ended and is reaped; the run must not be touched afterwards.</summary>
    void OnEnded(IScriptRun run, in ScriptEnd end, Instant now);
}

/// <summary>How a run ended.</summary>
/// <param name="WasEnded">We have ended it: its time was up, or it was in the way.</param>
/// <param name="LeftGroup">Its process group, when somebody of it lives on; 0 otherwise.</param>
internal readonly record struct ScriptEnd(ExitStatus Status, bool WasEnded, int LeftGroup = 0);
