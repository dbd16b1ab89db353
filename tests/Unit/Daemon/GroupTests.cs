using KeepalivedAot.Daemon.Alerts;
using KeepalivedAot.Daemon.Routers;
using KeepalivedAot.Mail;
using KeepalivedAot.Tracking;
using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Tests.Unit.Daemon;

/// <summary>Sync groups from the configuration to the advertisements.</summary>
public sealed class GroupTests
{
    private const string Scripts = """
        vrrp_script chk {
            script "/bin/true"
        }

        """;

    private const string Tracks = "track_script {\nchk\n}";

    private static readonly TrackerId Chk = new(TrackerKind.Script, "chk");

    private sealed class Observer : IGroupObserver
    {
        public List<string> Told { get; } = [];

        public void OnGroupState(string group, VrrpState state) => Told.Add($"{group} {state}");
    }

    /// <summary>Remembers what was mailed last where it is told to, as <see cref="MailAlerts"/> does.</summary>
    private sealed class Alerts : IAlerts
    {
        public List<string> OfGroups { get; } = [];

        public void OnInstanceState(string name, AlertState state, bool isWanted, ref AlertState? lastMailed)
        {
            // Only groups are looked at here.
        }

        public void OnGroupState(string name, AlertState state, bool isWanted, ref AlertState? lastMailed)
        {
            OfGroups.Add($"{name}: {state} after {lastMailed?.ToString() ?? "nothing"}");
            lastMailed = state;
        }
    }

    private static string Instance(int number, string lines = "", int priority = 100) => $$"""
        vrrp_instance VI_{{number}} {
            interface eth{{number}}
            virtual_router_id 5{{number}}
            priority {{priority}}
            {{lines}}
            virtual_ipaddress {
                10.{{number}}.0.100/32
            }
        }

        """;

    private static string Group(string name, string members, string lines = "") => $$"""
        vrrp_sync_group {{name}} {
            group {
                {{members}}
            }
            {{lines}}
        }

        """;

    private static readonly string Pair = Group("G", "VI_1\nVI_2") + Instance(1) + Instance(2);

    private static ModelRouter Start(string configuration, params int[] down) => Start(configuration, null, down);

    private static ModelRouter Start(string configuration, IAlerts? alerts, params int[] down)
    {
        ModelWorld world = new();
        for (int number = 1; number <= 3; number++)
        {
            world.SetLink(number, $"eth{number}", isUp: !down.Contains(number));
            world.AddForeign(number, $"10.{number}.0.1", 24);
        }
        ModelRouter router = new(world, configuration, alerts: alerts);
        router.Settle();
        return router;
    }

    private static ModelRouter StartActive(string configuration)
    {
        ModelRouter router = Start(configuration);
        router.Advance(4);
        Assert.All(router.Module.Instances, static i => Assert.Equal(VrrpState.Active, i.Router.State));
        router.TakeOutput();
        return router;
    }

    private static void SetLink(ModelRouter router, int number, bool isUp)
    {
        router.World.SetLink(number, $"eth{number}", isUp);
        router.Settle();
    }

    private static string States(ModelRouter router)
        => string.Join(' ', router.Module.Instances.Select(static i => $"{i.Name[^1]}:{i.Router.State}"));

    [Fact]
    public void Link_ofOneMember_movesAll()
    {
        ModelRouter router = StartActive(Pair);
        Observer observer = new();
        router.Module.GroupObserver = observer;
        SetLink(router, 2, isUp: false);
        Assert.Equal("1:Fault 2:Fault", States(router));
        List<string> output = router.TakeOutput();
        Assert.Equal(1, output.Count(static line => line == "advert 10.1.0.1 > 224.0.0.18 prio 0 if 1"));
        Assert.Equal(2, output.Count(static line => line == "advert 10.2.0.1 > 224.0.0.18 prio 0 if 2"));
        Assert.Contains("delete 10.1.0.100/32", output);
        Assert.Equal("sync group G: VI_2 has a fault", router["VI_1"].Router.LastTransition.Reason.ToString());
        SetLink(router, 2, isUp: true);
        Assert.Equal("1:Backup 2:Backup", States(router));
        router.Advance(4);
        Assert.Equal("1:Active 2:Active", States(router));
        Assert.Equal(["G Fault", "G Backup", "G Active"], observer.Told);
        router.Module.Stop(keepAddresses: false, router.World.Now);
        Assert.Equal("G Initialize", observer.Told[^1]);
    }

