using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Tracking;
using KeepalivedAot.Tracking;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Daemon.Routers;

// What it tracks: the priority is the base priority and the sum of all contributions; a weightless thing that is bad is a fault.
internal sealed partial class VrrpInstance
{
    /// <summary>What keepalived calls the status of a file that is a fault.</summary>
    private const int FileFault = -254;

    private TrackedLine[] _tracked = [];
    private TrackerTally _tally = new(0);

    /// <summary>What it tracks, numbered from 0.</summary>
    public IReadOnlyList<TrackedLine> Tracked => _tracked;

    /// <summary>How many of the things that it tracks are a fault.</summary>
    public int TrackerFaultCount => _tally.FaultCount + (LacksTrackedSource ? 1 : 0);

    /// <summary>How many of the things that it tracks hold it until they are heard of.</summary>
    public int AwaitedTrackerCount => _tally.AwaitedCount;

    /// <summary>Something that it tracks is known to be otherwise now.</summary>
    /// <param name="number">Its place among what the instance tracks.</param>
    public void OnTracker(int number, TrackedThing thing, Instant now)
    {
        bool wasFault = _tally[number].IsFault;
        if (!_tally.Set(number, _tracked[number].Weight.Of(thing.Reading)))
            return;
        if (thing.Id.Kind == TrackerKind.File && _tally[number].IsFault != wasFault && Router.State != VrrpState.Initialize)
            LogFile(thing.Id.Name, isFault: !wasFault);
        // As keepalived: it goes into FAULT with the priority that it had, and comes out with what it is then. Neither is told by itself.
        bool isFault = _tally[number].IsFault;
        if (isFault == wasFault)
            Router.SetPriorityAdjustment(Adjustment, now, thing.Text);
        else if (wasFault)
            Router.SetPriorityAdjustmentAfterFault(Adjustment, now, thing.Text);
        SetTrackerFaults(now, thing.Text);
    }

    // Of files the log says so by itself; of other things those who look after them do.
    private void LogFile(string file, bool isFault)
    {
        if (isFault)
            Router.Events.FileIsFault(Name, file);
        else
            Router.Events.FileIsNoFault(Name, file);
    }

    private void LogFaultsAtStart()
    {
        for (int number = 0; number < _tracked.Length; number++)
        {
            if (!_tally[number].IsFault)
                continue;
            TrackerId id = _tracked[number].Id;
            switch (id.Kind)
            {
                case TrackerKind.Interface:
                    Router.Events.FaultOfInterface(Name, id.Name);
                    break;
                case TrackerKind.File:
                    Router.Events.FaultOfFile(Name, id.Name, FileFault);
                    break;
                case TrackerKind.Process:
                    Router.Events.FaultOfProcess(Name, id.Name);
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>Whether it tracks such a thing, by itself or through its group.</summary>
    public bool TracksInterface(string name) => Array.Exists(_tracked, line => line.Id == new TrackerId(TrackerKind.Interface, name));

    private void AttachTrackers()
    {
        if (_tracked.Length > 0)
            _services.Trackers.Leave(this);
        // An interface of a virtual address is a fault by itself when it is down; as in keepalived, a weight does not soften that.
        _tracked = [.. TrackedLine.Of(Block).Where(line => line.Id.Kind != TrackerKind.Interface || !IsNeeded(line.Id.Name))];
        _tally = new TrackerTally(_tracked.Length);
        for (int number = 0; number < _tracked.Length; number++)
        {
            TrackedThing thing = _services.Trackers[_tracked[number].Id];
            // Nobody has to find out about an interface: the table knows.
            if (thing.Id.Kind == TrackerKind.Interface)
                thing.Set(TrackerReading.Of(_services.Interfaces.Track(thing.Id.Name, out _).IsUp), because: null);
            // Nor does anybody wait for a session: it begins in Down (RFC 5880, 6.2).
            else if (thing.Id.Kind == TrackerKind.Bfd && thing.Reading == TrackerReading.Unknown)
                thing.Set(TrackerReading.Bad, because: null);
            thing.Users.Add((this, number));
            _tally.Set(number, _tracked[number].Weight.Of(thing.Reading));
        }
    }

    // Its state is looked at with the surroundings.
    private bool IsNeeded(string interfaceName)
        => Array.Exists(HeldAddresses, held => held.IsTracked && held.Interface.Name == interfaceName);

    // A fault first: what was awaited and turns out bad must not look as if all were well in between.
    private void SetTrackerFaults(Instant now, string? because = null)
    {
        if (_tally.HasFault)
            Router.SetFault(VrrpFaults.Tracker, true, now, because);
        Router.SetFault(VrrpFaults.Awaited, _tally.IsAwaiting, now, because);
        if (!_tally.HasFault)
            Router.SetFault(VrrpFaults.Tracker, LacksTrackedSource, now, because);
    }

    private VrrpFaults TrackerFaults()
        => (_tally.HasFault || LacksTrackedSource ? VrrpFaults.Tracker : VrrpFaults.None)
            | (_tally.IsAwaiting ? VrrpFaults.Awaited : VrrpFaults.None);

    private bool LacksTrackedSource
        => Block.TrackSource && !Block.Source.IsNone && Base is { Exists: true } && !Base.CanSpeakFrom(Block.Source);

    /// <summary>What stands behind the faults of trackers, in words; null when none is one.</summary>
    private string? TrackerFaultText()
    {
        for (int number = 0; number < _tracked.Length; number++)
        {
            if (_tally[number].IsFault)
                return _services.Trackers[_tracked[number].Id].Text;
        }
        return null;
    }
}
