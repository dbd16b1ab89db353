using KeepalivedAot.Linux.Links;
using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Tests.Unit.Daemon;

/// <summary>When a link counts as up or down: <c>interface_up_down_delays</c> and linkbeat.</summary>
public sealed class LinkTests
{
    private const string Instance = """
        vrrp_instance VI_1 {
            interface eth0
            virtual_router_id 51
            advert_int 2
            track_interface {
                eth1 weight -30
            }
            virtual_ipaddress {
                10.0.0.100/32
            }
        }

        """;

    private static ModelRouter Start(string configuration, Action<ModelWorld>? prepare = null)
    {
        ModelWorld world = new();
        world.SetLink(1, "eth0");
        world.SetLink(2, "eth1");
        world.AddForeign(1, "10.0.0.1", 24);
        prepare?.Invoke(world);
        ModelRouter router = new(world, configuration);
        router.Settle();
        router.Advance(7);
        Assert.Equal(VrrpState.Active, router.State);
        return router;
    }

    private static string Delays(string lines) => $"interface_up_down_delays {{\n{lines}\n}}\n";

    private static void SetLink(ModelRouter router, int index, bool isUp)
    {
        router.World.SetLink(index, $"eth{index - 1}", isUp);
        router.Settle();
    }

    [Fact]
    public void Delay_ofDown_isWaitedFor()
    {
        ModelRouter router = Start(Delays("eth0 1 2") + Instance);
        SetLink(router, 1, isUp: false);
        router.Advance(0.9);
        Assert.Equal(VrrpState.Active, router.State);
        router.Advance(0.2);
        Assert.Equal(VrrpState.Fault, router.State);
        Assert.Contains("eth0: Adding flags change from 0x1041 to 0x1000 delay by 1000000", router.Lines);
        Assert.Contains("Netlink reports eth0 down", router.Lines);
        Assert.Equal("interface eth0 is down", router["VI_1"].Router.LastTransition.Reason.ToString());
    }

    [Fact]
    public void Delay_ofUp_isWaitedFor()
    {
        ModelRouter router = Start(Delays("eth0 0 2") + Instance);
        SetLink(router, 1, isUp: false);
        Assert.Equal(VrrpState.Fault, router.State);
        SetLink(router, 1, isUp: true);
        router.Advance(1.9);
        Assert.Equal(VrrpState.Fault, router.State);
        router.Advance(0.2);
        Assert.Equal(VrrpState.Backup, router.State);
        Assert.Contains("Netlink reports eth0 up", router.Lines);
    }

    [Fact]
    public void Delay_changeTakenBack_neverWas()
    {
        ModelRouter router = Start(Delays("eth0 1") + Instance);
        SetLink(router, 1, isUp: false);
        router.Advance(0.5);
        SetLink(router, 1, isUp: true);
        Assert.Contains("Delay timer for eth0 cancelled", router.Lines);
        router.Advance(2);
        Assert.Equal(VrrpState.Active, router.State);
        Assert.DoesNotContain("Netlink reports eth0 down", router.Lines);
    }

    [Fact]
    public void Delay_ofATrackedInterface_putsThePriorityOff()
    {
        ModelRouter router = Start(Delays("eth1 1 1") + Instance);
        SetLink(router, 2, isUp: false);
        Assert.Equal(100, router["VI_1"].Router.EffectivePriority.Value);
        router.Advance(1.1);
        Assert.Equal(70, router["VI_1"].Router.EffectivePriority.Value);
        SetLink(router, 2, isUp: true);
        Assert.Equal(70, router["VI_1"].Router.EffectivePriority.Value);
        router.Advance(1.1);
        Assert.Equal(100, router["VI_1"].Router.EffectivePriority.Value);
    }

    // Two of three intervals of 2 s, less a 256th of one: as keepalived's 1996094 microseconds for intervals of 1 s.
    [Fact]
    public void Delay_thatIsTooLong_isCapped()
    {
        ModelRouter router = Start(Delays("eth0 200 1") + Instance);
        Assert.Contains("VI_1: interface eth0 debounce timer(s) not less that 2 * advert_int - resetting", router.Lines);
        SetLink(router, 1, isUp: false);
        Assert.Contains("eth0: Adding flags change from 0x1041 to 0x1000 delay by 3992188", router.Lines);
        router.Advance(3.9);
        Assert.Equal(VrrpState.Active, router.State);
        router.Advance(0.1);
        Assert.Equal(VrrpState.Fault, router.State);
    }

    [Fact]
    public void Delay_interfaceThatIsDeleted_isGoneAtOnce()
    {
        ModelRouter router = Start(Delays("eth0 3 3") + Instance);
        router.World.DeleteLink(1);
        router.Settle();
        Assert.Equal(VrrpState.Fault, router.State);
        router.World.SetLink(5, "eth0");
        router.World.AddForeign(5, "10.0.0.1", 24);
        router.Settle();
        Assert.Equal(VrrpState.Backup, router.State);
    }

