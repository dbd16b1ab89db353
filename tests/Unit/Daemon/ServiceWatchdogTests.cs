using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Tests.Unit.Daemon;

/// <summary>How often an init system is told that the daemon does not hang, and when it is not.</summary>
public sealed class ServiceWatchdogTests
{
    private static readonly Duration Limit = Duration.FromSeconds(10);

    private readonly TimerQueue _timers = new();
    private readonly List<Instant> _told = [];
    private readonly Instant _start = new(1_000_000_000_000);
    private Instant _now = new(1_000_000_000_000);
    private OsError _answer;

    private ServiceWatchdog Watch(Duration? limit) => new(_timers, limit, Tell);

    private OsError Tell()
    {
        _told.Add(_now);
        return _answer;
    }

    // The loop, which turns every millisecond.
    private void PassUntil(Instant end)
    {
        for (; _now < end; _now += Duration.FromMilliseconds(1))
            _timers.TryFire(_now);
    }

    private double[] ToldAt => [.. _told.Select(told => (told - _start).WholeMilliseconds / 1000.0)];

    [Fact]
    public void Limit_of_ten_seconds_is_told_of_every_five_until_the_stop()
    {
        using ServiceWatchdog watchdog = Watch(Limit);
        PassUntil(_start + Limit);
        Assert.Empty(_told);

        Instant ready = _now;
        watchdog.Start(_now);
        PassUntil(ready + Duration.FromMilliseconds(16_000));
        Assert.Equal([15, 20, 25], ToldAt);

        watchdog.Stop();
        PassUntil(_now + Limit);
        Assert.Equal(3, _told.Count);
    }

    [Fact]
    public void Listener_that_takes_nothing_is_told_again_soon()
    {
        using ServiceWatchdog watchdog = Watch(Limit);
        watchdog.Start(_now);
        _answer = new OsError("sendto", "/run/notify", Errno.EAGAIN);
        PassUntil(_start + Duration.FromMilliseconds(5250));
        _answer = OsError.None;
        PassUntil(_start + Duration.FromMilliseconds(11_000));
        Assert.Equal([5, 5.1, 5.2, 5.3, 10.3], ToldAt);
    }

    [Fact]
    public void Loop_that_stood_still_tells_once_when_it_goes_on()
    {
        using ServiceWatchdog watchdog = Watch(Limit);
        watchdog.Start(_now);
        _now += Duration.FromSeconds(33);
        PassUntil(_now + Duration.FromMilliseconds(6000));
        Assert.Equal([33, 38], ToldAt);
    }

    [Fact]
    public void Without_a_limit_or_a_socket_no_timer_runs()
    {
        using ServiceWatchdog unlimited = Watch(null);
        using ServiceWatchdog unheard = new(_timers, Limit, null);
        unlimited.Start(_now);
        unheard.Start(_now);
        Assert.Equal(0, _timers.ArmedCount);
    }

    [Fact]
    public void Telling_allocates_nothing()
    {
        int count = 0;
        using ServiceWatchdog watchdog = new(_timers, Limit, () => { count++; return OsError.None; });
        watchdog.Start(_now);
        long allocated = Allocated.AtLeast(() =>
        {
            for (int i = 0; i < 1000; i++)
            {
                _now += Duration.FromSeconds(5);
                _timers.TryFire(_now);
            }
        });
        Assert.Equal(0, allocated);
        Assert.True(count >= 1000);
    }

    [Theory]
    [InlineData("10000000", "4711", 10_000_000)]
    [InlineData("10000000", null, 10_000_000)]
    [InlineData("10000000", "", 10_000_000)]
    [InlineData("1", "4711", 1)]
    public void Limit_for_us_is_taken(string microseconds, string? process, long expected)
        => Assert.Equal(Duration.FromMicroseconds(expected), ServiceWatchdog.LimitOf(microseconds, process, 4711));

    [Theory]
    [InlineData("10000000", "4712")]
    [InlineData("10000000", "04711")]
    [InlineData("10000000", "x")]
    [InlineData(null, "4711")]
    [InlineData(null, null)]
    [InlineData("", "4711")]
    [InlineData("0", "4711")]
    [InlineData("-5", "4711")]
    [InlineData("10 s", "4711")]
    [InlineData(" 10000000", "4711")]
    // systemd's infinity.
    [InlineData("18446744073709551615", "4711")]
    [InlineData("9223372036854775807", "4711")]
    public void Limit_for_another_or_nonsense_is_none(string? microseconds, string? process)
        => Assert.Null(ServiceWatchdog.LimitOf(microseconds, process, 4711));

    // One of a microsecond would leave the loop no time for anything else.
    [Fact]
    public void Shortest_interval_is_a_millisecond()
    {
        using ServiceWatchdog watchdog = Watch(Duration.FromMicroseconds(1));
        watchdog.Start(_now);
        PassUntil(_start + Duration.FromMilliseconds(10));
        Assert.Equal(9, _told.Count);
    }
}
