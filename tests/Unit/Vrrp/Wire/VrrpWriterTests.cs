using KeepalivedAot.Base;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Tests.Unit.Vrrp.Wire;

public class VrrpWriterTests
{
    [Theory]
    [InlineData(VrrpVersion.V2, AddressFamily.IPv4, 1500, 255)]
    [InlineData(VrrpVersion.V3, AddressFamily.IPv4, 1500, 255)]
    [InlineData(VrrpVersion.V2, AddressFamily.IPv4, 576, 131)]
    [InlineData(VrrpVersion.V3, AddressFamily.IPv4, 576, 133)]
    [InlineData(VrrpVersion.V3, AddressFamily.IPv6, 1500, 89)]
    [InlineData(VrrpVersion.V3, AddressFamily.IPv6, 1280, 76)]
    [InlineData(VrrpVersion.V3, AddressFamily.IPv6, 9000, 255)]
    [InlineData(VrrpVersion.V2, AddressFamily.IPv4, 30, 0)]
    public void MaxAddresses_is_what_fits_the_MTU(VrrpVersion version, AddressFamily family, int mtu, int expected)
        => Assert.Equal(expected, VrrpWriter.MaxAddresses(version, family, mtu));

    [Fact]
    public void WriteMessage_fills_the_whole_span_it_claims()
    {
        byte[] buffer = [.. Enumerable.Repeat((byte)0xEE, 64)];
        int length = VrrpWriter.WriteMessage(buffer, VrrpVersion.V2, AddressFamily.IPv4, new Vrid(51), new Priority(100),
            Duration.FromSeconds(1), [TestWorld.VirtualAddress], default);
        VrrpWriter.WriteChecksum(buffer.AsSpan(0, length), ChecksumForm.MessageOnly, default, default);
        Assert.Equal("213364010001705d0a0900640000000000000000", Convert.ToHexStringLower(buffer.AsSpan(0, length)));
        Assert.All(buffer[length..], untouched => Assert.Equal(0xEE, untouched));
    }

    [Fact]
    public void Thirty_addresses_are_listed_in_order()
    {
        VrrpParameters parameters = TestWorld.Version2 with
        {
            VirtualAddresses = [.. Enumerable.Range(1, 30).Select(i => IpAddress.FromIPv4(0x0A090000u + (uint)i))],
        };
        byte[] message = Datagram.Message(parameters, TestWorld.Lower, 100, parameters.Group);
        Assert.Equal(8 + 30 * 4 + 8, message.Length);
        Assert.Equal(30, message[3]);
        for (int i = 0; i < 30; i++)
            Assert.Equal(parameters.VirtualAddresses[i], IpAddress.FromBytes(message.AsSpan(8 + 4 * i, 4)));
    }

    [Fact]
    public void Buffer_that_is_too_small_is_our_defect()
        => Assert.Throws<InvariantException>(() => VrrpWriter.WriteMessage(new byte[19], VrrpVersion.V2, AddressFamily.IPv4,
            new Vrid(51), new Priority(100), Duration.FromSeconds(1), [TestWorld.VirtualAddress], default));

    [Fact]
    public void Address_of_the_other_family_is_our_defect()
        => Assert.Throws<InvariantException>(() => VrrpWriter.WriteMessage(new byte[99], VrrpVersion.V2, AddressFamily.IPv4,
            new Vrid(51), new Priority(100), Duration.FromSeconds(1), [IpAddress.Parse("::1")], default));

    [Fact]
    public void Authentication_masks_itself_in_text()
    {
        VrrpAuthentication secret = VrrpAuthentication.SimplePassword("hush"u8);
        VrrpParameters parameters = TestWorld.Version2 with { Authentication = secret };
        Assert.Equal("********", secret.ToString());
        Assert.DoesNotContain("hush", parameters.ToString(), StringComparison.Ordinal);
        Assert.Equal("none", default(VrrpAuthentication).ToString());
        Assert.NotEqual(secret, VrrpAuthentication.SimplePassword("hus"u8));
        Assert.Equal(secret, VrrpAuthentication.SimplePassword("hush"u8));
    }
}
