using System.Globalization;
using KeepalivedAot.Daemon.Journal;
using KeepalivedAot.Daemon.Routers;
using KeepalivedAot.Tracking;

namespace KeepalivedAot.Daemon.Tracking;

/// <summary>One thing that instances track, what is known of it, and who has to be told.</summary>
internal sealed class TrackedThing(TrackerId id)
{
    // Made once, so that a link that flaps makes no garbage.
    private readonly string _good = Words(id, isGood: true);
    private readonly string _bad = Words(id, isGood: false);

    public TrackerId Id { get; } = id;

    public TrackerReading Reading { get; private set; }

    /// <summary>What is known of it, in words.</summary>
    public string Text { get; private set; } = $"{KindName(id.Kind)} {id.Name} has not been heard of yet";

    /// <summary>The instances that track it, each with the number that it has among theirs.</summary>
    public List<(VrrpInstance Instance, int Number)> Users { get; } = [];

    /// <returns>Whether it is anything new.</returns>
    public bool Set(TrackerReading reading, string? because)
    {
        if (reading == Reading)
            return false;
        Reading = reading;
        Text = because ?? reading.Condition switch
        {
            TrackerCondition.Good => _good,
            TrackerCondition.Bad => _bad,
            TrackerCondition.Number => string.Create(CultureInfo.InvariantCulture, $"{KindName(Id.Kind)} {Id.Name} holds {reading.Value}"),
            TrackerCondition.Absent => $"{KindName(Id.Kind)} {Id.Name} is not looked at any more",
            _ => Text,
        };
        return true;
    }

    private static string Words(TrackerId id, bool isGood) => $"{KindName(id.Kind)} {id.Name} " + (id.Kind, isGood) switch
    {
        (TrackerKind.Script, true) => "succeeded",
        (TrackerKind.Script, false) => "failed",
        (TrackerKind.Process, true) => "has its quorum",
        (TrackerKind.Process, false) => "lacks its quorum",
        (_, true) => "is up",
        (_, false) => "is down",
    };

    // For people.
    private static string KindName(TrackerKind kind) => kind == TrackerKind.Bfd ? "BFD session" : JournalKinds.KindName(kind);
}
