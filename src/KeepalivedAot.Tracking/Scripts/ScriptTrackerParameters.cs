using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Tracking.Scripts;

/// <summary>What a <c>vrrp_script</c> says of its runs.</summary>
/// <param name="Command">As it is written; a result of another one is none of it.</param>
/// <param name="Interval">Between the starts of two runs.</param>
/// <param name="Timeout">How long a run may take.</param>
/// <param name="Rise">Successes that turn a bad script into a good one; at least 1.</param>
/// <param name="Fall">Failures that turn a good one into a bad one; at least 1.</param>
public sealed record ScriptTrackerParameters(string Name, string Command, Duration Interval, Duration Timeout, uint Rise, uint Fall);
