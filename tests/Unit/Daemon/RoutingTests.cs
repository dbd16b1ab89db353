using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Tests.Unit.Daemon;

/// <summary>Routes and rules, virtual and static: they come and go with the state, and with their interfaces.</summary>
public sealed class RoutingTests
{
    private const string Route = "route 10.70.0.0/16 if 2 table 254";
    private const string Rule = "rule 800 table 80";
    private const string StaticRoute = "route 10.50.0.0/16 if 3 table 254";

    private const string Lines = """
            virtual_routes {
                10.70.0.0/16 via 10.0.0.254 dev eth0
                10.71.0.0/16 dev eth1 table 100
            }
            virtual_rules {
                from 10.80.0.0/16 lookup 80 priority 800
            }
        """;

    private static ModelWorld World()
    {
        ModelWorld world = new();
        world.SetLink(2, "eth0");
        world.SetLink(3, "eth1");
        world.AddForeign(2, "10.0.0.1", 24);
        return world;
    }

    private static string Instance(string lines = Lines, string outside = "") => $$"""
        {{outside}}
        vrrp_instance V1 {
            interface eth0
            virtual_router_id 51
            priority 100
            advert_int 1
            virtual_ipaddress {
                10.0.0.100/24
            }
            {{lines}}
        }
        """;

    private static ModelRouter Active(ModelWorld world, string configuration)
    {
        ModelRouter router = new(world, configuration);
        router.Advance(3.7);
        router.Settle();
        Assert.Equal(VrrpState.Active, router.State);
        router.TakeOutput();
        return router;
    }

    // So long ago that somebody else may have its role.
    private static void DieForGood(ModelWorld world)
    {
        world.Kill();
        world.Now += Duration.FromSeconds(10);
    }

    // Nobody knows whether they are there, and nobody wants them any more.
    [Fact]
    public void Routes_that_are_asked_for_again_when_the_role_goes_do_not_stay()
    {
        ModelWorld world = World();
        ModelRouter router = Active(world, Instance());
        Assert.Contains(Route, world.Routing);
        world.LoseRoutingNotifications();
        world.Receive(Vrrp.Datagram.Of(router["V1"].Router.Parameters, IpAddress.Parse("10.0.0.9"), 200), "10.0.0.9", "224.0.0.18");
        router.Turn();
        router.Settle();
        Assert.Equal(VrrpState.Backup, router.State);
        Assert.DoesNotContain(Route, world.Routing);
        Assert.DoesNotContain(Rule, world.Routing);
    }

    [Fact]
    public void Route_of_another_protocol_that_was_there_stays()
    {
        const string NoTrack = "virtual_routes {\n 10.70.0.0/16 via 10.0.0.254 dev eth0 protocol static no_track\n}";
        ModelWorld world = World();
        world.AddForeignRouting(Route);
        ModelRouter router = Active(world, Instance(NoTrack));
        Assert.Equal([Route], world.Routing);
        Assert.Contains(router.Lines, static line => line.EndsWith("there is one already", StringComparison.Ordinal));
        router.Settle();
        Assert.DoesNotContain("10.70.0.0", System.Text.Encoding.UTF8.GetString(world.Record!), StringComparison.Ordinal);

        router.Module.Stop(keepAddresses: false, world.Now);
        Assert.Equal([Route], world.Routing);
        Assert.Null(world.Record);
    }

    [Fact]
    public void Route_of_another_protocol_that_we_added_goes_also_after_a_crash()
    {
        const string NoTrack = "virtual_routes {\n 10.70.0.0/16 via 10.0.0.254 dev eth0 protocol static no_track\n}";
        ModelWorld world = World();
        Active(world, Instance(NoTrack)).Module.Stop(keepAddresses: false, world.Now);
        Assert.Empty(world.Routing);
        Active(world, Instance(NoTrack));
        Assert.Equal([Route], world.Routing);
        DieForGood(world);
        _ = new ModelRouter(world, Instance(NoTrack));
        Assert.Empty(world.Routing);
    }

    [Fact]
    public void Takeover_adds_routes_then_rules_behind_the_addresses()
    {
        ModelRouter router = new(World(), Instance());
        router.TakeOutput();
        router.Advance(3.7);
        Assert.Equal(
            ["advert 10.0.0.1 > 224.0.0.18 prio 100 if 2", "add 10.0.0.100/24", $"add {Route}", "add route 10.71.0.0/16 if 3 table 100", $"add {Rule}"],
            router.TakeOutput().Take(5));
    }

