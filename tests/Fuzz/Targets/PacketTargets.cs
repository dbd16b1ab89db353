using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Inspection;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Authentication;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Tests.Fuzz.Targets;

/// <summary>What comes from the network: advertisements in all their forms, claims of neighbours, capture files.</summary>
/// <remarks>
/// The first byte of an input for an advertisement says what is mended before it is read, as no fuzzer finds a checksum or a check value:
/// bit 0 the length and checksum of the IP header, bit 1 the check value or code, bit 2 the checksum of VRRP.
/// </remarks>
internal static class PacketTargets
{
    private const byte Mended = 7;
    private const long Beginning = 1_795_371_943;

    private static readonly byte[] s_password = "secret"u8.ToArray();
    private static readonly byte[] s_key = "0123456789abcdef0123456789abcdef"u8.ToArray();
    private static readonly IpAddress s_source = IpAddress.Parse("192.0.2.2");
    private static readonly IpAddress s_sourceIPv6 = IpAddress.Parse("fe80::2");

    public static IEnumerable<FuzzTarget> All =>
    [
        Advertisement("vrrp-v2", "VRRPv2 over IPv4, with and without a password", V2, Password),
        Advertisement("vrrp-v3", "VRRPv3 over IPv4, both forms of its checksum", V3, V3 with { V3ChecksumAsV2 = true }),
        Advertisement("vrrp-ipv6", "VRRPv3 and v2 over IPv6", IPv6, IPv6 with { Version = VrrpVersion.V2 }),
        Advertisement("vrrp-ah", "VRRPv2 with an Authentication Header", Header),
        Advertisement("vrrp-hmac", "auth_hmac over IPv4 and IPv6", Trailer(V3), Trailer(IPv6), Trailer(V2)),
        new("neighbour", "ARP and neighbour discovery", Neighbour, NeighbourSeeds),
        new("capture", "pcap and pcapng files, decoded", Capture, CaptureSeeds),
    ];

    private static VrrpParameters V2 => new()
    {
        Name = "VI_1", Vrid = new Vrid(51), Version = VrrpVersion.V2, VirtualAddresses = [IpAddress.Parse("192.0.2.10"), IpAddress.Parse("192.0.2.11")],
    };

    private static VrrpParameters Password => V2 with { Authentication = VrrpAuthentication.SimplePassword(s_password) };

    private static VrrpParameters Header => V2 with { Authentication = VrrpAuthentication.Header(s_password) };

    private static VrrpParameters V3 => V2 with { Version = VrrpVersion.V3 };

    private static VrrpParameters IPv6 => V3 with { Family = AddressFamily.IPv6, VirtualAddresses = [IpAddress.Parse("fe80::10"), IpAddress.Parse("2001:db8::10")] };

    private static VrrpParameters Trailer(VrrpParameters parameters) => parameters with
    {
        Hmac = new HmacParameters { Keys = [new NumberedKey(1, new SecretKey(s_key))], ActiveKey = 1, TimeWindowSeconds = 5 },
    };

    private static FuzzTarget Advertisement(string name, string what, params VrrpParameters[] all)
        => new(name, what, input => ReadAdvertisement(input, all), () => all.SelectMany(SeedsOf));

    private static void ReadAdvertisement(byte[] input, VrrpParameters[] all)
    {
        if (input.Length == 0 || input.Length > ushort.MaxValue)
            return;
        foreach (VrrpParameters given in all)
        {
            byte[] datagram = input[1..];
            // Keys are wiped by whoever has adopted them.
            VrrpParameters parameters = given.Hmac is null ? given : Trailer(given);
            Mend(datagram, parameters, input[0]);
            Promise.ReadsNothingBehind(datagram, bytes => Judge(bytes, parameters));
            SpotterReads(datagram);
            if (VrrpAnatomy.TryRead(datagram, parameters.Family, out VrrpAnatomy anatomy))
                Take(anatomy);
        }
    }

