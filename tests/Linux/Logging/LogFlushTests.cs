using System.Net.Sockets;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Linux.Logging;
using KeepalivedAot.Linux.Loop;
using KeepalivedAot.Tests.Linux.Process;

namespace KeepalivedAot.Tests.Linux.Logging;

/// <summary>When a loop comes back to lines that wait.</summary>
[Collection(nameof(SyslogSinkTests))]
public sealed class LogFlushTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly TimerQueue _timers = new();
    private readonly SyslogSink _sink;
    private readonly LogFlush _flush;

    public LogFlushTests()
    {
        _sink = new SyslogSink(new LogIdent("Keepalived"), path: _directory.PathOf("log"));
        _flush = new LogFlush(_sink, _timers);
    }

    public void Dispose()
    {
        _sink.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void Nothing_that_waits_is_no_timer()
    {
        _flush.OnTurnEnd(MonotonicClock.Now);
        Assert.Equal(0, _timers.ArmedCount);
    }

    [Fact]
    public void Syslog_that_is_absent_is_not_asked_before_it_would_be()
    {
        Instant now = MonotonicClock.Now;
        _sink.Write(LogLevel.Info, 1, "x"u8);
        _flush.OnTurnEnd(now);
        Assert.True(_timers.TryPeek(out Instant deadline));
        Assert.True(deadline - now >= Duration.FromMilliseconds(990));
    }

    [Fact]
    public void Syslog_that_does_not_read_is_asked_less_and_less_often_until_it_does()
    {
        using Socket syslog = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        syslog.Bind(new UnixDomainSocketEndPoint(_directory.PathOf("log")));
        while (!_sink.HasWaiting)
            _sink.Write(LogLevel.Info, 1, "x"u8);
        Instant now = MonotonicClock.Now;
        List<long> pauses = [];
        for (int i = 0; i < 8; i++)
        {
            _flush.OnTurnEnd(now);
            Assert.True(_timers.TryPeek(out Instant deadline));
            pauses.Add((deadline - now).WholeMilliseconds);
            now = deadline;
            Assert.True(_timers.TryFire(now));
        }
        Assert.Equal([20, 40, 80, 160, 320, 640, 1000, 1000], pauses);
        byte[] buffer = new byte[4096];
        while (syslog.Available > 0)
            syslog.Receive(buffer);
        _flush.OnTurnEnd(now);
        Assert.True(_timers.TryFire(now + Duration.FromSeconds(1)));
        Assert.False(_sink.HasWaiting);
        _flush.OnTurnEnd(now);
        Assert.Equal(0, _timers.ArmedCount);
    }
}
