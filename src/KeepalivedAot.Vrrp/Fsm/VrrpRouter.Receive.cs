using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Vrrp.Watch;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Vrrp.Fsm;

// Datagrams coming in. A packet that fails a check is counted, logged once per kind, and touches nothing else: above all no
// timer.
public sealed partial class VrrpRouter
{
    // The datagram at hand uses our VRID for other addresses.
    private bool _isForeign;

    /// <summary>A datagram from our socket. One for another VRID is ignored; a wrong one is counted, and logged once.</summary>
    public void OnDatagram(in VrrpDatagram datagram, Instant now)
    {
        if (State == VrrpState.Initialize || (State == VrrpState.Fault && !IsOffered) || now < _delayedUntil)
            return;
        // A raw IPv6 socket hears both; what is not for our kind of instance is another's business.
        if (!IsIPv4 && datagram.Destination.IsMulticast == Parameters.IsUnicast)
            return;
        if (!VrrpPacket.TryReadVrid(datagram.Bytes, Parameters.Family, out Vrid vrid) || vrid != Parameters.Vrid)
            return;

        _isForeign = false;
        VrrpFault fault = VrrpPacket.TryParse(
            datagram, Parameters, _authenticator, _unixClock.At(now), out VrrpPacket packet, out PacketMismatch mismatch);
        if (State == VrrpState.Fault)
        {
            if (fault == VrrpFault.None && CheckPeer(datagram) == VrrpFault.None)
                HearWhileOffered(packet.Priority);
            return;
        }
        if (fault == VrrpFault.None)
            fault = CheckAccepted(packet, datagram, mismatch, now);
        if (fault != VrrpFault.None)
        {
            Report(fault, datagram, mismatch, now);
            return;
        }
        if (packet.Priority.IsReleased)
            Counters.PriZeroRcvd++;
        // Woken up after so long that its sender must have taken over: answering it would take the role back.
        YieldsBecauseOverdue(now, _timers.DeadlineOf(_adverTimer));
        WatchForConflicts(packet, datagram.Source, now);
        WatchForOwners(packet, datagram.Source, now);
        WatchPreemptDelay(packet.Priority, now);
        bool hasStoodStill = HasStoodStill(now);
        Decide(new VrrpEvent(VrrpEventKind.Advertisement)
        {
            Address = datagram.Source,
            Priority = packet.Priority,
            MaxAdvertiseInterval = packet.Interval,
            HasStoodStill = hasStoodStill,
            Elapsed = hasStoodStill ? SilenceAt(now) : Duration.Zero,
            Limit = hasStoodStill ? ShortestPatience : Duration.Zero,
        }, now);
    }

    // A router that preempts did not wait for our silence: the role that was offered is its own by now.
    private void HearWhileOffered(Priority priority)
    {
        if (!priority.IsReleased && !(Parameters.OwnerIgnoreAdverts && EffectivePriority.IsOwner))
            _silenceLimit = Duration.Zero;
    }

    // What is checked on a well-formed packet, and needs more than the packet to be judged.
    private VrrpFault CheckAccepted(in VrrpPacket packet, in VrrpDatagram datagram, in PacketMismatch mismatch, Instant now)
    {
        if (packet.Version == VrrpVersion.V3 && packet.Interval != Parameters.AdvertisementInterval)
        {
            if (MayLogReceived(now))
                _log.IntervalMismatchV3(Parameters.Name, Parameters.AdvertisementInterval, packet.Interval);
        }
        if (_authenticator.UsesHeader && State == VrrpState.Backup)
            _authenticator.Sequence.OnFollowed();
        if (mismatch.LacksTrailer)
            ReportAllowedLackOfTrailer(datagram, now);
        if (mismatch.OldChecksum && !_sendsOldChecksum && Parameters.UnicastChecksum == UnicastChecksumMode.Auto)
        {
            _sendsOldChecksum = true;
            _log.OldUnicastChecksum(Parameters.Name);
        }
        if (Parameters.OwnerIgnoreAdverts && EffectivePriority.IsOwner)
            return VrrpFault.AddressOwner;
        Counters.AdvertRcvd++;
        CheckAddresses(packet, datagram, now);
        return CheckPeer(datagram);
    }