    [Fact]
    public void Stop_removes_rules_then_routes_in_front_of_the_addresses()
    {
        ModelRouter router = Active(World(), Instance());
        router.Module.Stop(keepAddresses: false, router.World.Now);
        Assert.Equal(
            [
                "advert 10.0.0.1 > 224.0.0.18 prio 0 if 2", $"delete {Rule}", $"delete {Route}", "delete route 10.71.0.0/16 if 3 table 100",
                "delete 10.0.0.100/24",
            ],
            router.TakeOutput());
        Assert.Empty(router.World.Routing);
        Assert.Null(router.World.Record);
    }

    [Fact]
    public void Stop_asked_to_keep_addresses_keeps_routes_too()
    {
        ModelRouter router = Active(World(), Instance());
        router.Module.Stop(keepAddresses: true, router.World.Now);
        Assert.Contains(Route, router.World.Routing);
        Assert.NotNull(router.World.Record);
    }

    // As keepalived 2.2.7: it gives up the role, takes everything away, and is back with everything after Skew_Time.
    [Theory]
    [InlineData(Route, "virtual route 10.70.0.0/16 via 10.0.0.254 dev eth0 was removed by somebody else")]
    [InlineData(Rule, "virtual rule from 10.80.0.0/16 table 80 preference 800 was removed by somebody else")]
    public void Loss_of_what_is_tracked_makes_backup_then_active_again(string lost, string why)
    {
        ModelRouter router = Active(World(), Instance());
        router.World.RemoveForeignRouting(lost);
        router.Settle();
        Assert.Equal(VrrpState.Backup, router.State);
        Assert.Contains(router.Lines, line => line.Contains(why, StringComparison.Ordinal));
        Assert.Empty(router.World.Routing);
        router.Advance(0.7);
        Assert.Equal(VrrpState.Active, router.State);
        Assert.Equal(3, router.World.Routing.Count);
    }

    [Theory]
    [InlineData("virtual_routes {\n 10.70.0.0/16 dev eth0 no_track\n}")]
    [InlineData("virtual_routes {\n 10.70.0.0/16 via 10.0.0.254\n}")]
    public void Loss_of_what_is_not_tracked_changes_nothing(string lines)
    {
        ModelRouter router = Active(World(), Instance(lines));
        router.World.RemoveForeignRouting(Assert.Single(router.World.Routing));
        router.Settle();
        Assert.Equal(VrrpState.Active, router.State);
        Assert.Empty(router.World.Routing);
    }

    private static readonly string s_untracked = Lines.Replace("table 100", "table 100 no_track", StringComparison.Ordinal);

    [Theory]
    [InlineData("virtual_routes {\n 10.71.0.0/16 dev eth1\n}", true)]
    [InlineData("virtual_routes {\n 10.71.0.0/16 via 10.1.0.254 dev eth1\n}", true)]
    [InlineData("virtual_routes {\n 10.71.0.0/16 dev eth1 no_track\n}", false)]
    [InlineData("virtual_routes {\n 10.71.0.0/16 nexthop via 10.1.0.254 dev eth1 nexthop via 10.0.0.254 dev eth0\n}", false)]
    [InlineData("virtual_rules {\n iif eth1 lookup 80 priority 800\n}", true)]
    [InlineData("virtual_rules {\n oif eth1 lookup 80 priority 800\n}", true)]
    [InlineData("virtual_rules {\n iif eth1 lookup 80 priority 800 no_track\n}", false)]
    public void Interface_of_a_tracked_line_is_tracked(string lines, bool isTracked)
    {
        ModelRouter router = Active(World(), Instance(lines));
        router.World.SetLink(3, "eth1", isUp: false);
        router.Settle();
        Assert.Equal(isTracked ? VrrpState.Fault : VrrpState.Active, router.State);
        router.World.SetLink(3, "eth1");
        Recover(router);
        Assert.Equal(VrrpState.Active, router.State);
        router.World.DropRoutesOf(3);
        router.World.DeleteLink(3);
        router.Settle();
        Assert.Equal(isTracked ? VrrpState.Fault : VrrpState.Active, router.State);
        router.World.SetLink(9, "eth1");
        Recover(router);
        Assert.Equal(VrrpState.Active, router.State);
        Assert.Single(router.World.Routing);
    }

