using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Roles;
using KeepalivedAot.Daemon.Tracking;
using KeepalivedAot.Tracking;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Tests.Unit.Daemon.Roles;

/// <summary>A daemon that was killed as MASTER, and is started again before the others' timers run out.</summary>
public sealed class RoleTests
{
    private const string One = """
        vrrp_instance V1 {
            interface eth0
            virtual_router_id 51
            priority 100
            advert_int 1
            virtual_ipaddress {
                10.0.0.100/24
            }
        }
        """;

    private static readonly TrackerId s_script = new(TrackerKind.Script, "s");

    private static ModelWorld World()
    {
        ModelWorld world = new();
        world.SetLink(2, "eth0");
        world.AddForeign(2, "10.0.0.1", 24);
        world.Deliver();
        return world;
    }

    // It dies some seconds after it has become MASTER.
    private static ModelWorld Killed(string configuration, double after = 5)
    {
        ModelWorld world = World();
        ModelRouter router = new(world, configuration);
        router.Advance(after);
        Assert.All(router.Module.Instances, static instance => Assert.Equal(VrrpState.Active, instance.Router.State));
        world.Kill();
        return world;
    }

    private static ModelRouter StartAgain(ModelWorld world, string configuration, double later)
    {
        world.Now += Duration.FromMilliseconds((long)(later * 1000));
        world.Output.Clear();
        return new ModelRouter(world, configuration);
    }

