using KeepalivedAot.Base.Net;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Sockets;
using KeepalivedAot.Tests.Linux.Namespaces;

namespace KeepalivedAot.Tests.Linux.Sockets;

public sealed class RawProtocolTests : IDisposable
{
    // Like a VRRP packet, but the checksum at 6 and 7 is wrong: it must arrive as it is, neither repaired nor dropped.
    private static readonly byte[] Payload = [0x31, 0x33, 0x64, 0x01, 0x00, 0x64, 0xBA, 0xD0, 10, 9, 0, 100];

    private readonly TwoRouters _net = new();
    private readonly DatagramRecorder _recorder = new();
    private readonly SendRecorder _sent = new();

    public void Dispose() => _net.Dispose();

    private static DatagramRoute Route(int interfaceIndex, IpAddress source, IpAddress destination, byte hopLimit = 255)
        => new(interfaceIndex, source, destination, hopLimit);

    [Theory]
    [InlineData(AddressFamily.IPv4)]
    [InlineData(AddressFamily.IPv6)]
    public void Multicast_arrives_with_source_group_hop_limit_and_interface(AddressFamily family)
    {
        IpAddress group = TwoRouters.Group(family);
        IpAddress one = TwoRouters.AddressOfOne(family);
        RawProtocolReceiver receiver = _net.Receiver(_net.Two, _net.TwoLan, group, _recorder);
        RawProtocolSender sender = _net.Sender(_net.One, family, _sent);

        byte[] datagram = TwoRouters.Datagram(one, group, 255, Payload);
        sender.Queue(datagram, Route(_net.OneLan, one, group), 7);
        sender.Flush();

        Assert.Equal([(7, Errno.None)], _sent.Sent);
        TwoRouters.Await(receiver, _recorder, 1);
        SeenDatagram seen = Assert.Single(_recorder.Seen);
        Assert.Equal((one, group, 255, _net.TwoLan, false), (seen.Source, seen.Destination, seen.HopLimit, seen.InterfaceIndex, seen.IsTruncated));
        // The kernel fills in IPv4's header checksum (bytes 10 and 11), and touches nothing else.
        if (family == AddressFamily.IPv4)
        {
            InternetChecksum checksum = default;
            checksum.Add(seen.Bytes.AsSpan(0, IPv4Datagram.HeaderLength));
            Assert.Equal(0, checksum.Finish());
            seen.Bytes.AsSpan(10, 2).Clear();
        }
        Assert.Equal(datagram, seen.Bytes);
    }

    [Fact]
    public void IPv6_traffic_class_is_on_the_wire()
    {
        using FrameCatcher catcher = _net.Two.Run(() => new FrameCatcher(_net.TwoLan));
        RawProtocolSender sender = _net.Sender(_net.One, AddressFamily.IPv6, _sent);
        sender.Queue(Payload, Route(_net.OneLan, TwoRouters.AddressOfOne(AddressFamily.IPv6), TwoRouters.GroupIPv6), 1);
        sender.Flush();

        // Behind the Ethernet header: version 6, then the traffic class; the protocol and the hop limit at 6 and 7.
        byte[] frame = catcher.Await(f => f.Length > 54 && f[20] == TwoRouters.Protocol);
        Assert.Equal((0x6C, 0x00), (frame[14], frame[15] & 0xF0));
        Assert.Equal(255, frame[21]);
        Assert.Equal(Payload, frame[54..]);
    }

