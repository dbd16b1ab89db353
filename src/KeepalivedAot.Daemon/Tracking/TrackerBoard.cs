using System.Runtime.InteropServices;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Journal;
using KeepalivedAot.Daemon.Recording;
using KeepalivedAot.Daemon.Routers;
using KeepalivedAot.Tracking;

namespace KeepalivedAot.Daemon.Tracking;

/// <summary>What is known of everything that can be tracked. Engines report here; whoever tracks a thing is told at once.</summary>
/// <remarks>
/// A reading stays as long as the thing is tracked, across reloads too: an instance that comes to track it later need not wait.
/// </remarks>
internal sealed class TrackerBoard(IEventJournal journal, VrrpRecorder? recorder = null) : ITrackerSink
{
    private readonly Dictionary<TrackerId, TrackedThing> _things = [];

    /// <summary>Everything that is tracked, and what is known of other things.</summary>
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

    /// <summary>The thing of that name; null when nobody has tracked or reported it.</summary>
    public TrackedThing? Find(TrackerId id) => _things.GetValueOrDefault(id);

    public void Report(TrackerId tracker, TrackerReading reading, Instant now, string? because = null)
    {
        recorder?.Reading(tracker, reading, now, because);
        // Of what nobody looks at there is nothing to be kept.
        if (reading.Condition is TrackerCondition.Unknown or TrackerCondition.Absent && !_things.ContainsKey(tracker))
            return;
        TrackedThing thing = this[tracker];
        if (!thing.Set(reading, because))
            return;
        // A file's number may change every second; what comes of it is written down as a priority.
        if (reading.Condition != TrackerCondition.Number)
            journal.OnTracked(thing);
        foreach ((VrrpInstance instance, int number) in CollectionsMarshal.AsSpan(thing.Users))
            instance.OnTracker(number, thing, now);
    }

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
