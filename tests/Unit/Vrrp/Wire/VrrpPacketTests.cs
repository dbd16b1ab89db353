using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Wire;
using static KeepalivedAot.Tests.Unit.Vrrp.TestWorld;

namespace KeepalivedAot.Tests.Unit.Vrrp.Wire;

/// <summary>The receive checks one by one, and which of two comes first.</summary>
public class VrrpPacketTests
{
    [Fact]
    public void Authentication_header_without_AH_is_unexpected()
        => Expect(
            VrrpFault.UnexpectedAuthenticationHeader, Version2, bytes => bytes[9] = Ipv4Header.ProtocolAuthenticationHeader);

    [Fact]
    public void Address_count_beyond_the_bytes_is_too_short()
        => Expect(VrrpFault.TooShort, Version2, bytes => bytes[23] = 2, received: 40, expected: 44);

    [Fact]
    public void Address_count_below_the_bytes_is_too_long()
        => Expect(VrrpFault.TooLong, Version3 with { VirtualAddresses = [.. Enumerable.Repeat(VirtualAddress, 10)] },
            bytes => bytes[23] = 8, received: 68, expected: 60);

    [Fact]
    public void Hop_limit_other_than_255_is_wrong_for_multicast()
    {
        Expect(VrrpFault.HopLimit, Version2, _ => { }, received: 254, expected: 255, hopLimit: 254);
        Expect(VrrpFault.HopLimit, Version3, _ => { }, received: 1, expected: 255, hopLimit: 1);
    }

    [Fact]
    public void Hop_limit_is_not_checked_for_unicast()
        => Expect(VrrpFault.None, Version2 with { UnicastPeers = [new UnicastPeer(Lower)] }, _ => { },
            hopLimit: 3, destination: Local);

    [Fact]
    public void Version_of_the_other_kind_is_reported_as_such()
    {
        byte[] third = Datagram.Of(Version3, Lower, 100);
        Assert.Equal((VrrpFault.Version, new PacketMismatch(3, 2)), Parse(third, Version2));
        byte[] second = Datagram.Of(Version2, Lower, 100);
        Assert.Equal((VrrpFault.Version, new PacketMismatch(2, 3)), Parse(second, Version3));
    }

    [Fact]
    public void Authentication_type_that_does_not_exist_is_invalid()
        => Expect(VrrpFault.InvalidAuthenticationType, Version2, bytes => bytes[24] = 3, received: 3, expected: 0);

    [Fact]
    public void Authentication_type_of_another_kind_is_a_mismatch()
    {
        Expect(VrrpFault.AuthenticationTypeMismatch, Version2, bytes => bytes[24] = 1, received: 1, expected: 0);
        VrrpParameters secured = Version2 with { Authentication = VrrpAuthentication.SimplePassword("secret"u8) };
        Assert.Equal(
            (VrrpFault.AuthenticationTypeMismatch, new PacketMismatch(0, 1)), Parse(Datagram.Of(Version2, Lower, 100), secured));
    }

    [Fact]
    public void Password_must_be_the_same_in_all_eight_bytes()
    {
        VrrpParameters ours = Version2 with { Authentication = VrrpAuthentication.SimplePassword("secret78"u8) };
        for (int i = 0; i < 8; i++)
        {
            byte[] bytes = Datagram.Of(ours, Lower, 100);
            bytes[32 + i] ^= 1;
            Assert.Equal(VrrpFault.Password, Parse(bytes, ours).Fault);
        }
        VrrpParameters longer = Version2 with { Authentication = VrrpAuthentication.SimplePassword("secret789"u8) };
        Assert.Equal(VrrpFault.None, Parse(Datagram.Of(longer, Lower, 100), ours).Fault);
    }

    [Fact]
    public void Interval_that_differs_drops_v2_and_passes_v3()
    {
        VrrpParameters slower2 = Version2 with { AdvertisementInterval = Duration.FromSeconds(2) };
        Assert.Equal(
            (VrrpFault.AdvertisementInterval, new PacketMismatch(2, 1)), Parse(Datagram.Of(slower2, Lower, 100), Version2));
        VrrpParameters slower3 = Version3 with { AdvertisementInterval = Duration.FromSeconds(2) };
        Assert.Equal(VrrpFault.None, Parse(Datagram.Of(slower3, Lower, 100), Version3).Fault);
    }

