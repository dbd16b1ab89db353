using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Tracking;
using KeepalivedAot.Tracking;
using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Tests.Unit.Daemon;

/// <summary>What tracked things do to instances, from the report of an engine to the log.</summary>
public sealed class TrackingTests
{
    private const string Scripts = """
        vrrp_script up {
            script "/bin/true"
        }
        vrrp_script down {
            script "/bin/true"
        }

        """;

    private static readonly TrackerId Up = new(TrackerKind.Script, "up");
    private static readonly TrackerId Down = new(TrackerKind.Script, "down");

    private static string Instance(string lines, string name = "VI_1", int priority = 100) => $$"""
        vrrp_instance {{name}} {
            interface eth0
            virtual_router_id 51
            priority {{priority}}
            {{lines}}
            virtual_ipaddress {
                10.0.0.100/32
            }
        }

        """;

    private static ModelRouter Start(string configuration)
    {
        ModelWorld world = new();
        world.SetLink(1, "eth0");
        world.SetLink(2, "eth1");
        world.AddForeign(1, "10.0.0.1", 24);
        ModelRouter router = new(world, configuration);
        router.Settle();
        return router;
    }

    private static void Report(ModelRouter router, TrackerId tracker, TrackerReading reading, string? because = null)
    {
        router.Module.Trackers.Report(tracker, reading, router.World.Now, because);
        router.Settle();
    }

    [Fact]
    public void Report_severalWeights_addUpUnclamped()
    {
        ModelRouter router = Start(Scripts + Instance("track_script {\n up weight 50\n down weight 200\n }"));
        Report(router, Up, TrackerReading.Good);
        Assert.Equal(150, router["VI_1"].Router.EffectivePriority.Value);
        Report(router, Down, TrackerReading.Good);
        Assert.Equal(254, router["VI_1"].Router.EffectivePriority.Value);
        Assert.Equal(350, router["VI_1"].Router.TotalPriority);
        Report(router, Up, TrackerReading.Bad);
        Assert.Equal(300, router["VI_1"].Router.TotalPriority);
        Assert.Contains("(VI_1) Changing effective priority from 100 to 150", router.Lines);
        Assert.Contains("(VI_1) reason: script up succeeded", router.Lines);
    }

    [Fact]
    public void Report_belowTheLowest_isOne()
    {
        ModelRouter router = Start(Scripts + Instance("track_script {\n up weight -200\n }"));
        Report(router, Up, TrackerReading.Bad);
        Assert.Equal(1, router["VI_1"].Router.EffectivePriority.Value);
        Assert.Equal(-100, router["VI_1"].Router.TotalPriority);
    }

    [Fact]
    public void Report_inBackup_shiftsTheTimerByTheSkew()
    {
        ModelRouter router = Start(Scripts + Instance("track_script {\n up weight 20\n }"));
        Assert.True(router["VI_1"].Router.TryGetDeadline(VrrpTimer.ActiveDown, out Instant before));
        router.Advance(1);
        Report(router, Up, TrackerReading.Good);
        Assert.True(router["VI_1"].Router.TryGetDeadline(VrrpTimer.ActiveDown, out Instant after));
        // 20 of 256 parts of a second.
        Assert.Equal(-78_125_000, (after - before).Nanoseconds);
    }

    [Fact]
    public void Report_whileActive_isHeardWithTheNextRegularAdvertisement()
    {
        ModelRouter router = Start(Scripts + Instance("track_script {\n up weight 20\n }"));
        router.Advance(4);
        Assert.Equal(VrrpState.Active, router.State);
        router.TakeOutput();
        Report(router, Up, TrackerReading.Good);
        Assert.Empty(router.TakeOutput());
        router.Advance(1);
        Assert.Equal(["advert 10.0.0.1 > 224.0.0.18 prio 120 if 1"], router.TakeOutput());
    }

    [Fact]
    public void Report_ownersWeight_changesNothing()
    {
        ModelRouter router = Start(Scripts + Instance("track_script {\n up weight -20\n }", priority: 255));
        Report(router, Up, TrackerReading.Bad);
        Assert.Equal(255, router["VI_1"].Router.EffectivePriority.Value);
    }

