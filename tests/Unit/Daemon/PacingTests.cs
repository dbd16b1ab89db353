using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Tests.Unit.Daemon;

/// <summary>Announcements that may not leave all at once.</summary>
public sealed class PacingTests
{
    private const string Instance = """
        vrrp_instance V1 {
            interface eth0
            virtual_router_id 51
            garp_master_delay 0
            virtual_ipaddress {
                10.0.0.100/24
                10.0.0.101/24 dev eth1
            }
        }

        """;

    private static ModelRouter Active(string before)
    {
        ModelWorld world = new();
        world.SetLink(2, "eth0");
        world.SetLink(3, "eth1");
        world.AddForeign(2, "10.0.0.1", 24);
        ModelRouter router = new(world, before + Instance);
        router.Advance(3.7);
        router.Settle();
        Assert.Equal(VrrpState.Active, router.State);
        return router;
    }

    private static int Frames(ModelRouter router) => router.TakeOutput().Count(line => line.StartsWith("frame", StringComparison.Ordinal));

    [Fact]
    public void Without_limits_all_leave_at_once() => Assert.Equal(10, Frames(Active("")));

    [Fact]
    public void Interval_holds_for_each_interface_by_itself()
    {
        ModelRouter router = Active("global_defs {\n vrrp_garp_interval 1\n}\n");
        Assert.Equal(2, Frames(router));
        router.Advance(1);
        Assert.Equal(2, Frames(router));
        router.Advance(10);
        Assert.Equal(6, Frames(router));
    }

    [Fact]
    public void Group_holds_for_its_interfaces_together()
    {
        ModelRouter router = Active("garp_group {\n garp_interval 1\n interfaces {\n eth0\n eth1\n }\n}\n");
        Assert.Equal(1, Frames(router));
        router.Advance(1);
        Assert.Equal(1, Frames(router));
        router.Advance(20);
        Assert.Equal(8, Frames(router));
    }

    [Fact]
    public void Group_without_a_limit_for_arp_does_not_hold_it_up_whatever_the_default()
        => Assert.Equal(
            5 + 1, Frames(Active("global_defs {\n vrrp_garp_interval 1\n}\ngarp_group {\n gna_interval 1\n interface eth1\n}\n")));

    [Fact]
    public void Reload_that_takes_the_limit_away_sends_what_waits()
    {
        ModelRouter router = Active("global_defs {\n vrrp_garp_interval 1\n}\n");
        Assert.Equal(2, Frames(router));
        router.Reload(Instance);
        router.Settle();
        Assert.Equal(8, Frames(router));
        router.Advance(20);
        Assert.Equal(0, Frames(router));
    }

    [Fact]
    public void Role_that_is_left_takes_what_waits_along()
    {
        ModelRouter router = Active("global_defs {\n vrrp_garp_interval 1\n}\n");
        router.TakeOutput();
        router.World.SetLink(2, "eth0", isUp: false);
        router.Settle();
        router.Advance(20);
        Assert.Equal(0, Frames(router));
    }

    [Fact]
    public void Extra_interfaces_get_one_announcement_each_period()
    {
        ModelRouter router = Active("global_defs {\n vrrp_garp_extra_if all 5\n}\n");
        router.TakeOutput();
        router.Advance(10);
        Assert.Equal(["frame if 3", "frame if 3"], router.TakeOutput().Where(line => line.StartsWith("frame", StringComparison.Ordinal)));
    }
}
