using System.Runtime.InteropServices;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Loop;
using KeepalivedAot.Linux.Netlink;
using KeepalivedAot.Linux.Sockets;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Process;

/// <summary>The kernel's process connector: every process of the host that begins, changes its program or ends.</summary>
/// <remarks>
/// It works in the initial network and pid namespaces only, and with CAP_NET_ADMIN: elsewhere the request fails, or is never
/// answered. So nothing may be concluded before <see cref="IProcessObserver.OnSubscribed"/>. Allocates nothing after opening.
/// </remarks>
public sealed unsafe class ProcessEvents : IEventSource, IDisposable
{
    public const int DefaultReceiveBufferBytes = 1 << 20;

    private const int BufferBytes = 256;

    private readonly IProcessObserver _observer;

    private ProcessEvents(int fd, IProcessObserver observer)
    {
        Fd = fd;
        _observer = observer;
    }

    /// <summary>Add it to the loop as <see cref="SourceOrder.AfterInput"/>.</summary>
    public int Fd { get; }

    /// <summary>Opens the connector and asks for events.</summary>
    /// <param name="receiveBufferBytes">What may wait before events are lost; one takes some 800 bytes.</param>
    /// <returns>EPROTONOSUPPORT when the kernel has no connector, ECONNREFUSED in a network namespace of its own, EPERM without privilege.</returns>
    public static OsError Open(IProcessObserver observer, int receiveBufferBytes, out ProcessEvents? events)
    {
        events = null;
        int fd = socket(Libc.AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, Libc.NETLINK_CONNECTOR);
        if (fd < 0)
            return OsError.Last("socket(NETLINK_CONNECTOR)");
        OsError failure = SocketOptions.SetReceiveBuffer(fd, receiveBufferBytes);
        if (!failure.IsError)
            failure = SocketOptions.AttachFilter(fd, ProcessEventFilter.Program);
        if (!failure.IsError)
            failure = Subscribe(fd);
        if (failure.IsError)
        {
            close(fd);
            return failure;
        }
        events = new ProcessEvents(fd, observer);
        return OsError.None;
    }

    public DrainResult OnReadable(Instant now, int budget)
    {
        byte* buffer = stackalloc byte[BufferBytes];
        for (int taken = 0; taken < budget; taken++)
        {
            Errno error = NetlinkSocket.Receive(Fd, new Span<byte>(buffer, BufferBytes), out int length, out bool isFromKernel);
            if (error == Errno.EAGAIN)
                return DrainResult.Empty(taken);
            if (error != Errno.None)
                _observer.OnLost(error, now);
            else if (isFromKernel)
                Report(new ReadOnlySpan<byte>(buffer, Math.Min(length, BufferBytes)), now);
        }
        return DrainResult.More(budget);
    }

    public void Dispose() => close(Fd);

    /// <summary>One datagram, whatever its bytes are.</summary>
    internal void Report(ReadOnlySpan<byte> datagram, Instant now)
    {
        if (datagram.Length < Libc.ConnectorHeaderLength + sizeof(proc_event))
            return;
        cn_msg head = MemoryMarshal.Read<cn_msg>(datagram[sizeof(nlmsghdr)..]);
        if (head.idx != Libc.CN_IDX_PROC || head.val != Libc.CN_VAL_PROC)
            return;
        proc_event e = MemoryMarshal.Read<proc_event>(datagram[Libc.ConnectorHeaderLength..]);
        switch (e.what)
        {
            // The answer to the request, ours or another's: only a refusal of ours can come while nobody else is subscribed.
            case Libc.PROC_EVENT_NONE when e.first == 0:
                _observer.OnSubscribed(now);
                break;
            case Libc.PROC_EVENT_NONE:
                _observer.OnRefused((Errno)e.first, now);
                break;
            // The filter leaves no threads; under a kernel that did not take it, they would be counted as processes.
            case Libc.PROC_EVENT_FORK when e.third == e.fourth:
                _observer.OnForked(e.second, e.third, now);
                break;
            case Libc.PROC_EVENT_EXEC or Libc.PROC_EVENT_COMM when e.first == e.second:
                _observer.OnRenamed(e.first, now);
                break;
            case Libc.PROC_EVENT_EXIT when e.first == e.second:
                _observer.OnExited(e.first, now);
                break;
        }
    }

    private static OsError Subscribe(int fd)
    {
        sockaddr_nl address = new() { nl_family = Libc.AF_NETLINK, nl_groups = Libc.CN_IDX_PROC };
        if (bind(fd, (sockaddr*)&address, (uint)sizeof(sockaddr_nl)) != 0)
            return OsError.Last("bind(NETLINK_CONNECTOR)");
        const int Length = Libc.ConnectorHeaderLength + sizeof(uint);
        Span<byte> request = stackalloc byte[Length];
        nlmsghdr header = new() { nlmsg_len = Length, nlmsg_type = Libc.NLMSG_DONE };
        cn_msg message = new() { idx = Libc.CN_IDX_PROC, val = Libc.CN_VAL_PROC, len = sizeof(uint) };
        MemoryMarshal.Write(request, header);
        MemoryMarshal.Write(request[sizeof(nlmsghdr)..], message);
        MemoryMarshal.Write(request[Libc.ConnectorHeaderLength..], Libc.PROC_CN_MCAST_LISTEN);
        return OsError.Of("send", "PROC_CN_MCAST_LISTEN", NetlinkSocket.Send(fd, request));
    }
}