    // Counted and logged, and the packet accepted all the same: an address list in transition must not end in two Active Routers.
    private void CheckAddresses(in VrrpPacket packet, in VrrpDatagram datagram, Instant now)
    {
        ReadOnlySpan<IpAddress> ours = AdvertisedAddresses;
        if (packet.AddressCount != ours.Length)
        {
            WatchForForeignUse(packet, datagram.Source, now);
            Report(VrrpFault.AddressCount, datagram, new PacketMismatch(packet.AddressCount, ours.Length), now);
            return;
        }
        if (Parameters.SkipCheckAdvAddr && State == VrrpState.Backup && datagram.Source == ActiveRouterAddress)
            return;
        for (int i = 0; i < ours.Length; i++)
        {
            if (packet.Lists(ours[i], likelyIndex: i))
                continue;
            WatchForForeignUse(packet, datagram.Source, now);
            Report(VrrpFault.AddressMissing, datagram, new PacketMismatch(0, i), now);
            return;
        }
    }

    // With the addresses of ours that somebody lists he belongs to us, however much is wrong with the rest.
    private void WatchForForeignUse(in VrrpPacket packet, IpAddress from, Instant now)
    {
        if (!Watches || packet.AddressCount == 0 || packet.Priority.IsReleased)
            return;
        foreach (IpAddress address in AdvertisedAddresses)
        {
            if (packet.Lists(address, likelyIndex: 0))
                return;
        }
        _isForeign = true;
        if (Conflicts.OnForeign(from, Parameters.Vrid, packet.AddressAt(0), now, out Conflict conflict))
            Tell(conflict);
    }

    private VrrpFault CheckPeer(in VrrpDatagram datagram)
    {
        if (!Parameters.IsUnicast || !ChecksUnicastSource)
            return VrrpFault.None;
        if (!TryFindPeer(datagram.Source, out UnicastPeer peer))
            return VrrpFault.NotAPeer;
        return datagram.HopLimit >= peer.MinTtl && datagram.HopLimit <= peer.MaxTtl ? VrrpFault.None : VrrpFault.PeerHopLimit;
    }

    private bool ChecksUnicastSource
    {
        get
        {
            if (Parameters.CheckUnicastSource)
                return true;
            foreach (ref readonly UnicastPeer peer in Parameters.UnicastPeers.AsSpan())
            {
                if (peer.HasTtlLimits)
                    return true;
            }
            return false;
        }
    }

    private bool TryFindPeer(IpAddress address, out UnicastPeer peer)
    {
        foreach (ref readonly UnicastPeer candidate in Parameters.UnicastPeers.AsSpan())
        {
            peer = candidate;
            if (candidate.Address == address)
                return true;
        }
        peer = default;
        return false;
    }

    private PreemptDelayPhase PreemptDelayAt(Instant now) => Parameters.PreemptDelay == Duration.Zero ? PreemptDelayPhase.Off
        : !_preemptDelayStarted ? PreemptDelayPhase.NotStarted
        : now < _preemptDelayEnd ? PreemptDelayPhase.Running
        : PreemptDelayPhase.Elapsed;

    private void WatchPreemptDelay(Priority heard, Instant now)
    {
        if (State != VrrpState.Backup || !Preempts || Parameters.PreemptDelay == Duration.Zero || heard.IsReleased)
            return;
        if (heard < EffectivePriority)
        {
            if (_preemptDelayStarted)
                return;
            _preemptDelayStarted = true;
            _preemptDelayEnd = now + Parameters.PreemptDelay;
            _log.PreemptDelayStarted(Parameters.Name, Parameters.PreemptDelay);
        }
        else if (_preemptDelayStarted)
        {
            _preemptDelayStarted = false;
            _log.PreemptDelayStopped(Parameters.Name);
        }
    }
}