    [Fact]
    public void Type_must_be_advertisement()
        => Expect(VrrpFault.Type, Version2, bytes => bytes[20] = 0x22, received: 2, expected: 1);

    [Fact]
    public void Total_length_must_be_what_was_received()
        => Expect(VrrpFault.TotalLength, Version2, bytes => bytes[3]--, received: 40, expected: 39);

    [Fact]
    public void Unicast_and_multicast_must_be_as_configured()
    {
        byte[] toUs = Datagram.Of(Version2, Lower, 100);
        Assert.Equal(VrrpFault.Cast, Parse(toUs, Version2, destination: Local).Fault);
        VrrpParameters unicast = Version2 with { UnicastPeers = [new UnicastPeer(Lower)] };
        Assert.Equal(VrrpFault.Cast, Parse(toUs, unicast, destination: unicast.Group).Fault);
    }

    [Fact]
    public void Checks_come_in_the_order_of_the_list()
    {
        // Everything is wrong at once; each repair brings the next fault to light.
        VrrpParameters ours = Version2 with { Authentication = VrrpAuthentication.SimplePassword("secret"u8) };
        byte[] bytes = Datagram.Of(ours, Lower, 100);
        bytes[3]++;
        bytes[9] = Ipv4Header.ProtocolAuthenticationHeader;
        bytes[20] = 0x72;
        bytes[23] = 9;
        bytes[24] = 7;
        bytes[25] = 9;
        bytes[32] ^= 1;
        int hopLimit = 7;
        IpAddress destination = Local;

        List<VrrpFault> seen = [];
        void Look() => seen.Add(Parse(bytes, ours, destination, hopLimit).Fault);
        Look();
        bytes[9] = Ipv4Header.ProtocolVrrp;
        Look();
        bytes[23] = 1;
        bytes[20] = 0x22;
        Look();
        hopLimit = 255;
        bytes[20] = 0x32;
        bytes[23] = 3;
        Look();
        bytes[20] = 0x22;
        bytes[23] = 1;
        Look();
        bytes[24] = 2;
        Look();
        bytes[24] = 1;
        Look();
        bytes[32] ^= 1;
        Look();
        bytes[25] = 1;
        Look();
        bytes[20] = 0x21;
        Look();
        bytes[3]--;
        bytes[26] ^= 1;
        Look();
        bytes[26] ^= 1;
        Look();
        destination = ours.Group;
        Look();

        Assert.Equal(
            [
                VrrpFault.UnexpectedAuthenticationHeader, VrrpFault.TooShort, VrrpFault.HopLimit, VrrpFault.Version,
                VrrpFault.InvalidAuthenticationType, VrrpFault.AuthenticationTypeMismatch, VrrpFault.Password,
                VrrpFault.AdvertisementInterval, VrrpFault.Type, VrrpFault.TotalLength, VrrpFault.Checksum, VrrpFault.Cast,
                VrrpFault.None,
            ],
            seen);
    }

    [Fact]
    public void IPv4_options_are_skipped()
    {
        byte[] plain = Datagram.Of(Version2, Lower, 100);
        byte[] bytes = [.. plain[..20], 1, 1, 1, 1, .. plain[20..]];
        bytes[0] = 0x46;
        bytes[3] += 4;
        Assert.Equal(VrrpFault.None, Parse(bytes, Version2).Fault);
    }

    [Fact]
    public void Checksum_as_v2_accepts_either_form_and_no_other()
    {
        VrrpParameters lenient = Version3 with { V3ChecksumAsV2 = true };
        Assert.Equal(VrrpFault.None, Parse(Datagram.Of(Version3, Lower, 100), lenient).Fault);
        Assert.Equal(VrrpFault.None, Parse(Datagram.Of(lenient, Lower, 100), lenient).Fault);
        Assert.Equal(VrrpFault.Checksum, Parse(Datagram.Of(lenient, Lower, 100), Version3).Fault);
        byte[] hurt = Datagram.Of(lenient, Lower, 100);
        hurt[26] ^= 0x10;
        Assert.Equal(VrrpFault.Checksum, Parse(hurt, lenient).Fault);
    }

