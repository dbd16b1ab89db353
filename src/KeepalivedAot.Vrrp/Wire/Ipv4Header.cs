using System.Buffers.Binary;
using KeepalivedAot.Base;
using KeepalivedAot.Base.Net;

namespace KeepalivedAot.Vrrp.Wire;

/// <summary>An IPv4 header read in place (RFC 791, 3.1), and the writer of ours.</summary>
/// <remarks>After <see cref="TryParse"/> no accessor can fail. The header checksum is the kernel's to verify.</remarks>
public readonly ref struct Ipv4Header
{
    /// <summary>Without options.</summary>
    public const int MinimumLength = 20;

    /// <summary>With as many options as there can be.</summary>
    public const int LongestLength = 60;

    /// <summary>RFC 9568, 5.1.1.4.</summary>
    public const byte ProtocolVrrp = 112;

    /// <summary>Authentication Header (RFC 4302).</summary>
    public const byte ProtocolAuthenticationHeader = 51;

    /// <summary>Internetwork control, which is what keepalived sends with.</summary>
    private const byte TypeOfService = 0xC0;

    private const int TypeOfServiceOffset = 1;
    private const int TotalLengthOffset = 2;
    private const int IdentificationOffset = 4;
    private const int FragmentOffset = 6;
    private const int TimeToLiveOffset = 8;
    private const int ProtocolOffset = 9;
    private const int ChecksumOffset = 10;
    private const int SourceOffset = 12;
    private const int DestinationOffset = 16;

    private readonly ReadOnlySpan<byte> _header;

    private Ipv4Header(ReadOnlySpan<byte> header) => _header = header;

    /// <summary>Length in bytes, options included.</summary>
    public int Length => _header.Length;

    /// <summary>Of the whole datagram, in bytes, as the header says.</summary>
    public int TotalLength => BinaryPrimitives.ReadUInt16BigEndian(_header[TotalLengthOffset..]);

    public ushort Identification => BinaryPrimitives.ReadUInt16BigEndian(_header[IdentificationOffset..]);
    public byte TimeToLive => _header[TimeToLiveOffset];
    public byte Protocol => _header[ProtocolOffset];
    public IpAddress Source => IpAddress.FromBytes(_header.Slice(SourceOffset, IpAddress.IPv4Length));
    public IpAddress Destination => IpAddress.FromBytes(_header.Slice(DestinationOffset, IpAddress.IPv4Length));

    /// <summary>The whole header.</summary>
    internal ReadOnlySpan<byte> Bytes => _header;

    /// <summary>Sets to 0 what changes on the way, so that it takes no part in an integrity check value (RFC 4302, 3.3.3.1.1.1).</summary>
    internal static void ClearMutableFields(Span<byte> header, bool clearTimeToLive)
    {
        header[TypeOfServiceOffset] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(header[FragmentOffset..], 0);
        BinaryPrimitives.WriteUInt16BigEndian(header[ChecksumOffset..], 0);
        // Adverts to a group are never forwarded, and keepalived's check value has their TTL of 255 in it.
        if (clearTimeToLive)
            header[TimeToLiveOffset] = 0;
    }

    /// <summary>False when the bytes do not hold a whole IPv4 header.</summary>
    public static bool TryParse(ReadOnlySpan<byte> datagram, out Ipv4Header header)
    {
        header = default;
        if (datagram.Length < MinimumLength || datagram[0] >> 4 != 4)
            return false;
        int length = (datagram[0] & 0xF) * 4;
        if (length < MinimumLength || length > datagram.Length)
            return false;
        header = new Ipv4Header(datagram[..length]);
        return true;
    }

    /// <summary>Writes a header without options, Don't Fragment clear, its checksum filled in.</summary>
    public static void Write(
        Span<byte> header, int totalLength, ushort identification, byte timeToLive, byte protocol,
        IpAddress source, IpAddress destination)
    {
        Invariant.Require(totalLength is >= MinimumLength and <= ushort.MaxValue, "an IPv4 datagram has 20 to 65535 bytes");
        header = header[..MinimumLength];
        header[0] = 0x45;
        header[TypeOfServiceOffset] = TypeOfService;
        BinaryPrimitives.WriteUInt16BigEndian(header[TotalLengthOffset..], (ushort)totalLength);
        BinaryPrimitives.WriteUInt16BigEndian(header[IdentificationOffset..], identification);
        BinaryPrimitives.WriteUInt16BigEndian(header[FragmentOffset..], 0);
        header[TimeToLiveOffset] = timeToLive;
        header[ProtocolOffset] = protocol;
        BinaryPrimitives.WriteUInt16BigEndian(header[ChecksumOffset..], 0);
        BinaryPrimitives.WriteUInt32BigEndian(header[SourceOffset..], source.ToUInt32());
        BinaryPrimitives.WriteUInt32BigEndian(header[DestinationOffset..], destination.ToUInt32());
        InternetChecksum checksum = default;
        checksum.Add(header);
        BinaryPrimitives.WriteUInt16BigEndian(header[ChecksumOffset..], checksum.Finish());
    }
}