    // Both go down in one turn of the loop: one message of the kernel after the other.
    [Fact]
    public void Links_ofAllMembers_takeAllUpToBringThemBack()
    {
        ModelRouter router = StartActive(Pair);
        SetLink(router, 1, isUp: false);
        SetLink(router, 2, isUp: false);
        SetLink(router, 1, isUp: true);
        Assert.Equal("1:Fault 2:Fault", States(router));
        SetLink(router, 2, isUp: true);
        Assert.Equal("1:Backup 2:Backup", States(router));
    }

    [Fact]
    public void Address_lostByOneMember_isLostByAllForTheSkew()
    {
        ModelRouter router = StartActive(Pair);
        router.World.RemoveForeign("10.1.0.100");
        router.Settle();
        Assert.Equal("1:Backup 2:Backup", States(router));
        Assert.Equal(2, router.TakeOutput().Count(static line => line.Contains("prio 0", StringComparison.Ordinal)));
        router.Advance(0.7);
        Assert.Equal("1:Active 2:Active", States(router));
        Assert.True(router.World.Has("10.1.0.100"));
        Assert.True(router.World.Has("10.2.0.100"));
    }

    [Fact]
    public void Start_oneLinkDown_isTheFaultOfAll()
    {
        ModelRouter router = Start(Pair, down: 2);
        Assert.Equal("1:Fault 2:Fault", States(router));
        Assert.Contains("VRRP_Group(G): Syncing VI_2 to FAULT state", router.Lines);
        SetLink(router, 2, isUp: true);
        Assert.Equal("1:Backup 2:Backup", States(router));
    }

    [Fact]
    public void Start_owners_areActiveAtOnce()
    {
        ModelRouter router = Start(
            Group("G", "VI_1\nVI_2") + Instance(1, "state MASTER", priority: 255) + Instance(2, "state MASTER", priority: 255));
        router.Advance(0.1);
        Assert.Equal("1:Active 2:Active", States(router));
    }

    [Fact]
    public void GroupTracker_ofWeightZero_isTheFaultOfAll()
    {
        ModelRouter router = Start(Scripts + Group("G", "VI_1\nVI_2", "track_script {\nchk\n}") + Instance(1) + Instance(2));
        Assert.Equal("1:Fault 2:Fault", States(router));
        Assert.True(router["VI_1"].Router.IsHeld);
        router.Module.Trackers.Report(Chk, TrackerReading.Good, router.World.Now);
        Assert.Equal("1:Backup 2:Backup", States(router));
        router.Advance(4);
        router.Module.Trackers.Report(Chk, TrackerReading.Bad, router.World.Now);
        router.Settle();
        Assert.Equal("1:Fault 2:Fault", States(router));
        router.Module.Trackers.Report(Chk, TrackerReading.Good, router.World.Now);
        Assert.Equal("1:Backup 2:Backup", States(router));
    }

    // Seen with keepalived 2.2.7: without sync_group_tracking_weight a group's own weights count all the same.
    [Theory]
    [InlineData("")]
    [InlineData("sync_group_tracking_weight")]
    [InlineData("global_tracking")]
    public void GroupTracker_withAWeight_changesAllPriorities(string option)
    {
        ModelRouter router = Start(Scripts + Group("G", "VI_1\nVI_2", option + "\ntrack_script {\nchk weight -10\n}") + Instance(1) + Instance(2));
        router.Module.Trackers.Report(Chk, TrackerReading.Bad, router.World.Now);
        Assert.All(router.Module.Instances, static i => Assert.Equal(90, i.Router.EffectivePriority.Value));
    }

    [Theory]
    [InlineData("", 100)]
    [InlineData("sync_group_tracking_weight", 80)]
    public void MembersTracker_withAWeight_needsTheOptionOfTheGroup(string option, int priority)
    {
        ModelRouter router = Start(
            Scripts + Group("G", "VI_1\nVI_2", option) + Instance(1, "track_script {\nchk weight -20\n}") + Instance(2));
        router.Module.Trackers.Report(Chk, TrackerReading.Bad, router.World.Now);
        Assert.Equal(priority, router["VI_1"].Router.EffectivePriority.Value);
        Assert.Equal(100, router["VI_2"].Router.EffectivePriority.Value);
        Assert.NotEqual(VrrpState.Fault, router["VI_1"].Router.State);
    }

