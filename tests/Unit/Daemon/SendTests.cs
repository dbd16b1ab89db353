using KeepalivedAot.Base.Net;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Tests.Unit.Daemon;

/// <summary>Advertisements that the kernel refuses: one line for a row of equal failures, with the one who was not reached.</summary>
public sealed class SendTests
{
    private const string Multicast = """
        vrrp_instance V1 {
            interface eth0
            virtual_router_id 51
            priority 100
            virtual_ipaddress {
                10.0.0.100/24
            }
        }
        """;

    private static readonly string s_unicast = Multicast.Replace("priority 100", "priority 100\n unicast_peer {\n 10.0.0.2\n 10.0.0.3\n }");
    private static readonly IpAddress s_second = IpAddress.Parse("10.0.0.3");

    private static ModelRouter Active(string configuration, Action<ModelWorld>? prepare = null)
    {
        ModelWorld world = new();
        world.SetLink(2, "eth0");
        world.AddForeign(2, "10.0.0.1", 24);
        prepare?.Invoke(world);
        ModelRouter router = new(world, configuration);
        router.Advance(3.9);
        Assert.Equal(VrrpState.Active, router.State);
        return router;
    }

    private static string[] Failures(ModelRouter router) => [.. router.Lines.Where(line => line.Contains("send advert"))];

    [Fact]
    public void Peer_that_is_not_reached_is_named_once()
    {
        ModelRouter router = Active(s_unicast, world => world.SendRefusals[s_second] = Errno.EPERM);
        router.Advance(5);
        Assert.Equal(["(V1) Cant send advert to 10.0.0.3 (Operation not permitted)"], Failures(router));
    }

    [Fact]
    public void Peers_that_fail_in_different_ways_do_not_fill_the_log()
    {
        ModelRouter router = Active(s_unicast, world =>
        {
            world.SendRefusals[s_second] = Errno.EPERM;
            world.SendRefusals[IpAddress.Parse("10.0.0.2")] = Errno.EHOSTUNREACH;
        });
        router.Advance(5);
        Assert.Equal(2, Failures(router).Length);
    }

    [Fact]
    public void Failure_that_comes_again_is_logged_again()
    {
        ModelRouter router = Active(Multicast);
        IpAddress group = IpAddress.Parse("224.0.0.18");
        router.World.SendRefusals[group] = Errno.ENOBUFS;
        router.Advance(2);
        Assert.Equal(["(V1): send advert error 105 (No buffer space available)"], Failures(router));
        router.World.SendRefusals.Clear();
        router.Advance(2);
        router.World.SendRefusals[group] = Errno.ENOBUFS;
        router.Advance(2);
        Assert.Equal(2, Failures(router).Length);
    }

    [Theory]
    [InlineData(Errno.ENETDOWN)]
    [InlineData(Errno.ENODEV)]
    public void Priority_0_on_an_interface_that_is_down_is_no_news(Errno error)
    {
        ModelRouter router = Active(s_unicast);
        router.World.SendRefusals[s_second] = error;
        router.World.SetLink(2, "eth0", isUp: false);
        router.Settle();
        Assert.Equal(VrrpState.Fault, router.State);
        Assert.Empty(Failures(router));
    }
}