    [Fact]
    public void Role_isTakenBack_atOnce_andTheAddressNeverGoes()
    {
        ModelWorld world = Killed(One);
        ModelRouter router = StartAgain(world, One, 0.02);
        Assert.True(world.Has("10.0.0.100"));
        router.Turn();
        Assert.Equal(VrrpState.Active, router.State);
        Assert.Equal(TransitionCause.Resumed, router["V1"].Router.LastTransition.Reason.Cause);
        Assert.True(world.Has("10.0.0.100"));
        Assert.DoesNotContain(world.Output, static line => line.Contains("10.0.0.100", StringComparison.Ordinal) && line.Contains("delete", StringComparison.OrdinalIgnoreCase));
        Assert.Contains(router.Lines, static line => line.Contains("it was MASTER when its process was killed, ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(2.9, true)]
    [InlineData(3.1, false)]
    [InlineData(60, false)]
    public void Role_isTakenBack_whileNobodyElseCanHaveIt(double later, bool isResumed)
    {
        ModelWorld world = Killed(One);
        // The last advertisement left some time before.
        RoleRecord.Role role = RoleRecord.Read(world.Roles, world.BootId).Values.Single();
        double silent = (world.Now - default(Instant) - role.AdvertisedAt).Nanoseconds / 1e9;
        ModelRouter router = StartAgain(world, One, later - silent);
        router.Turn();
        Assert.Equal(isResumed ? VrrpState.Active : VrrpState.Backup, router.State);
        Assert.Equal(isResumed, world.Has("10.0.0.100"));
    }

    [Fact]
    public void Suspension_counts()
    {
        ModelWorld world = Killed(One);
        world.Suspended += Duration.FromSeconds(10);
        ModelRouter router = StartAgain(world, One, 0.02);
        router.Turn();
        Assert.Equal(VrrpState.Backup, router.State);
        Assert.False(world.Has("10.0.0.100"));
    }

    [Fact]
    public void Another_startOfTheMachine_isNone()
    {
        ModelWorld world = Killed(One);
        world.BootId = "another-start";
        ModelRouter router = StartAgain(world, One, 0.02);
        router.Turn();
        Assert.Equal(VrrpState.Backup, router.State);
    }

    [Theory]
    [InlineData("virtual_router_id 51", "virtual_router_id 52")]
    [InlineData("interface eth0", "interface eth1")]
    [InlineData("advert_int 1", "advert_int 2")]
    [InlineData("advert_int 1", "advert_int 1\n version 3")]
    [InlineData("vrrp_instance V1", "global_defs {\n vrrp_startup_delay 5\n}\nvrrp_instance V1")]
    public void Another_router_orOneThatIsToWait_waits(string what, string instead)
    {
        ModelWorld world = Killed(One);
        world.SetLink(3, "eth1");
        world.AddForeign(3, "10.0.1.1", 24);
        world.Deliver();
        ModelRouter router = StartAgain(world, One.Replace(what, instead, StringComparison.Ordinal), 0.02);
        router.Turn();
        Assert.Equal(VrrpState.Backup, router.State);
    }

    [Fact]
    public void Role_thatWasGivenUp_isNotTakenBack()
    {
        ModelWorld world = World();
        ModelRouter router = new(world, One);
        router.Advance(5);
        router.Module.Stop(keepAddresses: false, world.Now);
        Assert.Null(world.Roles);
        // The loop turns on for scripts, and an interface goes meanwhile.
        world.SetLink(2, "eth0", isUp: false);
        router.Settle();
        world.SetLink(2, "eth0");
        router.Settle();
        Assert.Null(world.Roles);
        world.Kill();
        router = StartAgain(world, One, 0.02);
        router.Turn();
        Assert.Equal(VrrpState.Backup, router.State);
    }

    [Fact]
    public void Role_isWrittenWithEachAdvertisement_andNobodysAfterAFault()
    {
        ModelWorld world = World();
        ModelRouter router = new(world, One);
        RoleRecord.Key key = new("eth0", 51, AddressFamily.IPv4, 2);
        Assert.Empty(RoleRecord.Read(world.Roles, world.BootId));
        router.Advance(5);
        RoleRecord.Role first = RoleRecord.Read(world.Roles, world.BootId)[key];
        Assert.Equal(Duration.FromSeconds(3), first.Limit);
        router.Advance(1);
        Assert.Equal(Duration.FromSeconds(1), RoleRecord.Read(world.Roles, world.BootId)[key].AdvertisedAt - first.AdvertisedAt);
        world.SetLink(2, "eth0", isUp: false);
        router.Settle();
        Assert.Equal(VrrpState.Fault, router.State);
        Assert.Empty(RoleRecord.Read(world.Roles, world.BootId));
    }

    [Fact]
    public void Role_ofAnInstanceThatAReloadAdds_hasItsPlace()
    {
        ModelWorld world = World();
        ModelRouter router = new(world, One);
        router.Advance(5);
        string two = One.Replace("V1", "V0", StringComparison.Ordinal).Replace("51", "50", StringComparison.Ordinal).Replace("10.0.0.100", "10.0.0.101", StringComparison.Ordinal) + "\n" + One;
        router.Reload(two);
        router.Advance(5);
        Assert.Equal<byte>([50, 51], RoleRecord.Read(world.Roles, world.BootId).Keys.Select(static key => key.Vrid).Order());
        router.Reload(One);
        router.Advance(1);
        Assert.Equal<byte>([51], RoleRecord.Read(world.Roles, world.BootId).Keys.Select(static key => key.Vrid));
    }

    [Fact]
    public void Group_goesOnTogether_orNotAtAll()
    {
        const string Group = """
            vrrp_sync_group G {
                group {
                    V1
                    V2
                }
            }
            vrrp_instance V1 {
                interface eth0
                virtual_router_id 51
                priority 100
                virtual_ipaddress {
                    10.0.0.100/24
                }
            }
            vrrp_instance V2 {
                interface eth0
                virtual_router_id 52
                priority 100
                virtual_ipaddress {
                    10.0.0.101/24
                }
            }
            """;
        ModelWorld world = Killed(Group);
        byte[] roles = [.. world.Roles!];
        ModelRouter router = StartAgain(world, Group, 0.02);
        router.Turn();
        Assert.All(router.Module.Instances, static instance => Assert.Equal(VrrpState.Active, instance.Router.State));

        // One of them was not MASTER.
        world = Killed(Group);
        world.Roles![RoleRecord.HeaderLength + 19] = 0;
        router = StartAgain(world, Group, 0.02);
        router.Turn();
        Assert.All(router.Module.Instances, static instance => Assert.Equal(VrrpState.Backup, instance.Router.State));
        Assert.False(world.Has("10.0.0.100"));
        Assert.False(world.Has("10.0.0.101"));
        Assert.NotEqual(roles, world.Roles);
    }

    [Fact]
    public void Second_death_beforeTheFirstTurn_losesNothing()
    {
        ModelWorld world = Killed(One);
        StartAgain(world, One, 0.02);
        world.Kill();
        ModelRouter router = StartAgain(world, One, 0.02);
        router.Turn();
        Assert.Equal(VrrpState.Active, router.State);
    }

    [Fact]
    public void Damaged_records_holdNothing()
    {
        ModelWorld world = Killed(One);
        byte[] whole = world.Roles!;
        for (int length = 0; length < whole.Length; length++)
            Assert.Empty(RoleRecord.Read(whole.AsSpan(0, length), world.BootId));
        Random random = new(1);
        for (int i = 0; i < 2000; i++)
        {
            byte[] damaged = [.. whole];
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            Assert.InRange(RoleRecord.Read(damaged, world.BootId).Count, 0, 1);
        }
        Assert.Empty(RoleRecord.Read(whole, ""));
        world.Roles = new byte[100];
        ModelRouter router = StartAgain(world, One, 0.02);
        router.Turn();
        Assert.Equal(VrrpState.Backup, router.State);
    }

    [Fact]
    public void Full_disk_isToldOnce_andNothingStops()
    {
        ModelWorld world = World();
        world.RolesFailure = Errno.ENOSPC;
        ModelRouter router = new(world, One);
        router.Advance(10);
        Assert.Equal(VrrpState.Active, router.State);
        Assert.Single(router.Lines, static line => line.Contains("No record of roles (write roles: No space left on device)", StringComparison.Ordinal));
        world.RolesFailure = Errno.None;
        router.Advance(12);
        Assert.Single(router.Lines, static line => line == "The record of roles is written again");
        Assert.Single(RoleRecord.Read(world.Roles, world.BootId));
    }

    private const string Tracked = """
        vrrp_script s {
            script "/bin/true"
            interval 1
        }

        """;

    private static readonly string s_withScript = Tracked + One.Replace("advert_int 1", "advert_int 1\n track_script {\n s\n }", StringComparison.Ordinal);

    // Killed as MASTER, and started again; its script has not answered yet.
    private static ModelRouter StartWithScript(out ModelWorld world)
    {
        world = World();
        ModelRouter router = new(world, s_withScript);
        router.Module.Trackers.Report(s_script, TrackerReading.Good, world.Now);
        router.Advance(5);
        Assert.Equal(VrrpState.Active, router.State);
        world.Kill();
        router = StartAgain(world, s_withScript, 0.02);
        router.Advance(0.1);
        Assert.Equal(VrrpState.Fault, router.State);
        Assert.True(world.Has("10.0.0.100"));
        return router;
    }

    [Fact]
    public void Script_thatIsNotHeardOfYet_isWaitedFor_andTheAddressNeverGoes()
    {
        ModelRouter router = StartWithScript(out ModelWorld world);
        router.Module.Trackers.Report(s_script, TrackerReading.Good, world.Now);
        router.Turn();
        Assert.Equal(VrrpState.Active, router.State);
        Assert.Equal(TransitionCause.Resumed, router["V1"].Router.LastTransition.Reason.Cause);
        Assert.DoesNotContain(world.Output, IsRemoval);
        Assert.True(world.Has("10.0.0.100"));
        world.SetLink(2, "eth0", isUp: false);
        router.Settle();
        Assert.False(world.Has("10.0.0.100"));
    }

    [Fact]
    public void Script_thatFails_takesTheAddressAtOnce()
    {
        ModelRouter router = StartWithScript(out ModelWorld world);
        router.Module.Trackers.Report(s_script, TrackerReading.Bad, world.Now);
        router.Turn();
        Assert.Equal(VrrpState.Fault, router.State);
        Assert.False(world.Has("10.0.0.100"));
    }

    [Fact]
    public void Script_thatTakesTooLong_losesTheAddress_beforeAnybodyElseCanHaveIt()
    {
        ModelRouter router = StartWithScript(out ModelWorld world);
        RoleRecord.Role role = RoleRecord.Read(world.Roles, world.BootId).Values.Single();
        double left = (role.AdvertisedAt + role.Limit - (world.Now - default(Instant))).Nanoseconds / 1e9;
        router.Advance(left - 0.01);
        Assert.True(world.Has("10.0.0.100"));
        router.Advance(0.02);
        Assert.False(world.Has("10.0.0.100"));
        router.Module.Trackers.Report(s_script, TrackerReading.Good, world.Now);
        router.Turn();
        Assert.Equal(VrrpState.Backup, router.State);
        router.Advance(4);
        Assert.Equal(VrrpState.Active, router.State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Script_thatIsNotHeardOfYet_whenTheDaemonStopsOrReadsAnotherConfiguration_leavesNoAddress(bool stops)
    {
        ModelRouter router = StartWithScript(out ModelWorld world);
        if (stops)
            router.Module.Stop(keepAddresses: false, world.Now);
        else
            router.Reload(Tracked + One.Replace("51", "52", StringComparison.Ordinal).Replace("10.0.0.100", "10.0.0.101", StringComparison.Ordinal));
        Assert.False(world.Has("10.0.0.100"));
    }

    [Fact]
    public void Script_thatIsNotHeardOfYet_atAReload_isWaitedFor()
    {
        ModelRouter router = StartWithScript(out ModelWorld world);
        router.Reload(s_withScript);
        Assert.True(world.Has("10.0.0.100"));
        router.Module.Trackers.Report(s_script, TrackerReading.Good, world.Now);
        router.Turn();
        Assert.Equal(VrrpState.Active, router.State);
        Assert.DoesNotContain(world.Output, IsRemoval);
    }

    private const string Route = "route 10.70.0.0/16 if 2 table 254";
    private const string Rule = "rule 800 table 80";

    private static readonly string s_withRoutes = s_withScript.Replace(
        "virtual_ipaddress",
        "virtual_routes {\n 10.70.0.0/16 via 10.0.0.254 dev eth0\n}\nvirtual_rules {\n from 10.80.0.0/16 lookup 80 priority 800\n}\nvirtual_ipaddress",
        StringComparison.Ordinal);

    private static ModelRouter StartWithRoutes(out ModelWorld world, string? next = null, string? missing = null)
    {
        world = World();
        ModelRouter router = new(world, s_withRoutes);
        router.Module.Trackers.Report(s_script, TrackerReading.Good, world.Now);
        router.Advance(5);
        Assert.Equal([Route, Rule], world.Routing);
        world.Kill();
        if (missing is not null)
            world.Routing.Remove(missing);
        router = StartAgain(world, next ?? s_withRoutes, 0.02);
        router.Advance(0.1);
        Assert.Equal(VrrpState.Fault, router.State);
        return router;
    }

    [Fact]
    public void Routes_whoseInstanceGoesOn_neverGo()
    {
        ModelRouter router = StartWithRoutes(out ModelWorld world);
        Assert.Equal([Route, Rule], world.Routing);
        router.Module.Trackers.Report(s_script, TrackerReading.Good, world.Now);
        router.Turn();
        Assert.Equal(VrrpState.Active, router.State);
        Assert.DoesNotContain(world.Output, static line => line.StartsWith("delete", StringComparison.Ordinal));
        Assert.DoesNotContain(router.Lines, static line => line.Contains("there is one already", StringComparison.Ordinal));
        Assert.Equal([Route, Rule], world.Routing);
        router.Module.Stop(keepAddresses: false, world.Now);
        Assert.Empty(world.Routing);
    }

    [Theory]
    [InlineData(Route)]
    [InlineData(Rule)]
    public void Routes_takenByOthersMeanwhile_arePutBackWithTheRole(string missing)
    {
        ModelRouter router = StartWithRoutes(out ModelWorld world, missing: missing);
        Assert.DoesNotContain(missing, world.Routing);
        router.Module.Trackers.Report(s_script, TrackerReading.Good, world.Now);
        router.Turn();
        Assert.Contains(missing, world.Routing);
    }

    [Fact]
    public void Routes_whoseInstanceDoesNotGoOn_go()
    {
        ModelRouter router = StartWithRoutes(out ModelWorld world);
        router.Module.Trackers.Report(s_script, TrackerReading.Bad, world.Now);
        router.Turn();
        Assert.Empty(world.Routing);
    }

    [Fact]
    public void Routes_notInTheNextConfiguration_goAtOnce()
    {
        StartWithRoutes(out ModelWorld world, next: s_withScript);
        Assert.Empty(world.Routing);
    }

    private const string Two = """
        vrrp_script s {
            script "/bin/true"
            interval 1
        }
        vrrp_script t {
            script "/bin/true"
            interval 1
        }
        vrrp_instance V1 {
            interface eth0
            virtual_router_id 51
            priority 100
            track_script {
                s
            }
            virtual_ipaddress {
                10.0.0.100/24
            }
            virtual_routes {
                10.70.0.0/16 via 10.0.0.254 dev eth0
            }
        }
        vrrp_instance V2 {
            interface eth0
            virtual_router_id 52
            priority 100
            track_script {
                t
            }
            virtual_ipaddress {
                10.0.0.100/24
            }
            virtual_routes {
                10.70.0.0/16 via 10.0.0.254 dev eth0
            }
        }
        """;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Objects_ofTwoInstances_stayAsLongAsOneMayGoOn(bool isThere)
    {
        TrackerId other = new(TrackerKind.Script, "t");
        ModelWorld world = World();
        ModelRouter router = new(world, Two);
        router.Module.Trackers.Report(s_script, TrackerReading.Good, world.Now);
        router.Module.Trackers.Report(other, TrackerReading.Good, world.Now);
        router.Advance(5);
        world.Kill();
        if (!isThere)
            world.Routing.Remove(Route);
        router = StartAgain(world, Two, 0.02);
        router.Advance(0.1);
        router.Module.Trackers.Report(s_script, TrackerReading.Bad, world.Now);
        router.Turn();
        Assert.Equal((true, isThere), (world.Has("10.0.0.100"), world.Routing.Contains(Route)));
        router.Module.Trackers.Report(other, TrackerReading.Good, world.Now);
        router.Turn();
        Assert.Equal(VrrpState.Active, router["V2"].Router.State);
        Assert.Equal((true, true), (world.Has("10.0.0.100"), world.Routing.Contains(Route)));
        Assert.DoesNotContain(world.Output, IsRemoval);
        router.Module.Trackers.Report(other, TrackerReading.Bad, world.Now);
        router.Turn();
        Assert.Equal((false, false), (world.Has("10.0.0.100"), world.Routing.Contains(Route)));
    }

    // Who preempts did not wait for our silence.
    [Theory]
    [InlineData(200, false)]
    [InlineData(90, false)]
    [InlineData(0, true)]
    public void Router_heardWhileTheScriptIsAwaited_hasTheRole(byte priority, bool isKept)
    {
        ModelRouter router = StartWithScript(out ModelWorld world);
        world.Receive(Vrrp.Datagram.Of(router["V1"].Router.Parameters, IpAddress.Parse("10.0.0.9"), priority), "10.0.0.9", "224.0.0.18");
        router.Turn();
        Assert.Equal(isKept, world.Has("10.0.0.100"));
        Assert.Equal(isKept, RoleRecord.Read(world.Roles, world.BootId).Count == 1);
        router.Module.Trackers.Report(s_script, TrackerReading.Good, world.Now);
        router.Turn();
        Assert.Equal(isKept ? VrrpState.Active : VrrpState.Backup, router.State);
    }

    // How long we wait for others says nothing of how long they wait for us, but that it may be less than usual.
    [Theory]
    [InlineData(10, 3)]
    [InlineData(3, 3)]
    [InlineData(2, 2)]
    public void Patience_ofTheOthers_isTheUsualOneAtMost(int downTimerAdverts, int seconds)
    {
        ModelWorld world = Killed(One.Replace("advert_int 1", $"advert_int 1\n down_timer_adverts {downTimerAdverts}", StringComparison.Ordinal), after: 15);
        Assert.Equal(Duration.FromSeconds(seconds), RoleRecord.Read(world.Roles, world.BootId).Values.Single().Limit);
    }

    [Fact]
    public void Suspension_whileTheScriptIsAwaited_counts()
    {
        ModelRouter router = StartWithScript(out ModelWorld world);
        world.Suspended += Duration.FromSeconds(10);
        router.Module.OnSlept(Duration.FromSeconds(10));
        router.Turn();
        Assert.False(world.Has("10.0.0.100"));
        router.Module.Trackers.Report(s_script, TrackerReading.Good, world.Now);
        router.Turn();
        Assert.Equal(VrrpState.Backup, router.State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Address_thatIsNotAccepted_isDroppedWhileTheScriptIsAwaited(bool isGood)
    {
        const string Vip = "ip keepalived vips 0A000064";
        string configuration = s_withScript.Replace("advert_int 1", "advert_int 1\n version 3\n no_accept", StringComparison.Ordinal);
        ModelWorld world = World();
        ModelRouter router = new(world, configuration);
        router.Module.Trackers.Report(s_script, TrackerReading.Good, world.Now);
        router.Advance(5);
        Assert.Contains(Vip, world.RulesetElements);
        world.Kill();
        router = StartAgain(world, configuration, 0.02);
        router.Advance(0.1);
        Assert.True(world.Has("10.0.0.100"));
        Assert.Contains(Vip, world.RulesetElements);
        router.Module.Trackers.Report(s_script, isGood ? TrackerReading.Good : TrackerReading.Bad, world.Now);
        router.Turn();
        Assert.Equal(isGood, world.Has("10.0.0.100"));
        Assert.Equal(isGood, world.RulesetElements.Contains(Vip));
    }

    private static bool IsRemoval(string line)
        => line.Contains("10.0.0.100", StringComparison.Ordinal) && line.Contains("delete", StringComparison.OrdinalIgnoreCase);
}
