using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Tracking;
using KeepalivedAot.Tracking;

namespace KeepalivedAot.Daemon.Routers;

// What other parts of the daemon find out and instances care for: BFD sessions; who is in a track_group.
internal sealed partial class VrrpModule
{
    private Dictionary<string, VrrpInstance[]> _trackGroups = [];

    /// <summary>Whether somebody reports BFD sessions (<see cref="OnBfdSession"/>).</summary>
    public bool HasBfd { get; set; }

    /// <summary>A BFD session is up or down now. One that has not been heard of is down.</summary>
    public void OnBfdSession(string name, bool isUp, Instant now)
    {
        TrackerId id = new(TrackerKind.Bfd, name);
        TrackerReading reading = TrackerReading.Of(isUp);
        foreach (TrackedThing thing in _services.Trackers.Things)
        {
            if (thing.Id != id || thing.Reading == reading)
                continue;
            foreach ((VrrpInstance instance, _) in thing.Users)
                _log.Write(LogLevel.Info, EventIds.BfdSession, $"VRRP_Instance({instance.Name}) Tracked BFD instance {name} is {(isUp ? "UP" : "DOWN")}");
        }
        _services.Trackers.Report(id, reading, now);
    }

    private void AdoptTracking(Config.Configuration configuration)
    {
        Dictionary<string, VrrpInstance> byName = _instances.ToDictionary(static instance => instance.Name);
        _trackGroups = configuration.TrackGroups.ToDictionary(
            static group => group.Name, group => group.Members.Select(member => byName[member.Name]).ToArray());
        foreach (TrackedThing thing in _services.Trackers.Things)
        {
            if (thing.Id.Kind == TrackerKind.Bfd && !HasBfd)
                _log.Write(LogLevel.Warning, EventIds.BfdSession,
                    $"BFD session {thing.Id.Name} is tracked, but this release has no BFD: it counts as down");
        }
    }
}