    [Theory]
    [InlineData(AddressFamily.IPv4)]
    [InlineData(AddressFamily.IPv6)]
    public void Unicast_arrives_with_its_hop_limit(AddressFamily family)
    {
        IpAddress one = TwoRouters.AddressOfOne(family);
        IpAddress two = TwoRouters.AddressOfTwo(family);
        RawProtocolReceiver receiver = _net.Receiver(_net.Two, _net.TwoLan, two, _recorder);
        RawProtocolSender sender = _net.Sender(_net.One, family, _sent);

        sender.Queue(TwoRouters.Datagram(one, two, 64, Payload), Route(_net.OneLan, one, two, hopLimit: 64), 1);
        // A multicast is not for a socket that is bound to an address.
        sender.Queue(TwoRouters.Datagram(one, TwoRouters.Group(family), 255, Payload), Route(_net.OneLan, one, TwoRouters.Group(family)), 2);
        sender.Queue(TwoRouters.Datagram(one, two, 1, Payload), Route(_net.OneLan, one, two, hopLimit: 1), 3);
        sender.Flush();

        Assert.Equal([(1, Errno.None), (2, Errno.None), (3, Errno.None)], _sent.Sent);
        TwoRouters.Await(receiver, _recorder, 2);
        Assert.Equal([(one, two, 64), (one, two, 1)], _recorder.Seen.Select(s => (s.Source, s.Destination, s.HopLimit)));
    }

    [Theory]
    [InlineData("10.9.0.77")]
    [InlineData("fd09::77")]
    public void Receiver_on_an_address_that_comes_later_hears_it_then(string text)
    {
        IpAddress later = IpAddress.Parse(text);
        IpAddress one = TwoRouters.AddressOfOne(later.Family);
        RawProtocolReceiver receiver = _net.Receiver(_net.Two, _net.TwoLan, later, _recorder);
        _net.Two.Ip($"address add {text}/{(later.Family == AddressFamily.IPv4 ? "32" : "64 nodad")} dev lan");
        if (later.Family == AddressFamily.IPv6)
            _net.One.Ip("route add fd09::/64 dev lan");
        RawProtocolSender sender = _net.Sender(_net.One, later.Family, _sent);
        sender.Queue(TwoRouters.Datagram(one, later, 255, Payload), Route(_net.OneLan, one, later), 1);
        sender.Flush();

        TwoRouters.Await(receiver, _recorder, 1);
        Assert.Equal(later, Assert.Single(_recorder.Seen).Destination);
    }

    [Theory]
    [InlineData("10.9.0.200")]
    [InlineData("fe80::200")]
    public void Source_that_is_not_ours_is_sent_as_it_stands(string text)
    {
        IpAddress foreign = IpAddress.Parse(text);
        IpAddress group = TwoRouters.Group(foreign.Family);
        RawProtocolReceiver receiver = _net.Receiver(_net.Two, _net.TwoLan, group, _recorder);
        RawProtocolSender sender = _net.Sender(_net.One, foreign.Family, _sent);
        sender.Queue(TwoRouters.Datagram(foreign, group, 255, Payload), Route(_net.OneLan, foreign, group), 1);
        sender.Flush();

        Assert.Equal([(1, Errno.None)], _sent.Sent);
        TwoRouters.Await(receiver, _recorder, 1);
        Assert.Equal(foreign, Assert.Single(_recorder.Seen).Source);
    }

    [Fact]
    public void Multicast_leaves_by_an_interface_without_an_ipv4_address()
    {
        _net.One.Ip("address flush dev lan scope global");
        RawProtocolReceiver receiver = _net.Receiver(_net.Two, _net.TwoLan, TwoRouters.GroupIPv4, _recorder);
        RawProtocolSender sender = _net.Sender(_net.One, AddressFamily.IPv4, _sent);
        IpAddress source = IpAddress.Parse("10.9.0.1");
        sender.Queue(TwoRouters.Datagram(source, TwoRouters.GroupIPv4, 255, Payload), Route(_net.OneLan, source, TwoRouters.GroupIPv4), 1);
        sender.Flush();

        Assert.Equal([(1, Errno.None)], _sent.Sent);
        TwoRouters.Await(receiver, _recorder, 1);
        Assert.Equal(source, Assert.Single(_recorder.Seen).Source);
    }

