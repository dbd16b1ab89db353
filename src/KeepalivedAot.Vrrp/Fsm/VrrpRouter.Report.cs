using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Vrrp.Events;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Vrrp.Fsm;

// What was wrong with a datagram: counted every time, logged once per kind until the role is left or another router is followed.
public sealed partial class VrrpRouter
{
    /// <summary>One bit for each <see cref="VrrpFault"/> that was logged and has not been forgiven since.</summary>
    private ulong _loggedFaults;

    private LineBudget _receivedLines = LineBudget.Full;

    // For every line that a received packet causes and no change of state follows from: however many of them come, from whomever.
    private bool MayLogReceived(Instant now)
    {
        if (!_receivedLines.TryTake(now, out long leftOut))
            return false;
        if (leftOut > 0)
            _log.LinesLeftOut(Parameters.Name, leftOut);
        return true;
    }

    private void Report(VrrpFault fault, in VrrpDatagram datagram, in PacketMismatch mismatch, Instant now)
    {
        Count(fault);
        ulong bit = 1ul << (int)fault;
        if ((_loggedFaults & bit) != 0 || !MayLogReceived(now))
            return;
        _loggedFaults |= bit;
        LogFault(fault, datagram, mismatch);
    }

    // Permissive says so; while trailers are only received they are rarely there, and that is no news.
    private void ReportAllowedLackOfTrailer(in VrrpDatagram datagram, Instant now)
    {
        if (_authenticator.ReportsMissingTrailer)
            Report(VrrpFault.TrailerMissingAllowed, datagram, default, now);
        else
            Count(VrrpFault.TrailerMissingAllowed);
    }

    private void Count(VrrpFault fault)
    {
        switch (fault)
        {
            case VrrpFault.UnexpectedAuthenticationHeader:
            case VrrpFault.MissingAuthenticationHeader:
            case VrrpFault.AuthenticationTypeMismatch:
                Counters.AuthtypeMismatch++;
                break;
            case VrrpFault.TooShort:
            case VrrpFault.TooLong:
            case VrrpFault.TotalLength:
                Counters.PacketLenErr++;
                break;
            case VrrpFault.HopLimit:
            case VrrpFault.PeerHopLimit:
                Counters.IpTtlErr++;
                break;
            case VrrpFault.Version:
                Counters.VersErr++;
                break;
            case VrrpFault.InvalidAuthenticationType:
                Counters.InvalidAuthtype++;
                break;
            case VrrpFault.Password:
            case VrrpFault.HeaderCheckValue:
            case VrrpFault.HeaderIndex:
            case VrrpFault.HeaderSequence:
                Counters.AuthFailure++;
                break;
            case VrrpFault.TrailerMissing:
            case VrrpFault.TrailerMissingAllowed:
                Counters.AuthExtMissing++;
                break;
            case VrrpFault.TrailerMalformed:
                Counters.AuthExtMalformed++;
                break;
            case VrrpFault.TrailerStale:
                Counters.AuthExtStale++;
                break;
            case VrrpFault.TrailerUnknownKey:
                Counters.AuthExtUnknownKey++;
                break;
            case VrrpFault.TrailerCode:
                Counters.AuthExtInvalidHmac++;
                break;
            case VrrpFault.TrailerReplay:
                Counters.AuthExtReplay++;
                break;
            case VrrpFault.AdvertisementInterval:
                // keepalived has this counter and never counts it.
                Counters.AdvertIntervalErr++;
                break;
            case VrrpFault.Type:
                Counters.InvalidTypeRcvd++;
                break;
            case VrrpFault.Checksum:
                Counters.ChkErr++;
                break;
            case VrrpFault.Cast:
            case VrrpFault.AddressCount:
            case VrrpFault.AddressMissing:
                Counters.AddrListErr++;
                break;
            case VrrpFault.NotAPeer:
                Counters.NotAPeer++;
                break;
            default:
                break;
        }
    }

