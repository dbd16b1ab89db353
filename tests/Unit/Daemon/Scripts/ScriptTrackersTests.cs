using System.Text;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Toml;
using KeepalivedAot.Daemon.Scripts;
using KeepalivedAot.Daemon.Tracking;
using KeepalivedAot.Tests.Unit.Config;
using KeepalivedAot.Tracking;

namespace KeepalivedAot.Tests.Unit.Daemon.Scripts;

/// <summary>Tracked scripts from the configuration to the board.</summary>
public sealed class ScriptTrackersTests : ILogSink, ITrackerSink
{
    private readonly TimerQueue _timers = new();
    private readonly ModelScripts _scripts = new();
    private readonly ModelFiles _files = new();
    private readonly List<string> _lines = [];
    private readonly List<string> _reports = [];
    private readonly ScriptTrackers _trackers;
    private readonly Log _log;
    private Instant _now = new(1_000_000_000);

    public ScriptTrackersTests()
    {
        _log = new Log(this);
        _files.File("/s/one", "0755", content: "#!/bin/sh\n").File("/s/two", "0755", content: "#!/bin/sh\n");
        _trackers = new ScriptTrackers(_scripts, _timers, this, _log);
    }

    void ILogSink.Write(LogLevel level, int eventId, ReadOnlySpan<byte> line) => _lines.Add(Encoding.UTF8.GetString(line));

    void ITrackerSink.Report(TrackerId tracker, TrackerReading reading, Instant now, string? because)
        => _reports.Add($"{tracker.Kind} {tracker.Name} {reading.Condition}{(because is null ? "" : $": {because}")}");

    private List<string> TakeReports()
    {
        List<string> taken = [.. _reports];
        _reports.Clear();
        return taken;
    }

    private void Adopt(string command, bool isTracked = true)
    {
        string text = $"global_defs {{\nenable_script_security\nscript_user root\n}}\nvrrp_script chk {{\nscript \"{command}\"\ninterval 2\n}}\n"
            + ConfigText.File(isTracked ? "track_script {\nchk\n}" : "");
        Configuration configuration = ConfigText.Load(text).Configuration;
        _trackers.Adopt(configuration, ScriptCatalogue.Load(configuration, Settings.Default, _files, _log, (0, 0)), _now);
    }