    [Fact]
    public void MembersInterface_withAWeight_isAFaultWithoutTheOption()
    {
        ModelRouter router = StartActive(Group("G", "VI_1\nVI_2") + Instance(1, "track_interface {\neth3 weight -20\n}") + Instance(2));
        SetLink(router, 3, isUp: false);
        Assert.Equal("1:Fault 2:Fault", States(router));
    }

    // Seen with keepalived 2.2.7: of two lines for one thing the group's counts.
    [Fact]
    public void Tracker_ofMemberAndGroup_isTheGroups()
    {
        ModelRouter router = Start(
            Group("G", "VI_1\nVI_2", "sync_group_tracking_weight\ntrack_interface {\neth3 weight -5\n}")
                + Instance(1, "track_interface {\neth3 weight -20\n}") + Instance(2));
        SetLink(router, 3, isUp: false);
        Assert.All(router.Module.Instances, static i => Assert.Equal(95, i.Router.EffectivePriority.Value));
    }

    [Fact]
    public void Reload_sameGroups_tellsNothing()
    {
        ModelRouter router = StartActive(Pair);
        Observer observer = new();
        router.Module.GroupObserver = observer;
        router.Lines.Clear();
        router.Reload(Pair);
        Assert.Empty(observer.Told);
        Assert.DoesNotContain(router.Lines, static line => line.Contains("STATE", StringComparison.Ordinal));
        SetLink(router, 1, isUp: false);
        Assert.Equal("1:Fault 2:Fault", States(router));
    }

    [Fact]
    public void Reload_whatWasMailedLast_isKept_ofAGroupOfTheSameName()
    {
        Alerts alerts = new();
        ModelRouter router = Start(Pair, alerts);
        router.Advance(4);
        router.Reload(Pair + Instance(3));
        SetLink(router, 1, isUp: false);
        Assert.Equal(["G: Backup after nothing", "G: Active after Backup", "G: Fault after Active"], alerts.OfGroups);
        router.Reload(Pair.Replace("vrrp_sync_group G", "vrrp_sync_group H", StringComparison.Ordinal));
        Assert.Equal("H: Fault after nothing", alerts.OfGroups[^1]);
    }

    [Fact]
    public void Reload_otherName_tellsNothing_andTheGroupWorks()
    {
        ModelRouter router = StartActive(Pair);
        Observer observer = new();
        router.Module.GroupObserver = observer;
        router.Reload(Pair.Replace("vrrp_sync_group G", "vrrp_sync_group H", StringComparison.Ordinal));
        Assert.Empty(observer.Told);
        SetLink(router, 1, isUp: false);
        Assert.Equal(["H Fault"], observer.Told);
    }

    [Fact]
    public void Reload_groupGone_membersAreOnTheirOwn()
    {
        ModelRouter router = StartActive(Pair);
        router.Reload(Instance(1) + Instance(2));
        SetLink(router, 1, isUp: false);
        Assert.Equal("1:Fault 2:Active", States(router));
    }

    [Fact]
    public void Reload_groupInFaultGone_whoHasNoFaultRecovers()
    {
        ModelRouter router = StartActive(Pair);
        SetLink(router, 1, isUp: false);
        router.Reload(Instance(1) + Instance(2));
        Assert.Equal("1:Fault 2:Backup", States(router));
    }

    [Fact]
    public void Reload_groupForInstancesThatWereAlone_pullsThemTogether()
    {
        ModelRouter router = StartActive(Instance(1) + Instance(2));
        SetLink(router, 1, isUp: false);
        Assert.Equal("1:Fault 2:Active", States(router));
        router.Reload(Pair);
        Assert.Equal("1:Fault 2:Fault", States(router));
    }

    // keepalived 2.2.7 makes the whole group BACKUP then, and the addresses are nobody's until the new member's timer has run out.
    [Fact]
    public void Reload_newMember_leavesTheOthersActive()
    {
        ModelRouter router = StartActive(Pair);
        Observer observer = new();
        router.Module.GroupObserver = observer;
        router.Reload(Pair.Replace("VI_2\n", "VI_2\nVI_3\n", StringComparison.Ordinal) + Instance(3));
        Assert.Equal("1:Active 2:Active 3:Backup", States(router));
        router.Advance(4);
        Assert.Equal("1:Active 2:Active 3:Active", States(router));
        Assert.Empty(observer.Told);
        Assert.True(router.World.Has("10.3.0.100"));
    }

