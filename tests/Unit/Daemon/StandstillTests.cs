using System.Text;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Journal;

namespace KeepalivedAot.Tests.Unit.Daemon;

/// <summary>A daemon that did not run for a while says so: once, and whether it was held up or the machine was suspended.</summary>
public sealed class StandstillTests : ILogSink, ITimerOwner
{
    private readonly List<string> _lines = [];
    private readonly TimerQueue _timers = new();
    private readonly TimerHandle _timer;
    private readonly EventJournal _journal;
    private readonly StandstillWatch _watch;
    private readonly List<Duration> _slept = [];
    private Instant _now = new(1_000_000_000_000);
    private Duration _asleep = Duration.FromSeconds(77);

    // What passes between the two readings of clocks.
    private Duration _between = Duration.Zero;

    public StandstillTests()
    {
        Log log = new(this);
        _journal = new EventJournal(static () => UnixTime.FromSeconds(1_796_000_000), log);
        _timer = _timers.Register(this, 0);
        _watch = new StandstillWatch(_timers, () => _now, Uptime, _slept.Add, _journal, log);
    }

    void ILogSink.Write(LogLevel level, int eventId, ReadOnlySpan<byte> line) => _lines.Add($"{eventId} {Encoding.UTF8.GetString(line)}");

    void ITimerOwner.OnTimer(int name, Instant deadline, Instant now) => _timers.Arm(_timer, now + Duration.FromSeconds(1));

    private Duration Uptime()
    {
        Duration uptime = Duration.FromNanoseconds(_now.Nanoseconds) + _asleep;
        _now += _between;
        _between = Duration.Zero;
        return uptime;
    }

    private void Turn(double after, bool fires = true)
    {
        _now += Duration.FromMilliseconds((long)(after * 1000));
        _watch.OnTurnStart(_now);
        if (fires)
            _timers.TryFire(_now);
    }

    private string Journal => Encoding.UTF8.GetString(_journal.LinesFrom(0));

    // The first is late by the start.
    private void Begin()
    {
        _timers.Arm(_timer, _now);
        Turn(5);
    }

    [Fact]
    public void Start_and_everyday_lateness_are_no_standstill()
    {
        Begin();
        for (int i = 0; i < 10; i++)
            Turn(1.49);
        Turn(0.1);
        Assert.Empty(_lines);
        Assert.Equal("", Journal);
    }

    [Fact]
    public void Standstill_is_told_once_although_the_turn_begins_twice()
    {
        Begin();
        Turn(4.21, fires: false);
        Turn(0);
        Turn(1);
        Assert.Equal(["360 For 3.21 s this router stood still: others may have taken over meanwhile"], _lines);
        Assert.Contains("\"event\":\"standstill\",\"reason\":\"this router stood still for 3.210 s\",\"elapsed_us\":3210000", Journal, StringComparison.Ordinal);
        Turn(2);
        Assert.Equal(2, _lines.Count);
    }

    [Fact]
    public void Suspended_machine_is_told_of_and_the_routers_are_told_for_how_long()
    {
        Begin();
        _asleep += Duration.FromSeconds(3600);
        Turn(0.1);
        Turn(0.9);
        Assert.Equal(["360 For 3600 s the machine was suspended: others may have taken over meanwhile"], _lines);
        Assert.Equal([Duration.FromSeconds(3600)], _slept);
        _asleep += Duration.FromMilliseconds(400);
        Turn(0.1);
        Assert.Single(_slept);
    }

    [Fact]
    public void Time_between_two_readings_of_clocks_is_no_sleep()
    {
        Begin();
        for (int i = 0; i < 3; i++)
        {
            _between = Duration.FromSeconds(2);
            Turn(0.1);
            Turn(0.1);
        }
        Assert.Empty(_slept);
    }

    [Fact]
    public void Nothing_that_is_due_is_no_standstill()
    {
        Begin();
        _timers.Disarm(_timer);
        Turn(3600, fires: false);
        Assert.Empty(_lines);
    }
}
