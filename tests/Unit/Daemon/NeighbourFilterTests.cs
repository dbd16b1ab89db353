using KeepalivedAot.Base.Net;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Sockets;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Tests.Unit.Daemon;

/// <summary>What wakes the daemon up while it is master: the filter's program, run by an interpreter.</summary>
public sealed class NeighbourFilterTests
{
    private const int Index = 7;
    private const uint PacketType = 4;
    private const uint InterfaceIndex = 8;
    private const uint VlanTagPresent = 48;

    private static bool Passes(string[] addresses, byte[] packet, uint index = Index, uint type = 1, uint vlan = 0)
    {
        sock_filter[] program = new sock_filter[NeighbourFilter.MostInstructions];
        int length = NeighbourFilter.Write(program, Index, [.. addresses.Select(static address => IpAddress.Parse(address))]);
        return ClassicBpf.Run(
            program.AsSpan(0, length), packet,
            new Dictionary<uint, uint> { [PacketType] = type, [InterfaceIndex] = index, [VlanTagPresent] = vlan }) != 0;
    }

    private static byte[] Of(string address)
    {
        IpAddress said = IpAddress.Parse(address);
        MacAddress mac = new(0x0200_0000_00FA);
        byte[] frame = new byte[said.Family == AddressFamily.IPv4 ? GratuitousArp.FrameLength : UnsolicitedNeighbourAdvertisement.FrameLength];
        _ = said.Family == AddressFamily.IPv4 ? GratuitousArp.Write(frame, mac, said) : UnsolicitedNeighbourAdvertisement.Write(frame, mac, said, false);
        return frame[14..];
    }

    [Theory]
    [InlineData("10.9.0.100")]
    [InlineData("fd09::100")]
    public void Of_one_address_only_that_passes(string address)
    {
        Assert.True(Passes([address], Of(address)));
        IpAddress ours = IpAddress.Parse(address);
        Span<byte> bytes = stackalloc byte[ours.Length];
        // Every address that differs in one bit.
        for (int bit = 0; bit < ours.Length * 8; bit++)
        {
            ours.CopyTo(bytes);
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(Passes([address], Of($"{IpAddress.FromBytes(bytes)}")));
        }
    }

    [Theory]
    [InlineData("10.9.0.", "")]
    [InlineData("fd09::", "x")]
    public void Of_many_in_a_network_exactly_they_pass(string network, string format)
    {
        string[] ours = [.. Enumerable.Range(0, 50).Select(i => $"{network}{Number(i * 5 + 1)}")];
        for (int last = 0; last < 256; last++)
            Assert.Equal(last % 5 == 1 && last < 250, Passes(ours, Of($"{network}{Number(last)}")));

        string Number(int value) => value.ToString(format);
    }

    [Fact]
    public void Of_several_networks_all_pass_and_few_others()
    {
        string[] ours = ["10.1.0.100", "10.2.0.101", "192.168.0.1"];
        Assert.All(ours, address => Assert.True(Passes(ours, Of(address))));
        Assert.True(Passes(ours, Of("8.3.0.100")));
        Assert.False(Passes(ours, Of("10.1.0.99")));
        Assert.All((string[])["fd09::1", "fd08:1::2"], static address => Assert.True(Passes(["fd09::1", "fd08:1::2"], Of(address))));
        Assert.False(Passes(["fd09::1", "fd08:1::2"], Of("fe80::1")));
    }

    [Theory]
    [InlineData("10.9.0.100")]
    [InlineData("fd09::100")]
    public void What_we_send_what_came_in_elsewhere_and_what_is_of_a_vlan_is_dropped(string address)
    {
        Assert.False(Passes([address], Of(address), type: 4));
        Assert.False(Passes([address], Of(address), type: 3));
        Assert.False(Passes([address], Of(address), index: Index + 1));
        Assert.False(Passes([address], Of(address), vlan: 1));
        Assert.False(Passes([], Of(address)));
    }

    [Fact]
    public void Solicitation_passes_from_the_unspecified_address_only()
    {
        byte[] packet = Of("fd09::100");
        packet[40] = 135;
        Assert.False(Passes(["fd09::100"], packet));
        for (int octet = 8; octet < 24; octet++)
        {
            packet.AsSpan(8, 16).Clear();
            Assert.True(Passes(["fd09::100"], packet));
            packet[octet] = 1;
            Assert.False(Passes(["fd09::100"], packet));
        }
    }

    [Theory]
    [InlineData(6, 17)]
    [InlineData(40, 133)]
    [InlineData(40, 128)]
    public void Other_packets_of_IPv6_are_dropped(int offset, byte value)
    {
        byte[] packet = Of("fd09::100");
        packet[offset] = value;
        Assert.False(Passes(["fd09::100"], packet));
    }

    [Fact]
    public void Short_packets_are_dropped()
    {
        // Behind the last octet that is looked at it does not matter.
        for (int length = 0; length < 18; length++)
            Assert.False(Passes(["10.9.0.100"], Of("10.9.0.100")[..length]));
        for (int length = 0; length < 64; length++)
            Assert.False(Passes(["fd09::100"], Of("fd09::100")[..length]));
    }
}