    private void AdoptAll(string[] names)
    {
        string blocks = string.Concat(names.Select(name => $"vrrp_script {name} {{\nscript /s/one\ninterval 2\n}}\n"));
        string text = $"global_defs {{\nenable_script_security\nscript_user root\n}}\n{blocks}"
            + ConfigText.File($"track_script {{\n{string.Join('\n', names)}\n}}");
        Configuration configuration = ConfigText.Load(text).Configuration;
        _trackers.Adopt(configuration, ScriptCatalogue.Load(configuration, Settings.Default, _files, _log, (0, 0)), _now);
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

    [Fact]
    public void Result_isReportedWhenItChanges()
    {
        Adopt("/s/one a");
        Assert.Equal(["Script chk Unknown"], TakeReports());
        Assert.Equal(["start one"], _scripts.Take());
        _scripts.End("one", _now);
        Assert.Equal(["Script chk Good"], TakeReports());
        Pass(2000);
        _scripts.End("one", _now);
        Assert.Empty(TakeReports());
        Pass(2000);
        _scripts.End("one", _now, code: 4, says: "no route");
        Assert.Equal(["Script chk Bad: script chk failed (exited with status 4)"], TakeReports());
        Assert.Equal("VRRP_Script(chk) said: no route", _lines[^1]);
    }

    [Fact]
    public void Scripts_thatAreDueTogether_startWhenTheOneBeforeHasEnded()
    {
        string[] names = ["a", "b", "c"];
        AdoptAll(names);
        for (int i = 0; i < names.Length; i++)
        {
            FireTimers(Duration.FromMilliseconds(1));
            Assert.Equal(["start one"], _scripts.Take());
            _scripts.End("one", _now);
            // Not at once: first comes what else there is in this turn.
            Assert.Empty(_scripts.Take());
        }
        FireTimers(Duration.FromMilliseconds(2000));
        Assert.Equal(["start one"], _scripts.Take());
        // One that is stopped before its turn does not start, and keeps nobody waiting.
        AdoptAll([names[0], names[2]]);
        _scripts.End("one", _now);
        FireTimers(Duration.FromNanoseconds(1000));
        FireTimers(Duration.FromNanoseconds(1000));
        Assert.Equal(["start one"], _scripts.Take());
        FireTimers(Duration.FromMilliseconds(100));
        Assert.Empty(_scripts.Take());
    }

    [Fact]
    public void Scripts_thatAreDueTogether_doNotWaitForOneThatGoesOn()
    {
        AdoptAll(["a", "b", "c"]);
        Assert.Equal(["start one"], _scripts.Take());
        FireTimers(ScriptPacing.LongestWait - Duration.FromNanoseconds(1));
        Assert.Empty(_scripts.Take());
        FireTimers(Duration.FromNanoseconds(1));
        Assert.Equal(["start one"], _scripts.Take());
        // The end of one that is not waited for lets nobody start sooner.
        _scripts.End("one", _now);
        FireTimers(ScriptPacing.LongestWait - Duration.FromNanoseconds(1));
        Assert.Empty(_scripts.Take());
        FireTimers(Duration.FromNanoseconds(1));
        Assert.Equal(["start one"], _scripts.Take());
    }

    [Fact]
    public void Scripts_thatCannotBeStarted_keepNobodyWaiting()
    {
        _scripts.Refused.Add("one");
        AdoptAll(["a", "b", "c"]);
        for (int turn = 0; turn < 3; turn++)
            FireTimers(Duration.FromNanoseconds(1000));
        Assert.Equal(3, _reports.Count(static report => report.Contains("could not be run", StringComparison.Ordinal)));
    }

    [Fact]
    public void Scripts_ofWhichThereAreHundreds_allStartWithinASecond()
    {
        string[] names = [.. Enumerable.Range(0, 1000).Select(static number => $"s{number}")];
        AdoptAll(names);
        for (int turn = 0; turn < 10_000 && _now < new Instant(2_000_000_000); turn++)
            FireTimers(Duration.FromNanoseconds(100_000));
        Assert.Equal(names.Length, _scripts.Take().Count);
    }

    // As the loop does it: what is due when it begins.
    private void FireTimers(Duration later)
    {
        _now += later;
        Instant begun = _now;
        while (_timers.TryFire(begun))
        {
        }
    }

    [Fact]
    public void Limit_isAFailureAtOnce()
    {
        Adopt("/s/one");
        TakeReports();
        _scripts.PassLimit("one", _now);
        Assert.Equal(["Script chk Bad: script chk timed out"], TakeReports());
    }

    [Fact]
    public void Script_thatCannotBeStarted_fails()
    {
        _scripts.Refused.Add("one");
        Adopt("/s/one");
        Assert.Equal(["Script chk Unknown", "Script chk Bad: script chk could not be run"], TakeReports());
    }

    [Fact]
    public void Script_thatMayNotRun_isAbsent()
    {
        Adopt("/s/none");
        Assert.Equal(["Script chk Absent"], TakeReports());
        Assert.Empty(_scripts.Take());
    }

    [Fact]
    public void Script_thatNobodyTracks_isNotRun()
    {
        Adopt("/s/one", isTracked: false);
        Assert.Empty(_scripts.Take());
    }

    [Fact]
    public void Script_thatLeavesProcessesBehind_isReportedOnceAndLeavesNoMoreThanEight()
    {
        Adopt("/s/one");
        for (int i = 0; i < 20; i++)
        {
            _scripts.End("one", _now, leaves: true);
            Pass(2000);
        }
        Assert.Equal(TrackedScriptAtWork.MostLeft, _scripts.Left.Count);
        string[] lines = [.. _lines.Where(line => line.Contains("leaves processes behind", StringComparison.Ordinal))];
        Assert.Equal(
            ["VRRP_Script(chk) leaves processes behind when it ends (process group 1); when there are 8, what later runs leave is ended with them"], lines);
        // When one of them has ended there may be another.
        _scripts.Left.Remove(3);
        Pass(2000);
        _scripts.End("one", _now);
        Pass(2000);
        _scripts.End("one", _now, leaves: true);
        Assert.Equal(TrackedScriptAtWork.MostLeft, _scripts.Left.Count);
    }

    [Fact]
    public void Script_whoseProcessesEndAMomentLater_isNoMatter()
    {
        Adopt("/s/one");
        for (int i = 0; i < 5; i++)
        {
            _scripts.End("one", _now, leaves: true);
            _scripts.Left.Clear();
            Pass(2000);
        }
        Assert.DoesNotContain(_lines, line => line.Contains("leaves processes behind", StringComparison.Ordinal));
    }

    [Fact]
    public void Reload_sameCommand_keepsTheRunAndTheCadence()
    {
        Adopt("/s/one");
        TakeReports();
        Pass(500);
        Adopt("/s/one");
        Assert.Equal(["start one"], _scripts.Take());
        _scripts.End("one", _now);
        Assert.Equal(["Script chk Good"], TakeReports());
        Pass(1500);
        Assert.Equal(["start one"], _scripts.Take());
    }

    [Fact]
    public void Reload_anotherCommand_endsTheRunAndItsResultIsNone()
    {
        Adopt("/s/one");
        TakeReports();
        Adopt("/s/two");
        Assert.Equal(["start one", "term one"], _scripts.Take());
        _scripts.End("one", _now, code: 1);
        Assert.Empty(TakeReports());
        Pass(1);
        Assert.Equal(["start two"], _scripts.Take());
        _scripts.End("two", _now);
        Assert.Equal(["Script chk Good"], TakeReports());
    }

    [Fact]
    public void Reload_withoutIt_endsTheRunAndSaysSo()
    {
        Adopt("/s/one");
        TakeReports();
        Adopt("/s/one", isTracked: false);
        Assert.Equal(["start one", "term one"], _scripts.Take());
        Assert.Equal("Script chk Absent", TakeReports()[^1]);
        _scripts.End("one", _now);
        Pass(5000);
        Assert.Empty(_scripts.Take());
        Assert.Empty(TakeReports());
    }
}
