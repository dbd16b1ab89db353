using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Loop;
using KeepalivedAot.Linux.Sockets;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Tests.Linux.Sockets;

/// <summary>What a real kernel lets through to who wants to know who else has an address.</summary>
public sealed class NeighbourListenerTests : IDisposable, INeighbourObserver
{
    private static readonly MacAddress s_mac = new(0x0200_0000_00FA);

    private readonly TwoRouters _net = new();
    private readonly List<(byte[] Packet, MacAddress Sender)> _heard = [];
    private readonly List<Errno> _failures = [];
    private readonly SendRecorder _sent = new();

    public void Dispose() => _net.Dispose();

    void INeighbourObserver.OnNeighbour(ReadOnlySpan<byte> packet, MacAddress sender, Instant now) => _heard.Add((packet.ToArray(), sender));

    void INeighbourObserver.OnListenFailed(Errno error) => _failures.Add(error);

    private NeighbourListener Listen(params string[] addresses)
    {
        IpAddress[] parsed = [.. addresses.Select(static address => IpAddress.Parse(address))];
        return _net.Keep(_net.Two.Run(() =>
        {
            OsError failure = NeighbourListener.Open(_net.TwoLan, parsed[0].Family, this, out NeighbourListener? listener);
            Assert.False(failure.IsError, failure.ToString());
            Assert.False(listener!.Listen(parsed).IsError);
            return listener;
        }));
    }

    private static byte[] Frame(string address)
    {
        IpAddress said = IpAddress.Parse(address);
        byte[] frame = new byte[said.Family == AddressFamily.IPv4 ? GratuitousArp.FrameLength : UnsolicitedNeighbourAdvertisement.FrameLength];
        _ = said.Family == AddressFamily.IPv4
            ? GratuitousArp.Write(frame, s_mac, said) : UnsolicitedNeighbourAdvertisement.Write(frame, s_mac, said, isRouter: false);
        return frame;
    }

    private void Send(params byte[][] frames) => SendFrom(_net.One, _net.OneLan, frames);

    private void SendFrom(Namespaces.NetworkNamespace router, int index, byte[][] frames)
    {
        using PacketSender sender = router.Run(() =>
        {
            Assert.False(PacketSender.Open(_sent, out PacketSender? opened).IsError);
            return opened!;
        });
        foreach (byte[] frame in frames)
            sender.Queue(index, frame, 0);
        sender.Flush();
        Assert.All(_sent.Sent, static sent => Assert.Equal(Errno.None, sent.Error));
    }

    // The cable hands on while sendmmsg runs, or a softirq later.
    private int Drain(NeighbourListener listener, int expected)
    {
        for (int i = 0; i < 500 && _heard.Count < expected; i++)
        {
            listener.OnReadable(default, 100);
            Thread.Sleep(1);
        }
        Thread.Sleep(50);
        listener.OnReadable(default, 100);
        return _heard.Count;
    }

    [Theory]
    [InlineData("10.9.0.100", "10.9.0.101")]
    [InlineData("fe80::100", "fe80::101")]
    public void Only_what_is_said_of_the_addresses_comes_in_with_who_has_said_it(string ours, string other)
    {
        NeighbourListener listener = Listen(ours);
        Send(Frame(other), Frame(ours), Frame(other));
        Assert.Equal(1, Drain(listener, 1));
        Assert.Equal(Frame(ours)[14..], _heard[0].Packet[..(Frame(ours).Length - 14)]);
        Assert.Equal(s_mac, _heard[0].Sender);
        Assert.False(listener.Listen([]).IsError);
        Send(Frame(ours), Frame(other));
        Assert.Equal(1, Drain(listener, 2));
        Assert.False(listener.Listen([IpAddress.Parse(other)]).IsError);
        Send(Frame(ours), Frame(other));
        Assert.Equal(2, Drain(listener, 2));
        Assert.Empty(_failures);
    }

    [Theory]
    [InlineData("10.9.0.100")]
    [InlineData("fe80::100")]
    public void What_this_host_sends_and_what_is_of_a_vlan_does_not_come_in(string ours)
    {
        NeighbourListener listener = Listen(ours);
        SendFrom(_net.Two, _net.TwoLan, [Frame(ours)]);
        byte[] frame = Frame(ours);
        Send([.. frame[..12], 0x81, 0x00, 0x00, 0x0A, .. frame[12..]]);
        Assert.Equal(0, Drain(listener, 1));
        Send(frame);
        Assert.Equal(1, Drain(listener, 1));
    }

    [Fact]
    public void Many_addresses_are_one_filter()
    {
        string[] ours = [.. Enumerable.Range(0, 2000).Select(static i => $"10.{i / 250}.9.{i % 250 + 1}")];
        NeighbourListener listener = Listen(ours);
        Send(Frame("10.9.0.254"), Frame(ours[0]), Frame(ours[^1]), Frame("192.168.0.1"));
        Assert.Equal(2, Drain(listener, 2));
    }

    [Fact]
    public void Interface_that_goes_down_and_up_is_no_failure_and_is_heard_again()
    {
        NeighbourListener listener = Listen("10.9.0.100");
        _net.Two.Ip("link set lan down");
        Assert.Equal(0, Drain(listener, 1));
        _net.Two.Ip("link set lan up");
        for (int i = 0; i < 100 && _heard.Count == 0; i++)
        {
            Send(Frame("10.9.0.100"));
            Drain(listener, 1);
        }
        Assert.NotEmpty(_heard);
        Assert.Empty(_failures);
    }

    [Fact]
    public void Hearing_allocates_nothing()
    {
        Counter counter = new();
        NeighbourListener listener = _net.Keep(_net.Two.Run(() =>
        {
            Assert.False(NeighbourListener.Open(_net.TwoLan, AddressFamily.IPv4, counter, out NeighbourListener? opened).IsError);
            return opened!;
        }));
        IpAddress[] ours = [IpAddress.Parse("10.9.0.100")];
        byte[] frame = Frame("10.9.0.100");
        listener.Listen(ours);
        Round();
        long before = GC.GetAllocatedBytesForCurrentThread();
        int heard = counter.Count;
        listener.Listen(ours);
        while (listener.OnReadable(default, 100).MayHaveMore)
        {
        }
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(counter.Count > heard);
        Assert.Equal(0, allocated);

        void Round()
        {
            Send([.. Enumerable.Repeat(frame, 10)]);
            Thread.Sleep(50);
            listener.OnReadable(default, 5);
        }
    }

    [Fact]
    public void Interface_that_is_not_there_is_refused()
        => _net.Two.Run(() =>
        {
            OsError failure = NeighbourListener.Open(9999, AddressFamily.IPv4, this, out NeighbourListener? listener);
            Assert.Equal((Errno.ENODEV, null), (failure.Errno, listener));
            return true;
        });

    private sealed class Counter : INeighbourObserver
    {
        public int Count { get; private set; }

        public void OnNeighbour(ReadOnlySpan<byte> packet, MacAddress sender, Instant now) => Count++;

        public void OnListenFailed(Errno error) => Assert.Fail($"{error}");
    }
}
