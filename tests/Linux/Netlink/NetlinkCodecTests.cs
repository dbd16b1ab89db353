using System.Buffers.Binary;
using System.Text;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink;

namespace KeepalivedAot.Tests.Linux.Netlink;

public sealed class NetlinkCodecTests
{
    private static readonly InterfaceAddress FullIPv4 = new()
    {
        InterfaceIndex = 7,
        Address = IpAddress.Parse("10.9.0.100"),
        PrefixLength = 24,
        Peer = IpAddress.Parse("10.8.0.1"),
        Broadcast = IpAddress.Parse("10.9.0.255"),
        Label = KernelName.FromBytes("eth0:vrrp"u8),
        Scope = AddressScope.Link,
        Flags = AddressFlags.NoPrefixRoute | AddressFlags.Permanent,
        ValidLifetimeSeconds = 1000,
        PreferredLifetimeSeconds = 0,
        Protocol = 18,
    };

    private static readonly InterfaceAddress PlainIPv6 = new()
    {
        InterfaceIndex = 8,
        Address = IpAddress.Parse("fd09::100"),
        PrefixLength = 128,
        Flags = AddressFlags.NoDad,
    };

    public static TheoryData<InterfaceAddress> Addresses => [FullIPv4, PlainIPv6, FullIPv4 with { Peer = default, Label = default }];

    private static byte[] Encode(in InterfaceAddress address)
    {
        byte[] buffer = new byte[512];
        NetlinkMessageWriter writer = new(buffer, Libc.RTM_NEWADDR, Libc.NLM_F_REQUEST, sequence: 42);
        AddressMessage.Write(ref writer, address);
        Assert.True(writer.TryFinish(out int length));
        return buffer[..length];
    }

    private static NetlinkMessage Single(ReadOnlySpan<byte> bytes)
    {
        NetlinkMessageReader reader = new(bytes);
        Assert.True(reader.TryRead(out NetlinkMessage message));
        Assert.False(reader.TryRead(out _));
        Assert.Equal(NetlinkFault.None, reader.Fault);
        return message;
    }

    [Theory]
    [MemberData(nameof(Addresses), DisableDiscoveryEnumeration = true)]
    public void Address_written_is_the_address_read(InterfaceAddress address)
    {
        NetlinkMessage message = Single(Encode(address));
        Assert.Equal((Libc.RTM_NEWADDR, Libc.NLM_F_REQUEST, 42u), (message.Type, message.Flags, message.Sequence));
        Assert.Equal(NetlinkFault.None, AddressMessage.TryParse(message.Payload, out InterfaceAddress read));
        Assert.Equal(address, read);
    }

    [Fact]
    public void Address_has_the_bytes_that_the_kernel_expects()
    {
        byte[] expected =
        [
            0x38, 0, 0, 0, 20, 0, 1, 0, 42, 0, 0, 0, 0, 0, 0, 0, // nlmsghdr: 56 bytes, RTM_NEWADDR, NLM_F_REQUEST, 42
            2, 32, 0, 0, 3, 0, 0, 0, // ifaddrmsg: AF_INET, /32, no flags, universe, interface 3
            8, 0, 2, 0, 10, 9, 0, 100, // IFA_LOCAL
            8, 0, 1, 0, 10, 9, 0, 100, // IFA_ADDRESS
            7, 0, 3, 0, (byte)'v', (byte)':', 0, 0, // IFA_LABEL: its NUL counts, its padding does not
            5, 0, 11, 0, 18, 0, 0, 0, // IFA_PROTO
        ];
        InterfaceAddress address = new()
        {
            InterfaceIndex = 3,
            Address = IpAddress.Parse("10.9.0.100"),
            PrefixLength = 32,
            Label = KernelName.FromBytes("v:"u8),
            Protocol = 18,
        };
        Assert.Equal(expected, Encode(address));
    }

    [Theory]
    [MemberData(nameof(Addresses), DisableDiscoveryEnumeration = true)]
    public void Every_truncated_length_is_a_fault(InterfaceAddress address)
    {
        byte[] whole = Encode(address);
        for (int length = 1; length < whole.Length; length++)
        {
            NetlinkMessageReader reader = new(whole.AsSpan(0, length));
            Assert.False(reader.TryRead(out _));
            Assert.Equal(
                length < NetlinkMessageWriter.HeaderLength ? NetlinkFault.TruncatedHeader : NetlinkFault.MessageLengthTooLarge, reader.Fault);
        }
    }

    [Theory]
    [MemberData(nameof(Addresses), DisableDiscoveryEnumeration = true)]
    public void Every_truncated_payload_parses_or_is_a_fault(InterfaceAddress address)
    {
        byte[] payload = Encode(address)[NetlinkMessageWriter.HeaderLength..];
        for (int length = 0; length < payload.Length; length++)
        {
            NetlinkFault fault = AddressMessage.TryParse(payload.AsSpan(0, length), out InterfaceAddress read);
            if (length < 8)
                Assert.Equal(NetlinkFault.TruncatedPayload, fault);
            else if (fault == NetlinkFault.None)
                Assert.Equal(address.InterfaceIndex, read.InterfaceIndex);
        }
    }

