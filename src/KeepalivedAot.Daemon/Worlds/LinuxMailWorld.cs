using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Alerts;
using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Logging;
using KeepalivedAot.Linux.Loop;
using KeepalivedAot.Linux.Sockets;
using KeepalivedAot.Linux.Tls;

namespace KeepalivedAot.Daemon.Worlds;

/// <summary>The real world: TCP over the loop, and OpenSSL once it is asked for.</summary>
internal sealed class LinuxMailWorld(EventLoop loop) : IMailWorld
{
    private TlsContext? _tls;

    public TimerQueue Timers => loop.Timers;

    public Instant Now => loop.Now;

    public long UnixSeconds => LocalTime.UnixSeconds;

    public int OffsetSeconds(long unixSeconds) => LocalTime.OffsetSeconds(unixSeconds);

    // Read anew each time: the file is small, and may have been mended meanwhile.
    public IpAddress Resolve(string host)
    {
        OsError failure = FileReader.TryReadStart(HostsFile.Path, HostsFile.LongestFile, out byte[] content);
        return !failure.IsError && HostsFile.TryFind(content, host, out IpAddress address) ? address : default;
    }

    public string? UseTls(string? authorities)
    {
        ForgetTls();
        _tls = TlsContext.Create(authorities, out string problem);
        return _tls is null ? problem : null;
    }

    public void ForgetTls()
    {
        _tls?.Dispose();
        _tls = null;
    }

    public IMailConnection? Connect(IpAddress server, ushort port, IStreamObserver observer, out OsError failure)
        => TcpConnection.Open(loop, server, port, observer, out failure) is { } connection ? new Connection(this, connection) : null;

    private sealed class Connection(LinuxMailWorld world, TcpConnection connection) : IMailConnection
    {
        public void Send(ReadOnlySpan<byte> bytes) => connection.Send(bytes);

        public string? StartTls(string serverName)
            => world._tls is { } context ? connection.StartTls(context, serverName) : "TLS is not configured any more";

        public void Close() => connection.Close();
    }
}
