using System.Runtime.InteropServices;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Routers;
using KeepalivedAot.Tracking;

namespace KeepalivedAot.Daemon.Tracking;

/// <summary>What is known of everything that instances track. Engines report here; whoever tracks a thing is told at once.</summary>
/// <remarks>
/// A reading stays as long as the thing is tracked, across reloads too: an instance that comes to track it later need not wait.
/// </remarks>
internal sealed class TrackerBoard : ITrackerSink
{
    private readonly Dictionary<TrackerId, TrackedThing> _things = [];

    /// <summary>Everything that is tracked.</summary>
    public IEnumerable<TrackedThing> Things => _things.Values;

    /// <summary>The thing of that name, made when it is missing.</summary>
    public TrackedThing this[TrackerId id]
    {
        get
        {
            ref TrackedThing? thing = ref CollectionsMarshal.GetValueRefOrAddDefault(_things, id, out _);
            return thing ??= new TrackedThing(id);
        }
    }

    public void Report(TrackerId tracker, TrackerReading reading, Instant now, string? because = null)
    {
        if (!_things.TryGetValue(tracker, out TrackedThing? thing) || !thing.Set(reading, because))
            return;
        foreach ((VrrpInstance instance, int number) in CollectionsMarshal.AsSpan(thing.Users))
            instance.OnTracker(number, thing, now);
    }

    /// <summary>What an engine finds out before instances track it, so that they start with it.</summary>
    public void Prepare(TrackerId tracker, TrackerReading reading, string? because = null) => this[tracker].Set(reading, because);

    /// <summary>This instance tracks something else now, or nothing any more.</summary>
    public void Leave(VrrpInstance instance)
    {
        foreach (TrackedThing thing in _things.Values)
            thing.Users.RemoveAll(user => ReferenceEquals(user.Instance, instance));
    }

    /// <summary>Forgets what nobody tracks any more.</summary>
    public void ForgetUnused()
    {
        foreach (TrackedThing thing in _things.Values)
        {
            if (thing.Users.Count == 0)
                _things.Remove(thing.Id);
        }
    }
}
