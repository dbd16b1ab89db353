using System.Globalization;

namespace KeepalivedAot.Tracking.Scripts;

/// <summary>How a run of a tracked script failed.</summary>
/// <param name="Number">The exit status or the signal.</param>
public readonly record struct ScriptFailure(ScriptFailureKind Kind, int Number)
{
    public static readonly ScriptFailure TimedOut = new(ScriptFailureKind.TimedOut, 0);
    public static readonly ScriptFailure NotRun = new(ScriptFailureKind.NotRun, 0);

    public static ScriptFailure OfCode(int code) => new(ScriptFailureKind.ExitStatus, code);

    public static ScriptFailure OfSignal(int signal) => new(ScriptFailureKind.Signal, signal);

    /// <summary>For reasons: "failed (exited with status 1)".</summary>
    public override string ToString() => Kind switch
    {
        ScriptFailureKind.ExitStatus => string.Create(CultureInfo.InvariantCulture, $"failed (exited with status {Number})"),
        ScriptFailureKind.Signal => string.Create(CultureInfo.InvariantCulture, $"failed (due to signal {Number})"),
        ScriptFailureKind.TimedOut => "timed out",
        _ => "could not be run",
    };
}

public enum ScriptFailureKind : byte
{
    ExitStatus,
    Signal,
    TimedOut,

    /// <summary>It could not be started at all.</summary>
    NotRun,
}
