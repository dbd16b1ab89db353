using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Vrrp.Authentication;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Vrrp.Fsm;

// Advertisements going out, from one buffer that is as large as the largest of them.
public sealed partial class VrrpRouter
{
    // Pinned, so that the system call can be given its address without further ado.
    private byte[] _buffer = [];

    /// <summary>How many of the virtual addresses fit an advertisement; the rest is held and announced, but not listed.</summary>
    private int _advertisedCount;

    /// <summary>IPv4 identification of the last advertisement; 0 is never sent, as the kernel would replace it.</summary>
    private ushort _identification;

    private bool _sendsOldChecksum;

    private bool IsIPv4 => Parameters.Family == AddressFamily.IPv4;

    /// <summary>Of an advertisement of ours, in bytes; with the IP header for IPv4.</summary>
    public int AdvertisementLength => (IsIPv4 ? Ipv4Header.MinimumLength : 0)
        + VrrpWriter.MessageLength(Parameters.Version, Parameters.Family, _advertisedCount);

    /// <summary>The virtual addresses that stand in our advertisements.</summary>
    private ReadOnlySpan<IpAddress> AdvertisedAddresses => Parameters.VirtualAddresses.AsSpan()[.._advertisedCount];

    private void PrepareBuffer()
    {
        int configured = Parameters.VirtualAddresses.Length;
        int authenticationLength = VrrpAuthenticator.LengthFor(Parameters);
        int most = VrrpWriter.MaxAddresses(Parameters.Version, Parameters.Family, _mtu, authenticationLength);
        int advertised = Math.Min(configured, most);
        if (advertised < configured && advertised != _advertisedCount)
            _log.TooManyAddresses(Parameters.Name, configured, most);
        _advertisedCount = advertised;
        int needed = Ipv4Header.MinimumLength + authenticationLength
            + VrrpWriter.MessageLength(Parameters.Version, Parameters.Family, advertised);
        if (_buffer.Length < needed)
            _buffer = GC.AllocateUninitializedArray<byte>(needed, pinned: true);
    }

    private void Advertise(Instant now)
    {
        LastAdvertisementAt = now;
        _asleep = Duration.Zero;
        Send(EffectivePriority, now);
    }

    private void Release(Instant now)
    {
        LastAdvertisementAt = now;
        _asleep = Duration.Zero;
        if (!Send(Priority.Released, now))
            return;
        Counters.PriZeroSent++;
        _log.ReleaseSent(Parameters.Name);
    }

    // False when there is no address to send from: without one there is no datagram.
    private bool Send(Priority priority, Instant now)
    {
        IpAddress source = LocalAddress;
        if (source.IsNone)
            return false;
        int headerLength = (IsIPv4 ? Ipv4Header.MinimumLength : 0) + _authenticator.HeaderLength;
        int length = headerLength + _authenticator.TrailerLength + VrrpWriter.WriteMessage(
            _buffer.AsSpan(headerLength), Parameters.Version, Parameters.Family, Parameters.Vrid, priority,
            Parameters.AdvertisementInterval, AdvertisedAddresses, Parameters.Authentication);
        // The same for all peers, as neither covers where the message goes.
        if (_authenticator.TrailerLength != 0)
            _authenticator.WriteTrailer(_buffer.AsSpan(headerLength, length - headerLength), source, _unixClock.At(now));
        if (_authenticator.UsesHeader)
            _authenticator.Sequence.Next();
        if (++_identification == 0)
            _identification = 1;
        if (Parameters.IsUnicast)
        {
            foreach (ref readonly UnicastPeer peer in Parameters.UnicastPeers.AsSpan())
                SendTo(peer.Address, _buffer.AsSpan(0, length), source, Parameters.UnicastTtl);
        }
        else
        {
            SendTo(Parameters.Group, _buffer.AsSpan(0, length), source, byte.MaxValue);
        }
        Counters.AdvertSent++;
        return true;
    }

    private void SendTo(IpAddress destination, Span<byte> datagram, IpAddress source, byte timeToLive)
    {
        Span<byte> message = datagram;
        ChecksumForm form = ChecksumForm.PseudoHeader;
        IpAddress checksumDestination = destination;
        if (IsIPv4)
        {
            byte protocol = _authenticator.UsesHeader ? Ipv4Header.ProtocolAuthenticationHeader : Ipv4Header.ProtocolVrrp;
            Ipv4Header.Write(datagram, datagram.Length, _identification, timeToLive, protocol, source, destination);
            // IPv6's checksum covers an auth_hmac trailer, IPv4's does not.
            message = datagram[(Ipv4Header.MinimumLength + _authenticator.HeaderLength)..^_authenticator.TrailerLength];
            if (Parameters.Version == VrrpVersion.V2 || Parameters.V3ChecksumAsV2)
                form = ChecksumForm.MessageOnly;
            else if (_sendsOldChecksum || Parameters.UnicastChecksum == UnicastChecksumMode.Old)
                checksumDestination = Parameters.Group;
        }
        VrrpWriter.WriteChecksum(message, form, source, checksumDestination);
        if (_authenticator.UsesHeader)
            _authenticator.WriteHeader(datagram, source, _authenticator.Sequence.Value);
        _effects.SendAdvertisement(this, datagram, source, destination);
    }
}
