using KeepalivedAot.Base;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Tests.Unit.Vrrp.Wire;

public class AnnouncementFrameTests
{
    private static readonly MacAddress Sender = new(0x0200_0A09_0001);

    [Fact]
    public void Gratuitous_arp_is_a_broadcast_request_for_and_from_the_address()
    {
        byte[] frame = [.. Enumerable.Repeat((byte)0xEE, 60)];
        int length = GratuitousArp.Write(frame, Sender, IpAddress.Parse("10.9.0.100"));
        Assert.Equal(42, length);
        Assert.Equal(
            "ffffffffffff" + "02000a090001" + "0806"
            + "0001" + "0800" + "06" + "04" + "0001"
            + "02000a090001" + "0a090064"
            + "ffffffffffff" + "0a090064",
            Convert.ToHexStringLower(frame.AsSpan(0, length)));
        Assert.Equal(0xEE, frame[42]);
    }

    // The checksums were computed by another program.
    [Theory]
    [InlineData(false, "20", "4e82")]
    [InlineData(true, "a0", "ce81")]
    public void Neighbour_advertisement_goes_to_all_nodes_with_override(bool isRouter, string flags, string checksum)
    {
        byte[] frame = [.. Enumerable.Repeat((byte)0xEE, 128)];
        int length = UnsolicitedNeighbourAdvertisement.Write(frame, Sender, IpAddress.Parse("fd09::100"), isRouter);
        Assert.Equal(86, length);
        Assert.Equal(
            "333300000001" + "02000a090001" + "86dd"
            + "60000000" + "0020" + "3a" + "ff" + "fd090000000000000000000000000100" + "ff020000000000000000000000000001"
            + "88" + "00" + checksum + flags + "000000" + "fd090000000000000000000000000100"
            + "0201" + "02000a090001",
            Convert.ToHexStringLower(frame.AsSpan(0, length)));
        Assert.Equal(0xEE, frame[86]);
    }

    [Fact]
    public void Address_of_the_other_family_is_our_defect()
    {
        Assert.Throws<InvariantException>(() => GratuitousArp.Write(new byte[64], Sender, IpAddress.Parse("::1")));
        Assert.Throws<InvariantException>(
            () => UnsolicitedNeighbourAdvertisement.Write(new byte[128], Sender, IpAddress.Parse("10.0.0.1"), false));
    }
}
