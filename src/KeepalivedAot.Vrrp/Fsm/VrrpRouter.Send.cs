using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
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
        int most = VrrpWriter.MaxAddresses(Parameters.Version, Parameters.Family, _mtu);
        int advertised = Math.Min(configured, most);
        if (advertised < configured && advertised != _advertisedCount)
            _log.TooManyAddresses(Parameters.Name, configured, most);
        _advertisedCount = advertised;
        int needed = Ipv4Header.MinimumLength + VrrpWriter.MessageLength(Parameters.Version, Parameters.Family, advertised);
        if (_buffer.Length < needed)
            _buffer = GC.AllocateUninitializedArray<byte>(needed, pinned: true);
    }

    private void Advertise(Instant now)
    {
        LastAdvertisementAt = now;
        Send(EffectivePriority);
    }

    private void Release(Instant now)
    {
        LastAdvertisementAt = now;
        if (!Send(Priority.Released))
            return;
        Counters.PriZeroSent++;
        _log.ReleaseSent(Parameters.Name);
    }

    // False when there is no address to send from: without one there is no datagram.
    private bool Send(Priority priority)
    {
        IpAddress source = LocalAddress;
        if (source.IsNone)
            return false;
        int headerLength = IsIPv4 ? Ipv4Header.MinimumLength : 0;
        int length = headerLength + VrrpWriter.WriteMessage(
            _buffer.AsSpan(headerLength), Parameters.Version, Parameters.Family, Parameters.Vrid, priority,
            Parameters.AdvertisementInterval, AdvertisedAddresses, Parameters.Authentication);
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
            Ipv4Header.Write(
                datagram, datagram.Length, _identification, timeToLive, Ipv4Header.ProtocolVrrp, source, destination);
            message = datagram[Ipv4Header.MinimumLength..];
            if (Parameters.Version == VrrpVersion.V2 || Parameters.V3ChecksumAsV2)
                form = ChecksumForm.MessageOnly;
            else if (_sendsOldChecksum || Parameters.UnicastChecksum == UnicastChecksumMode.Old)
                checksumDestination = Parameters.Group;
        }
        VrrpWriter.WriteChecksum(message, form, source, checksumDestination);
        _effects.SendAdvertisement(this, datagram, source, destination);
    }
}
