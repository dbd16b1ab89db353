using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Tracking;
using KeepalivedAot.Tracking;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;
using TrackerWeight = KeepalivedAot.Tracking.TrackerWeight;

namespace KeepalivedAot.Daemon.Routers;

// What the scripts that it tracks make of its priority, or whether they are a fault.
internal sealed partial class VrrpInstance
{
    private bool _hasScriptFault;
    private bool _isHeld;
    private Instant _startupDelayEnds;

    /// <summary>A script without weight has had no result yet: until then the instance is nothing, and nobody is told.</summary>
    private bool IsAwaitingScript { get; set; }

    /// <param name="scripts">By name; null is for those without a result. Those that are not there do not count.</param>
    public void OnScripts(IReadOnlyDictionary<string, bool?> scripts, Instant now)
    {
        int sum = 0;
        bool isFault = false;
        bool isAwaiting = false;
        foreach (TrackedScript line in Block.TrackedScripts)
        {
            if (!scripts.TryGetValue(line.Name, out bool? isGood))
                continue;
            TrackerWeight weight = new(line.Weight ?? 0, line.IsReversed);
            if (isGood is null && weight.Value == 0)
            {
                isAwaiting = true;
                continue;
            }
            TrackerContribution contribution = weight.Of(isGood == true);
            sum += contribution.Adjustment;
            isFault |= contribution.IsFault;
        }
        IsAwaitingScript = isAwaiting;
        _hasScriptFault = isFault;
        Router.SetPriorityAdjustment(sum, now);
        if (Router.State != VrrpState.Initialize)
        {
            Router.SetFault(VrrpFaults.Tracker, (PresentFaults() & VrrpFaults.Tracker) != 0, now);
        }
        else if (_isHeld && !isAwaiting)
        {
            _isHeld = false;
            Start(Duration.Max(_startupDelayEnds - now, Duration.Zero), now);
        }
    }

    private void Hold(Duration startupDelay, Instant now)
    {
        _isHeld = true;
        _startupDelayEnds = now + startupDelay;
    }
}