    [Theory]
    [InlineData(AddressFamily.IPv4)]
    [InlineData(AddressFamily.IPv6)]
    public void Own_multicast_does_not_come_back(AddressFamily family)
    {
        IpAddress group = TwoRouters.Group(family);
        IpAddress one = TwoRouters.AddressOfOne(family);
        DatagramRecorder own = new();
        RawProtocolReceiver ownReceiver = _net.Receiver(_net.One, _net.OneLan, group, own);
        RawProtocolReceiver receiver = _net.Receiver(_net.Two, _net.TwoLan, group, _recorder);
        RawProtocolSender sender = _net.Sender(_net.One, family, _sent);
        for (int i = 0; i < 20; i++)
            sender.Queue(TwoRouters.Datagram(one, group, 255, Payload), Route(_net.OneLan, one, group), i);
        sender.Flush();

        TwoRouters.Await(receiver, _recorder, 20);
        Assert.True(ownReceiver.Drain(100));
        Assert.Empty(own.Seen);
    }

    [Theory]
    [InlineData(AddressFamily.IPv4)]
    [InlineData(AddressFamily.IPv6)]
    public void Receiver_hears_its_own_interface_and_group_only(AddressFamily family)
    {
        _net.One.Connect("wan", _net.Two, "wan");
        _net.One.Ip("address add 10.8.0.1/24 dev wan");
        _net.Two.Ip("address add 10.8.0.2/24 dev wan");
        IpAddress group = TwoRouters.Group(family);
        IpAddress other = IpAddress.Parse(family == AddressFamily.IPv4 ? "224.0.0.200" : "ff02::200");
        IpAddress one = TwoRouters.AddressOfOne(family);
        DatagramRecorder wan = new();
        RawProtocolReceiver lanReceiver = _net.Receiver(_net.Two, _net.TwoLan, group, _recorder);
        RawProtocolReceiver wanReceiver = _net.Receiver(_net.Two, _net.Two.IndexOf("wan"), group, wan);
        // Somebody on the same host has joined the other group.
        _net.Receiver(_net.Two, _net.TwoLan, other, new DatagramRecorder());

        // One sender and one system call for both interfaces.
        RawProtocolSender sender = _net.Sender(_net.One, family, _sent);
        sender.Queue(TwoRouters.Datagram(one, group, 255, [1]), Route(_net.OneLan, one, group), 1);
        sender.Queue(TwoRouters.Datagram(one, group, 255, [2]), Route(_net.One.IndexOf("wan"), one, group), 2);
        sender.Queue(TwoRouters.Datagram(one, other, 255, [3]), Route(_net.OneLan, one, other), 3);
        sender.Queue(TwoRouters.Datagram(one, group, 255, [4]), Route(_net.OneLan, one, group), 4);
        sender.Flush();

        TwoRouters.Await(lanReceiver, _recorder, 2);
        TwoRouters.Await(wanReceiver, wan, 1);
        Assert.Equal([1, 4], _recorder.Seen.Select(s => s.Bytes[^1]));
        Assert.Equal([2], wan.Seen.Select(s => s.Bytes[^1]));
        Assert.Equal(_net.Two.IndexOf("wan"), wan.Seen[0].InterfaceIndex);
    }

    [Theory]
    [InlineData(AddressFamily.IPv4)]
    [InlineData(AddressFamily.IPv6)]
    public void Membership_survives_the_interface_going_down_and_up(AddressFamily family)
    {
        IpAddress group = TwoRouters.Group(family);
        IpAddress one = TwoRouters.AddressOfOne(family);
        RawProtocolReceiver receiver = _net.Receiver(_net.Two, _net.TwoLan, group, _recorder);
        RawProtocolSender sender = _net.Sender(_net.One, family, _sent);
        _net.Two.Ip("link set lan down");
        _net.Two.Ip("link set lan up");
        SendUntilHeard(sender, _net.OneLan, family, receiver);

        Assert.Empty(_recorder.Errors);
    }

