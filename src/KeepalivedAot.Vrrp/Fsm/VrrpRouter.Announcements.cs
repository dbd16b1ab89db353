using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Vrrp.Fsm;

// When gratuitous ARP and unsolicited neighbour advertisements go out. All timers of this part run while Active only.
public sealed partial class VrrpRouter
{
    private static readonly Duration ShortestReannouncementGap = Duration.FromSeconds(5);

    // Long ago is never.
    private Instant _reannouncedAt = new(long.MinValue / 2);

    private void StartAnnouncements(AnnounceReason reason, Instant now)
    {
        StopAnnouncements();
        AnnouncementSchedule schedule = Parameters.Announcements;
        Announce(schedule.ActiveRepeat, reason);
        if (schedule.ActiveDelay > Duration.Zero)
            _timers.Arm(_delayedAnnouncementTimer, now + schedule.ActiveDelay);
        if (schedule.Refresh > Duration.Zero)
            _timers.Arm(_refreshAnnouncementTimer, now + schedule.ActiveDelay + schedule.Refresh);
        if (schedule.ExtraInterfaces > Duration.Zero)
            _timers.Arm(_extraAnnouncementTimer, now + schedule.ExtraInterfaces);
    }

    private void StopAnnouncements()
    {
        _timers.Disarm(_delayedAnnouncementTimer);
        _timers.Disarm(_refreshAnnouncementTimer);
        _timers.Disarm(_lowerPriorityAnnouncementTimer);
        _timers.Disarm(_extraAnnouncementTimer);
    }

    // Another router thought it was active: what was learned from its announcements must be put right.
    private void Reclaim(Instant now)
    {
        ReclaimAddresses(now);
        Group?.OnReclaimed(this, now);
        _effects.OnLowerPriorityHeard(this);
    }

    // A machine that is always late shall not always announce.
    private void Reannounce(Instant now)
    {
        if (now - _reannouncedAt < ShortestReannouncementGap)
            return;
        _reannouncedAt = now;
        ReclaimAddresses(now, AnnounceReason.StoodStill);
    }

    internal void ReclaimAddresses(Instant now, AnnounceReason why = AnnounceReason.LowerPriorityHeard)
    {
        AnnouncementSchedule schedule = Parameters.Announcements;
        if (schedule.LowerPriorityRepeat > 0)
        {
            Announce(schedule.LowerPriorityRepeat, why);
            // A timer that runs already is left alone, else a steady stream of such advertisements would put it off for ever.
            if (schedule.LowerPriorityDelay > Duration.Zero && !_timers.IsArmed(_lowerPriorityAnnouncementTimer))
                _timers.Arm(_lowerPriorityAnnouncementTimer, now + schedule.LowerPriorityDelay);
        }
    }

    private void OnAnnouncementTimer(VrrpTimer timer, Instant deadline, Instant now)
    {
        AnnouncementSchedule schedule = Parameters.Announcements;
        switch (timer)
        {
            case VrrpTimer.DelayedAnnouncement:
                Announce(schedule.ActiveRepeat, AnnounceReason.Delayed);
                break;
            case VrrpTimer.LowerPriorityAnnouncement:
                Announce(schedule.LowerPriorityRepeat, AnnounceReason.LowerPriorityDelayed);
                break;
            case VrrpTimer.ExtraAnnouncement:
                Announce(1, AnnounceReason.ExtraInterfaces);
                ArmNext(_extraAnnouncementTimer, schedule.ExtraInterfaces, deadline, now);
                break;
            default:
                Announce(schedule.RefreshRepeat, AnnounceReason.Refresh);
                ArmNext(_refreshAnnouncementTimer, schedule.Refresh, deadline, now);
                break;
        }
    }

    // From deadline to deadline; what was missed is not made up for.
    private void ArmNext(TimerHandle timer, Duration period, Instant deadline, Instant now)
    {
        Instant next = deadline + period;
        _timers.Arm(timer, next > now ? next : now + period);
    }

    // A reload changed a period: it counts from now on.
    private void RearmPeriod(TimerHandle timer, Duration old, Duration period, Instant now)
    {
        if (old == period)
            return;
        _timers.Disarm(timer);
        if (period > Duration.Zero)
            _timers.Arm(timer, now + period);
    }

    private void Announce(int rounds, AnnounceReason reason)
    {
        if (rounds > 0)
            _effects.Announce(this, rounds, reason);
    }
}
