using KeepalivedAot.Base.Net;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Sockets;
using KeepalivedAot.Tests.Linux.Namespaces;

namespace KeepalivedAot.Tests.Linux.Sockets;

/// <summary>Two namespaces and a cable: 10.9.0.1 and 10.9.0.2, fe80::1 and fe80::2, an interface <c>lan</c> in each.</summary>
internal sealed class TwoRouters : IDisposable
{
    /// <summary>VRRP's: what the daemon will use, and whose checksum the kernel must leave alone.</summary>
    public const byte Protocol = 112;

    public static readonly IpAddress GroupIPv4 = IpAddress.Parse("224.0.0.18");
    public static readonly IpAddress GroupIPv6 = IpAddress.Parse("ff02::12");

    private readonly List<IDisposable> _sockets = [];

    public TwoRouters()
    {
        One = new NetworkNamespace();
        Two = new NetworkNamespace();
        One.Connect("lan", Two, "lan");
        One.Ip("address add 10.9.0.1/24 dev lan");
        Two.Ip("address add 10.9.0.2/24 dev lan");
        One.Ip("address add fe80::1/64 dev lan nodad");
        Two.Ip("address add fe80::2/64 dev lan nodad");
        OneLan = One.IndexOf("lan");
        TwoLan = Two.IndexOf("lan");
        AwaitMulticastRoute(One);
        AwaitMulticastRoute(Two);
    }

    public NetworkNamespace One { get; }

    public NetworkNamespace Two { get; }

    public int OneLan { get; }

    public int TwoLan { get; }

    public static IpAddress Group(AddressFamily family) => family == AddressFamily.IPv4 ? GroupIPv4 : GroupIPv6;

    public static IpAddress AddressOfOne(AddressFamily family) => IpAddress.Parse(family == AddressFamily.IPv4 ? "10.9.0.1" : "fe80::1");

    public static IpAddress AddressOfTwo(AddressFamily family) => IpAddress.Parse(family == AddressFamily.IPv4 ? "10.9.0.2" : "fe80::2");

    public RawProtocolReceiver Receiver(
        NetworkNamespace router, int interfaceIndex, IpAddress localAddress, IDatagramObserver observer, DatagramBuffer? buffer = null)
        => Keep(router.Run(() =>
        {
            SyscallFailure failure = RawProtocolReceiver.Open(
                new RawReceiverOptions(localAddress, Protocol, interfaceIndex), buffer ?? new DatagramBuffer(), observer,
                out RawProtocolReceiver? receiver);
            Assert.True(failure.Succeeded, failure.ToString());
            return receiver!;
        }));

    public RawProtocolSender Sender(NetworkNamespace router, AddressFamily family, ISendResults results, int sendBufferBytes = 0)
        => Keep(router.Run(() =>
        {
            RawSenderOptions options = new(family, Protocol) { TrafficClass = 0xC0, Priority = 6, SendBufferBytes = sendBufferBytes };
            SyscallFailure failure = RawProtocolSender.Open(options, results, out RawProtocolSender? sender);
            Assert.True(failure.Succeeded, failure.ToString());
            return sender!;
        }));

    public T Keep<T>(T socket) where T : IDisposable
    {
        _sockets.Add(socket);
        return socket;
    }

    /// <summary>What a sender wants: with header for IPv4, without for IPv6.</summary>
    public static byte[] Datagram(IpAddress source, IpAddress destination, byte hopLimit, ReadOnlySpan<byte> payload)
        => source.Family == AddressFamily.IPv4
            ? IPv4Datagram.Make(source, destination, Protocol, hopLimit, typeOfService: 0xC0, payload)
            : payload.ToArray();

    /// <summary>Drains until so many have come; fails after five seconds.</summary>
    public static void Await(RawProtocolReceiver receiver, DatagramRecorder recorder, int count)
    {
        for (int i = 0; i < 500; i++)
        {
            receiver.Drain(1000);
            if (recorder.Seen.Count >= count)
                return;
            Thread.Sleep(10);
        }
        Assert.Fail($"{recorder.Seen.Count} of {count} datagrams came");
    }

    // The kernel makes it when it notices the carrier, and until then drops IPv6 multicasts without a word.
    private static void AwaitMulticastRoute(NetworkNamespace router)
    {
        for (int i = 0; i < 500; i++)
        {
            if (router.Ip("-6 route show table local type multicast dev lan").Contains("ff00::/8", StringComparison.Ordinal))
                return;
            Thread.Sleep(10);
        }
        Assert.Fail("the cable has no carrier");
    }

    public void Dispose()
    {
        foreach (IDisposable socket in _sockets)
            socket.Dispose();
        One.Dispose();
        Two.Dispose();
    }
}
