using KeepalivedAot.Base.Time;
using KeepalivedAot.Vrrp;

namespace KeepalivedAot.Daemon.Routers;

// What somebody asks of it while it runs.
internal sealed partial class VrrpInstance
{
    /// <summary>What somebody has added to its priority, beside what it tracks.</summary>
    public int RequestedAdjustment { get; private set; }

    // What it tracks, and what was asked for.
    private int Adjustment => _tally.Adjustment + RequestedAdjustment;

    /// <summary>Adds to its priority until another amount is asked for; a reload does not change it.</summary>
    /// <param name="because">Who wants it, or what for.</param>
    public void RequestAdjustment(int amount, string because, Instant now)
    {
        _services.Recorder?.Adjusts(this, amount, because, now);
        RequestedAdjustment = amount;
        Router.SetPriorityAdjustment(Adjustment, now, because);
    }

    /// <summary>It stays out of elections, or no longer so: as <see cref="VrrpServices.Maintenance"/> says.</summary>
    /// <param name="because">What has happened, in words for the reason.</param>
    public void OnMaintenanceChanged(string because, Instant now)
        => Router.SetFault(VrrpFaults.Maintenance, _services.Maintenance is not null, now, because);

    private string? SubjectAtStart() => (Router.Faults & VrrpFaults.Maintenance) != VrrpFaults.None ? _services.Maintenance
        : Router.Faults == VrrpFaults.Tracker ? TrackerFaultText() : null;
}