    [Fact]
    public void Delay_goneByReload_countsAtOnce()
    {
        ModelRouter router = Start(Delays("eth0 3") + Instance);
        SetLink(router, 1, isUp: false);
        router.Reload(Instance);
        Assert.Equal(VrrpState.Fault, router.State);
    }

    [Theory]
    [InlineData("linkbeat_use_polling\n", LinkProbeMethod.Mii)]
    [InlineData("linkbeat_use_polling\n", LinkProbeMethod.Ethtool)]
    [InlineData("linkbeat_use_polling\n", LinkProbeMethod.Flags)]
    [InlineData("linkbeat_interfaces {\neth0\n}\n", LinkProbeMethod.Ethtool)]
    [InlineData("linkbeat_interfaces {\neth0 MII\n}\n", LinkProbeMethod.Mii)]
    [InlineData("linkbeat_interfaces {\neth0 ETHTOOL\n}\n", LinkProbeMethod.Ethtool)]
    [InlineData("linkbeat_interfaces {\neth0 IOCTL\n}\n", LinkProbeMethod.Flags)]
    public void Linkbeat_driverAnswersOtherwise_countsWithinASecond(string beat, LinkProbeMethod method)
    {
        ModelRouter router = Start(beat + Instance, world => world.Drivers[("eth0", method)] = true);
        router.World.Drivers[("eth0", method)] = false;
        router.Advance(1);
        Assert.Equal(VrrpState.Fault, router.State);
        Assert.Contains("Linkbeat reports eth0 down", router.Lines);
        router.World.Drivers[("eth0", method)] = true;
        router.Advance(1);
        Assert.Equal(VrrpState.Backup, router.State);
        Assert.Contains("Linkbeat reports eth0 up", router.Lines);
    }

    [Fact]
    public void Linkbeat_driverSaysDownFromTheBeginning_isAFaultAtStart()
    {
        ModelWorld world = new();
        world.SetLink(1, "eth0");
        world.SetLink(2, "eth1");
        world.AddForeign(1, "10.0.0.1", 24);
        world.Drivers[("eth0", LinkProbeMethod.Mii)] = false;
        ModelRouter router = new(world, "linkbeat_use_polling\n" + Instance);
        Assert.Equal(VrrpState.Fault, router.State);
        Assert.Contains("(VI_1): entering FAULT state (interface eth0 down)", router.Lines);
    }

    // The carrier is the driver's word; that somebody switched the interface off is the kernel's.
    [Fact]
    public void Linkbeat_kernelsWordOfTheCarrier_isNotAsked()
    {
        ModelRouter router = Start("linkbeat_use_polling\n" + Instance, world => world.Drivers[("eth0", LinkProbeMethod.Mii)] = true);
        router.World.SetLink(1, "eth0", isUp: true, isRunning: false);
        router.Settle();
        router.Advance(2);
        Assert.Equal(VrrpState.Active, router.State);
        SetLink(router, 1, isUp: false);
        Assert.Equal(VrrpState.Fault, router.State);
    }

    [Fact]
    public void Linkbeat_driverThatKnowsNothing_isLeftToTheKernel()
    {
        ModelRouter router = Start("linkbeat_interfaces {\neth0 MII\n}\n" + Instance);
        Assert.Single(router.Lines, static line => line.StartsWith("Linkbeat: eth0 cannot be asked", StringComparison.Ordinal));
        SetLink(router, 1, isUp: false);
        Assert.Equal(VrrpState.Fault, router.State);
    }

    [Fact]
    public void Linkbeat_interfaceThatNobodyUses_isNotAsked()
    {
        ModelRouter router = Start("linkbeat_interfaces {\neth9\n}\n" + Instance);
        Assert.Equal(0, router.World.Probes);
    }

    [Fact]
    public void Linkbeat_switchedOffByReload_goesBackToTheKernel()
    {
        ModelRouter router = Start("linkbeat_use_polling\n" + Instance, world => world.Drivers[("eth0", LinkProbeMethod.Mii)] = true);
        router.World.Drivers[("eth0", LinkProbeMethod.Mii)] = false;
        router.Advance(1);
        Assert.Equal(VrrpState.Fault, router.State);
        router.Reload(Instance);
        Assert.Equal(VrrpState.Backup, router.State);
        int probes = router.World.Probes;
        router.Advance(3);
        Assert.Equal(probes, router.World.Probes);
    }

    [Fact]
    public void Linkbeat_withADelay_isDelayedToo()
    {
        ModelRouter router = Start("linkbeat_use_polling\n" + Delays("eth0 1.5") + Instance, world => world.Drivers[("eth0", LinkProbeMethod.Mii)] = true);
        router.World.Drivers[("eth0", LinkProbeMethod.Mii)] = false;
        router.Advance(2);
        Assert.Equal(VrrpState.Active, router.State);
        router.Advance(1);
        Assert.Equal(VrrpState.Fault, router.State);
    }
}
