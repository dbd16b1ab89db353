using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Toml;
using KeepalivedAot.Config.Values;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Daemon.Notifications;
using KeepalivedAot.Daemon.Scripts;
using KeepalivedAot.Tests.Unit.Config;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;
using KeepalivedAot.Vrrp.Watch;
using System.Text;

namespace KeepalivedAot.Tests.Unit.Daemon.Scripts;

public sealed class NotifierTests : ILogSink
{
    private const string Text = """
        global_defs {
            enable_script_security
            script_user root
        }
        vrrp_sync_group G {
            group {
                A
                B
            }
            notify_master /s/group_master
            notify /s/group_all
        }
        vrrp_instance A {
            interface eth0
            virtual_router_id 1
            notify_master "/s/a_master one"
            notify_backup /s/a_backup
            notify_fault /s/a_fault
            notify_stop /s/a_stop
            notify_deleted /s/a_deleted
            notify_master_rx_lower_pri /s/a_lower
            notify "/s/a_all two"
            virtual_ipaddress { 10.0.0.100 }
        }
        vrrp_instance B {
            interface eth0
            virtual_router_id 2
            notify_fault /s/b_fault
            notify /s/b_all
            virtual_ipaddress { 10.0.0.101 }
        }
        """;

    private static readonly string[] s_scripts =
    [
        "group_master", "group_all", "a_master", "a_backup", "a_fault", "a_stop", "a_deleted", "a_lower", "a_all", "b_fault", "b_all",
    ];

    private readonly TimerQueue _timers = new();
    private readonly ModelScripts _scripts = new();
    private readonly ModelFiles _files = new();
    private readonly List<string> _lines = [];
    private readonly Notifier _notifier;
    private readonly VrrpInstanceBlock _a;
    private readonly VrrpInstanceBlock _b;
    private Instant _now = new(1_000_000_000);

    public NotifierTests()
    {
        Log log = new(this);
        foreach (string script in s_scripts)
            _files.File($"/s/{script}", "0755", content: "#!/bin/sh\n");
        Configuration configuration = ConfigText.Load(Text).Configuration;
        _a = configuration.VrrpInstances[0];
        _b = configuration.VrrpInstances[1];
        NotifyFifos fifos = new(_scripts, _files, log);
        _notifier = new Notifier(_scripts, _timers, fifos, log);
        _notifier.Adopt(configuration, ScriptCatalogue.Load(configuration, Settings.Default, _files, log, (0, 0)), Duration.FromSeconds(60));
    }

    void ILogSink.Write(LogLevel level, int eventId, ReadOnlySpan<byte> line) => _lines.Add(Encoding.UTF8.GetString(line));

    private void Change(VrrpInstanceBlock instance, VrrpState to, VrrpState from = VrrpState.Backup, TransitionCause cause = TransitionCause.NobodyHeard)
        => _notifier.OnTransition(instance, new Transition(from, to, new TransitionReason(cause)), new Priority(100));

    private List<string> Turn()
    {
        for (int i = 0; i < 100; i++)
        {
            int before = _scripts.Diary.Count;
            _notifier.OnTurnEnd(_now);
            while (_timers.TryPeek(out Instant deadline) && deadline <= _now && _timers.TryFire(_now))
            {
            }
            if (_scripts.Diary.Count == before)
                break;
        }
        return _scripts.Take();
    }

    private List<string> EndAndTurn(string script)
    {
        _scripts.End(script, _now);
        return Turn();
    }

    [Fact]
    public void Conflict_runsItsScript_besideThoseOfTheInstance_oneAtATime()
    {
        Settings settings = Settings.Default with { Watch = new WatchSettings { Notify = new ConfigScript("/s/conflict x", null, null) } };
        _files.File("/s/conflict", "0755", content: "#!/bin/sh\n");
        Configuration configuration = ConfigText.Load(Text).Configuration;
        _notifier.Adopt(configuration, ScriptCatalogue.Load(configuration, settings, _files, new Log(this), (0, 0)), Duration.FromSeconds(60), settings.Watch.Notify);
        VrrpInstanceBlock a = configuration.VrrpInstances[0];
        Conflict claimed = new(ConflictKind.AddressClaimed, IpAddress.Parse("10.0.0.100")) { Mac = new MacAddress(0x0200_0000_00FA), Count = 3 };
        _notifier.OnConflict(a, claimed);
        _notifier.OnConflict(a, new Conflict(ConflictKind.TwoActive, IpAddress.Parse("10.0.0.9")) { Count = 4 });
        Change(a, VrrpState.Active);
        Assert.Equal([$"start conflict address_claimed A {a.VirtualRouterId} 10.0.0.100 02:00:00:00:00:fa 3", "start a_master"], Turn());
        Assert.Equal([$"start conflict two_masters A {a.VirtualRouterId} 10.0.0.9 - 4"], EndAndTurn("conflict"));
        for (int i = 0; i < 100; i++)
            _notifier.OnConflict(a, claimed);
        Assert.Contains("watch more than 32 notify scripts wait for watch.notify: the oldest are left out", _lines);
    }