    private static string Judge(ReadOnlySpan<byte> bytes, VrrpParameters parameters)
    {
        VrrpAuthenticator authenticator = new();
        authenticator.Adopt(parameters);
        VrrpDatagram datagram = Received(bytes, parameters);
        VrrpFault fault = VrrpPacket.TryParse(datagram, parameters, authenticator, UnixTime.FromSeconds(Beginning), out VrrpPacket packet, out PacketMismatch mismatch);
        bool hasVrid = VrrpPacket.TryReadVrid(bytes, parameters.Family, out Vrid vrid);
        if (fault == VrrpFault.None)
            WritesTheSame(bytes, packet, parameters, authenticator);
        return $"{fault} {hasVrid} {(hasVrid ? vrid.Value : 0)} {mismatch}";
    }

    // A good one is what we would have sent for the same values.
    private static void WritesTheSame(ReadOnlySpan<byte> bytes, VrrpPacket packet, VrrpParameters parameters, VrrpAuthenticator authenticator)
    {
        int headers = 0;
        if (parameters.Family == AddressFamily.IPv4)
        {
            Promise.Require(Ipv4Header.TryParse(bytes, out Ipv4Header header), "a good advertisement has an IP header");
            headers = header.Length + authenticator.HeaderLength;
        }
        IpAddress[] addresses = new IpAddress[packet.AddressCount];
        for (int i = 0; i < addresses.Length; i++)
            addresses[i] = packet.AddressAt(i);
        byte[] message = new byte[VrrpWriter.MessageLength(packet.Version, parameters.Family, addresses.Length)];
        VrrpWriter.WriteMessage(message, packet.Version, parameters.Family, packet.Vrid, packet.Priority, packet.Interval, addresses, parameters.Authentication);
        byte[] given = bytes.Slice(headers, message.Length).ToArray();
        if (packet.Version == VrrpVersion.V3)
            given[4] &= 0x0F;
        // Without a password nobody looks at the eight bytes at the end.
        int compared = parameters.Authentication.Type != AuthenticationType.SimplePassword && packet.Version == VrrpVersion.V2 && parameters.Family == AddressFamily.IPv4
            ? message.Length - VrrpAuthentication.DataLength : message.Length;
        given[6] = given[7] = 0;
        Promise.SameBytes(message.AsSpan(0, compared), given.AsSpan(0, compared), "a good advertisement is written again as it was");
    }

    private static void SpotterReads(byte[] datagram)
    {
        // What scan says of it is for people and programs.
        VrrpSpotter spotter = new();
        spotter.OnPacket(datagram, isOwn: false, default);
        Promise.IsPrintable(ScanReport.ToText(spotter, "eth0", Duration.FromSeconds(5)));
        Promise.IsJson(ScanReport.ToJson(spotter, "eth0", Duration.FromSeconds(5)));
    }

    private static void Take(VrrpAnatomy anatomy)
    {
        for (int i = 0; i < anatomy.PresentAddressCount; i++)
            _ = anatomy.AddressAt(i);
        _ = anatomy.HeaderIndex + anatomy.HeaderSequence + anatomy.TrailerKey + anatomy.TrailerSeconds + anatomy.Checksum + anatomy.AuthenticationType;
        _ = anatomy.Interval;
    }

    private static VrrpDatagram Received(ReadOnlySpan<byte> bytes, VrrpParameters parameters) => new()
    {
        Bytes = bytes,
        Source = parameters.Family == AddressFamily.IPv6 ? s_sourceIPv6 : s_source,
        Destination = parameters.Group,
        HopLimit = 255,
    };

