namespace KeepalivedAot.Tracking.Scripts;

/// <summary>How a run of a tracked script failed.</summary>
/// <param name="Number">The exit status or the signal.</param>
public readonly record struct ScriptFailure(ScriptFailureKind Kind, int Number)
{
    public static readonly ScriptFailure TimedOut = new(ScriptFailureKind.TimedOut, 0);
    public static readonly ScriptFailure NotRun = new(ScriptFailureKind.NotRun, 0);

    public static ScriptFailure OfCode(int code) => new(ScriptFailureKind.ExitStatus, code);

    public static ScriptFailure OfSignal(int signal) => new(ScriptFailureKind.Signal, signal);
}

public enum ScriptFailureKind : byte
{
    ExitStatus,
    Signal,
    TimedOut,

    /// <summary>It could not be started at all.</summary>
    NotRun,
}
