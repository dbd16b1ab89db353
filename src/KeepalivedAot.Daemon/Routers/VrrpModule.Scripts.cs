using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Scripts;

namespace KeepalivedAot.Daemon.Routers;

// What tracked scripts say.
internal sealed partial class VrrpModule : ITrackerSink
{
    private readonly Dictionary<string, bool?> _scripts = [];

    public void OnScript(string script, bool? isGood, Instant now)
    {
        _scripts[script] = isGood;
        ApplyScripts(now);
    }

    public void OnScriptGone(string script, Instant now)
    {
        if (_scripts.Remove(script))
            ApplyScripts(now);
    }

    private void ApplyScripts(Instant now)
    {
        foreach (VrrpInstance instance in _instances)
            instance.OnScripts(_scripts, now);
    }
}