    private static void Recover(ModelRouter router)
    {
        router.Settle();
        router.Advance(3.7);
        router.Settle();
    }

    [Fact]
    public void Interface_that_comes_back_gets_its_routes_back_without_a_change_of_state()
    {
        ModelRouter router = Active(World(), Instance(s_untracked));
        router.World.SetLink(3, "eth1", isUp: false);
        router.World.DropRoutesOf(3);
        router.Settle();
        Assert.Equal(VrrpState.Active, router.State);
        Assert.Equal(2, router.World.Routing.Count);
        router.World.SetLink(3, "eth1");
        router.Settle();
        Assert.Equal(VrrpState.Active, router.State);
        Assert.Contains("route 10.71.0.0/16 if 3 table 100", router.World.Routing);
    }

    // The kernel switches IPv4 off on an interface that loses its last address.
    [Fact]
    public void Last_address_that_goes_takes_the_routes_along_and_they_come_back()
    {
        ModelWorld world = World();
        world.AddForeign(3, "10.1.0.1", 24);
        ModelRouter router = Active(world, Instance());
        world.DropRoutesOf(3);
        world.RemoveForeign("10.1.0.1");
        router.Settle();
        Assert.Equal(VrrpState.Active, router.State);
        Assert.Contains("route 10.71.0.0/16 if 3 table 100", world.Routing);
    }

    // IPv6 routes of an interface that goes down are reported, and the report may come first.
    [Fact]
    public void Route_that_goes_with_its_interface_is_no_loss()
    {
        ModelRouter router = Active(World(), Instance("virtual_routes {\n 2001:db8:7::/48 dev eth1\n}"));
        string route = Assert.Single(router.World.Routing);
        router.World.RemoveForeignRouting(route);
        router.World.SetLink(3, "eth1", isUp: false);
        router.Settle();
        Assert.Equal(VrrpState.Fault, router.State);
        Assert.Contains("(V1) reason: interface eth1 is down", router.Lines);
        Assert.DoesNotContain(router.Lines, static line => line.Contains("virtual route", StringComparison.Ordinal));
        router.World.SetLink(3, "eth1");
        Recover(router);
        Assert.Equal([route], router.World.Routing);
    }

    [Fact]
    public void Interface_of_another_index_gets_the_routes_anew()
    {
        ModelRouter router = Active(World(), Instance(s_untracked));
        router.World.DropRoutesOf(3);
        router.World.DeleteLink(3);
        router.Settle();
        router.World.SetLink(9, "eth1");
        router.Settle();
        Assert.Contains("route 10.71.0.0/16 if 9 table 100", router.World.Routing);
    }

    [Fact]
    public void Lost_notifications_are_made_good_by_adding_what_may_be_gone()
    {
        ModelRouter router = Active(World(), Instance());
        router.World.Routing.Remove(Rule);
        router.World.LoseRoutingNotifications();
        router.Settle();
        Assert.Equal(VrrpState.Active, router.State);
        Assert.Equal(3, router.World.Routing.Count);
    }

    [Fact]
    public void Refusal_is_said_once_and_tried_again_where_that_helps()
    {
        ModelWorld world = World();
        world.RouteRefusals[IpAddress.Parse("10.70.0.0")] = Errno.ENETUNREACH;
        ModelRouter router = Active(world, Instance());
        router.Advance(3);
        Assert.Single(router.Lines, line => line.Contains("cannot add route 10.70.0.0/16 via 10.0.0.254 dev eth0", StringComparison.Ordinal));
        world.RouteRefusals.Clear();
        router.Advance(1.1);
        Assert.Contains(Route, world.Routing);
    }

    [Fact]
    public void Reload_keeps_what_stays_and_changes_the_rest()
    {
        ModelRouter router = Active(World(), Instance());
        router.Reload(Instance("virtual_routes {\n 10.70.0.0/16 via 10.0.0.254 dev eth0\n 10.72.0.0/16 dev eth0\n}"));
        router.Settle();
        Assert.Equal(
            [$"delete {Rule}", "delete route 10.71.0.0/16 if 3 table 100", "add route 10.72.0.0/16 if 2 table 254"],
            router.TakeOutput().Where(static line => line.Contains(" r", StringComparison.Ordinal)));
        Assert.Equal(VrrpState.Active, router.State);
    }

