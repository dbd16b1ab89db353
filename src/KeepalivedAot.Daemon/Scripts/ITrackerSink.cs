using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Daemon.Scripts;

/// <summary>Who makes priorities and faults of what tracked scripts say.</summary>
internal interface ITrackerSink
{
    /// <param name="script">The name of the <c>vrrp_script</c>.</param>
    /// <param name="isGood">Null: it has had no result yet.</param>
    void OnScript(string script, bool? isGood, Instant now);

    /// <summary>It is not run, because it cannot be or is in the configuration no more: whoever tracks it goes on as if it did not.</summary>
    void OnScriptGone(string script, Instant now);
}
