using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Vrrp.Authentication;

namespace KeepalivedAot.Vrrp.Wire;

/// <summary>What a router would make of a datagram that expects just what the datagram says of itself.</summary>
/// <remarks>
/// <see cref="VrrpPacket.TryParse(in VrrpDatagram, VrrpParameters, out VrrpPacket, out PacketMismatch)"/> judges, as in a router. Nobody has
/// keys here, so AH and <c>auth_hmac</c> are taken away first: what is judged is all else.
/// </remarks>
public static class VrrpVerdict
{
    private const int MostBytes = 64 * 1024;

    /// <param name="datagram">Read as <paramref name="anatomy"/>.</param>
    public static VrrpFault Of(scoped in VrrpDatagram datagram, scoped VrrpAnatomy anatomy, AddressFamily family, out PacketMismatch mismatch)
    {
        mismatch = new PacketMismatch(anatomy.Version, (int)VrrpVersion.V3);
        if (anatomy.Version is not ((int)VrrpVersion.V2 or (int)VrrpVersion.V3))
            return VrrpFault.Version;
        mismatch = default;
        bool isHeaderDue = anatomy.AuthenticationType == (int)AuthenticationType.AuthenticationHeader;
        if (anatomy.HasAuthenticationHeader != isHeaderDue)
            return isHeaderDue ? VrrpFault.MissingAuthenticationHeader : VrrpFault.UnexpectedAuthenticationHeader;
        VrrpParameters expected = ExpectationOf(datagram, anatomy, family);
        if (!anatomy.HasAuthenticationHeader && !anatomy.HasTrailer)
            return VrrpPacket.TryParse(datagram, expected, out _, out mismatch);
        byte[] plain = new byte[Math.Min(MostBytes, datagram.Bytes.Length)];
        int length = WithoutAuthentication(datagram, anatomy, family, plain);
        VrrpDatagram stripped = new()
        {
            Bytes = plain.AsSpan(0, length), Source = datagram.Source, Destination = datagram.Destination, HopLimit = datagram.HopLimit,
        };
        return VrrpPacket.TryParse(stripped, expected, out _, out mismatch);
    }

    private static VrrpParameters ExpectationOf(scoped in VrrpDatagram datagram, scoped VrrpAnatomy anatomy, AddressFamily family) => new()
    {
        Name = "",
        Vrid = new Vrid(anatomy.Vrid),
        Version = (VrrpVersion)anatomy.Version,
        Family = family,
        AdvertisementInterval = anatomy.Interval,
        UnicastPeers = datagram.Destination.IsMulticast ? [] : [new UnicastPeer(datagram.Source, 0, byte.MaxValue)],
        // The broken forms are told of beside the verdict.
        UnicastChecksum = UnicastChecksumMode.Never,
        Authentication = anatomy.AuthenticationType switch
        {
            (int)AuthenticationType.SimplePassword => VrrpAuthentication.SimplePassword(anatomy.AuthenticationData),
            (int)AuthenticationType.AuthenticationHeader => VrrpAuthentication.Header(default),
            _ => default,
        },
    };

    private static int WithoutAuthentication(scoped in VrrpDatagram datagram, scoped VrrpAnatomy anatomy, AddressFamily family, Span<byte> plain)
    {
        ReadOnlySpan<byte> message = anatomy.HasTrailer ? anatomy.Core : datagram.Bytes[^anatomy.Length..];
        if (family == AddressFamily.IPv6)
        {
            // There the checksum covers the trailer: right stays right, wrong stays wrong.
            bool isRight = anatomy.FindChecksum(datagram.Source, datagram.Destination).Origin == ChecksumOrigin.Standard;
            message.CopyTo(plain);
            VrrpWriter.WriteChecksum(plain[..message.Length], ChecksumForm.PseudoHeader, datagram.Source, datagram.Destination);
            if (!isRight)
                plain[VrrpMessage.ChecksumOffset] ^= 0xFF;
            return message.Length;
        }
        int cut = datagram.Bytes.Length - Ipv4Header.MinimumLength - message.Length;
        bool isParsed = Ipv4Header.TryParse(datagram.Bytes, out Ipv4Header header);
        cut -= isParsed ? header.Length - Ipv4Header.MinimumLength : 0;
        int total = isParsed ? header.TotalLength - cut : 0;
        int length = Ipv4Header.MinimumLength + message.Length;
        Ipv4Header.Write(
            plain, Math.Clamp(total - (header.Length - Ipv4Header.MinimumLength), Ipv4Header.MinimumLength, ushort.MaxValue), header.Identification,
            header.TimeToLive, Ipv4Header.ProtocolVrrp, datagram.Source, datagram.Destination);
        message.CopyTo(plain[Ipv4Header.MinimumLength..]);
        return length;
    }
}
