using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Toml;
using KeepalivedAot.Daemon.Kernel;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Tests.Unit.Daemon;

/// <summary><c>reassert = true</c>: what others take away is put back, and the role stays.</summary>
public sealed class ReassertionTests
{
    private const string Configuration = """
        vrrp_instance V1 {
            interface eth0
            virtual_router_id 51
            priority 100
            advert_int 1
            virtual_ipaddress {
                10.0.0.100/24
                10.0.0.101/24 no_track
            }
            virtual_routes {
                10.70.0.0/16 via 10.0.0.254 dev eth0
            }
            virtual_rules {
                from 10.80.0.0/16 lookup 80 priority 800
            }
        }
        """;

    private static ModelRouter Master(bool reasserts = true)
    {
        ModelWorld world = new();
        world.SetLink(2, "eth0");
        world.AddForeign(2, "10.0.0.1", 24);
        ModelRouter router = new(world, Configuration);
        router.Module.Apply(Settings.Default with { Reasserts = reasserts });
        router.Advance(3.7);
        router.Settle();
        Assert.Equal(VrrpState.Active, router.State);
        router.TakeOutput();
        return router;
    }

    private static List<string> WithoutAdverts(ModelRouter router)
        => [.. router.TakeOutput().Where(static line => !line.StartsWith("advert ", StringComparison.Ordinal))];

    [Theory]
    [InlineData("10.0.0.100")]
    [InlineData("10.0.0.101")]
    public void Address_that_others_removed_is_put_back_and_announced_and_the_role_stays(string address)
    {
        ModelRouter router = Master();
        router.World.RemoveForeign(address);
        router.Settle();

        Assert.Equal(VrrpState.Active, router.State);
        Assert.True(router.World.Has(address));
        List<string> output = WithoutAdverts(router);
        Assert.Equal($"add {address}/24", output[0]);
        Assert.Equal(5, output.Count(static line => line == "frame if 2"));
        Assert.Equal(1UL, router.Module.ReassertedCount);
        Assert.Contains($"(V1) somebody removed {address}/24 on eth0: it is put back at once (reassert, 1 in a row)", router.Lines);
    }

    [Fact]
    public void Default_gives_up_the_role_as_keepalived_does()
    {
        ModelRouter router = Master(reasserts: false);
        router.World.RemoveForeign("10.0.0.100");
        router.Settle();
        Assert.Equal(VrrpState.Backup, router.State);
        Assert.Equal(0UL, router.Module.ReassertedCount);
    }

    [Fact]
    public void Address_that_is_put_back_takes_the_routes_along_that_spoke_from_it()
    {
        ModelRouter router = Master();
        router.World.RemoveForeign("10.0.0.100");
        router.Settle();
        Assert.Contains("add route 10.70.0.0/16 if 2 table 254", WithoutAdverts(router));
    }

    [Fact]
    public void Route_that_was_refused_while_its_address_was_away_is_asked_for_with_the_address()
    {
        ModelRouter router = Master();
        router.World.RemoveForeignRouting("route 10.70.0.0/16 if 2 table 254");
        router.World.RouteRefusals[IpAddress.Parse("10.70.0.0")] = Errno.EINVAL;
        router.Settle();
        Assert.DoesNotContain("route 10.70.0.0/16 if 2 table 254", router.World.Routing);
        router.World.RouteRefusals.Clear();
        router.World.RemoveForeign("10.0.0.100");
        router.Settle();
        Assert.Contains("route 10.70.0.0/16 if 2 table 254", router.World.Routing);
    }

    [Fact]
    public void Route_and_rule_that_others_removed_are_put_back_and_the_role_stays()
    {
        ModelRouter router = Master();
        router.World.RemoveForeignRouting("route 10.70.0.0/16 if 2 table 254");
        router.World.RemoveForeignRouting("rule 800 table 80");
        router.Settle();

        Assert.Equal(VrrpState.Active, router.State);
        List<string> output = WithoutAdverts(router);
        Assert.Equal(2, output.Count);
        Assert.StartsWith("add route 10.70.0.0/16", output[0], StringComparison.Ordinal);
        Assert.StartsWith("add rule", output[1], StringComparison.Ordinal);
        Assert.Equal(2UL, router.Module.ReassertedCount);
    }

