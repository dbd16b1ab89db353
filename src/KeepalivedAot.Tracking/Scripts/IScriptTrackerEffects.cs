using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Tracking.Scripts;

/// <summary>What a tracked script wants of its world.</summary>
public interface IScriptTrackerEffects
{
    /// <summary>A run is due. Its end comes back as one of the inputs; one that could not be started as <see cref="ScriptTracker.OnNotRun"/>.</summary>
    void Run(ScriptTracker tracker, Instant now);

    /// <summary>It is good, or bad, for the first time or after it was not; <see cref="ScriptTracker.IsGood"/> says which.</summary>
    void OnChanged(ScriptTracker tracker, Instant now);
}
