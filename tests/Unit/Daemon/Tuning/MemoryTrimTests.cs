using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Toml;
using KeepalivedAot.Daemon.Tuning;

namespace KeepalivedAot.Tests.Unit.Daemon.Tuning;

public sealed class MemoryTrimTests
{
    private static readonly Duration s_delay = Settings.Default.TrimDelay;

    private readonly TimerQueue _timers = new();
    private readonly MemoryTrim _trim;
    private Instant _now = new(1_000_000_000);
    private Instant? _trimmed;

    public MemoryTrimTests() => _trim = new MemoryTrim(_timers, () => _trimmed = _now);

    [Fact]
    public void Trim_nothingElseDue_comesAfterItsDelay()
    {
        Instant begin = _now;
        _trim.Schedule(_now);
        Run(begin + s_delay + Duration.FromSeconds(1));
        Assert.Equal(begin + s_delay, _trimmed);
    }

    // An owner advertises when it starts, and each second from then on: the trim is due with one of its advertisements.
    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(4_000)]
    public void Trim_dueTogetherWithAnAdvertisement_comesBehindIt(int microsecondsBefore)
    {
        Instant begin = _now;
        _trim.Schedule(_now);
        Advertiser advertiser = new(_timers, Duration.FromSeconds(1), begin + Duration.FromMicroseconds(microsecondsBefore));
        Run(begin + s_delay + Duration.FromSeconds(1));
        Assert.Equal(begin + s_delay + Duration.FromMicroseconds(microsecondsBefore), _trimmed);
        Assert.Equal(_trimmed, advertiser.LastBefore(_trimmed!.Value));
    }

    [Fact]
    public void Trim_somethingAlwaysDue_comesWhenPatienceIsOver()
    {
        Instant begin = _now;
        _trim.Schedule(_now);
        Advertiser advertiser = new(_timers, Duration.FromMilliseconds(4), begin);
        Run(begin + s_delay + MemoryTrim.Patience + Duration.FromSeconds(1));
        Assert.Equal(begin + s_delay + MemoryTrim.Patience, _trimmed);
        Assert.Equal(_trimmed, advertiser.LastBefore(_trimmed!.Value));
    }

    [Fact]
    public void Schedule_whileItWaitsForAPause_beginsAnew()
    {
        Instant begin = _now;
        _trim.Schedule(_now);
        _ = new Advertiser(_timers, Duration.FromMilliseconds(4), begin);
        Run(begin + s_delay + Duration.FromSeconds(1));
        _trim.Schedule(_now);
        Instant again = _now;
        Run(again + s_delay + MemoryTrim.Patience + Duration.FromSeconds(1));
        Instant latest = again + s_delay + MemoryTrim.Patience;
        Assert.True(_trimmed >= latest && _trimmed < latest + Duration.FromMilliseconds(4), $"{_trimmed}");
    }

    // As the loop does it: all that is due, then the end of the turn.
    private void Run(Instant end)
    {
        while (_timers.TryPeek(out Instant next) && next <= end)
        {
            _now = next;
            while (_timers.TryFire(_now)) { }
            _trim.OnTurnEnd(_now);
        }
        _now = end;
    }

    private sealed class Advertiser : ITimerOwner
    {
        private readonly TimerQueue _timers;
        private readonly TimerHandle _timer;
        private readonly Duration _interval;
        private readonly List<Instant> _sent = [];

        public Advertiser(TimerQueue timers, Duration interval, Instant first)
        {
            _timers = timers;
            _interval = interval;
            _timer = timers.Register(this, 0);
            timers.Arm(_timer, first);
        }

        public Instant LastBefore(Instant end) => _sent.Last(at => at <= end);

        void ITimerOwner.OnTimer(int name, Instant deadline, Instant now)
        {
            _sent.Add(now);
            _timers.Arm(_timer, deadline + _interval);
        }
    }
}