    private static void Mend(Span<byte> datagram, VrrpParameters parameters, byte what)
    {
        Span<byte> message = datagram;
        bool isIPv4 = parameters.Family == AddressFamily.IPv4;
        bool hasHeader = parameters.Authentication.Type == AuthenticationType.AuthenticationHeader;
        if (isIPv4)
        {
            if (datagram.Length < 20)
                return;
            int length = (datagram[0] & 0xF) * 4;
            if (length < 20 || datagram.Length < length)
                return;
            if ((what & 1) != 0)
            {
                BinaryPrimitives.WriteUInt16BigEndian(datagram[2..], (ushort)datagram.Length);
                datagram[9] = hasHeader ? Ipv4Header.ProtocolAuthenticationHeader : Ipv4Header.ProtocolVrrp;
                BinaryPrimitives.WriteUInt16BigEndian(datagram[10..], 0);
                BinaryPrimitives.WriteUInt16BigEndian(datagram[10..], Checksum(datagram[..length], 0));
            }
            message = datagram[length..];
            if (hasHeader)
            {
                if (message.Length < 24)
                    return;
                message = message[24..];
            }
        }
        if (message.Length < 8)
            return;
        int end = parameters.Hmac is not null && isIPv4 && message.Length > 28 ? message.Length - 28 : message.Length;
        if ((what & 2) != 0 && parameters.Hmac is not null && message.Length > 8 + 28)
            Sign(message, isIPv4);
        if ((what & 4) != 0)
        {
            uint pseudo = 0;
            if (parameters.Version == VrrpVersion.V3 || !isIPv4)
            {
                foreach (IpAddress address in (ReadOnlySpan<IpAddress>)[isIPv4 ? s_source : s_sourceIPv6, parameters.Group])
                {
                    byte[] bytes = new byte[address.Length];
                    address.CopyTo(bytes);
                    pseudo += Sum(bytes);
                }
                pseudo += (uint)end + 112;
            }
            message[6] = message[7] = 0;
            BinaryPrimitives.WriteUInt16BigEndian(message[6..], Checksum(message[..end], pseudo));
        }
        if ((what & 2) != 0 && hasHeader)
            SignHeader(datagram);
    }

    private static void SignHeader(Span<byte> datagram)
    {
        int length = (datagram[0] & 0xF) * 4;
        datagram[length] = 112;
        datagram[length + 1] = 4;
        datagram.Slice(length + 12, 12).Clear();
        byte[] covered = datagram.ToArray();
        covered[1] = covered[6] = covered[7] = covered[10] = covered[11] = 0;
        HMACMD5.HashData(s_password, covered).AsSpan(0, 12).CopyTo(datagram[(length + 12)..]);
    }

    private static void Sign(Span<byte> signed, bool isIPv4)
    {
        byte[] covered = signed.ToArray();
        covered[6] = covered[7] = 0;
        covered.AsSpan(covered.Length - 16).Clear();
        byte[] prefix = new byte[20];
        prefix[0] = (byte)(isIPv4 ? 4 : 6);
        prefix[1] = (byte)(signed[0] >> 4);
        prefix[2] = signed[1];
        (isIPv4 ? s_source : s_sourceIPv6).CopyTo(prefix.AsSpan(4));
        HMACSHA256.HashData(s_key, (byte[])[.. prefix, .. covered]).AsSpan(0, 16).CopyTo(signed[^16..]);
    }

    private static uint Sum(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0;
        for (int i = 0; i + 1 < bytes.Length; i += 2)
            sum += BinaryPrimitives.ReadUInt16BigEndian(bytes[i..]);
        return bytes.Length % 2 == 0 ? sum : sum + ((uint)bytes[^1] << 8);
    }

    private static ushort Checksum(ReadOnlySpan<byte> bytes, uint more)
    {
        uint sum = Sum(bytes) + more;
        while (sum >> 16 != 0)
            sum = (sum & 0xFFFF) + (sum >> 16);
        return (ushort)~sum;
    }

