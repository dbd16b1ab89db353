using System.Buffers.Binary;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Vrrp.Authentication;

namespace KeepalivedAot.Vrrp.Wire;

/// <summary>A VRRP datagram taken apart whether it is right or not: for whoever looks at a network. Routers use <see cref="VrrpPacket"/>.</summary>
/// <remarks>After <see cref="TryRead"/> no accessor can fail, but what the message is too short for is 0 or missing.</remarks>
public readonly ref struct VrrpAnatomy
{
    private readonly ReadOnlySpan<byte> _authenticationHeader;
    private readonly ReadOnlySpan<byte> _message;
    private readonly AddressFamily _family;

    private VrrpAnatomy(ReadOnlySpan<byte> authenticationHeader, ReadOnlySpan<byte> message, AddressFamily family)
    {
        _authenticationHeader = authenticationHeader;
        _message = message;
        _family = family;
    }

    /// <summary>False when there are not even the eight bytes of a header.</summary>
    /// <param name="datagram">As in <see cref="VrrpDatagram.Bytes"/>.</param>
    public static bool TryRead(ReadOnlySpan<byte> datagram, AddressFamily family, out VrrpAnatomy anatomy)
    {
        anatomy = default;
        ReadOnlySpan<byte> header = default;
        if (family == AddressFamily.IPv4)
        {
            if (!Ipv4Header.TryParse(datagram, out Ipv4Header ip))
                return false;
            datagram = datagram[ip.Length..];
            if (ip.Protocol == Ipv4Header.ProtocolAuthenticationHeader)
            {
                if (datagram.Length < AuthenticationHeader.Length)
                    return false;
                header = datagram[..AuthenticationHeader.Length];
                datagram = datagram[AuthenticationHeader.Length..];
            }
        }
        if (datagram.Length < VrrpMessage.HeaderLength)
            return false;
        anatomy = new VrrpAnatomy(header, datagram, family);
        return true;
    }

    public int Version => _message[0] >> 4;

    /// <summary>1 is an advertisement.</summary>
    public int Type => _message[0] & 0xF;

    public byte Vrid => _message[VrrpMessage.VridOffset];

    public byte Priority => _message[VrrpMessage.PriorityOffset];

    /// <summary>As the message says.</summary>
    public int AddressCount => _message[VrrpMessage.AddressCountOffset];

    /// <summary>Those that are really there.</summary>
    public int PresentAddressCount => Math.Min(AddressCount, (_message.Length - VrrpMessage.HeaderLength) / VrrpMessage.AddressLength(_family));

    public IpAddress AddressAt(int index)
    {
        int length = VrrpMessage.AddressLength(_family);
        return IpAddress.FromBytes(_message.Slice(VrrpMessage.HeaderLength + index * length, length));
    }

    /// <summary>v2 and what is older: the number in the message; anything may stand there.</summary>
    public int AuthenticationType => Version >= (int)VrrpVersion.V3 ? 0 : _message[VrrpMessage.AuthenticationTypeOffset];

    public Duration Interval => Version >= (int)VrrpVersion.V3
        ? Duration.FromCentiseconds(VrrpMessage.IntervalCentisecondsMask & BinaryPrimitives.ReadUInt16BigEndian(_message[VrrpMessage.IntervalCentisecondsOffset..]))
        : Duration.FromSeconds(_message[VrrpMessage.IntervalSecondsOffset]);

    public ushort Checksum => BinaryPrimitives.ReadUInt16BigEndian(_message[VrrpMessage.ChecksumOffset..]);

    /// <summary>What the version and the number of addresses come to, in bytes, without a trailer of <c>auth_hmac</c>.</summary>
    public int NeededLength => VrrpMessage.LengthOf(Version, _family, AddressCount);

    /// <summary>Bytes that are there, behind IP header and AH.</summary>
    public int Length => _message.Length;

    public bool HasAuthenticationHeader => !_authenticationHeader.IsEmpty;

    /// <summary>AH: the Security Parameters Index, which should be the source address.</summary>
    public uint HeaderIndex => HasAuthenticationHeader ? AuthenticationHeader.IndexOf(_authenticationHeader) : 0;

    /// <summary>AH: the sequence number.</summary>
    public uint HeaderSequence => HasAuthenticationHeader ? AuthenticationHeader.SequenceOf(_authenticationHeader) : 0;

    /// <summary>There is a trailer of <c>auth_hmac</c>: exactly its bytes, beginning as it does.</summary>
    public bool HasTrailer => _message.Length == NeededLength + HmacTrailer.Length && HmacTrailer.IsWellFormed(_message[^HmacTrailer.Length..]);

    /// <summary>The number of the key that the trailer was made with.</summary>
    public byte TrailerKey => HasTrailer ? HmacTrailer.KeyIdOf(_message[^HmacTrailer.Length..]) : (byte)0;

    /// <summary>When the trailer says that it was made: seconds since 1970.</summary>
    public uint TrailerSeconds => HasTrailer ? HmacTrailer.SecondsOf(_message[^HmacTrailer.Length..]) : 0;

    /// <summary>v2 over IPv4: the eight bytes of authentication data; empty when they are not there. A password may stand in them.</summary>
    internal ReadOnlySpan<byte> AuthenticationData => VrrpMessage.TrailerLength(Version, _family) > 0 && _message.Length >= NeededLength
        ? _message.Slice(NeededLength - VrrpAuthentication.DataLength, VrrpAuthentication.DataLength) : default;

    /// <summary>The message without AH and trailer.</summary>
    internal ReadOnlySpan<byte> Core => _message[..Math.Min(_message.Length, NeededLength)];

    /// <summary>How the checksum was made, as far as one can tell, and what it should be by the standard.</summary>
    public ChecksumFinding FindChecksum(IpAddress source, IpAddress destination)
    {
        bool isMessageOnly = _family == AddressFamily.IPv4 && Version < (int)VrrpVersion.V3;
        ReadOnlySpan<byte> covered = _family == AddressFamily.IPv6 && HasTrailer ? _message : Core;
        IpAddress group = _family == AddressFamily.IPv6 ? VrrpParameters.DefaultGroupIPv6 : VrrpParameters.DefaultGroupIPv4;
        ushort expected = isMessageOnly ? Right(covered, default, default) : Right(covered, source, destination);
        ushort found = Checksum;
        ChecksumOrigin origin = ChecksumOrigin.Unknown;
        if (found == expected)
            origin = ChecksumOrigin.Standard;
        else if (!isMessageOnly && Right(covered, default, default) == found)
            origin = ChecksumOrigin.MessageOnly;
        else if (isMessageOnly && Right(covered, source, destination) == found)
            origin = ChecksumOrigin.PseudoHeader;
        else if (!destination.IsMulticast && Right(covered, source, group) == found)
            origin = ChecksumOrigin.MulticastGroup;
        else if (HasTrailer && Right(covered.Length == Core.Length ? _message : Core, isMessageOnly ? default : source, isMessageOnly ? default : destination) == found)
            origin = ChecksumOrigin.OtherCoverage;
        else if (found == 0)
            origin = ChecksumOrigin.Empty;
        return new ChecksumFinding(found, expected, origin);
    }

    // What belongs into the field; without addresses there is no pseudo header.
    private static ushort Right(ReadOnlySpan<byte> covered, IpAddress source, IpAddress destination)
    {
        Span<byte> empty = stackalloc byte[VrrpMessage.HeaderLength];
        covered[..VrrpMessage.HeaderLength].CopyTo(empty);
        empty[VrrpMessage.ChecksumOffset..].Clear();
        InternetChecksum sum = default;
        if (!source.IsNone)
        {
            sum.Add(source);
            sum.Add(destination);
            sum.Add((ushort)covered.Length);
            sum.Add(Ipv4Header.ProtocolVrrp);
        }
        sum.Add(empty);
        sum.Add(covered[VrrpMessage.HeaderLength..]);
        return sum.Finish();
    }
}

/// <summary>A checksum, and where it comes from.</summary>
/// <param name="Expected">By the standard.</param>
public readonly record struct ChecksumFinding(ushort Found, ushort Expected, ChecksumOrigin Origin);

/// <summary>How a checksum was made.</summary>
public enum ChecksumOrigin : byte
{
    /// <summary>In no known way: the message was damaged, or changed, on its way.</summary>
    Unknown,

    /// <summary>As RFC 9568, 5.2.8 and RFC 3768, 5.3.8 have it.</summary>
    Standard,

    /// <summary>v3 without the pseudo header: <c>v3_checksum_as_v2</c>, and other vendors' older releases.</summary>
    MessageOnly,

    /// <summary>v2 with a pseudo header, which it has none of.</summary>
    PseudoHeader,

    /// <summary>Unicast with the multicast group in the pseudo header: keepalived before 1.3.6, <c>old_unicast_checksum</c>.</summary>
    MulticastGroup,

    /// <summary>With <c>auth_hmac</c>: over the trailer where it should be left out, or the other way round.</summary>
    OtherCoverage,

    /// <summary>0: it was never filled in, or is filled in by hardware behind the place where this was recorded.</summary>
    Empty,
}