    [Fact]
    public void Transition_startsNothingBeforeTheTurnEnds()
    {
        Change(_a, VrrpState.Active);
        Assert.Empty(_scripts.Diary);
        Assert.Equal(["start a_master"], Turn());
    }

    [Fact]
    public void Scripts_ofOneInstance_runOneAfterTheOther()
    {
        Change(_a, VrrpState.Active);
        Change(_a, VrrpState.Backup);
        Assert.Equal(["start a_master"], Turn());
        Assert.Empty(Turn());
        Assert.Equal(["start a_all INSTANCE A MASTER 100"], EndAndTurn("a_master"));
        Assert.Equal(["start a_backup"], EndAndTurn("a_all"));
        Assert.Equal(["start a_all INSTANCE A BACKUP 100"], EndAndTurn("a_backup"));
        Assert.Empty(EndAndTurn("a_all"));
        Assert.True(_notifier.IsIdle);
    }

    [Fact]
    public void Scripts_ofTwoInstances_runAtTheSameTime()
    {
        Change(_a, VrrpState.Fault);
        Change(_b, VrrpState.Fault);
        Assert.Equal(["start a_fault", "start b_fault"], Turn());
    }

    [Fact]
    public void Group_runsWhenItsMembersHaveRunWhatCameBefore()
    {
        Change(_a, VrrpState.Active);
        Change(_b, VrrpState.Active);
        _notifier.OnGroupState("G", VrrpState.Active);
        Change(_b, VrrpState.Fault);
        Assert.Equal(["start a_master", "start b_all INSTANCE B MASTER 100"], Turn());
        Assert.Equal(["start b_fault"], EndAndTurn("b_all"));
        Assert.Equal(["start a_all INSTANCE A MASTER 100"], EndAndTurn("a_master"));
        // What B has to run since is none of that.
        Assert.Equal(["start group_master"], EndAndTurn("a_all"));
        Assert.Equal(["start group_all GROUP G MASTER 0"], EndAndTurn("group_master"));
    }

    [Theory]
    [InlineData(TransitionCause.Shutdown, VrrpState.Backup, "start a_stop", "start a_all INSTANCE A STOP 100")]
    [InlineData(TransitionCause.Removed, VrrpState.Backup, "start a_deleted", "start a_all INSTANCE A DELETED 100")]
    public void End_isStopOrDeleted(TransitionCause cause, VrrpState from, string first, string second)
    {
        Change(_a, VrrpState.Initialize, from, cause);
        Assert.Equal([first], Turn());
        Assert.Equal([second], EndAndTurn(first[6..]));
    }

    [Fact]
    public void Removal_withoutNotifyDeleted_isAFaultUnlessItWasOne()
    {
        Change(_b, VrrpState.Initialize, VrrpState.Fault, TransitionCause.Removed);
        Assert.Empty(Turn());
        Change(_b, VrrpState.Initialize, VrrpState.Active, TransitionCause.Removed);
        Assert.Equal(["start b_fault"], Turn());
        Assert.Equal(["start b_all INSTANCE B FAULT 100"], EndAndTurn("b_fault"));
    }

    [Fact]
    public void LowerPriorityHeard_waitsOnceOnly()
    {
        for (int i = 0; i < 100; i++)
            _notifier.OnLowerPriorityHeard(_a, new Priority(100));
        Assert.Equal(["start a_lower"], Turn());
        for (int i = 0; i < 100; i++)
            _notifier.OnLowerPriorityHeard(_a, new Priority(100));
        Assert.Equal(["start a_lower"], EndAndTurn("a_lower"));
        Assert.Empty(EndAndTurn("a_lower"));
    }

    [Fact]
    public void Waiting_isBounded_theOldestAreLeftOutAndItIsSaidOnce()
    {
        Change(_b, VrrpState.Active);
        Turn();
        for (int i = 0; i < 50; i++)
            Change(_b, i % 2 == 0 ? VrrpState.Backup : VrrpState.Active);
        Assert.Single(_lines, line => line.Contains("the oldest are left out", StringComparison.Ordinal));
        Turn();
        List<string> rest = [];
        while (_scripts.Running.Any())
            rest.AddRange(EndAndTurn("b_all"));
        Assert.Equal(NotificationLane.MostPending, rest.Count);
        Assert.Equal("start b_all INSTANCE B MASTER 100", rest[^1]);
    }

    [Fact]
    public void Patience_endsOnlyWhatSomebodyWaitsFor()
    {
        Change(_b, VrrpState.Active);
        Turn();
        _now += Duration.FromSeconds(3600);
        Assert.Empty(Turn());
        Assert.DoesNotContain(_lines, line => line.Contains("still runs", StringComparison.Ordinal));
        // It has had its time long ago when the next one comes.
        Change(_b, VrrpState.Backup);
        Assert.Equal(["term b_all INSTANCE B MASTER 100"], Turn());
        Assert.Empty(Turn());
        Assert.Single(_lines, line => line == "(B) notify: /s/b_all still runs after 60 seconds while another script waits for it - ending it");
        Assert.Equal(["start b_all INSTANCE B BACKUP 100"], EndAndTurn("b_all"));
    }

