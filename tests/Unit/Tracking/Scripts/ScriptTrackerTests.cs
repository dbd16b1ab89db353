using System.Text;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Tracking.Scripts;

namespace KeepalivedAot.Tests.Unit.Tracking.Scripts;

public sealed class ScriptTrackerTests : IScriptTrackerEffects, ILogSink
{
    private static readonly ScriptTrackerParameters s_plain
        = new("chk", "/bin/chk", Duration.FromSeconds(2), Duration.FromSeconds(1), Rise: 1, Fall: 1);

    private readonly TimerQueue _timers = new();
    private readonly List<string> _diary = [];
    private Instant _now = new(1_000_000_000);

    private ScriptTracker Make(ScriptTrackerParameters parameters) => new(parameters, _timers, this, new ScriptTrackerLog(new Log(this)));

    private List<string> Take()
    {
        List<string> taken = [.. _diary];
        _diary.Clear();
        return taken;
    }

    private void Pass(int milliseconds)
    {
        Instant until = _now + Duration.FromMilliseconds(milliseconds);
        while (_timers.TryPeek(out Instant deadline) && deadline <= until)
        {
            _now = deadline > _now ? deadline : _now;
            _timers.TryFire(_now);
        }
        _now = until;
    }

    void IScriptTrackerEffects.Run(ScriptTracker tracker, Instant now) => _diary.Add($"run {(now.Nanoseconds - 1_000_000_000) / 1_000_000}");

    void IScriptTrackerEffects.OnChanged(ScriptTracker tracker, Instant now) => _diary.Add(tracker.IsGood == true ? "good" : "bad");

    void ILogSink.Write(LogLevel level, int eventId, ReadOnlySpan<byte> line) => _diary.Add(Encoding.UTF8.GetString(line));

    [Fact]
    public void Start_runsAtOnceAndThenAtEachInterval()
    {
        ScriptTracker tracker = Make(s_plain);
        tracker.Start(_now);
        tracker.OnExited(0, _now);
        Pass(2000);
        tracker.OnExited(0, _now);
        Pass(2000);
        Assert.Equal(["run 0", "VRRP_Script(chk) succeeded", "good", "run 2000", "run 4000"], _diary);
    }

    [Fact]
    public void Interval_afterALongSleep_goesOnAtABoundary()
    {
        ScriptTracker tracker = Make(s_plain);
        tracker.Start(_now);
        tracker.OnExited(0, _now);
        _now += Duration.FromMilliseconds(7300);
        while (_timers.TryFire(_now))
        {
        }
        tracker.OnExited(0, _now);
        Pass(1000);
        Assert.Equal(["run 7300", "run 8000"], Take()[^2..]);
    }

    [Fact]
    public void FirstResult_decidesWhateverRiseAndFall()
    {
        ScriptTracker good = Make(s_plain with { Rise = 5, Fall = 5 });
        good.Start(_now);
        good.OnExited(0, _now);
        Assert.True(good.IsGood);
        Assert.Equal(9, good.Counter);

        ScriptTracker bad = Make(s_plain with { Rise = 5, Fall = 5 });
        bad.Start(_now);
        bad.OnExited(1, _now);
        Assert.False(bad.IsGood);
        Assert.Equal(0, bad.Counter);
    }

    [Fact]
    public void RiseAndFall_countInARow()
    {
        ScriptTracker tracker = Make(s_plain with { Rise = 3, Fall = 2 });
        tracker.Start(_now);
        Results(tracker, "0");
        Assert.True(tracker.IsGood);
        Results(tracker, "1");
        Assert.True(tracker.IsGood);
        // A success in between starts the count of failures anew.
        Results(tracker, "010");
        Assert.True(tracker.IsGood);
        Results(tracker, "11");
        Assert.False(tracker.IsGood);
        Results(tracker, "00");
        Assert.False(tracker.IsGood);
        // And a failure the count of successes.
        Results(tracker, "100");
        Assert.False(tracker.IsGood);
        Results(tracker, "0");
        Assert.True(tracker.IsGood);
        Assert.Equal(4, tracker.Counter);
    }

