using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Daemon.Routers;

// What somebody asks of all of them while they run.
internal sealed partial class VrrpModule
{
    /// <summary>All instances stay out of elections from now on; those that a reload adds, too.</summary>
    /// <param name="why">For reasons and the log: <c>maintenance: new fan</c>.</param>
    public void BeginMaintenance(string why, Instant now)
    {
        Recorder?.MaintenanceBegins(why, now);
        SetMaintenance(why, why, now);
    }

    /// <summary>They take part again.</summary>
    public void EndMaintenance(string because, Instant now)
    {
        Recorder?.MaintenanceEnds(because, now);
        SetMaintenance(null, because, now);
    }

    private void SetMaintenance(string? why, string because, Instant now)
    {
        _services.Maintenance = why;
        // Before the start nobody is in an election.
        if (!_isStarted)
            return;
        foreach (VrrpInstance instance in _instances)
            instance.OnMaintenanceChanged(because, now);
    }
}