    [Theory]
    [InlineData(AddressFamily.IPv4)]
    [InlineData(AddressFamily.IPv6)]
    public void Deleted_interface_makes_the_receiver_silent_and_the_sender_report_enodev(AddressFamily family)
    {
        IpAddress group = TwoRouters.Group(family);
        IpAddress one = TwoRouters.AddressOfOne(family);
        RawProtocolReceiver receiver = _net.Receiver(_net.One, _net.OneLan, group, _recorder);
        RawProtocolSender sender = _net.Sender(_net.One, family, _sent);
        _net.One.Ip("link delete lan");
        sender.Queue(TwoRouters.Datagram(one, group, 255, Payload), Route(_net.OneLan, one, group), 1);
        sender.Flush();

        Assert.Equal([(1, Errno.ENODEV)], _sent.Sent);
        Assert.True(receiver.Drain(10));
        Assert.Empty(_recorder.Errors);

        // Its successor has another index; a receiver made for that one works.
        _net.One.Connect("lan", _net.Two, "lan");
        _net.One.Ip("address add 10.9.0.1/24 dev lan");
        _net.One.Ip("address add fe80::1/64 dev lan nodad");
        int successor = _net.One.IndexOf("lan");
        Assert.NotEqual(_net.OneLan, successor);
        RawProtocolReceiver second = _net.Receiver(_net.Two, _net.Two.IndexOf("lan"), group, _recorder);
        SendUntilHeard(sender, successor, family, second);
    }

    [Theory]
    [InlineData(AddressFamily.IPv4)]
    [InlineData(AddressFamily.IPv6)]
    public void Sending_on_an_interface_that_is_down_reports_it_and_the_others_go_out(AddressFamily family)
    {
        _net.One.Connect("wan", _net.Two, "wan");
        int wan = _net.One.IndexOf("wan");
        _net.One.Ip("link set wan down");
        IpAddress group = TwoRouters.Group(family);
        IpAddress one = TwoRouters.AddressOfOne(family);
        RawProtocolReceiver receiver = _net.Receiver(_net.Two, _net.TwoLan, group, _recorder);
        RawProtocolSender sender = _net.Sender(_net.One, family, _sent);
        for (int i = 0; i < 6; i++)
            sender.Queue(TwoRouters.Datagram(one, group, 255, [(byte)i]), Route(i % 2 == 0 ? _net.OneLan : wan, one, group), i);
        sender.Flush();

        TwoRouters.Await(receiver, _recorder, 3);
        Assert.Equal([0, 2, 4], _recorder.Seen.Select(s => s.Bytes[^1]));
        Assert.Equal([0, 1, 2, 3, 4, 5], _sent.Sent.Select(s => s.Tag));
        Assert.All(_sent.Sent, s => Assert.Equal(s.Tag % 2 == 0 ? Errno.None : Errno.ENETUNREACH, s.Error));
    }

    [Theory]
    [InlineData(AddressFamily.IPv4)]
    [InlineData(AddressFamily.IPv6)]
    public void Datagram_beyond_the_mtu_is_not_sent_in_pieces_without_a_word(AddressFamily family)
    {
        IpAddress group = TwoRouters.Group(family);
        IpAddress one = TwoRouters.AddressOfOne(family);
        RawProtocolSender sender = _net.Sender(_net.One, family, _sent);
        sender.Queue(TwoRouters.Datagram(one, group, 255, new byte[3000]), Route(_net.OneLan, one, group), 1);
        sender.Flush();

        // With a header of ours the kernel refuses; IPv6 fragments.
        Assert.Equal([(1, family == AddressFamily.IPv4 ? Errno.EMSGSIZE : Errno.None)], _sent.Sent);
    }

    [Fact]
    public void Full_send_queue_reports_each_datagram_that_did_not_go()
    {
        RawProtocolSender sender = _net.Sender(_net.One, AddressFamily.IPv4, _sent, sendBufferBytes: 1);
        IpAddress one = TwoRouters.AddressOfOne(AddressFamily.IPv4);
        // A queue that lets nothing out in time.
        _net.One.Ip("link set lan txqueuelen 1000");
        IpAddress nobody = IpAddress.Parse("10.9.0.99");
        for (int i = 0; i < 200; i++)
            sender.Queue(TwoRouters.Datagram(one, nobody, 255, new byte[1000]), Route(_net.OneLan, one, nobody), i);
        sender.Flush();

        // They wait for an ARP answer that does not come, and fill the socket's buffer.
        Assert.Equal(Enumerable.Range(0, 200), _sent.Sent.Select(s => s.Tag));
        Assert.Contains((199, Errno.EAGAIN), _sent.Sent);
        Assert.Contains((0, Errno.None), _sent.Sent);
    }