    [Theory]
    [InlineData(UnicastChecksumMode.Auto, true)]
    [InlineData(UnicastChecksumMode.Old, true)]
    [InlineData(UnicastChecksumMode.Never, false)]
    public void Old_unicast_checksum_is_recognised_unless_never(UnicastChecksumMode mode, bool accepted)
    {
        VrrpParameters unicast = Version3 with { UnicastPeers = [new UnicastPeer(Lower)], UnicastChecksum = mode };
        byte[] old = Datagram.Of(unicast, Lower, 100);
        Datagram.WriteChecksum(old.AsSpan(20), unicast, Lower, unicast.Group);

        (VrrpFault fault, PacketMismatch mismatch) = Parse(old, unicast, destination: Local);

        Assert.Equal(accepted ? VrrpFault.None : VrrpFault.Checksum, fault);
        Assert.Equal(accepted, mismatch.OldChecksum);
        Assert.Equal((VrrpFault.None, default), Parse(Datagram.Of(unicast, Lower, 100), unicast, destination: Local));
    }

    [Fact]
    public void V2_over_IPv6_has_no_authentication_data_and_a_pseudo_header()
    {
        IpAddress source = IpAddress.Parse("fe80::1");
        VrrpParameters parameters = Version2 with
        {
            Family = AddressFamily.IPv6,
            VirtualAddresses = [IpAddress.Parse("fe80::6")],
        };
        byte[] bytes = Datagram.Of(parameters, source, 100);
        Assert.Equal(24, bytes.Length);
        Assert.Equal(VrrpFault.None, Parse(bytes, parameters, source: source).Fault);
        bytes[7] ^= 1;
        Assert.Equal(VrrpFault.Checksum, Parse(bytes, parameters, source: source).Fault);
    }

    [Fact]
    public void Random_bytes_never_hurt()
    {
        KeepalivedAot.Base.Prng random = new(9568);
        byte[] bytes = new byte[96];
        VrrpParameters[] all = [Version2, Version3, Version3 with { Family = AddressFamily.IPv6, VirtualAddresses = [] }];
        for (int round = 0; round < 20_000; round++)
        {
            for (int i = 0; i < bytes.Length; i++)
                bytes[i] = (byte)random.Next(256);
            if (random.Next(2) == 0)
                (bytes[0], bytes[20]) = (0x45, (byte)(0x21 + 0x10 * random.Next(2)));
            int length = random.Next(bytes.Length + 1);
            foreach (VrrpParameters parameters in all)
            {
                VrrpDatagram datagram = new()
                {
                    Bytes = bytes.AsSpan(0, length),
                    Source = Lower,
                    Destination = parameters.Group,
                    HopLimit = 255,
                };
                VrrpFault fault = VrrpPacket.TryParse(datagram, parameters, out VrrpPacket packet, out _);
                if (fault == VrrpFault.None && packet.AddressCount > 0)
                    packet.AddressAt(packet.AddressCount - 1);
            }
        }
    }

    private static void Expect(
        VrrpFault fault, VrrpParameters parameters, Action<byte[]> hurt,
        int received = 0, int expected = 0, int hopLimit = 255, IpAddress destination = default)
    {
        byte[] bytes = Datagram.Of(parameters, Lower, 100);
        hurt(bytes);
        Assert.Equal((fault, new PacketMismatch(received, expected)), Parse(bytes, parameters, destination, hopLimit));
    }

    private static (VrrpFault Fault, PacketMismatch Mismatch) Parse(
        byte[] bytes, VrrpParameters parameters, IpAddress destination = default, int hopLimit = 255, IpAddress source = default)
    {
        VrrpDatagram datagram = new()
        {
            Bytes = bytes,
            Source = source.IsNone ? Lower : source,
            Destination = destination.IsNone ? parameters.Group : destination,
            HopLimit = hopLimit,
        };
        VrrpFault fault = VrrpPacket.TryParse(datagram, parameters, out _, out PacketMismatch mismatch);
        return (fault, mismatch);
    }
}