    [Fact]
    public void Patience_countsFromTheStart()
    {
        Change(_b, VrrpState.Active);
        Change(_b, VrrpState.Backup);
        Turn();
        _now += Duration.FromSeconds(59);
        Assert.Empty(Turn());
        _now += Duration.FromSeconds(1);
        Assert.Equal(["term b_all INSTANCE B MASTER 100"], Turn());
    }

    [Fact]
    public void Patience_ofAMember_isTheGroupsToo()
    {
        Change(_b, VrrpState.Active);
        _notifier.OnGroupState("G", VrrpState.Active);
        Turn();
        _now += Duration.FromSeconds(60);
        Assert.Equal(["term b_all INSTANCE B MASTER 100"], Turn());
    }

    [Fact]
    public void Starts_inOneTurn_areFew()
    {
        for (int i = 0; i < 20; i++)
            Change(_b, VrrpState.Active);
        Change(_a, VrrpState.Active);
        _notifier.OnTurnEnd(_now);
        Assert.Equal(2, _scripts.Take().Count);
    }

    [Fact]
    public void Stop_whatWaitsHasHalfASecondAndThenTheStopHasItsTurn()
    {
        foreach (VrrpState state in (VrrpState[])[VrrpState.Active, VrrpState.Backup, VrrpState.Active, VrrpState.Backup])
            Change(_b, state);
        Turn();
        _notifier.BeginStop(_now);
        Change(_b, VrrpState.Initialize, VrrpState.Backup, TransitionCause.Shutdown);
        Assert.Empty(Turn());
        // The one that runs heeds SIGTERM, so the next one runs, as without the stop.
        _scripts.End("b_all", _now, signal: 15);
        Assert.Equal("(B) notify: /s/b_all was ended because the daemon stops - it exited due to signal 15 (SIGTERM)", _lines[^1]);
        Assert.Equal(["start b_all INSTANCE B BACKUP 100"], Turn());
        _now += Duration.FromMilliseconds(500);
        Assert.Equal(["kill b_all INSTANCE B BACKUP 100"], Turn());
        Assert.Equal(["start b_all INSTANCE B STOP 100"], EndAndTurn("b_all"));
        Assert.Equal("(B) 2 notify scripts were not run in time before the stop", _lines[^1]);
        Assert.False(_notifier.IsIdle);
        Assert.Empty(EndAndTurn("b_all"));
        Assert.True(_notifier.IsIdle);
    }

    [Fact]
    public void Stop_whatHasNotHadItsTurnAtTheEnd_isSaid()
    {
        _notifier.BeginStop(_now);
        Change(_a, VrrpState.Initialize, VrrpState.Backup, TransitionCause.Shutdown);
        Assert.Equal(["start a_stop"], Turn());
        _notifier.EndStop();
        Assert.Equal("(A) 1 notify scripts were not run in time before the stop", _lines[^1]);
    }

    [Fact]
    public void Running_atTheSameTime_areAsManyAsThereAreDescriptorsForAndItIsSaidOnce()
    {
        string text = string.Concat(Enumerable.Range(1, 70).Select(number =>
            $"vrrp_instance I{number} {{\ninterface eth0\nvirtual_router_id {number}\nnotify /s/b_all\nvirtual_ipaddress {{ 10.0.1.{number} }}\n}}\n"));
        Configuration configuration = ConfigText.Load($"global_defs {{\nenable_script_security\nscript_user root\n}}\n{text}").Configuration;
        _notifier.Adopt(configuration, ScriptCatalogue.Load(configuration, Settings.Default, _files, new Log(this), (0, 0)), Duration.FromSeconds(60));
        _notifier.Limit(256 + 3 * 65);
        foreach (VrrpInstanceBlock instance in configuration.VrrpInstances)
            Change(instance, VrrpState.Active);
        Assert.Equal(65, Turn().Count);
        Assert.Equal("65 notify scripts run, as many as there are descriptors for; others wait for their end", _lines[^1]);
        int before = _lines.Count;
        Assert.Single(EndAndTurn("b_all INSTANCE I7 "));
        Assert.Equal(before, _lines.Count);
        _notifier.Limit(1024);
        Assert.Equal(4, Turn().Count);
    }

    [Fact]
    public void Failure_isLoggedWithTheLastLineOfStandardError()
    {
        Change(_b, VrrpState.Active);
        Turn();
        _scripts.End("b_all", _now, code: 3, says: "no such table");
        Assert.Equal("(B) notify: /s/b_all exited with status 3: no such table", _lines[^1]);
    }

    [Fact]
    public void Script_thatCannotBeStarted_doesNotStopTheNext()
    {
        _scripts.Refused.Add("a_master");
        Change(_a, VrrpState.Active);
        Assert.Equal(["start a_all INSTANCE A MASTER 100"], Turn());
    }
}