    [Theory]
    [InlineData(AddressFamily.IPv4)]
    [InlineData(AddressFamily.IPv6)]
    public void Jumbo_datagram_arrives_whole_and_one_beyond_the_buffer_is_marked(AddressFamily family)
    {
        _net.One.Ip("link set lan mtu 16000");
        _net.Two.Ip("link set lan mtu 16000");
        IpAddress group = TwoRouters.Group(family);
        IpAddress one = TwoRouters.AddressOfOne(family);
        RawProtocolReceiver receiver = _net.Receiver(_net.Two, _net.TwoLan, group, _recorder);
        RawProtocolSender sender = _net.Sender(_net.One, family, _sent);
        byte[] large = TwoRouters.Datagram(one, group, 255, new byte[8900]);
        sender.Queue(large, Route(_net.OneLan, one, group), 1);
        sender.Queue(TwoRouters.Datagram(one, group, 255, new byte[12000]), Route(_net.OneLan, one, group), 2);
        sender.Flush();

        Assert.Equal([(1, Errno.None), (2, Errno.None)], _sent.Sent);
        TwoRouters.Await(receiver, _recorder, 2);
        Assert.Equal(
            [(large.Length, false), (DatagramBuffer.DefaultDatagramBytes, true)],
            _recorder.Seen.Select(s => (s.Bytes.Length, s.IsTruncated)));
    }

    [Theory]
    [InlineData(AddressFamily.IPv4)]
    [InlineData(AddressFamily.IPv6)]
    public void Filter_of_octets_passes_exactly_the_set(AddressFamily family)
    {
        IpAddress group = TwoRouters.Group(family);
        IpAddress one = TwoRouters.AddressOfOne(family);
        RawProtocolReceiver receiver = _net.Receiver(_net.Two, _net.TwoLan, group, _recorder);
        sock_filter[] program = new sock_filter[OctetFilter.MostInstructions];
        ulong[] set = [0, 1UL << 36, 0, 1UL << 63];
        int length = OctetFilter.Write(program, set, offset: 1, seesIPv4Header: family == AddressFamily.IPv4);
        Assert.False(receiver.AttachFilter(program.AsSpan(0, length)).IsError);
        RawProtocolSender sender = _net.Sender(_net.One, family, _sent);
        for (int octet = 0; octet < 256; octet++)
            sender.Queue(TwoRouters.Datagram(one, group, 255, [0x31, (byte)octet]), Route(_net.OneLan, one, group), octet);
        sender.Flush();

        TwoRouters.Await(receiver, _recorder, 2);
        Assert.Equal([100, 255], _recorder.Seen.Select(s => s.Bytes[^1]));
    }

    [Fact]
    public void Filter_drops_what_it_refuses()
    {
        RawProtocolReceiver receiver = _net.Receiver(_net.Two, _net.TwoLan, TwoRouters.GroupIPv4, _recorder);
        // ldb [20]; jeq #0x31, accept, drop; ret #-1; ret #0: the first byte behind the IP header.
        Assert.False(receiver.AttachFilter([new(0x30, 0, 0, 20), new(0x15, 0, 1, 0x31), new(0x06, 0, 0, uint.MaxValue), new(0x06, 0, 0, 0)]).IsError);
        RawProtocolSender sender = _net.Sender(_net.One, AddressFamily.IPv4, _sent);
        IpAddress one = TwoRouters.AddressOfOne(AddressFamily.IPv4);
        foreach (byte first in (ReadOnlySpan<byte>)[0x21, 0x31, 0x41])
            sender.Queue(TwoRouters.Datagram(one, TwoRouters.GroupIPv4, 255, [first]), Route(_net.OneLan, one, TwoRouters.GroupIPv4), first);
        sender.Flush();

        TwoRouters.Await(receiver, _recorder, 1);
        Assert.Equal([0x31], _recorder.Seen.Select(s => s.Bytes[^1]));
    }

