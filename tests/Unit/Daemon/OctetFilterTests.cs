using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Sockets;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Tests.Unit.Daemon;

/// <summary>The filter's program, run by an interpreter of the few instructions that it uses.</summary>
public sealed class OctetFilterTests
{
    private static readonly ulong[] s_some = [0x8000_0000_0000_0002, 0x0000_0001_8000_0000, 1, 0x8000_0000_0000_0000];

    [Theory]
    [InlineData(20, true, 112)]
    [InlineData(24, true, 112)]
    [InlineData(60, true, 112)]
    [InlineData(20, true, 51)]
    [InlineData(24, true, 51)]
    [InlineData(0, false, 0)]
    public void Datagram_passes_exactly_when_its_octet_is_in_the_set(int header, bool isIPv4, byte protocol)
    {
        sock_filter[] program = Make(s_some, isIPv4);
        byte[] datagram = new byte[header + 8];
        if (isIPv4)
        {
            datagram[0] = (byte)(0x40 | header / 4);
            datagram[9] = protocol;
        }
        if (protocol == 51)
        {
            header += AuthenticationHeader.Length;
            datagram = [.. datagram, .. new byte[AuthenticationHeader.Length]];
        }
        for (int octet = 0; octet < 256; octet++)
        {
            datagram[header + 1] = (byte)octet;
            Assert.Equal((s_some[octet / 64] >> (octet % 64) & 1) != 0, ClassicBpf.Run(program, datagram) != 0);
        }
    }

    [Fact]
    public void Datagram_that_is_too_short_is_dropped()
    {
        ulong[] all = [ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue];
        byte[] datagram = new byte[22];
        datagram[0] = 0x45;
        Assert.NotEqual(0u, ClassicBpf.Run(Make(all, true), datagram));
        Assert.Equal(0u, ClassicBpf.Run(Make(all, true), datagram[..21]));
        Assert.Equal(0u, ClassicBpf.Run(Make(all, false), datagram[..1]));
    }

    private static sock_filter[] Make(ulong[] set, bool isIPv4)
    {
        sock_filter[] program = new sock_filter[OctetFilter.MostInstructions];
        return program[..OctetFilter.Write(program, set, offset: 1, isIPv4, (Ipv4Header.ProtocolAuthenticationHeader, AuthenticationHeader.Length))];
    }
}