    [Fact]
    public void Report_weightZero_isAFaultWithItsName()
    {
        ModelRouter router = Start(Scripts + Instance("track_script {\n up\n }"));
        Report(router, Up, TrackerReading.Good);
        router.Advance(4);
        Assert.Equal(VrrpState.Active, router.State);
        Report(router, Up, TrackerReading.Bad, "script up failed (exited with status 1)");
        Assert.Equal(VrrpState.Fault, router.State);
        Assert.Equal("script up failed (exited with status 1)", router["VI_1"].Router.LastTransition.Reason.ToString());
        Report(router, Up, TrackerReading.Good);
        Assert.Equal(VrrpState.Backup, router.State);
        Assert.Equal("no fault is left: script up succeeded", router["VI_1"].Router.LastTransition.Reason.ToString());
    }

    [Fact]
    public void Report_oneOfTwoFaultsGone_staysInFault()
    {
        ModelRouter router = Start(Scripts + Instance("track_script {\n up\n down\n }"));
        Report(router, Up, TrackerReading.Bad);
        Report(router, Down, TrackerReading.Bad);
        Report(router, Up, TrackerReading.Good);
        Assert.Equal(VrrpState.Fault, router.State);
        Report(router, Down, TrackerReading.Good);
        Assert.Equal(VrrpState.Backup, router.State);
    }

    [Fact]
    public void Start_scriptWithoutResult_isHeldWithoutAWord()
    {
        ModelRouter router = Start(Scripts + Instance("track_script {\n up\n down\n }"));
        Assert.Equal(VrrpState.Fault, router.State);
        Assert.True(router["VI_1"].Router.IsHeld);
        Assert.DoesNotContain(router.Lines, static line => line.Contains("STATE", StringComparison.Ordinal));
        Report(router, Up, TrackerReading.Good);
        Assert.True(router["VI_1"].Router.IsHeld);
        Report(router, Down, TrackerReading.Good);
        Assert.Equal(VrrpState.Backup, router.State);
        Assert.Contains("(VI_1) Entering BACKUP STATE", router.Lines);
    }

    [Fact]
    public void Start_firstResultIsBad_isAFaultWithoutTheStateLine()
    {
        ModelRouter router = Start(Scripts + Instance("track_script {\n up\n }"));
        Report(router, Up, TrackerReading.Bad);
        Assert.Equal(VrrpState.Fault, router.State);
        Assert.False(router["VI_1"].Router.IsHeld);
        Assert.DoesNotContain(router.Lines, static line => line.Contains("STATE", StringComparison.Ordinal));
        Assert.Contains("(VI_1) reason: script up failed", router.Lines);
    }

    [Fact]
    public void Start_scriptWithWeightWithoutResult_isNotHeld()
    {
        ModelRouter router = Start(Scripts + Instance("track_script {\n up weight -20\n }"));
        Assert.Equal(VrrpState.Backup, router.State);
        Assert.Equal(100, router["VI_1"].Router.EffectivePriority.Value);
    }

    [Fact]
    public void Reload_newScriptWithoutResult_doesNotStopWhoIsAtWork()
    {
        ModelRouter router = Start(Instance(""));
        router.Advance(4);
        Assert.Equal(VrrpState.Active, router.State);
        router.Reload(Scripts + Instance("track_script {\n up\n }"));
        Assert.Equal(VrrpState.Active, router.State);
        Report(router, Up, TrackerReading.Good);
        Assert.Equal(VrrpState.Active, router.State);
        Report(router, Up, TrackerReading.Bad);
        Assert.Equal(VrrpState.Fault, router.State);
    }

    [Fact]
    public void Reload_trackerGone_itsFaultAndWeightGoWithIt()
    {
        ModelRouter router = Start(Scripts + Instance("track_script {\n up\n down weight 30\n }"));
        Report(router, Up, TrackerReading.Bad);
        Report(router, Down, TrackerReading.Good);
        Assert.Equal(VrrpState.Fault, router.State);
        router.Reload(Scripts + Instance(""));
        Assert.Equal(VrrpState.Backup, router.State);
        Assert.Equal(100, router["VI_1"].Router.EffectivePriority.Value);
    }

    [Fact]
    public void Reload_sameTracker_keepsWhatIsKnown()
    {
        ModelRouter router = Start(Scripts + Instance("track_script {\n up weight 20\n }"));
        Report(router, Up, TrackerReading.Good);
        router.Reload(Scripts + Instance("track_script {\n up weight 30\n }"));
        Assert.Equal(130, router["VI_1"].Router.EffectivePriority.Value);
        router.Reload(Scripts + Instance("track_script {\n up weight 30\n }") + Instance("track_script {\n up\n }", "VI_2").Replace("51", "52", StringComparison.Ordinal));
        Assert.Equal(VrrpState.Backup, router["VI_2"].Router.State);
    }

