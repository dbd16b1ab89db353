using KeepalivedAot.Base.Net;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Tests.Unit.Vrrp.Wire;

public class NeighbourClaimTests
{
    private static readonly MacAddress s_mac = new(0x0200_0000_00FA);
    private static readonly IpAddress s_ipv4 = IpAddress.Parse("10.9.0.100");
    private static readonly IpAddress s_ipv6 = IpAddress.Parse("fd09::100");

    private static byte[] Arp()
    {
        byte[] frame = new byte[GratuitousArp.FrameLength];
        GratuitousArp.Write(frame, s_mac, s_ipv4);
        return frame[14..];
    }

    private static byte[] Advertisement()
    {
        byte[] frame = new byte[UnsolicitedNeighbourAdvertisement.FrameLength];
        UnsolicitedNeighbourAdvertisement.Write(frame, s_mac, s_ipv6, isRouter: false);
        return frame[14..];
    }

    // RFC 4862, 5.4.2: no options.
    private static byte[] Probe()
    {
        byte[] packet = Advertisement()[..64];
        packet.AsSpan(8, 16).Clear();
        packet[40] = 135;
        return packet;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Arp_says_who_its_sender_is(byte operation)
    {
        byte[] packet = [.. Arp(), .. new byte[18]];
        packet[7] = operation;
        Assert.True(NeighbourClaim.TryParseArp(packet, out NeighbourClaim claim));
        Assert.Equal(new NeighbourClaim(s_ipv4, s_mac, IsWish: false), claim);
    }

    [Theory]
    [InlineData(0, 9)] // hardware
    [InlineData(3, 1)] // protocol
    [InlineData(4, 8)] // length of a MAC address
    [InlineData(5, 16)] // length of an address
    public void Arp_of_another_kind_says_nothing(int offset, byte value)
    {
        byte[] packet = Arp();
        packet[offset] = value;
        Assert.False(NeighbourClaim.TryParseArp(packet, out _));
    }

    [Fact]
    public void Arp_probe_says_nothing_of_who_has_an_address()
    {
        byte[] packet = Arp();
        packet.AsSpan(14, 4).Clear();
        Assert.False(NeighbourClaim.TryParseArp(packet, out _));
    }

    [Fact]
    public void Advertisement_says_what_its_option_says()
    {
        Assert.True(NeighbourClaim.TryParseDiscovery(Advertisement(), default, out NeighbourClaim claim));
        Assert.Equal(new NeighbourClaim(s_ipv6, s_mac, IsWish: false), claim);
        // Behind another option.
        byte[] packet = [.. Advertisement()[..64], 14, 1, 0, 0, 0, 0, 0, 0, .. Advertisement()[64..]];
        Assert.True(NeighbourClaim.TryParseDiscovery(packet, default, out claim));
        Assert.Equal(s_mac, claim.Mac);
    }

    [Theory]
    [InlineData(6, 6)] // next header
    [InlineData(7, 254)] // hop limit
    [InlineData(40, 134)] // type
    [InlineData(64, 1)] // option: of the source
    [InlineData(65, 0)] // option: without a length
    [InlineData(65, 2)] // option: longer than the packet
    public void Message_of_another_kind_says_nothing(int offset, byte value)
    {
        byte[] packet = Advertisement();
        packet[offset] = value;
        Assert.False(NeighbourClaim.TryParseDiscovery(packet, default, out _));
    }

    [Fact]
    public void Duplicate_address_detection_is_a_wish_of_who_has_sent_the_frame()
    {
        Assert.True(NeighbourClaim.TryParseDiscovery(Probe(), s_mac, out NeighbourClaim claim));
        Assert.Equal(new NeighbourClaim(s_ipv6, s_mac, IsWish: true), claim);
        byte[] usual = Probe();
        usual[23] = 1;
        Assert.False(NeighbourClaim.TryParseDiscovery(usual, s_mac, out _));
    }

    [Fact]
    public void Every_truncated_length_is_none()
    {
        for (int length = 0; length < Arp().Length; length++)
            Assert.False(NeighbourClaim.TryParseArp(Arp().AsSpan(0, length), out _));
        for (int length = 0; length < Advertisement().Length; length++)
            Assert.False(NeighbourClaim.TryParseDiscovery(Advertisement().AsSpan(0, length), s_mac, out _));
        for (int length = 0; length < Probe().Length; length++)
            Assert.False(NeighbourClaim.TryParseDiscovery(Probe().AsSpan(0, length), s_mac, out _));
    }
}
