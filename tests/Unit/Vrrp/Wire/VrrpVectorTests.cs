using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Tests.Unit.Vrrp.Wire;

/// <summary>The messages that keepalived 2.4.3 sent, written and read by us, and hurt in every way that has a name.</summary>
public class VrrpVectorTests
{
    public static TheoryData<string> Names => [.. CodecSelfCheck.Vectors.Select(vector => vector.Name)];

    [Fact]
    public void Self_check_holds()
    {
        Assert.True(CodecSelfCheck.TryRun(out string failed), failed);
        Assert.Equal("", failed);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Writer_makes_the_reference_message(string name)
    {
        CodecSelfCheck.Vector vector = Find(name);
        byte[] message = Datagram.Message(vector.Parameters, vector.Source, vector.Priority.Value, vector.Parameters.Group);
        Assert.Equal(vector.Hex, Convert.ToHexStringLower(message));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Reader_reads_every_field_of_the_reference_message(string name)
    {
        CodecSelfCheck.Vector vector = Find(name);
        byte[] bytes = DatagramOf(vector);

        VrrpFault fault = Parse(bytes, vector.Parameters, vector.Source, out VrrpPacket packet, out _);

        Assert.Equal(VrrpFault.None, fault);
        Assert.Equal(vector.Parameters.Version, packet.Version);
        Assert.Equal(vector.Parameters.Vrid, packet.Vrid);
        Assert.Equal(vector.Priority, packet.Priority);
        Assert.Equal(vector.Parameters.AdvertisementInterval, packet.Interval);
        Assert.Equal(vector.Parameters.VirtualAddresses.Length, packet.AddressCount);
        for (int i = 0; i < packet.AddressCount; i++)
            Assert.Equal(vector.Parameters.VirtualAddresses[i], packet.AddressAt(i));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Reader_rejects_every_truncated_length(string name)
    {
        CodecSelfCheck.Vector vector = Find(name);
        byte[] bytes = DatagramOf(vector);
        for (int length = 0; length < bytes.Length; length++)
        {
            VrrpFault fault = Parse(bytes.AsSpan(0, length), vector.Parameters, vector.Source, out _, out _);
            Assert.True(fault == VrrpFault.TooShort, $"{length} of {bytes.Length} bytes: {fault}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Reader_rejects_every_longer_length_beyond_padding(string name)
    {
        CodecSelfCheck.Vector vector = Find(name);
        byte[] bytes = DatagramOf(vector);
        for (int extra = 1; extra <= 64; extra++)
        {
            byte[] longer = [.. bytes, .. new byte[extra]];
            VrrpFault fault = Parse(longer, vector.Parameters, vector.Source, out _, out _);
            bool mayBePadding = vector.Parameters.Family == AddressFamily.IPv4 && longer.Length <= 46;
            Assert.Equal(mayBePadding ? VrrpFault.TotalLength : VrrpFault.TooLong, fault);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Reader_rejects_every_flipped_bit_of_the_message(string name)
    {
        CodecSelfCheck.Vector vector = Find(name);
        int header = vector.Parameters.Family == AddressFamily.IPv4 ? Ipv4Header.MinimumLength : 0;
        byte[] bytes = DatagramOf(vector);
        for (int bit = header * 8; bit < bytes.Length * 8; bit++)
        {
            byte[] hurt = [.. bytes];
            hurt[bit / 8] ^= (byte)(1 << bit % 8);
            VrrpFault fault = Parse(hurt, vector.Parameters, vector.Source, out _, out _);
            Assert.NotEqual(VrrpFault.None, fault);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Reader_rejects_every_other_checksum(string name)
    {
        CodecSelfCheck.Vector vector = Find(name);
        byte[] bytes = DatagramOf(vector);
        int field = bytes.Length - vector.Hex.Length / 2 + 6;
        for (int flips = 1; flips < 0x10000; flips++)
        {
            // 0 and 0xFFFF are the same number in one's complement; none of the vectors is one of them.
            byte[] hurt = [.. bytes];
            hurt[field] ^= (byte)(flips >> 8);
            hurt[field + 1] ^= (byte)flips;
            if (Parse(hurt, vector.Parameters, vector.Source, out _, out _) != VrrpFault.Checksum)
            {
                // The one other value that may pass: the same message's other allowed form.
                Assert.True(vector.Parameters.V3ChecksumAsV2);
                Assert.Equal(0x7593, hurt[field] << 8 | hurt[field + 1]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Vrid_is_readable_from_the_second_byte_of_the_message_on(string name)
    {
        CodecSelfCheck.Vector vector = Find(name);
        byte[] bytes = DatagramOf(vector);
        int first = bytes.Length - vector.Hex.Length / 2 + 2;
        for (int length = 0; length <= bytes.Length; length++)
        {
            bool read = VrrpPacket.TryReadVrid(bytes.AsSpan(0, length), vector.Parameters.Family, out Vrid vrid);
            Assert.Equal(length >= first, read);
            Assert.Equal(read ? vector.Parameters.Vrid : default, vrid);
        }
    }

    [Fact]
    public void Reserved_bits_of_the_v3_interval_are_ignored()
    {
        CodecSelfCheck.Vector vector = Find("v3");
        byte[] bytes = DatagramOf(vector);
        bytes[24] |= 0xF0;
        Datagram.WriteChecksum(bytes.AsSpan(20), vector.Parameters, vector.Source, vector.Parameters.Group);

        Assert.Equal(VrrpFault.None, Parse(bytes, vector.Parameters, vector.Source, out VrrpPacket packet, out _));
        Assert.Equal(Duration.FromMilliseconds(500), packet.Interval);
    }

    [Fact]
    public void Largest_v3_interval_is_40_95_seconds()
    {
        VrrpParameters parameters = TestWorld.Version3 with { AdvertisementInterval = Duration.FromMilliseconds(40_950) };
        byte[] bytes = Datagram.Of(parameters, TestWorld.Lower, 100);
        Assert.Equal(0x0FFF, bytes[24] << 8 | bytes[25]);
        Assert.Equal(VrrpFault.None, Parse(bytes, parameters, TestWorld.Lower, out VrrpPacket packet, out _));
        Assert.Equal(parameters.AdvertisementInterval, packet.Interval);
    }

    private static CodecSelfCheck.Vector Find(string name) => CodecSelfCheck.Vectors.Single(vector => vector.Name == name);

    private static byte[] DatagramOf(CodecSelfCheck.Vector vector)
    {
        byte[] message = Convert.FromHexString(vector.Hex);
        if (vector.Parameters.Family == AddressFamily.IPv6)
            return message;
        byte[] datagram = new byte[Ipv4Header.MinimumLength + message.Length];
        Ipv4Header.Write(
            datagram, datagram.Length, 1, 255, Ipv4Header.ProtocolVrrp, vector.Source, vector.Parameters.Group);
        message.CopyTo(datagram, Ipv4Header.MinimumLength);
        return datagram;
    }

    private static VrrpFault Parse(
        ReadOnlySpan<byte> bytes, VrrpParameters parameters, IpAddress source, out VrrpPacket packet, out PacketMismatch mismatch)
    {
        VrrpDatagram datagram = new() { Bytes = bytes, Source = source, Destination = parameters.Group, HopLimit = 255 };
        return VrrpPacket.TryParse(datagram, parameters, out packet, out mismatch);
    }
}