    [Fact]
    public void TrackInterface_weight_followsTheLink()
    {
        ModelRouter router = Start(Instance("track_interface {\n eth1 weight -30\n }"));
        Assert.Equal(100, router["VI_1"].Router.EffectivePriority.Value);
        router.World.SetLink(2, "eth1", isUp: false);
        router.Settle();
        Assert.Equal(70, router["VI_1"].Router.EffectivePriority.Value);
        Assert.Contains("(VI_1) reason: interface eth1 is down", router.Lines);
        router.World.SetLink(2, "eth1");
        router.Settle();
        Assert.Equal(100, router["VI_1"].Router.EffectivePriority.Value);
        router.World.DeleteLink(2);
        router.Settle();
        Assert.Equal(70, router["VI_1"].Router.EffectivePriority.Value);
    }

    [Theory]
    [InlineData("", false, VrrpState.Fault)]
    [InlineData("", true, VrrpState.Backup)]
    [InlineData("weight 0 reverse", true, VrrpState.Fault)]
    [InlineData("weight 0 reverse", false, VrrpState.Backup)]
    public void TrackInterface_weightZero_isAFaultAtStart(string weight, bool isUp, VrrpState state)
    {
        ModelWorld world = new();
        world.SetLink(1, "eth0");
        world.SetLink(2, "eth1", isUp);
        world.AddForeign(1, "10.0.0.1", 24);
        ModelRouter router = new(world, Instance($"track_interface {{\n eth1 {weight}\n }}"));
        router.Settle();
        Assert.Equal(state, router.State);
    }

    // Measured with keepalived 2.2.7: the interface of an address is a fault when it is down, whatever weight it is tracked with.
    [Fact]
    public void TrackInterface_ofAVirtualAddress_isAFaultWhateverItsWeight()
    {
        ModelRouter router = Start(Instance("track_interface {\n eth1 weight -30\n }").Replace("10.0.0.100/32", "10.0.0.100/32 dev eth1", StringComparison.Ordinal));
        router.World.SetLink(2, "eth1", isUp: false);
        router.Settle();
        Assert.Equal(VrrpState.Fault, router.State);
        Assert.Equal(100, router["VI_1"].Router.EffectivePriority.Value);
    }

    private const string Session = """
        bfd_instance peer {
            neighbor_ip 10.0.0.9
        }

        """;

    [Fact]
    public void Bfd_weightZero_isAFaultUntilItIsUp()
    {
        ModelRouter router = Start(Session + Instance("track_bfd {\n peer\n }"));
        Assert.Equal(VrrpState.Fault, router.State);
        Assert.Contains("BFD session peer is tracked, but this release has no BFD: it counts as down", router.Lines);
        router.Module.OnBfdSession("peer", isUp: true, router.World.Now);
        Assert.Equal(VrrpState.Backup, router.State);
        Assert.Contains("VRRP_Instance(VI_1) Tracked BFD instance peer is UP", router.Lines);
        router.Module.OnBfdSession("peer", isUp: false, router.World.Now);
        Assert.Equal(VrrpState.Fault, router.State);
        Assert.Contains("VRRP_Instance(VI_1) Tracked BFD instance peer is DOWN", router.Lines);
        Assert.Equal("BFD session peer is down", router["VI_1"].Router.LastTransition.Reason.ToString());
    }

    [Fact]
    public void Bfd_weight_startsLowerUntilItIsUp()
    {
        ModelRouter router = Start(Session + Instance("track_bfd {\n peer weight -20\n }"));
        Assert.Equal(80, router["VI_1"].Router.EffectivePriority.Value);
        router.Module.OnBfdSession("peer", isUp: true, router.World.Now);
        Assert.Equal(100, router["VI_1"].Router.EffectivePriority.Value);
        router.Reload(Session + Instance("track_bfd {\n peer weight -30\n }"));
        Assert.Equal(100, router["VI_1"].Router.EffectivePriority.Value);
    }

    [Fact]
    public void Bfd_sessionThatNobodyTracks_isNoNews()
    {
        ModelRouter router = Start(Session + Instance(""));
        router.Lines.Clear();
        router.Module.OnBfdSession("peer", isUp: true, router.World.Now);
        Assert.Empty(router.Lines);
    }

