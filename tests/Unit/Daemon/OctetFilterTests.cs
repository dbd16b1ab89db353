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
            Assert.Equal((s_some[octet / 64] >> (octet % 64) & 1) != 0, Run(program, datagram) != 0);
        }
    }

    [Fact]
    public void Datagram_that_is_too_short_is_dropped()
    {
        ulong[] all = [ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue];
        byte[] datagram = new byte[22];
        datagram[0] = 0x45;
        Assert.NotEqual(0u, Run(Make(all, true), datagram));
        Assert.Equal(0u, Run(Make(all, true), datagram[..21]));
        Assert.Equal(0u, Run(Make(all, false), datagram[..1]));
    }

    private static sock_filter[] Make(ulong[] set, bool isIPv4)
    {
        sock_filter[] program = new sock_filter[OctetFilter.MostInstructions];
        return program[..OctetFilter.Write(program, set, offset: 1, isIPv4, (Ipv4Header.ProtocolAuthenticationHeader, AuthenticationHeader.Length))];
    }

    // bpf(2) of old: an accumulator, an index register, one word of memory; a load beyond the end drops.
    private static uint Run(sock_filter[] program, byte[] bytes)
    {
        uint a = 0, x = 0, memory = 0;
        for (int at = 0; ; at++)
        {
            sock_filter i = program[at];
            long index = i.code == 0x50 ? x + i.k : i.k;
            if (i.code is 0xB1 or 0x50 or 0x30 && index >= bytes.Length)
                return 0;
            switch (i.code)
            {
                case 0xB1: x = (uint)(bytes[index] & 15) * 4; break;
                case 0x50 or 0x30: a = bytes[index]; break;
                case 0x00: a = i.k; break;
                case 0x60: a = memory; break;
                case 0x02: memory = a; break;
                case 0x54: a &= i.k; break;
                case 0x04: a += i.k; break;
                case 0x87: a = x; break;
                case 0x74: a >>= (int)i.k; break;
                case 0x7C: a >>= (int)x; break;
                case 0x07: x = a; break;
                case 0x05: at += (int)i.k; break;
                case 0x15: at += a == i.k ? i.jt : i.jf; break;
                case 0x06: return i.k;
                default: throw new InvalidOperationException($"instruction {i.code:x}");
            }
        }
    }
}