    [Theory]
    [InlineData("224.0.0.18")]
    [InlineData("ff02::12")]
    [InlineData("10.9.0.1")]
    [InlineData("fd09::1")]
    public void Opening_on_an_interface_that_does_not_exist_says_which_call_failed(string group)
    {
        OsError failure = _net.One.Run(() => RawProtocolReceiver.Open(
            new RawReceiverOptions(IpAddress.Parse(group), TwoRouters.Protocol, 4711), new DatagramBuffer(), _recorder, out _));

        Assert.Equal(new OsError("if_indextoname", null, Errno.ENODEV), failure);
        Assert.Equal("if_indextoname: No such device", failure.ToString());
    }

    [Fact]
    public unsafe void Binding_by_name_does_what_binding_by_index_does()
    {
        _net.Two.Run(() =>
        {
            int descriptor = Tmds.Linux.LibC.socket(Tmds.Linux.LibC.AF_INET, Tmds.Linux.LibC.SOCK_RAW, TwoRouters.Protocol);
            byte* lan = stackalloc byte[KernelName.Size];
            "lan"u8.CopyTo(new Span<byte>(lan, KernelName.Size));
            Assert.False(SocketOptions.BindToDevice(descriptor, lan).IsError);
            Assert.Equal(Errno.None, SocketOptions.Get(descriptor, Tmds.Linux.LibC.SOL_SOCKET, Libc.SO_BINDTOIFINDEX, out int bound));
            Assert.Equal(_net.TwoLan, bound);
            lan[0] = (byte)'x';
            Assert.Equal("setsockopt(SO_BINDTODEVICE): No such device", SocketOptions.BindToDevice(descriptor, lan).ToString());
            Tmds.Linux.LibC.close(descriptor);
        });
    }

    [Theory]
    [InlineData(AddressFamily.IPv4)]
    [InlineData(AddressFamily.IPv6)]
    public void Sender_queues_nothing_that_arrives(AddressFamily family)
    {
        IpAddress group = TwoRouters.Group(family);
        const string Empty = "00000000:00000000";
        string table = family == AddressFamily.IPv4 ? "/proc/thread-self/net/raw" : "/proc/thread-self/net/raw6";
        IpAddress one = TwoRouters.AddressOfOne(family);
        _net.Receiver(_net.Two, _net.TwoLan, group, _recorder);
        _net.Sender(_net.Two, family, new SendRecorder());
        RawProtocolSender sender = _net.Sender(_net.One, family, _sent);
        for (int i = 0; i < 10; i++)
            sender.Queue(TwoRouters.Datagram(one, group, 255, Payload), Route(_net.OneLan, one, group), i);
        sender.Flush();

        // tx_queue:rx_queue of the sender, which is bound to no address, and of the receiver, which nobody has read.
        string[] queues = [];
        for (int i = 0; i < 500 && queues.All(queue => queue == Empty); i++)
        {
            Thread.Sleep(10);
            string[] lines = _net.Two.Run(() => File.ReadAllLines(table));
            queues = [.. lines.Skip(1).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[4])];
        }
        Assert.Equal(2, queues.Length);
        Assert.Single(queues, Empty);
    }

    // An interface that comes up is not ready at once: the kernel notices the carrier, and then makes IPv6's multicast route.
    private void SendUntilHeard(RawProtocolSender sender, int interfaceIndex, AddressFamily family, RawProtocolReceiver receiver)
    {
        IpAddress group = TwoRouters.Group(family);
        IpAddress one = TwoRouters.AddressOfOne(family);
        for (int i = 0; i < 500 && _recorder.Seen.Count == 0; i++)
        {
            sender.Queue(TwoRouters.Datagram(one, group, 255, Payload), Route(interfaceIndex, one, group), i);
            sender.Flush();
            Thread.Sleep(10);
            receiver.Drain(1000);
        }
        Assert.NotEmpty(_recorder.Seen);
    }
}