    [Fact]
    public void Address_that_is_removed_again_and_again_is_put_back_later_and_later()
    {
        ModelRouter router = Master();
        for (int time = 0; time < RestorationPace.AtOnce; time++)
        {
            router.World.RemoveForeign("10.0.0.100");
            router.Settle();
            Assert.True(router.World.Has("10.0.0.100"));
        }
        List<double> waits = [];
        for (int time = 0; time < 9; time++)
        {
            router.World.RemoveForeign("10.0.0.100");
            router.Settle();
            Assert.False(router.World.Has("10.0.0.100"));
            Instant gone = router.World.Now;
            while (!router.World.Has("10.0.0.100"))
                router.Advance(0.01);
            waits.Add(Math.Round((router.World.Now - gone).WholeMilliseconds / 100.0) / 10);
        }
        Assert.Equal([0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 10, 10], waits);
        Assert.Equal(VrrpState.Active, router.State);
        Assert.Equal(14UL, router.Module.ReassertedCount);
        Assert.Contains("(V1) somebody removed 10.0.0.100/24 on eth0: it is put back in 800 ms (reassert, 9 in a row)", router.Lines);

        // After a minute of peace it is as at the beginning.
        router.Advance(61);
        router.World.RemoveForeign("10.0.0.100");
        router.Settle();
        Assert.True(router.World.Has("10.0.0.100"));
    }

    [Fact]
    public void Address_that_waits_to_be_put_back_is_left_when_the_role_goes()
    {
        ModelRouter router = Master();
        for (int time = 0; time <= RestorationPace.AtOnce; time++)
        {
            router.World.RemoveForeign("10.0.0.100");
            router.Settle();
        }
        router.World.SetLink(2, "eth0", isRunning: false);
        router.Settle();
        router.Advance(2);
        Assert.Equal(VrrpState.Fault, router.State);
        Assert.False(router.World.Has("10.0.0.100"));
        Assert.Equal((ulong)RestorationPace.AtOnce, router.Module.ReassertedCount);
    }

    [Fact]
    public void Log_of_many_removals_is_bounded_and_says_what_it_left_out()
    {
        string many = string.Join('\n', Enumerable.Range(1, 200).Select(static number => $"10.1.0.{number}/32"));
        ModelWorld world = new();
        world.SetLink(2, "eth0");
        world.AddForeign(2, "10.0.0.1", 24);
        ModelRouter router = new(world, Configuration.Replace("10.0.0.101/24 no_track", many));
        router.Module.Apply(Settings.Default with { Reasserts = true });
        router.Advance(3.7);
        router.Settle();
        router.Lines.Clear();
        for (int number = 1; number <= 200; number++)
            world.RemoveForeign($"10.1.0.{number}");
        for (int turn = 0; turn < 6; turn++)
            router.Settle();

        Assert.Equal(200UL, router.Module.ReassertedCount);
        Assert.True(world.Has("10.1.0.200"));
        Assert.Equal(40, router.Lines.Count(static line => line.Contains("somebody removed", StringComparison.Ordinal)));
        router.Advance(1);
        world.RemoveForeign("10.1.0.7");
        router.Settle();
        Assert.Single(router.Lines, static line => line.EndsWith("; 160 such lines were left out)", StringComparison.Ordinal));
    }

    [Fact]
    public void Address_that_is_refused_when_it_is_put_back_is_tried_again()
    {
        ModelRouter router = Master();
        router.World.AddRefusals[IpAddress.Parse("10.0.0.100")] = Errno.ENOBUFS;
        router.World.RemoveForeign("10.0.0.100");
        router.Settle();
        Assert.False(router.World.Has("10.0.0.100"));
        router.World.AddRefusals.Clear();
        router.Advance(1.1);
        Assert.True(router.World.Has("10.0.0.100"));
        Assert.Equal(VrrpState.Active, router.State);
    }
}
