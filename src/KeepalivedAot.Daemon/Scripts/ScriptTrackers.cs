using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Tracking;
using KeepalivedAot.Daemon.Tracking;
using KeepalivedAot.Tracking;
using KeepalivedAot.Tracking.Scripts;

namespace KeepalivedAot.Daemon.Scripts;

/// <summary>The <c>vrrp_script</c>s that somebody tracks, at work.</summary>
internal sealed class ScriptTrackers(IScriptRunner runner, TimerQueue timers, ITrackerSink sink, Log log)
{
    private readonly ScriptTrackerLog _events = new(log);
    private readonly ScriptPacing _pacing = new(timers);
    private readonly Dictionary<string, TrackedScriptAtWork> _scripts = [];

    /// <summary>Those that run, in the order of the configuration. A reload makes another one.</summary>
    public IReadOnlyList<TrackedScriptAtWork> Scripts { get; private set; } = [];

    /// <summary>
    /// Starts them, or goes over to another configuration: a script of the same name keeps its result and its cadence. After the instances
    /// have done so, so that who tracks a script that cannot be run is told.
    /// </summary>
    public void Adopt(Configuration configuration, ScriptCatalogue catalogue, Instant now)
    {
        HashSet<string> leaving = [.. _scripts.Keys];
        foreach (VrrpScriptBlock block in configuration.VrrpScripts)
        {
            // One that may not run is as one that is not there: keepalived takes it out of the instances that track it.
            if (!block.IsUsed || catalogue.Find(block.Script) is not { } program)
            {
                sink.Report(IdOf(block.Name), TrackerReading.Absent, now);
                continue;
            }
            leaving.Remove(block.Name);
            if (_scripts.TryGetValue(block.Name, out TrackedScriptAtWork? known))
            {
                known.Reconfigure(ParametersOf(block), program, now);
                continue;
            }
            TrackedScriptAtWork added = new(ParametersOf(block), program, runner, timers, _pacing, sink, _events, log);
            _scripts[block.Name] = added;
            sink.Report(IdOf(block.Name), TrackerReading.Unknown, now);
        }
        foreach (string name in leaving)
        {
            _scripts[name].Stop();
            _scripts.Remove(name);
            sink.Report(IdOf(name), TrackerReading.Absent, now);
        }
        foreach (TrackedScriptAtWork script in _scripts.Values)
            script.StartIfNew(now);
        Scripts = [.. configuration.VrrpScripts.Where(block => _scripts.ContainsKey(block.Name)).Select(block => _scripts[block.Name])];
    }

    /// <summary>The script of a name; null when none is run.</summary>
    public ScriptTracker? Find(string name) => _scripts.GetValueOrDefault(name)?.Tracker;

    /// <summary>Runs none any more.</summary>
    public void Stop()
    {
        foreach (TrackedScriptAtWork script in _scripts.Values)
            script.Stop();
        _scripts.Clear();
        Scripts = [];
    }

    public static TrackerId IdOf(string script) => new(TrackerKind.Script, script);

    private static ScriptTrackerParameters ParametersOf(VrrpScriptBlock block)
        => new(block.Name, block.Script!.Command, block.Interval, block.Timeout, block.Rise, block.Fall);
}