    private void LogFault(VrrpFault fault, in VrrpDatagram datagram, in PacketMismatch mismatch)
    {
        string name = Parameters.Name;
        IpAddress from = datagram.Source;
        (int received, int expected) = (mismatch.Received, mismatch.Expected);
        switch (fault)
        {
            case VrrpFault.UnexpectedAuthenticationHeader:
                _log.UnexpectedAuthenticationHeader(name, from);
                break;
            case VrrpFault.MissingAuthenticationHeader:
                _log.MissingAuthenticationHeader(name, from);
                break;
            case VrrpFault.TooShort:
                _log.TooShort(name, from, received, expected);
                break;
            case VrrpFault.TooLong:
                _log.TooLong(name, from, received, expected);
                break;
            case VrrpFault.HopLimit:
                _log.HopLimit(name, from, received, expected);
                break;
            case VrrpFault.Version:
                _log.Version(name, from, received, expected);
                break;
            case VrrpFault.InvalidAuthenticationType:
                _log.InvalidAuthenticationType(name, from, received);
                break;
            case VrrpFault.AuthenticationTypeMismatch:
                _log.AuthenticationTypeMismatch(name, from, received, expected);
                break;
            case VrrpFault.Password:
                _log.WrongPassword(name, from);
                break;
            case VrrpFault.AdvertisementInterval:
                _log.IntervalMismatchV2(name, from, expected, received);
                break;
            case VrrpFault.Type:
                _log.InvalidType(name, from, received, expected);
                break;
            case VrrpFault.TotalLength:
                _log.TotalLengthMismatch(name, from, expected, received);
                break;
            case VrrpFault.Checksum:
                _log.WrongChecksum(name, Parameters.Version, from);
                break;
            case VrrpFault.Cast:
                _log.Cast(name, Parameters.IsUnicast, from);
                break;
            case VrrpFault.AddressOwner:
                _log.IgnoringAsOwner(name, from);
                break;
            case VrrpFault.AddressCount:
                _log.AddressCount(name, expected, received);
                break;
            case VrrpFault.AddressMissing:
                _log.AddressMissing(name, Parameters.Vrid, from, AdvertisedAddresses[expected]);
                break;
            case VrrpFault.NotAPeer:
                _log.NotAPeer(name, from);
                break;
            case VrrpFault.PeerHopLimit:
                TryFindPeer(from, out UnicastPeer peer);
                _log.PeerHopLimit(name, from, datagram.HopLimit, peer.MinTtl, peer.MaxTtl);
                break;
            default:
                LogAuthenticationFault(fault, from, mismatch);
                break;
        }
    }

    private void LogAuthenticationFault(VrrpFault fault, IpAddress from, in PacketMismatch mismatch)
    {
        string name = Parameters.Name;
        (int received, int expected) = (mismatch.Received, mismatch.Expected);
        switch (fault)
        {
            case VrrpFault.HeaderCheckValue:
                _log.HeaderCheckValue(name);
                break;
            case VrrpFault.HeaderIndex:
                _log.HeaderIndex(name, unchecked((uint)received), unchecked((uint)expected));
                break;
            case VrrpFault.HeaderSequence:
                _log.HeaderSequence(name, unchecked((uint)received), unchecked((uint)expected));
                break;
            case VrrpFault.TrailerMissing:
                _log.TrailerMissing(name, from, accepted: false);
                break;
            case VrrpFault.TrailerMissingAllowed:
                _log.TrailerMissing(name, from, accepted: true);
                break;
            case VrrpFault.TrailerMalformed:
                _log.TrailerMalformed(name, from);
                break;
            case VrrpFault.TrailerStale:
                _log.TrailerStale(name, from, received, expected);
                break;
            case VrrpFault.TrailerUnknownKey:
                _log.TrailerUnknownKey(name, from, received);
                break;
            case VrrpFault.TrailerCode:
                _log.TrailerCode(name, from, received);
                break;
            case VrrpFault.TrailerReplay:
                _log.TrailerReplay(name, from);
                break;
            default:
                break;
        }
    }
}