    [Theory]
    [MemberData(nameof(Addresses), DisableDiscoveryEnumeration = true)]
    public void Buffer_that_is_too_small_by_any_amount_is_reported(InterfaceAddress address)
    {
        int whole = Encode(address).Length;
        for (int size = 0; size <= whole; size++)
        {
            NetlinkMessageWriter writer = new(new byte[size], Libc.RTM_NEWADDR, 0, 0);
            AddressMessage.Write(ref writer, address);
            Assert.Equal(size == whole, writer.TryFinish(out int length));
            Assert.Equal(size == whole ? whole : 0, length);
        }
    }

    [Theory]
    [InlineData(0u, NetlinkFault.MessageLengthTooSmall)]
    [InlineData(15u, NetlinkFault.MessageLengthTooSmall)]
    [InlineData(17u, NetlinkFault.MessageLengthTooLarge)]
    [InlineData(uint.MaxValue, NetlinkFault.MessageLengthTooLarge)]
    [InlineData(0x8000_0000u, NetlinkFault.MessageLengthTooLarge)]
    public void Message_length_that_lies_is_a_fault(uint claimed, object expected)
    {
        byte[] bytes = new byte[16];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, claimed);
        NetlinkMessageReader reader = new(bytes);
        Assert.False(reader.TryRead(out _));
        Assert.Equal(expected, reader.Fault);
        Assert.False(reader.TryRead(out _));
    }

    [Theory]
    [InlineData(0, NetlinkFault.AttributeLengthTooSmall)]
    [InlineData(3, NetlinkFault.AttributeLengthTooSmall)]
    [InlineData(9, NetlinkFault.AttributeLengthTooLarge)]
    [InlineData(ushort.MaxValue, NetlinkFault.AttributeLengthTooLarge)]
    public void Attribute_length_that_lies_is_a_fault(ushort claimed, object expected)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, claimed);
        NetlinkAttributes attributes = new(bytes);
        Assert.False(attributes.TryRead(out _, out _));
        Assert.Equal(expected, attributes.Fault);
        Assert.False(attributes.TryRead(out _, out _));
    }

    [Fact]
    public void Messages_follow_each_other_at_aligned_places()
    {
        // The first one's length is odd; the padding is not part of it.
        byte[] bytes = [17, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xAA, 0, 0, 0, 16, 0, 0, 0, 3, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0];
        NetlinkMessageReader reader = new(bytes);
        Assert.True(reader.TryRead(out NetlinkMessage first));
        Assert.Equal([0xAA], first.Payload.ToArray());
        Assert.True(reader.TryRead(out NetlinkMessage second));
        Assert.Equal((Libc.NLMSG_DONE, 9u, 0), (second.Type, second.Sequence, second.Payload.Length));
        Assert.False(reader.TryRead(out _));
        Assert.Equal(NetlinkFault.None, reader.Fault);
    }

    [Fact]
    public void Nested_attributes_are_read_as_they_were_written()
    {
        byte[] buffer = new byte[256];
        NetlinkMessageWriter writer = new(buffer, Libc.RTM_NEWLINK, 0, 0);
        writer.Append(new ifinfomsg { ifi_index = 5, ifi_type = 1, ifi_flags = (uint)(LinkFlags.Up | LinkFlags.Running) });
        writer.Attribute(Libc.IFLA_IFNAME, KernelName.FromBytes("vrrp.51"u8));
        int mark = writer.BeginNested(Libc.IFLA_LINKINFO);
        writer.Attribute(Libc.IFLA_INFO_KIND, "macvlan"u8);
        int inner = writer.BeginNested(2);
        writer.Attribute(1, 4u);
        writer.EndNested(inner);
        writer.EndNested(mark);
        writer.Attribute(Libc.IFLA_MTU, 1500);
        Assert.True(writer.TryFinish(out int length));

        NetlinkMessage message = Single(buffer.AsSpan(0, length));
        Assert.Equal(NetlinkFault.None, LinkMessage.TryParse(message.Payload, out LinkInfo link, out bool isPartial));
        Assert.False(isPartial);
        Assert.Equal((5, "vrrp.51", "macvlan", 1500, true), (link.Index, link.Name.ToString(), link.Kind.ToString(), link.Mtu, link.IsUp));
    }

    [Fact]
    public void Kind_of_an_ipvlan_is_read_as_it_was_written()
    {
        byte[] buffer = new byte[256];
        NetlinkMessageWriter writer = new(buffer, Libc.RTM_NEWLINK, 0, 0);
        VirtualLinkMessage.WriteNew(ref writer, new VirtualLink { Name = KernelName.FromBytes("vrrp.51"u8), Kind = VirtualLinkKind.IpvlanVepa, BaseIndex = 2 });
        Assert.True(writer.TryFinish(out int length));
        Assert.Equal(NetlinkFault.None, LinkMessage.TryParse(Single(buffer.AsSpan(0, length)).Payload, out LinkInfo link, out _));
        Assert.Equal(("ipvlan", 0, LinkKinds.IpvlanFlagsOf(VirtualLinkKind.IpvlanVepa)), (link.Kind.ToString(), link.IpvlanMode, link.IpvlanFlags));
    }

    [Fact]
    public void Wireless_event_does_not_describe_the_link()
    {
        byte[] buffer = new byte[256];
        NetlinkMessageWriter writer = new(buffer, Libc.RTM_NEWLINK, 0, 0);
        writer.Append(new ifinfomsg { ifi_index = 5 });
        writer.Attribute(Libc.IFLA_IFNAME, KernelName.FromBytes("wlan0"u8));
        writer.Attribute(Libc.IFLA_WIRELESS, 1u);
        Assert.True(writer.TryFinish(out int length));
        Assert.Equal(NetlinkFault.None, LinkMessage.TryParse(buffer.AsSpan(16, length - 16), out _, out bool isPartial));
        Assert.True(isPartial);
    }

    [Fact]
    public void Link_without_a_name_or_address_without_an_address_is_a_fault()
    {
        Assert.Equal(NetlinkFault.MissingAttribute, LinkMessage.TryParse(new byte[16], out _, out _));
        Assert.Equal(NetlinkFault.MissingAttribute, AddressMessage.TryParse(new byte[8], out _));
    }

    [Fact]
    public void Attribute_of_the_wrong_size_is_a_fault()
    {
        // An IPv4 address of five bytes; an MTU of two.
        Assert.Equal(
            NetlinkFault.AttributeSize,
            AddressMessage.TryParse([2, 32, 0, 0, 3, 0, 0, 0, 9, 0, 2, 0, 10, 9, 0, 100, 0, 0, 0, 0], out _));
        Assert.Equal(NetlinkFault.AttributeSize, LinkMessage.TryParse([.. new byte[16], 6, 0, 4, 0, 1, 1, 0, 0], out _, out _));
    }

    [Fact]
    public void Answer_is_read_capped_or_with_the_request_in_it()
    {
        Assert.Equal((42u, Errno.EEXIST, "why"), Read(Answer(-17, isCapped: true, requestPayload: 24)));
        Assert.Equal((42u, Errno.EEXIST, "why"), Read(Answer(-17, isCapped: false, requestPayload: 24)));
        Assert.Equal((42u, Errno.EEXIST, "why"), Read(Answer(-17, isCapped: false, requestPayload: 21)));
        Assert.Equal((42u, Errno.None, "why"), Read(Answer(0, isCapped: true, requestPayload: 0)));

        static (uint, Errno, string) Read(byte[] bytes)
        {
            Assert.True(NetlinkAnswer.TryParse(bytes, out uint sequence, out Errno error, out ReadOnlySpan<byte> extack));
            return (sequence, error, Encoding.UTF8.GetString(extack));
        }
    }

    [Fact]
    public void Answer_cut_anywhere_behind_its_errno_still_tells_it()
    {
        byte[] whole = Answer(-19, isCapped: true, requestPayload: 24);
        for (int length = 0; length < whole.Length; length++)
        {
            bool isRead = NetlinkAnswer.TryParse(whole.AsSpan(0, length), out uint sequence, out Errno error, out _);
            Assert.Equal(length >= 20, isRead);
            if (isRead)
                Assert.Equal((42u, Errno.ENODEV), (sequence, error));
        }
    }

    [Theory]
    [InlineData(int.MinValue)]
    [InlineData(1)]
    [InlineData(-4096)]
    public void Errno_that_no_kernel_has_is_eproto(int value)
    {
        byte[] bytes = Answer(value, isCapped: true, requestPayload: 0);
        Assert.True(NetlinkAnswer.TryParse(bytes, out _, out Errno error, out _));
        Assert.Equal(Errno.EPROTO, error);
    }

    internal static byte[] Answer(int error, bool isCapped, int requestPayload)
    {
        byte[] buffer = new byte[256];
        NetlinkMessageWriter writer = new(buffer, Libc.NLMSG_ERROR, (ushort)(Libc.NLM_F_ACK_TLVS | (isCapped ? Libc.NLM_F_CAPPED : 0)), 42);
        writer.Append(new nlmsgerr { error = error, msg = new nlmsghdr { nlmsg_len = (uint)(16 + requestPayload), nlmsg_seq = 42 } });
        if (!isCapped)
        {
            for (int i = 0; i < NetlinkMessageWriter.Align(requestPayload); i += 4)
                writer.Append(0xAAAAAAAA);
        }
        writer.Attribute(Libc.NLMSGERR_ATTR_MSG, "why\0"u8);
        Assert.True(writer.TryFinish(out int length));
        return buffer[..length];
    }
}
