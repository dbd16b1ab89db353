using KeepalivedAot.Base.Net;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Tests.Unit.Vrrp.Wire;

public class Ipv4HeaderTests
{
    // What keepalived sends from 10.9.0.1; the checksum was computed by another program.
    private const string Reference = "45c000280001" + "0000ff70" + "d088" + "0a090001e0000012";

    [Fact]
    public void Write_makes_the_header_that_keepalived_sends()
    {
        byte[] header = new byte[20];
        Ipv4Header.Write(header, 40, 1, 255, Ipv4Header.ProtocolVrrp, IpAddress.Parse("10.9.0.1"), IpAddress.Parse("224.0.0.18"));
        Assert.Equal(Reference, Convert.ToHexStringLower(header));
    }

    [Fact]
    public void Parse_reads_what_was_written()
    {
        byte[] datagram = [.. Convert.FromHexString(Reference), .. new byte[20]];
        Assert.True(Ipv4Header.TryParse(datagram, out Ipv4Header header));
        Assert.Equal(20, header.Length);
        Assert.Equal(40, header.TotalLength);
        Assert.Equal(1, header.Identification);
        Assert.Equal(255, header.TimeToLive);
        Assert.Equal(112, header.Protocol);
        Assert.Equal(IpAddress.Parse("10.9.0.1"), header.Source);
        Assert.Equal(IpAddress.Parse("224.0.0.18"), header.Destination);
    }

    [Fact]
    public void Parse_rejects_every_truncated_length()
    {
        byte[] bytes = Convert.FromHexString(Reference);
        for (int length = 0; length < bytes.Length; length++)
            Assert.False(Ipv4Header.TryParse(bytes.AsSpan(0, length), out _));
    }

    [Theory]
    [InlineData(0x44)]
    [InlineData(0x46)]
    [InlineData(0x4F)]
    [InlineData(0x65)]
    [InlineData(0x40)]
    public void Parse_rejects_a_first_byte_that_lies(byte first)
    {
        byte[] bytes = Convert.FromHexString(Reference);
        bytes[0] = first;
        Assert.False(Ipv4Header.TryParse(bytes, out _));
    }
}
