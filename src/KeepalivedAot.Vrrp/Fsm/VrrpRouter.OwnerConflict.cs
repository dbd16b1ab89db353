using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Vrrp.Fsm;

// Two routers that both have priority 255. The standard knows only one owner; keepalived lets the lower address yield
// and gives the higher one a way out when the other does not.
public sealed partial class VrrpRouter
{
    private enum OwnerConflict : byte
    {
        None,

        /// <summary>The other one has the time of two advertisements of ours to notice.</summary>
        Noticed,

        /// <summary>If it advertises once more within 1.2 intervals, we step down.</summary>
        Watching,

        /// <summary>We go on with 254.</summary>
        PriorityReduced,
    }

    private OwnerConflict _ownerConflict;
    private bool _ownerConflictLogged;
    private Duration _otherOwnerInterval;

    /// <summary>For each accepted advertisement, before it is decided on: it may change the priority that decides.</summary>
    private void WatchForOwners(in VrrpPacket packet, IpAddress source, Instant now)
    {
        if (_ownerConflict == OwnerConflict.PriorityReduced)
        {
            if (!packet.Priority.IsReleased && packet.Priority < EffectivePriority)
                RestoreOwnerPriority(now);
            return;
        }
        if (State != VrrpState.Active || !EffectivePriority.IsOwner || !packet.Priority.IsOwner || source == LocalAddress)
            return;
        if (!_ownerConflictLogged)
            _log.TwoOwners(Parameters.Name, source);
        _ownerConflictLogged = true;
        _otherOwnerInterval = packet.Interval;
        if (source.CompareTo(LocalAddress) > 0)
            return;
        switch (_ownerConflict)
        {
            case OwnerConflict.None:
                // keepalived counts two of its timed advertisements. Answers to the other one put those off, for ever if it is
                // fast enough, so we take the time instead.
                _ownerConflict = OwnerConflict.Noticed;
                _timers.Arm(_ownerConflictTimer, now + Parameters.AdvertisementInterval * 2);
                break;
            case OwnerConflict.Watching:
                _timers.Disarm(_ownerConflictTimer);
                _log.OtherOwnerStays(Parameters.Name, source);
                _ownerConflict = OwnerConflict.PriorityReduced;
                UpdatePriority(now);
                break;
            default:
                break;
        }
    }

    private void OnOwnerConflictTimer(Instant now)
    {
        if (_ownerConflict == OwnerConflict.Noticed)
        {
            _ownerConflict = OwnerConflict.Watching;
            Duration longer = Duration.Max(Parameters.AdvertisementInterval, _otherOwnerInterval);
            _timers.Arm(_ownerConflictTimer, now + longer * 12 / 10);
        }
        else
        {
            _log.OtherOwnerGone(Parameters.Name);
            EndOwnerConflict();
            _ownerConflictLogged = false;
        }
    }

    private void RestoreOwnerPriority(Instant now)
    {
        _ownerConflictLogged = false;
        if (_ownerConflict != OwnerConflict.PriorityReduced)
            return;
        _ownerConflict = OwnerConflict.None;
        if (!Parameters.BasePriority.IsOwner)
            return;
        _log.OwnerPriorityRestored(Parameters.Name, Priority.Owner);
        UpdatePriority(now);
    }

    // On leaving Active: a reduced priority stays reduced until the other owner is gone.
    private void EndOwnerConflict()
    {
        _timers.Disarm(_ownerConflictTimer);
        if (_ownerConflict != OwnerConflict.PriorityReduced)
            _ownerConflict = OwnerConflict.None;
    }
}
