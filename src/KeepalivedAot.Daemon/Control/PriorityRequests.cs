using System.Globalization;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Journal;
using KeepalivedAot.Daemon.Routers;

namespace KeepalivedAot.Daemon.Control;

/// <summary>What was added to priorities by hand, for a while or until it is taken back.</summary>
internal sealed class PriorityRequests(VrrpModule vrrp, TimerQueue timers, EventJournal journal)
{
    private readonly Dictionary<VrrpInstance, Ending> _endings = [];

    /// <param name="length">Null: until another amount is asked for, or the daemon ends.</param>
    public void Make(VrrpInstance instance, int amount, Duration? length, string because, Instant now)
    {
        if (_endings.Remove(instance, out Ending? former))
            timers.Unregister(former.Timer);
        if (amount != 0 && length is { } given)
        {
            Ending ending = new(this, instance);
            ending.Timer = timers.Register(ending, 0);
            timers.Arm(ending.Timer, now + given);
            _endings[instance] = ending;
        }
        journal.Write(JournalKinds.Request, string.Create(CultureInfo.InvariantCulture, $"priority {amount:+0;-0;0}: {because}"), instance.Name);
        instance.RequestAdjustment(amount, $"priority {amount.ToString("+0;-0;0", CultureInfo.InvariantCulture)}: {because}", now);
    }

    /// <summary>When it ends by itself; null: it does not.</summary>
    public Instant? EndOf(VrrpInstance instance) => _endings.TryGetValue(instance, out Ending? ending) ? timers.DeadlineOf(ending.Timer) : null;

    private void End(VrrpInstance instance, Instant now)
    {
        // One that a reload has taken away meanwhile has no timers any more.
        if (_endings.Remove(instance, out Ending? ending))
            timers.Unregister(ending.Timer);
        if (vrrp.Instances.Contains(instance))
            Make(instance, 0, null, "its time has passed", now);
    }

    private sealed class Ending(PriorityRequests requests, VrrpInstance instance) : ITimerOwner
    {
        public TimerHandle Timer { get; set; }

        public void OnTimer(int name, Instant deadline, Instant now) => requests.End(instance, now);
    }
}
