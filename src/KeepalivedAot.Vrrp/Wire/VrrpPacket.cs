using System.Buffers.Binary;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Vrrp.Authentication;

namespace KeepalivedAot.Vrrp.Wire;

/// <summary>A VRRP advertisement read in place (RFC 9568, 5.2; RFC 3768, 5.3).</summary>
/// <remarks>After <see cref="TryParse"/> returns <see cref="VrrpFault.None"/> no accessor can fail.</remarks>
public readonly ref struct VrrpPacket
{
    private readonly ReadOnlySpan<byte> _message;
    private readonly AddressFamily _family;

    private VrrpPacket(ReadOnlySpan<byte> message, AddressFamily family)
    {
        _message = message;
        _family = family;
    }

    public VrrpVersion Version => (VrrpVersion)(_message[0] >> 4);
    public Vrid Vrid => new(_message[VrrpMessage.VridOffset]);
    public Priority Priority => new(_message[VrrpMessage.PriorityOffset]);
    public int AddressCount => _message[VrrpMessage.AddressCountOffset];

    /// <summary>v3: twelve bits of centiseconds; the reserved bits above them are ignored. v2: seconds.</summary>
    public Duration Interval => Version == VrrpVersion.V2
        ? Duration.FromSeconds(_message[VrrpMessage.IntervalSecondsOffset])
        : Duration.FromCentiseconds(VrrpMessage.IntervalCentisecondsMask
            & BinaryPrimitives.ReadUInt16BigEndian(_message[VrrpMessage.IntervalCentisecondsOffset..]));

    public ushort Checksum => BinaryPrimitives.ReadUInt16BigEndian(_message[VrrpMessage.ChecksumOffset..]);

    public IpAddress AddressAt(int index)
    {
        int length = VrrpMessage.AddressLength(_family);
        return IpAddress.FromBytes(_message.Slice(VrrpMessage.HeaderLength + index * length, length));
    }

    /// <summary>True when the address is listed.</summary>
    /// <param name="likelyIndex">Where to look first: peers of one configuration list in the same order.</param>
    public bool Lists(IpAddress address, int likelyIndex)
    {
        if (likelyIndex < AddressCount && AddressAt(likelyIndex) == address)
            return true;
        for (int i = 0; i < AddressCount; i++)
        {
            if (AddressAt(i) == address)
                return true;
        }
        return false;
    }

    /// <summary>Which instance a datagram is for, before anything is checked. False when it is too short to say.</summary>
    public static bool TryReadVrid(ReadOnlySpan<byte> datagram, AddressFamily family, out Vrid vrid)
    {
        vrid = default;
        if (!TryFindMessage(datagram, family, out ReadOnlySpan<byte> message) || message.Length <= VrrpMessage.VridOffset)
            return false;
        vrid = new Vrid(message[VrrpMessage.VridOffset]);
        return true;
    }

    /// <summary>Checks a datagram against what an instance expects, in keepalived's order.</summary>
    /// <param name="packet">Usable only when the result is <see cref="VrrpFault.None"/>.</param>
    /// <param name="mismatch">For the log; <see cref="PacketMismatch.OldChecksum"/> is set on good packets too.</param>
    public static VrrpFault TryParse(
        scoped in VrrpDatagram datagram, VrrpParameters expected, out VrrpPacket packet, out PacketMismatch mismatch)
        => TryParse(datagram, expected, null, default, out packet, out mismatch);

    /// <inheritdoc cref="TryParse(in VrrpDatagram, VrrpParameters, out VrrpPacket, out PacketMismatch)"/>
    /// <param name="authenticator">Verifies AH and auth_hmac, and notes how far their senders have counted; null = the instance has neither.</param>
    /// <param name="now">When it was received.</param>
    public static VrrpFault TryParse(
        scoped in VrrpDatagram datagram, VrrpParameters expected, VrrpAuthenticator? authenticator, UnixTime now,
        out VrrpPacket packet, out PacketMismatch mismatch)
    {
        packet = default;
        mismatch = default;
        bool isIPv4 = expected.Family == AddressFamily.IPv4;
        ReadOnlySpan<byte> bytes = datagram.Bytes;
        Ipv4Header header = default;
        if (isIPv4)
        {
            if (!Ipv4Header.TryParse(bytes, out header))
            {
                mismatch = new PacketMismatch(bytes.Length, Ipv4Header.MinimumLength + VrrpMessage.HeaderLength);
                return VrrpFault.TooShort;
            }
            bool hasHeader = header.Protocol == Ipv4Header.ProtocolAuthenticationHeader;
            if (hasHeader != (authenticator?.UsesHeader == true))
                return hasHeader ? VrrpFault.UnexpectedAuthenticationHeader : VrrpFault.MissingAuthenticationHeader;
        }
        int headersLength = header.Length + (authenticator?.HeaderLength ?? 0);
        if (bytes.Length < headersLength)
        {
            mismatch = new PacketMismatch(bytes.Length, headersLength + VrrpMessage.HeaderLength);
            return VrrpFault.TooShort;
        }
        ReadOnlySpan<byte> signed = bytes[headersLength..];
        VrrpFault fault = CheckLength(
            ref signed, headersLength, expected.Family, authenticator?.UsesTrailer == true, out int messageLength, ref mismatch);
        if (fault != VrrpFault.None)
            return fault;
        ReadOnlySpan<byte> message = signed[..messageLength];
        if (!expected.IsUnicast && datagram.HopLimit != byte.MaxValue)
        {
            mismatch = new PacketMismatch(datagram.HopLimit, byte.MaxValue);
            return VrrpFault.HopLimit;
        }
        if (message[0] >> 4 != (int)expected.Version)
        {
            mismatch = new PacketMismatch(message[0] >> 4, (int)expected.Version);
            return VrrpFault.Version;
        }
        bool lacksTrailer = authenticator?.UsesTrailer == true && signed.Length == messageLength;
        if (lacksTrailer && authenticator!.RequiresTrailer)
            return VrrpFault.TrailerMissing;
        if (signed.Length > messageLength)
        {
            fault = authenticator!.VerifyTrailer(signed, datagram.Source, now, out mismatch);
            if (fault != VrrpFault.None)
                return fault;
        }
        VrrpPacket candidate = new(message, expected.Family);
        if (expected.Version == VrrpVersion.V2)
        {
            fault = candidate.CheckAuthentication(expected, ref mismatch);
            if (fault == VrrpFault.None && authenticator?.UsesHeader == true)
            {
                fault = authenticator.VerifyHeader(
                    header.Bytes, bytes.Slice(header.Length, authenticator.HeaderLength), message, datagram.Source, out mismatch);
            }
            if (fault == VrrpFault.None)
                fault = candidate.CheckInterval(expected, ref mismatch);
            if (fault != VrrpFault.None)
                return fault;
        }
        if ((message[0] & 0xF) != VrrpMessage.TypeAdvertisement)
        {
            mismatch = new PacketMismatch(message[0] & 0xF, VrrpMessage.TypeAdvertisement);
            return VrrpFault.Type;
        }
        if (isIPv4 && header.TotalLength != bytes.Length)
        {
            mismatch = new PacketMismatch(bytes.Length, header.TotalLength);
            return VrrpFault.TotalLength;
        }
        if (!candidate.HasRightChecksum(datagram, expected, signed, ref mismatch))
            return VrrpFault.Checksum;
        if (datagram.Destination.IsMulticast == expected.IsUnicast)
            return VrrpFault.Cast;
        mismatch = mismatch with { LacksTrailer = lacksTrailer };
        packet = candidate;
        return VrrpFault.None;
    }

    private static bool TryFindMessage(ReadOnlySpan<byte> datagram, AddressFamily family, out ReadOnlySpan<byte> message)
    {
        message = datagram;
        if (family != AddressFamily.IPv4)
            return true;
        if (!Ipv4Header.TryParse(datagram, out Ipv4Header header))
            return false;
        int skip = header.Length + (header.Protocol == Ipv4Header.ProtocolAuthenticationHeader ? AuthenticationHeader.Length : 0);
        if (skip > datagram.Length)
            return false;
        message = datagram[skip..];
        return true;
    }

    // Which fields there are follows from the version the packet names: a foreign version is reported as that, as keepalived
    // does, and not as a wrong length. A trailer is what has exactly its length.
    private static VrrpFault CheckLength(
        ref ReadOnlySpan<byte> message, int ipHeaderLength, AddressFamily family, bool mayHaveTrailer, out int needed,
        ref PacketMismatch mismatch)
    {
        // Ethernet pads what is shorter, and the padding can come up to us.
        const int EthernetMinimumPayload = 46;
        int received = ipHeaderLength + message.Length;
        needed = VrrpMessage.HeaderLength;
        if (message.Length >= VrrpMessage.HeaderLength)
            needed = VrrpMessage.LengthOf(message[0] >> 4, family, message[VrrpMessage.AddressCountOffset]);
        if (message.Length < needed)
        {
            mismatch = new PacketMismatch(received, ipHeaderLength + needed);
            return VrrpFault.TooShort;
        }
        if (mayHaveTrailer && message.Length == needed + HmacTrailer.Length)
            return VrrpFault.None;
        if (message.Length > needed && (family != AddressFamily.IPv4 || received > EthernetMinimumPayload))
        {
            mismatch = new PacketMismatch(received, ipHeaderLength + needed);
            return VrrpFault.TooLong;
        }
        message = message[..needed];
        return VrrpFault.None;
    }

    private VrrpFault CheckAuthentication(VrrpParameters expected, ref PacketMismatch mismatch)
    {
        int type = _message[VrrpMessage.AuthenticationTypeOffset];
        AuthenticationType ours = expected.Authentication.Type;
        mismatch = new PacketMismatch(type, (int)ours);
        if (type > (int)AuthenticationType.AuthenticationHeader)
            return VrrpFault.InvalidAuthenticationType;
        if (type != (int)ours)
            return VrrpFault.AuthenticationTypeMismatch;
        if (ours == AuthenticationType.SimplePassword && _family == AddressFamily.IPv4
            && !expected.Authentication.Matches(_message[^VrrpAuthentication.DataLength..]))
        {
            return VrrpFault.Password;
        }
        mismatch = default;
        return VrrpFault.None;
    }

    private VrrpFault CheckInterval(VrrpParameters expected, ref PacketMismatch mismatch)
    {
        if (Interval != expected.AdvertisementInterval)
        {
            mismatch = new PacketMismatch((int)Interval.WholeSeconds, (int)expected.AdvertisementInterval.WholeSeconds);
            return VrrpFault.AdvertisementInterval;
        }
        return VrrpFault.None;
    }

    // IPv6's checksum covers an auth_hmac trailer, IPv4's does not.
    private bool HasRightChecksum(
        scoped in VrrpDatagram datagram, VrrpParameters expected, ReadOnlySpan<byte> signed, ref PacketMismatch mismatch)
    {
        if (expected.Family == AddressFamily.IPv6)
            return VrrpChecksum.WithPseudoHeader(signed, datagram.Source, datagram.Destination) == 0;
        if (expected.Version == VrrpVersion.V2)
            return VrrpChecksum.OfMessage(_message) == 0;
        // keepalived then accepts any checksum; we accept either form and nothing else.
        if (expected.V3ChecksumAsV2 && VrrpChecksum.OfMessage(_message) == 0)
            return true;
        if (VrrpChecksum.WithPseudoHeader(_message, datagram.Source, datagram.Destination) == 0)
            return true;
        bool tryOldForm = expected.IsUnicast && expected.UnicastChecksum != UnicastChecksumMode.Never;
        if (!tryOldForm || VrrpChecksum.WithPseudoHeader(_message, datagram.Source, expected.Group) != 0)
            return false;
        mismatch = mismatch with { OldChecksum = true };
        return true;
    }
}

/// <summary>The numbers behind a <see cref="VrrpFault"/>.</summary>
/// <param name="Received">What the packet has; a length counts the IPv4 header.</param>
/// <param name="Expected">What it should have.</param>
public readonly record struct PacketMismatch(int Received, int Expected)
{
    /// <summary>The checksum was right only with the multicast group in the pseudo header (keepalived before 1.3.6).</summary>
    public bool OldChecksum { get; init; }

    /// <summary>A good packet without auth_hmac trailer, where there could be one.</summary>
    public bool LacksTrailer { get; init; }
}