    private void Results(ScriptTracker tracker, string codes)
    {
        foreach (char code in codes)
        {
            if (tracker.State == ScriptRunState.Idle)
                Pass(2000);
            tracker.OnExited(code - '0', _now);
        }
    }

    [Fact]
    public void Code_isSaidWhenItChanges()
    {
        ScriptTracker tracker = Make(s_plain with { Fall = 9 });
        tracker.Start(_now);
        Results(tracker, "0330");
        Assert.Equal(["Script `chk` now returning 3", "Script `chk` now returning 0"], _diary.Where(line => line.StartsWith("Script ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Failure_namesStatusOrSignal()
    {
        ScriptTracker tracker = Make(s_plain);
        tracker.Start(_now);
        tracker.OnExited(0, _now);
        Pass(2000);
        Take();
        tracker.OnExited(7, _now);
        Assert.Equal(["Script `chk` now returning 7", "VRRP_Script(chk) failed (exited with status 7)", "bad"], Take());

        ScriptTracker second = Make(s_plain);
        second.Start(_now);
        Take();
        second.OnSignalled(9, _now);
        Assert.Equal(["VRRP_Script(chk) failed (due to signal 9)", "bad"], Take());

        ScriptTracker third = Make(s_plain);
        third.Start(_now);
        Take();
        third.OnNotRun(_now);
        Assert.Equal(["VRRP_Script(chk) failed (could not be run)", "bad"], Take());
    }

    [Fact]
    public void Overdue_failsAtOnceAndItsEndMeansNothing()
    {
        ScriptTracker tracker = Make(s_plain);
        tracker.Start(_now);
        tracker.OnExited(0, _now);
        Pass(2000);
        Take();
        Pass(1000);
        tracker.OnOverdue(_now);
        Assert.Equal(["VRRP_Script(chk) timed_out", "bad"], Take());
        tracker.OnExited(0, _now);
        Assert.Empty(Take());
        Assert.False(tracker.IsGood);
        Assert.Equal(ScriptRunState.Idle, tracker.State);
    }

    [Fact]
    public void Overdue_runsThatAreDueMeanwhileAreSkippedAndSaid()
    {
        ScriptTracker tracker = Make(s_plain with { Timeout = Duration.FromSeconds(3) });
        tracker.Start(_now);
        Pass(2000);
        tracker.OnOverdue(_now);
        Take();
        Pass(2000);
        Assert.Equal(["Track script chk is being timed out, expect idle - skipping run"], Take());

        ScriptTracker slow = Make(s_plain with { Name = "slow" });
        slow.Start(_now);
        Take();
        Pass(1000);
        Assert.Empty(Take());
        Pass(1000);
        Assert.Contains("Track script slow is already running, expect idle - skipping run", Take());
    }

    [Fact]
    public void Overdue_atEachRun_isSaidOnceUntilARunEndsInItsTime()
    {
        ScriptTracker tracker = Make(s_plain with { Interval = Duration.FromSeconds(1) });
        tracker.Start(_now);
        Hang(20);
        string[] once = ["Track script chk is already running, expect idle - skipping run", "VRRP_Script(chk) timed_out", "bad"];
        Assert.Equal(once, _diary.Where(line => !line.StartsWith("run ", StringComparison.Ordinal)));
        Pass(1000);
        tracker.OnExited(0, _now);
        Take();
        Pass(1000);
        Hang(20);
        Assert.Equal(once, _diary.Where(line => !line.StartsWith("run ", StringComparison.Ordinal)));

        // The interval and the limit are due at the same moment, and the interval was armed first.
        void Hang(int runs)
        {
            for (int i = 0; i < runs; i++)
            {
                Assert.Equal(ScriptRunState.Running, tracker.State);
                Pass(1000);
                tracker.OnOverdue(_now);
                tracker.OnSignalled(15, _now);
                if (i < runs - 1)
                    Pass(1000);
            }
        }
    }

    [Fact]
    public void Stop_endsTheCadenceAndIgnoresTheLastEnd()
    {
        ScriptTracker tracker = Make(s_plain);
        tracker.Start(_now);
        Take();
        tracker.Stop();
        tracker.Stop();
        tracker.OnExited(1, _now);
        Pass(10_000);
        Assert.Empty(Take());
        Assert.Null(tracker.IsGood);
    }

    [Theory]
    [InlineData("0", "VRRP_Script(chk) considered successful on reload", 10)]
    [InlineData("1", "VRRP_Script(chk) considered unsuccessful on reload", 0)]
    public void Reconfigure_keepsTheResultAndTheCadence(string results, string line, int counter)
    {
        ScriptTracker tracker = Make(s_plain);
        tracker.Start(_now);
        Results(tracker, results);
        bool? before = tracker.IsGood;
        Pass(500);
        Take();
        tracker.Reconfigure(s_plain with { Rise = 6, Fall = 5 }, _now);
        Assert.Equal([line], Take());
        Assert.Equal(before, tracker.IsGood);
        Assert.Equal(counter, tracker.Counter);
        Pass(1500);
        Assert.Equal(["run 2000"], Take());
    }

    [Fact]
    public void Reconfigure_beforeTheFirstResult_saysNothing()
    {
        ScriptTracker tracker = Make(s_plain);
        tracker.Start(_now);
        Take();
        tracker.Reconfigure(s_plain with { Interval = Duration.FromSeconds(5) }, _now);
        Assert.Empty(Take());
        tracker.OnExited(0, _now);
        Take();
        Pass(4999);
        Assert.Empty(Take());
        Pass(1);
        Assert.Equal(["run 5000"], Take());
    }

    [Fact]
    public void Reconfigure_anotherCommand_runsAtOnce()
    {
        ScriptTracker tracker = Make(s_plain);
        tracker.Start(_now);
        tracker.OnExited(1, _now);
        Pass(500);
        Take();
        tracker.Reconfigure(s_plain with { Command = "/bin/other" }, _now);
        Assert.Equal(["VRRP_Script(chk) considered unsuccessful on reload", "run 500"], Take());
        tracker.OnExited(0, _now);
        Take();
        // The interval counts from there.
        Pass(2000);
        Assert.Equal(["run 2500"], Take());
    }

    [Fact]
    public void Reconfigure_anotherCommandDuringARun_runsWhenThatHasEnded()
    {
        ScriptTracker tracker = Make(s_plain);
        tracker.Start(_now);
        Take();
        tracker.Reconfigure(s_plain with { Command = "/bin/other" }, _now);
        Assert.Empty(Take());
        Pass(100);
        tracker.OnDiscarded(_now);
        Assert.Equal(["run 100"], Take());
        tracker.Stop();
        tracker.OnDiscarded(_now);
        Assert.Empty(Take());
    }

    [Fact]
    public void SteadyState_allocatesNothing()
    {
        SilentEffects silent = new();
        ScriptTracker tracker = new(s_plain, _timers, silent, new ScriptTrackerLog(new Log(silent)));
        tracker.Start(_now);
        Round();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
            Round();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Round()
        {
            tracker.OnExited(0, _now);
            Pass(2000);
        }
    }

    private sealed class SilentEffects : IScriptTrackerEffects, ILogSink
    {
        public void Run(ScriptTracker tracker, Instant now)
        {
            // The test ends the run itself.
        }

        public void OnChanged(ScriptTracker tracker, Instant now)
        {
            // Nobody is told.
        }

        public void Write(LogLevel level, int eventId, ReadOnlySpan<byte> line)
        {
            // Nobody reads.
        }
    }
}
