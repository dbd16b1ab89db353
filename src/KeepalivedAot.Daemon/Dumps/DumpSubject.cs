using KeepalivedAot.Base.Time;
using KeepalivedAot.Config;
using KeepalivedAot.Daemon.Routers;
using KeepalivedAot.Daemon.Text;
using KeepalivedAot.Daemon.Tracking;
using KeepalivedAot.Tracking;

namespace KeepalivedAot.Daemon.Dumps;

/// <summary>What is dumped: the configuration in force and everything that is at work.</summary>
/// <remarks>It is read while the loop turns on, one object in one piece: what is told of an instance was so at one moment.</remarks>
internal sealed record DumpSubject(
    Configuration Configuration, VrrpModule Vrrp, IScriptReports Scripts, IProcessReports Processes, DumpHost Host, WallTimes Times)
{
    /// <summary>What the clock on the wall showed then.</summary>
    public Moment MomentOf(Instant at) => new(Times.Of(at));

    /// <summary>Whether anybody tracks it. keepalived forgets what nobody does, and tells nothing of it.</summary>
    public bool IsTracked(TrackerId id) => Vrrp.Trackers.Find(id) is { Users.Count: > 0 };

    /// <summary>What is known of it.</summary>
    public TrackerReading ReadingOf(TrackerId id) => Vrrp.Trackers.Find(id)?.Reading ?? TrackerReading.Unknown;

    /// <summary>Who tracks it, one to a line.</summary>
    public void AddTrackingInstances(DumpText text, TrackerId id)
    {
        text.Line("   Tracking instances :"u8);
        if (Vrrp.Trackers.Find(id) is not TrackedThing thing)
            return;
        foreach ((VrrpInstance instance, int number) in thing.Users)
        {
            TrackerWeight weight = instance.Tracked[number].Weight;
            text.Line($"     {instance.Name}, weight {weight.Value}{(weight.IsReversed ? " reverse" : "")}");
        }
    }
}