    [Fact]
    public void Start_removes_what_an_earlier_run_left_whatever_the_configuration_says_now()
    {
        ModelWorld world = World();
        ModelRouter first = Active(world, Instance());
        Assert.Equal(VrrpState.Active, first.State);
        DieForGood(world);
        ModelRouter second = new(world, Instance("virtual_rules {\n from 10.80.0.0/16 lookup 80 priority 800\n}"));
        Assert.Equal(VrrpState.Backup, second.State);
        Assert.Empty(world.Routing);
    }

    [Fact]
    public void Two_instances_with_one_route_remove_it_when_both_have_left()
    {
        const string Shared = "virtual_routes {\n 10.70.0.0/16 via 10.0.0.254 dev eth0\n}";
        string second = Instance(Shared).Replace("V1", "V2", StringComparison.Ordinal).Replace("51", "52", StringComparison.Ordinal).Replace("0.100", "0.101", StringComparison.Ordinal);
        ModelRouter router = Active(World(), Instance(Shared) + second);
        Assert.Equal([Route], router.World.Routing);
        router.Reload(Instance(Shared));
        router.Settle();
        Assert.Equal([Route], router.World.Routing);
        router.Module.Stop(keepAddresses: false, router.World.Now);
        Assert.Empty(router.World.Routing);
    }

    [Fact]
    public void Static_objects_are_there_from_start_to_stop()
    {
        ModelRouter router = new(World(), Instance("", """
            static_ipaddress {
                10.1.0.7/24 dev eth1
            }
            static_routes {
                10.50.0.0/16 dev eth1
            }
            static_rules {
                from 10.60.0.0/16 table 60 priority 600
            }
            """));
        Assert.Equal(VrrpState.Backup, router.State);
        Assert.True(router.World.Has("10.1.0.7"));
        Assert.Equal([StaticRoute, "rule 600 table 60"], router.World.Routing);
        router.Module.Stop(keepAddresses: false, router.World.Now);
        Assert.False(router.World.Has("10.1.0.7"));
        Assert.Empty(router.World.Routing);
    }

    [Fact]
    public void Static_objects_that_somebody_removes_are_put_back_at_once()
    {
        ModelRouter router = Active(World(), Instance("", "static_ipaddress {\n 10.1.0.7/24 dev eth1\n}\nstatic_routes {\n 10.50.0.0/16 dev eth1\n}"));
        router.World.RemoveForeignRouting(StaticRoute);
        router.Settle();
        router.World.RemoveForeign("10.1.0.7");
        router.Settle();
        Assert.True(router.World.Has("10.1.0.7"));
        Assert.Equal([StaticRoute], router.World.Routing);
        Assert.Equal(VrrpState.Active, router.State);
        Assert.Contains("Restoring deleted static route 10.50.0.0/16 dev eth1", router.Lines);
        Assert.Contains("Restoring deleted static address 10.1.0.7/24 dev eth1", router.Lines);
    }

    [Fact]
    public void Static_object_of_a_track_group_takes_its_instances_from_their_role()
    {
        const string Static = "track_group T {\n group {\n V1\n }\n}\nstatic_routes {\n 10.50.0.0/16 dev eth1 track_group T\n}";
        ModelRouter router = Active(World(), Instance("", Static));
        router.World.RemoveForeignRouting(StaticRoute);
        router.Settle();
        Assert.Equal(VrrpState.Backup, router.State);
        Assert.Equal([StaticRoute], router.World.Routing);
    }

    [Fact]
    public void Static_object_without_tracking_stays_away()
    {
        ModelRouter router = Active(World(), Instance("", "static_routes {\n 10.50.0.0/16 dev eth1 no_track\n}"));
        router.World.RemoveForeignRouting(StaticRoute);
        router.Settle();
        Assert.Empty(router.World.Routing);
    }

    [Fact]
    public void Without_routes_and_rules_nobody_listens_for_them()
    {
        Assert.Null(Active(World(), Instance("")).World.ObservedProtocol);
        Assert.Equal((byte)18, Active(World(), Instance()).World.ObservedProtocol);
    }
}
