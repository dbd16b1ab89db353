using KeepalivedAot.Base.Net;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Sockets;

namespace KeepalivedAot.Tests.Linux.Sockets;

public sealed class PacketSenderTests : IDisposable
{
    private readonly TwoRouters _net = new();
    private readonly SendRecorder _sent = new();

    public void Dispose() => _net.Dispose();

    private PacketSender Open() => _net.Keep(_net.One.Run(() =>
    {
        OsError failure = PacketSender.Open(_sent, out PacketSender? sender);
        Assert.False(failure.IsError, failure.ToString());
        return sender!;
    }));

    // A gratuitous ARP request, as others will make them.
    private static byte[] GratuitousArp(byte lastOfAddress)
    {
        byte[] frame = new byte[60];
        MacAddress.Broadcast.CopyTo(frame);
        new MacAddress(0x0000_5E00_0133).CopyTo(frame.AsSpan(6));
        ((ReadOnlySpan<byte>)[0x08, 0x06, 0, 1, 8, 0, 6, 4, 0, 1]).CopyTo(frame.AsSpan(12));
        new MacAddress(0x0000_5E00_0133).CopyTo(frame.AsSpan(22));
        ((ReadOnlySpan<byte>)[10, 9, 0, lastOfAddress]).CopyTo(frame.AsSpan(28));
        MacAddress.Broadcast.CopyTo(frame.AsSpan(32));
        ((ReadOnlySpan<byte>)[10, 9, 0, lastOfAddress]).CopyTo(frame.AsSpan(38));
        return frame;
    }

    private static bool IsArp(byte[] frame) => frame.Length >= 14 && frame[12] == 0x08 && frame[13] == 0x06;

    [Fact]
    public void Frames_arrive_byte_for_byte_and_in_order()
    {
        using FrameCatcher catcher = _net.Two.Run(() => new FrameCatcher(_net.TwoLan));
        PacketSender sender = Open();
        for (int i = 1; i <= 255; i++)
            sender.Queue(_net.OneLan, GratuitousArp((byte)i), i);
        Assert.Equal(255, sender.Pending);
        sender.Flush();

        Assert.Equal(Enumerable.Range(1, 255).Select(i => (i, Errno.None)), _sent.Sent);
        for (int i = 1; i <= 255; i++)
            Assert.Equal(GratuitousArp((byte)i), catcher.Await(IsArp));
    }

    [Fact]
    public void Full_batch_is_sent_to_make_room()
    {
        PacketSender sender = Open();
        for (int i = 0; i < 1000; i++)
            sender.Queue(_net.OneLan, GratuitousArp(1), i);
        Assert.InRange(_sent.Sent.Count, 1, 999);
        sender.Flush();

        Assert.Equal(Enumerable.Range(0, 1000).Select(i => (i, Errno.None)), _sent.Sent);
        Assert.Equal(0, sender.Pending);
    }

    [Fact]
    public void Frame_that_cannot_go_reports_its_own_errno_and_stops_nobody()
    {
        _net.One.Connect("wan", _net.Two, "wan");
        _net.One.Ip("link set wan down");
        using FrameCatcher catcher = _net.Two.Run(() => new FrameCatcher(_net.TwoLan));
        PacketSender sender = Open();
        sender.Queue(4711, GratuitousArp(1), 1);
        sender.Queue(_net.OneLan, GratuitousArp(2), 2);
        sender.Queue(_net.One.IndexOf("wan"), GratuitousArp(3), 3);
        sender.Queue(_net.OneLan, new byte[2000], 4);
        sender.Queue(_net.OneLan, GratuitousArp(5), 5);
        sender.Flush();

        Assert.Equal([(1, Errno.ENXIO), (2, Errno.None), (3, Errno.ENETDOWN), (4, Errno.EMSGSIZE), (5, Errno.None)], _sent.Sent);
        Assert.Equal(GratuitousArp(2), catcher.Await(IsArp));
        Assert.Equal(GratuitousArp(5), catcher.Await(IsArp));
    }

    [Fact]
    public void Neighbours_believe_the_frame()
    {
        _net.Two.Ip("neighbour add 10.9.0.100 lladdr 02:00:00:00:00:99 dev lan nud stale");
        PacketSender sender = Open();
        sender.Queue(_net.OneLan, GratuitousArp(100), 1);
        sender.Flush();

        for (int i = 0; i < 500 && !_net.Two.Ip("neighbour show 10.9.0.100").Contains("00:00:5e:00:01:33"); i++)
            Thread.Sleep(10);
        Assert.Contains("00:00:5e:00:01:33", _net.Two.Ip("neighbour show 10.9.0.100"));
    }
}