    // A script that is not looked at yet is absent; who comes to track it has to wait for its first result all the same.
    [Fact]
    public void Report_ofWhatNobodyTracks_isKept_unlessThereIsNothing()
    {
        TrackerBoard board = new(KeepalivedAot.Daemon.Journal.NoJournal.Instance);
        TrackerId file = new(TrackerKind.File, "f");
        TrackerId script = new(TrackerKind.Script, "s");
        board.Report(file, TrackerReading.OfNumber(5), default);
        board.Report(script, TrackerReading.Absent, default);
        Assert.Equal(file, Assert.Single(board.Things).Id);
        Assert.Equal((TrackerReading.OfNumber(5), TrackerReading.Unknown), (board[file].Reading, board[script].Reading));
        board.Report(script, TrackerReading.Absent, default);
        Assert.Equal(TrackerReading.Absent, board[script].Reading);
    }

    // As keepalived: of the priority is told with the state, and FAULT is entered with the one that it had.
    [Fact]
    public void File_thatBecomesAFaultAndNoneAgain_tellsItsPriorityWithTheState()
    {
        TrackerId file = new(TrackerKind.File, "tf");
        ModelRouter router = Start("track_file tf {\n file /tmp/tf\n weight 1\n}\n" + Instance("track_file {\n tf\n }"));
        Report(router, file, TrackerReading.OfNumber(7));
        Assert.Contains("(VI_1) Changing effective priority from 100 to 107", router.Lines);
        router.Lines.Clear();
        Report(router, file, TrackerReading.OfNumber(-254));
        Assert.Equal(VrrpState.Fault, router.State);
        Assert.Equal(107, router["VI_1"].Router.EffectivePriority.Value);
        Report(router, file, TrackerReading.OfNumber(-12));
        Assert.Equal(VrrpState.Backup, router.State);
        Assert.Equal(88, router["VI_1"].Router.EffectivePriority.Value);
        Assert.Contains("(VI_1) Setting effective priority to 88", router.Lines);
        Assert.DoesNotContain(router.Lines, static line => line.Contains("Changing effective priority"));
        // Also when it stays in FAULT, and then the change of another kind is told.
        router.World.SetLink(1, "eth0", isUp: false);
        router.Settle();
        Report(router, file, TrackerReading.OfNumber(-254));
        Report(router, file, TrackerReading.OfNumber(5));
        Assert.Contains("(VI_1) Setting effective priority to 105", router.Lines);
        Assert.Equal(VrrpState.Fault, router.State);
        Report(router, file, TrackerReading.OfNumber(6));
        Assert.Equal("(VI_1) Changing effective priority from 105 to 106", router.Lines.Single(static line => line.Contains("Changing effective")));
    }

    // As keepalived 2.2.7 says it of each of them.
    [Fact]
    public void Start_faultsOfTrackers_areNamed()
    {
        const string Things = """
            track_file tf {
                file /tmp/tf
                weight 0
            }
            vrrp_track_process tp {
                process p
            }

            """;
        ModelWorld world = new();
        world.SetLink(1, "eth0");
        world.SetLink(2, "eth1", isUp: false);
        world.AddForeign(1, "10.0.0.1", 24);
        ModelRouter router = new(
            world, Things + Instance("track_interface {\n eth1\n }\n track_file {\n tf\n }\n track_process {\n tp\n }"),
            static trackers =>
            {
                trackers.Report(new TrackerId(TrackerKind.File, "tf"), TrackerReading.OfNumber(5), default);
                trackers.Report(new TrackerId(TrackerKind.Process, "tp"), TrackerReading.Bad, default);
            });
        Assert.Contains("(VI_1): entering FAULT state (interface eth1 down)", router.Lines);
        Assert.Contains("(VI_1): entering FAULT state (tracked file tf has status -254)", router.Lines);
        Assert.Contains("(VI_1) entering FAULT state (tracked process tp quorum not achieved)", router.Lines);
        Assert.Contains("(VI_1) reason: started while interface eth1 is down", router.Lines);
        Report(router, new TrackerId(TrackerKind.File, "tf"), TrackerReading.OfNumber(0));
        Assert.Contains("(VI_1): tracked file tf leaving FAULT state", router.Lines);
        Report(router, new TrackerId(TrackerKind.File, "tf"), TrackerReading.OfNumber(1));
        Assert.Contains("(VI_1): tracked file tf now FAULT state", router.Lines);
    }
}