    [Fact]
    public void Reload_newMemberWithAFault_takesAllToFault()
    {
        ModelRouter router = StartActive(Pair);
        SetLink(router, 3, isUp: false);
        router.Reload(Pair.Replace("VI_2\n", "VI_2\nVI_3\n", StringComparison.Ordinal) + Instance(3));
        Assert.Equal("1:Fault 2:Fault 3:Fault", States(router));
    }

    [Fact]
    public void Reload_memberWithTheFaultGone_freesTheOthers()
    {
        ModelRouter router = StartActive(Group("G", "VI_1\nVI_2\nVI_3") + Instance(1) + Instance(2) + Instance(3));
        SetLink(router, 3, isUp: false);
        Assert.Equal("1:Fault 2:Fault 3:Fault", States(router));
        router.Reload(Pair);
        Assert.Equal("1:Backup 2:Backup", States(router));
    }

    // As keepalived: nothing is told, and no notify script runs, of a moment in which nobody had the fault.
    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    public void Reload_faultThatMovesToAnotherMember_tellsNothing(int from, int to)
    {
        ModelRouter router = Start(With(from));
        router.Module.Trackers.Report(Chk, TrackerReading.Good, router.World.Now);
        router.Advance(4);
        router.Module.Trackers.Report(Chk, TrackerReading.Bad, router.World.Now);
        Assert.Equal("1:Fault 2:Fault", States(router));
        Observer observer = new();
        router.Module.GroupObserver = observer;
        router.Lines.Clear();
        router.Reload(With(to));
        Assert.Equal("1:Fault 2:Fault", States(router));
        Assert.Empty(observer.Told);
        Assert.DoesNotContain(router.Lines, static line => line.Contains("STATE", StringComparison.Ordinal));

        router.Module.Trackers.Report(Chk, TrackerReading.Good, router.World.Now);
        Assert.Equal("1:Backup 2:Backup", States(router));

        static string With(int member) => Scripts + Group("G", "VI_1\nVI_2")
            + Instance(1, member == 1 ? Tracks : "") + Instance(2, member == 2 ? Tracks : "");
    }

    [Fact]
    public void Reload_faultThatIsNobodysAnyMore_tellsTheGroupFirst()
    {
        ModelRouter router = Start(Scripts + Group("G", "VI_1\nVI_2") + Instance(1) + Instance(2, Tracks));
        router.Module.Trackers.Report(Chk, TrackerReading.Bad, router.World.Now);
        Observer observer = new();
        router.Module.GroupObserver = observer;
        router.Lines.Clear();
        router.Reload(Pair);
        Assert.Equal(["G Backup"], observer.Told);
        Assert.Equal("1:Backup 2:Backup", States(router));
        Assert.Equal(
            ["(VI_1) Entering BACKUP STATE", "(VI_2) Entering BACKUP STATE"],
            router.Lines.Where(static line => line.Contains("STATE", StringComparison.Ordinal)));
    }

    [Fact]
    public void Reload_newTrackerWithoutResult_doesNotStopTheGroup()
    {
        ModelRouter router = StartActive(Pair);
        router.Reload(Scripts + Group("G", "VI_1\nVI_2", "track_script {\nchk\n}") + Instance(1) + Instance(2));
        Assert.Equal("1:Active 2:Active", States(router));
        router.Module.Trackers.Report(Chk, TrackerReading.Good, router.World.Now);
        Assert.Equal("1:Active 2:Active", States(router));
        router.Module.Trackers.Report(Chk, TrackerReading.Bad, router.World.Now);
        Assert.Equal("1:Fault 2:Fault", States(router));
    }

    [Fact]
    public void Reload_newGroupOfNewInstances_startsLikeAnyOther()
    {
        ModelRouter router = Start(Instance(3));
        Observer observer = new();
        router.Module.GroupObserver = observer;
        router.Reload(Pair + Instance(3));
        Assert.Equal(["G Backup"], observer.Told);
        router.Advance(4);
        Assert.Equal(["G Backup", "G Active"], observer.Told);
    }
}
