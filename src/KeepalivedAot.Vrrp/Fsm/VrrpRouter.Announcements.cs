using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Vrrp.Fsm;

// When gratuitous ARP and unsolicited neighbour advertisements go out. All timers of this part run while Active only.
public sealed partial class VrrpRouter
{
    private void StartAnnouncements(AnnounceReason reason, Instant now)
    {
        StopAnnouncements();
        AnnouncementSchedule schedule = Parameters.Announcements;
        Announce(schedule.ActiveRepeat, reason);
        if (schedule.ActiveDelay > Duration.Zero)
            _timers.Arm(_delayedAnnouncementTimer, now + schedule.ActiveDelay);
        if (schedule.Refresh > Duration.Zero)
            _timers.Arm(_refreshAnnouncementTimer, now + schedule.ActiveDelay + schedule.Refresh);
    }

    private void StopAnnouncements()
    {
        _timers.Disarm(_delayedAnnouncementTimer);
        _timers.Disarm(_refreshAnnouncementTimer);
        _timers.Disarm(_lowerPriorityAnnouncementTimer);
    }

    // Another router thought it was active: what was learned from its announcements must be put right.
    private void Reclaim(Instant now)
    {
        ReclaimAddresses(now);
        Group?.OnReclaimed(this, now);
        _effects.OnLowerPriorityHeard(this);
    }

    internal void ReclaimAddresses(Instant now)
    {
        AnnouncementSchedule schedule = Parameters.Announcements;
        if (schedule.LowerPriorityRepeat > 0)
        {
            Announce(schedule.LowerPriorityRepeat, AnnounceReason.LowerPriorityHeard);
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
            default:
                Announce(schedule.RefreshRepeat, AnnounceReason.Refresh);
                Instant next = deadline + schedule.Refresh;
                _timers.Arm(_refreshAnnouncementTimer, next > now ? next : now + schedule.Refresh);
                break;
        }
    }

    private void Announce(int rounds, AnnounceReason reason)
    {
        if (rounds > 0)
            _effects.Announce(this, rounds, reason);
    }
}
