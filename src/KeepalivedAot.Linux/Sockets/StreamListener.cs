using KeepalivedAot.Base;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Loop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Sockets;

/// <summary>A socket that others connect to, over the loop: a path in the file system, or an address and a port.</summary>
public sealed unsafe class StreamListener : IEventSource, ITimerOwner, IDisposable
{
    private const int Backlog = 16;
    private const int PortOffset = 2;

    // Without a free descriptor the connection stays in the queue, and the loop would be woken for it without end.
    private static readonly Duration Pause = Duration.FromSeconds(1);

    private readonly EventLoop _loop;
    private readonly IStreamAcceptor _acceptor;
    private readonly TimerHandle _resume;
    private readonly string? _path;
    private readonly FileIdentity _identity;
    private int _descriptor;

    private StreamListener(EventLoop loop, int descriptor, IStreamAcceptor acceptor, string? path)
    {
        _loop = loop;
        _descriptor = descriptor;
        _acceptor = acceptor;
        _path = path;
        _identity = path is null ? default : FileIdentity.OfPath(path);
        _resume = loop.Timers.Register(this, 0);
    }

    /// <summary>The last refusal of accept4 that was not the other side's doing.</summary>
    public OsError LastFailure { get; private set; }

    /// <summary>Whoever looks for the path finds this socket there.</summary>
    public bool IsInPlace => _path is null || FileIdentity.OfPath(_path) == _identity;

    /// <summary>Listens at a path. What a dead process left there is taken away; what a living one listens on is EADDRINUSE.</summary>
    /// <param name="mode">Who may connect: needs permission to write.</param>
    /// <param name="group">Of the socket; null: the daemon's.</param>
    public static StreamListener? OpenLocal(EventLoop loop, string path, uint mode, uint? group, IStreamAcceptor acceptor, out OsError failure)
    {
        int descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        if (descriptor < 0)
        {
            failure = OsError.Last("socket(AF_UNIX)");
            return null;
        }
        failure = BindLocal(descriptor, path);
        if (failure.Errno == Errno.EADDRINUSE && LocalAddress.IsDead(path))
        {
            failure = FileSystem.Remove(path);
            if (!failure.IsError)
                failure = BindLocal(descriptor, path);
        }
        // Nobody can connect before there is a queue: until then the permissions may still be the umask's.
        bool isBound = !failure.IsError;
        if (isBound)
            failure = FileSystem.Restrict(path, mode, group);
        StreamListener? listener = Finish(loop, descriptor, acceptor, path, ref failure);
        // What went wrong is worth more than whether this does.
        if (listener is null && isBound)
            _ = FileSystem.Remove(path);
        return listener;
    }

    /// <summary>Listens at an address and a port.</summary>
    public static StreamListener? OpenTcp(EventLoop loop, IpAddress address, ushort port, IStreamAcceptor acceptor, out OsError failure)
    {
        bool isIPv6 = address.Family == AddressFamily.IPv6;
        int descriptor = socket(isIPv6 ? (int)AF_INET6 : (int)AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        if (descriptor < 0)
        {
            failure = OsError.Last("socket(SOCK_STREAM)");
            return null;
        }
        // A restarted daemon need not wait for connections of the one before to be forgotten.
        failure = SocketOptions.Set(descriptor, SOL_SOCKET, SO_REUSEADDR, 1, "setsockopt(SO_REUSEADDR)");
        if (!failure.IsError && isIPv6)
            failure = SocketOptions.Set(descriptor, IPPROTO_IPV6, IPV6_V6ONLY, 1, "setsockopt(IPV6_V6ONLY)");
        if (!failure.IsError)
        {
            Span<byte> name = stackalloc byte[sizeof(sockaddr_in6)];
            int length = SocketAddress.Write(name, address, scope: 0);
            System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(name[PortOffset..], port);
            fixed (byte* start = name)
            {
                if (bind(descriptor, (sockaddr*)start, (uint)length) != 0)
                    failure = OsError.Last("bind", $"{address} port {port}");
            }
        }
        return Finish(loop, descriptor, acceptor, path: null, ref failure);
    }

    private static OsError BindLocal(int descriptor, string path)
    {
        OsError failure = LocalAddress.TryMake(path, out sockaddr_un address);
        if (!failure.IsError && bind(descriptor, (sockaddr*)&address, sizeof(sockaddr_un)) != 0)
            failure = OsError.Last("bind", path);
        return failure;
    }

    private static StreamListener? Finish(EventLoop loop, int descriptor, IStreamAcceptor acceptor, string? path, ref OsError failure)
    {
        if (!failure.IsError && listen(descriptor, Backlog) != 0)
            failure = OsError.Last("listen", path ?? "");
        if (!failure.IsError)
        {
            StreamListener listener = new(loop, descriptor, acceptor, path);
            failure = OsError.Of("epoll_ctl", path ?? "listener", loop.Add(descriptor, listener, SourceOrder.AfterInput));
            if (!failure.IsError)
                return listener;
            loop.Timers.Unregister(listener._resume);
        }
        close(descriptor);
        return null;
    }

    /// <summary>Takes away what a dead process has left at a path; what a living one listens on stays.</summary>
    public static OsError RemoveDead(string path) => LocalAddress.IsDead(path) ? FileSystem.Remove(path) : OsError.None;

    public DrainResult OnReadable(Instant now, int budget)
    {
        for (int taken = 0; taken < budget; taken++)
        {
            int descriptor = accept4(_descriptor, null, null, SOCK_CLOEXEC | SOCK_NONBLOCK);
            if (descriptor >= 0)
            {
                _acceptor.OnAccepted(descriptor, _path is null ? null : CredentialsOf(descriptor));
                if (_descriptor < 0)
                    return DrainResult.Empty(taken + 1);
                continue;
            }
            Errno error = Libc.LastErrno;
            // EAGAIN: nobody else waits. Whoever has gone again meanwhile is nobody's concern (accept(2), "Error handling").
            if (error is not (Errno.EAGAIN or Errno.EINTR or Errno.ECONNABORTED))
            {
                LastFailure = new OsError("accept4", _path ?? "", error);
                if (_loop.Remove(_descriptor) == Errno.None)
                    _loop.Timers.Arm(_resume, now + Pause);
            }
            return DrainResult.Empty(taken + 1);
        }
        return DrainResult.More(budget);
    }

    void ITimerOwner.OnTimer(int name, Instant deadline, Instant now)
    {
        if (_loop.Add(_descriptor, this, SourceOrder.AfterInput) != Errno.None)
            _loop.Timers.Arm(_resume, now + Pause);
    }

    // The kernel has them for every connection of this kind; without them nobody is trusted.
    private static PeerCredentials CredentialsOf(int descriptor)
    {
        PeerCredentials peer = default;
        socklen_t length = (uint)sizeof(PeerCredentials);
        return getsockopt(descriptor, SOL_SOCKET, Libc.SO_PEERCRED, &peer, &length) == 0 ? peer : new PeerCredentials(0, uint.MaxValue, uint.MaxValue);
    }

    /// <summary>Listens no more; a path goes, unless somebody else has put another socket there meanwhile.</summary>
    public void Dispose()
    {
        if (_descriptor < 0)
            return;
        // Not there while it pauses.
        _ = _loop.Remove(_descriptor);
        _loop.Timers.Unregister(_resume);
        close(_descriptor);
        _descriptor = -1;
        if (_path is not null && IsInPlace)
            LastFailure = FileSystem.Remove(_path);
    }
}