    private static IEnumerable<byte[]> SeedsOf(VrrpParameters parameters)
    {
        foreach (int priority in (int[])[100, 255, 0])
        {
            bool isIPv4 = parameters.Family == AddressFamily.IPv4;
            byte[] message = new byte[VrrpWriter.MessageLength(parameters.Version, parameters.Family, parameters.VirtualAddresses.Length)];
            VrrpWriter.WriteMessage(message, parameters.Version, parameters.Family, parameters.Vrid, new Priority((byte)priority), parameters.AdvertisementInterval,
                parameters.VirtualAddresses.AsSpan(), parameters.Authentication);
            byte[] ip = isIPv4 ? new byte[20] : [];
            byte[] header = parameters.Authentication.Type == AuthenticationType.AuthenticationHeader ? new byte[24] : [];
            if (header.Length > 0)
            {
                BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), s_source.ToUInt32());
                header[11] = 9;
            }
            byte[] trailer = [];
            if (parameters.Hmac is not null)
            {
                trailer = new byte[28];
                trailer[0] = trailer[1] = 1;
                BinaryPrimitives.WriteUInt32BigEndian(trailer.AsSpan(4), (uint)Beginning);
            }
            byte[] all = [.. ip, .. header, .. message, .. trailer];
            if (isIPv4)
                Ipv4Header.Write(all, all.Length, 1, 255, Ipv4Header.ProtocolVrrp, s_source, parameters.Group);
            Mend(all, parameters, Mended);
            // Behind the checks begins what is to be looked at.
            Promise.Require(Judge(all, parameters).StartsWith(nameof(VrrpFault.None), StringComparison.Ordinal), $"the seed is good: {Judge(all, parameters)}");
            yield return [Mended, .. all];
            yield return [0, .. all];
        }
    }

    private static void Neighbour(byte[] input)
    {
        Promise.ReadsNothingBehind(input, static bytes =>
        {
            StringBuilder text = new();
            if (NeighbourClaim.TryParseArp(bytes, out NeighbourClaim claim))
            {
                Promise.Require(claim.Mac.Value != 0 && claim.Address.Family == AddressFamily.IPv4, "ARP claims an IPv4 address for somebody");
                text.Append(CultureInfo.InvariantCulture, $"{claim}");
            }
            if (NeighbourClaim.TryParseDiscovery(bytes, new MacAddress(0x0200_0000_0001), out claim))
            {
                Promise.Require(claim.Address.Family == AddressFamily.IPv6, "neighbour discovery claims an IPv6 address");
                text.Append(CultureInfo.InvariantCulture, $"{claim}");
            }
            return text.ToString();
        });
    }

    private static IEnumerable<byte[]> NeighbourSeeds()
    {
        byte[] frame = new byte[GratuitousArp.FrameLength];
        GratuitousArp.Write(frame, new MacAddress(0x0200_0000_0002), s_source);
        yield return frame[14..];
        byte[] advertisement = [0x60, 0, 0, 0, 0, 32, 58, 255, .. new byte[15], 2, .. new byte[15], 1, 136, 0, 0, 0, 0x20, 0, 0, 0, 0xFE, 0x80, .. new byte[13], 7, 2, 1, 2, 0, 0, 0, 0, 5];
        yield return advertisement;
        byte[] solicitation = [.. advertisement];
        Array.Clear(solicitation, 8, 16);
        solicitation[40] = 135;
        yield return solicitation;
    }

    private static void Capture(byte[] input)
    {
        CaptureDecoder decoder = new(new MemoryStream(input), new VrrpJudge());
        int reports = 0;
        while (decoder.Next() is { } report)
        {
            Promise.IsPrintable(report.ToText());
            Promise.IsJson(report.ToJson());
            Promise.Require(++reports < input.Length, "each packet takes bytes of the file");
        }
    }

    private static IEnumerable<byte[]> CaptureSeeds()
    {
        byte[] packet = SeedsOf(V2).First()[1..];
        byte[] Number(uint value) => BitConverter.GetBytes(value);
        yield return [.. Number(0xA1B2C3D4), 2, 0, 4, 0, .. new byte[8], .. Number(262144), .. Number(101), .. Number(1_795_371_943), .. Number(0), .. Number((uint)packet.Length), .. Number((uint)packet.Length), .. packet];
        byte[] Block(uint type, byte[] body) => [.. Number(type), .. Number((uint)body.Length + 12), .. body, .. Number((uint)body.Length + 12)];
        byte[] padded = [.. packet, .. new byte[(4 - packet.Length % 4) % 4]];
        yield return
        [
            .. Block(0x0A0D0D0A, [.. Number(0x1A2B3C4D), 1, 0, 0, 0, .. Number(uint.MaxValue), .. Number(uint.MaxValue)]),
            .. Block(1, [101, 0, 0, 0, .. Number(0)]),
            .. Block(6, [.. Number(0), .. Number(0), .. Number(7), .. Number((uint)packet.Length), .. Number((uint)packet.Length), .. padded]),
        ];
    }
}
