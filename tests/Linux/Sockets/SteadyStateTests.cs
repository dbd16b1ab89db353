using KeepalivedAot.Base.Net;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Sockets;

namespace KeepalivedAot.Tests.Linux.Sockets;

public sealed class SteadyStateTests : IDisposable
{
    private readonly TwoRouters _net = new();

    public void Dispose() => _net.Dispose();

    [Fact]
    public void Flood_of_ten_thousand_is_drained_in_bounded_turns_and_every_send_is_reported()
    {
        const int Total = 10_000;
        DatagramCounter counter = new();
        SendRecorder sent = new();
        RawProtocolReceiver receiver = _net.Keep(_net.Two.Run(() =>
        {
            RawReceiverOptions options = new(TwoRouters.GroupIPv4, TwoRouters.Protocol, _net.TwoLan) { ReceiveBufferBytes = 32 << 20 };
            Assert.True(RawProtocolReceiver.Open(options, new DatagramBuffer(), counter, out RawProtocolReceiver? opened).Succeeded);
            return opened!;
        }));
        RawProtocolSender sender = _net.Sender(_net.One, AddressFamily.IPv4, sent);
        IpAddress one = TwoRouters.AddressOfOne(AddressFamily.IPv4);
        byte[] datagram = TwoRouters.Datagram(one, TwoRouters.GroupIPv4, 255, new byte[40]);
        for (int i = 0; i < Total; i++)
            sender.Queue(datagram, new DatagramRoute(_net.OneLan, one, TwoRouters.GroupIPv4), i);
        sender.Flush();
        Assert.Equal(Total, sent.Sent.Count);
        int accepted = sent.Sent.Count(s => s.Error == Errno.None);

        for (int turn = 0; turn < 5000 && counter.Datagrams < accepted; turn++)
        {
            long before = counter.Datagrams;
            receiver.Drain(budget: 50, out int taken);
            Assert.Equal(counter.Datagrams - before, taken);
            Assert.InRange(taken, 0, 50);
            if (counter.Datagrams == before)
                Thread.Sleep(1);
        }
        Assert.Equal(accepted, counter.Datagrams);
        Assert.True(receiver.Drain(50));
    }

    [Theory]
    [InlineData(AddressFamily.IPv4)]
    [InlineData(AddressFamily.IPv6)]
    public void Sending_and_receiving_allocate_nothing(AddressFamily family)
    {
        DatagramCounter counter = new();
        IpAddress group = TwoRouters.Group(family);
        IpAddress one = TwoRouters.AddressOfOne(family);
        RawProtocolReceiver receiver = _net.Receiver(_net.Two, _net.TwoLan, group, counter);
        RawProtocolSender sender = _net.Sender(_net.One, family, counter);
        PacketSender packets = _net.Keep(_net.One.Run(() =>
        {
            PacketSender.Open(counter, out PacketSender? opened);
            return opened!;
        }));
        byte[] datagram = TwoRouters.Datagram(one, group, 255, new byte[40]);
        byte[] frame = new byte[60];
        DatagramRoute route = new(_net.OneLan, one, group);
        Cycle();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            Cycle();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(101 * 20, counter.Sent);
        Assert.InRange(counter.Datagrams, 900, 101 * 10);

        void Cycle()
        {
            for (int i = 0; i < 10; i++)
            {
                sender.Queue(datagram, route, i);
                packets.Queue(_net.OneLan, frame, i);
            }
            sender.Flush();
            packets.Flush();
            receiver.Drain(100);
        }
    }

    private sealed class DatagramCounter : IDatagramObserver, ISendResults
    {
        public long Datagrams { get; private set; }

        public long Sent { get; private set; }

        public void OnDatagram(in ReceivedDatagram datagram) => Datagrams++;

        public void OnReceiveError(Errno error) => Assert.Fail("receive error");

        public void OnSent(int tag, Errno error) => Sent += error == Errno.None ? 1 : 0;
    }
}
