using System.Collections.Immutable;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Vrrp.Wire;

/// <summary>Runs the reference vectors both ways: so a binary can be asked whether its byte order and sums are right.</summary>
/// <remarks>The messages were captured from keepalived 2.4.3; the unit tests run the same ones.</remarks>
public static class CodecSelfCheck
{
    /// <summary>One message and all that it was made from.</summary>
    public readonly record struct Vector(string Name, VrrpParameters Parameters, Priority Priority, IpAddress Source, string Hex);

    private static readonly IpAddress SourceIPv4 = IpAddress.FromIPv4(0x0A090001);
    private static readonly IpAddress SourceIPv6 = IpAddress.Parse("fe80::ff:fe00:1");

    private static readonly VrrpParameters Version2 = new()
    {
        Name = "v2",
        Vrid = new Vrid(51),
        VirtualAddresses = [IpAddress.FromIPv4(0x0A090064)],
    };

    private static readonly VrrpParameters Version3 = Version2 with
    {
        Name = "v3",
        Version = VrrpVersion.V3,
        AdvertisementInterval = Duration.FromMilliseconds(500),
    };

    private static readonly VrrpParameters Version3IPv6 = new()
    {
        Name = "v3 over IPv6",
        Version = VrrpVersion.V3,
        Family = AddressFamily.IPv6,
        Vrid = new Vrid(6),
        VirtualAddresses = [IpAddress.Parse("fe80::6"), IpAddress.Parse("fd09::100")],
    };

    public static ImmutableArray<Vector> Vectors { get; } =
    [
        new("v2", Version2, new Priority(100), SourceIPv4, "213364010001705d0a0900640000000000000000"),
        new("v2 released", Version2, Priority.Released, SourceIPv4, "213300010001d45d0a0900640000000000000000"),
        new("v2 password", Version2 with { Authentication = VrrpAuthentication.SimplePassword("abcdefghij"u8) },
            new Priority(100), SourceIPv4, "213364010101ddc70a0900646162636465666768"),
        new("v3", Version3, new Priority(100), SourceIPv4, "31336401003275930a090064"),
        new("v3 checksum as v2", Version3 with { V3ChecksumAsV2 = true },
            new Priority(100), SourceIPv4, "313364010032602c0a090064"),
        new("v3 over IPv6", Version3IPv6, new Priority(200), SourceIPv6,
            "3106c80200640cd3fe800000000000000000000000000006fd090000000000000000000000000100"),
    ];

    /// <returns>True when all vectors hold.</returns>
    /// <param name="failed">Name of the first vector that does not; empty when all do.</param>
    public static bool TryRun(out string failed)
    {
        foreach (Vector vector in Vectors)
        {
            failed = vector.Name;
            if (!Writes(vector) || !Reads(vector))
                return false;
        }
        failed = "gratuitous ARP";
        if (!WritesGratuitousArp())
            return false;
        failed = "neighbour advertisement";
        if (!WritesNeighbourAdvertisement())
            return false;
        failed = "";
        return true;
    }

    private static bool Writes(in Vector vector)
    {
        VrrpParameters p = vector.Parameters;
        Span<byte> message = stackalloc byte[64];
        int length = VrrpWriter.WriteMessage(message, p.Version, p.Family, p.Vrid, vector.Priority, p.AdvertisementInterval,
            p.VirtualAddresses.AsSpan(), p.Authentication);
        bool messageOnly = p.Family == AddressFamily.IPv4 && (p.Version == VrrpVersion.V2 || p.V3ChecksumAsV2);
        VrrpWriter.WriteChecksum(
            message[..length], messageOnly ? ChecksumForm.MessageOnly : ChecksumForm.PseudoHeader, vector.Source, p.Group);
        return message[..length].SequenceEqual(Convert.FromHexString(vector.Hex));
    }

    private static bool Reads(in Vector vector)
    {
        VrrpParameters p = vector.Parameters;
        byte[] message = Convert.FromHexString(vector.Hex);
        Span<byte> bytes = stackalloc byte[Ipv4Header.MinimumLength + message.Length];
        int headerLength = 0;
        if (p.Family == AddressFamily.IPv4)
        {
            headerLength = Ipv4Header.MinimumLength;
            Ipv4Header.Write(bytes, bytes.Length, 1, 255, Ipv4Header.ProtocolVrrp, vector.Source, p.Group);
        }
        message.CopyTo(bytes[headerLength..]);
        VrrpDatagram datagram = new()
        {
            Bytes = bytes[..(headerLength + message.Length)],
            Source = vector.Source,
            Destination = p.Group,
            HopLimit = 255,
        };
        return VrrpPacket.TryParse(datagram, p, out VrrpPacket packet, out _) == VrrpFault.None
            && packet.Version == p.Version && packet.Vrid == p.Vrid && packet.Priority == vector.Priority
            && packet.Interval == p.AdvertisementInterval && packet.AddressCount == p.VirtualAddresses.Length
            && packet.AddressAt(0) == p.VirtualAddresses[0];
    }

    private static bool WritesGratuitousArp()
    {
        Span<byte> frame = stackalloc byte[GratuitousArp.FrameLength];
        GratuitousArp.Write(frame, new MacAddress(0x0200_0A09_0001), IpAddress.FromIPv4(0x0A090064));
        return frame.SequenceEqual(Convert.FromHexString(
            "ffffffffffff02000a09000108060001080006040001" + "02000a0900010a090064" + "ffffffffffff0a090064"));
    }

    private static bool WritesNeighbourAdvertisement()
    {
        Span<byte> frame = stackalloc byte[UnsolicitedNeighbourAdvertisement.FrameLength];
        UnsolicitedNeighbourAdvertisement.Write(
            frame, new MacAddress(0x0200_0A09_0001), IpAddress.Parse("fd09::100"), isRouter: true);
        return frame.SequenceEqual(Convert.FromHexString(
            "33330000000102000a09000186dd" + "6000000000203aff" + "fd090000000000000000000000000100"
            + "ff020000000000000000000000000001" + "8800ce81a0000000" + "fd090000000000000000000000000100" + "020102000a090001"));
    }
}
