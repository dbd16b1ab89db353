using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink;
using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Tests.Unit.Daemon;

/// <summary>Interfaces that go down, go away, come back as others; addresses to speak from; sockets that are refused.</summary>
public sealed class InterfaceTests
{
    private const string Text = """
        global_defs {
            dynamic_interfaces
        }
        vrrp_instance V1 {
            interface eth0
            virtual_router_id 51
            priority 100
            virtual_ipaddress {
                10.0.0.100/24
            }
        }
        """;

    private static ModelWorld World()
    {
        ModelWorld world = new();
        world.SetLink(2, "eth0");
        world.AddForeign(2, "10.0.0.1", 24);
        return world;
    }

    [Fact]
    public void Missing_interface_is_a_fault_until_it_appears()
    {
        ModelWorld world = new();
        ModelRouter router = new(world, Text);
        Assert.Equal(VrrpState.Fault, router.State);
        Assert.Empty(world.Receivers);

        world.SetLink(7, "eth0");
        world.AddForeign(7, "10.0.0.1", 24);
        router.Settle();
        Assert.Equal(VrrpState.Backup, router.State);
        Assert.Equal(7, Assert.Single(world.Receivers).InterfaceIndex);
        router.Advance(3.7);
        Assert.True(world.Has("10.0.0.100"));
    }

    [Fact]
    public void Interface_without_multicast_is_a_fault_until_it_has_it_and_is_told_as_keepalived_does()
    {
        ModelWorld world = World();
        world.SetLink(2, "eth0", flags: LinkFlags.None);
        ModelRouter router = new(world, Text);
        router.Advance(10);
        Assert.Equal(VrrpState.Fault, router.State);
        world.SetLink(2, "eth0");
        router.Settle();
        Assert.Equal(VrrpState.Backup, router.State);
        router.Advance(4);
        Assert.Equal(VrrpState.Active, router.State);
        // From now on the kernel sends whatever the flag says.
        world.SetLink(2, "eth0", flags: LinkFlags.None);
        router.Settle();
        router.Advance(4);
        Assert.Equal(VrrpState.Active, router.State);
        world.DeleteLink(2);
        router.Settle();
        world.SetLink(9, "eth0", flags: LinkFlags.None);
        world.AddForeign(9, "10.0.0.1", 24);
        router.Settle();
        router.Advance(10);
        Assert.Equal(VrrpState.Fault, router.State);
    }

    [Fact]
    public void Interface_without_multicast_is_good_enough_for_unicast_and_a_reload_to_it_ends_the_fault()
    {
        ModelWorld world = World();
        world.SetLink(2, "eth0", flags: LinkFlags.None);
        ModelRouter router = new(world, Text);
        Assert.Equal(VrrpState.Fault, router.State);
        router.Reload(Text.Replace("priority 100", "priority 100\n unicast_peer {\n 10.0.0.2\n }"));
        router.Settle();
        router.Advance(4);
        Assert.Equal(VrrpState.Active, router.State);
    }

    [Theory]
    [InlineData("")]
    [InlineData("use_vmac\n")]
    public void Interface_without_arp_hears_no_announcements(string lines)
    {
        ModelWorld world = World();
        world.SetLink(2, "eth0", flags: LinkFlags.Multicast | LinkFlags.NoArp);
        ModelRouter router = new(world, Text.Replace("priority 100", lines + "priority 100\n virtual_ipaddress_excluded {\n 2001:db8::8/64\n }"));
        Assert.Contains("(V1) disabling ARP since interface does not support it", router.Lines);
        router.Advance(10);
        Assert.Equal(VrrpState.Active, router.State);
        Assert.True(world.Has("10.0.0.100") && world.Has("2001:db8::8"));
        Assert.DoesNotContain(router.TakeOutput(), static line => line.StartsWith("frame", StringComparison.Ordinal));
        Assert.DoesNotContain(router.Lines, static line => line.StartsWith("Sending ", StringComparison.Ordinal));
    }

    [Fact]
    public void Interface_that_is_deleted_and_made_again_is_spoken_on_by_its_new_index()
    {
        ModelRouter router = new(World(), Text);
        router.Advance(3.7);
        Assert.Equal(VrrpState.Active, router.State);
        router.World.DeleteLink(2);
        router.Settle();
        Assert.Equal(VrrpState.Fault, router.State);
        Assert.Empty(router.World.Receivers);

        router.World.SetLink(9, "eth0");
        router.World.AddForeign(9, "10.0.0.1", 24);
        router.Settle();
        router.TakeOutput();
        router.Advance(3.7);
        Assert.Contains("advert 10.0.0.1 > 224.0.0.18 prio 100 if 9", router.TakeOutput());
        Assert.Equal(9, router.World.Addresses.Single(a => a.Address == KeepalivedAot.Base.Net.IpAddress.Parse("10.0.0.100")).InterfaceIndex);
    }

    [Fact]
    public void Renamed_interface_is_left_with_a_goodbye_and_nothing_of_ours()
    {
        ModelRouter router = new(World(), Text.Replace("10.0.0.100/24", "10.0.0.100/24 label eth0:x\n 10.0.0.101/24 no_track"));
        router.Advance(3.7);
        router.Settle();
        router.TakeOutput();
        router.World.SetLink(2, "other0");
        router.Settle();

        Assert.Equal(VrrpState.Fault, router.State);
        Assert.Contains("advert 10.0.0.1 > 224.0.0.18 prio 0 if 2", router.TakeOutput());
        Assert.Equal(["10.0.0.1"], router.World.Addresses.Select(a => a.Address.ToString()));
    }

    [Fact]
    public void Interface_that_gets_its_name_back_is_known_with_the_addresses_it_has()
    {
        ModelRouter router = new(World(), Text);
        router.Advance(3.7);
        router.Settle();
        router.World.SetLink(2, "other0");
        router.Settle();
        router.World.SetLink(2, "eth0");
        router.Settle();

        Assert.Equal(VrrpState.Backup, router.State);
        router.Advance(3.7);
        Assert.True(router.World.Has("10.0.0.100"));
        router.Module.Stop(keepAddresses: false, router.World.Now);
        Assert.Equal(["10.0.0.1"], router.World.Addresses.Select(a => a.Address.ToString()));
    }

    [Fact]
    public void Removal_by_others_is_seen_although_notifications_of_our_own_were_lost()
    {
        ModelWorld world = World();
        ModelRouter router = new(world, Text);
        router.Advance(3.7);
        router.World.SetLink(2, "eth0", isUp: false);
        router.Settle();
        router.World.SetLink(2, "eth0");
        router.Settle();
        router.Advance(3.7);
        world.SetLink(2, "eth0", isUp: false);
        world.Deliver();
        router.Module.OnTurnEnd(world.Now);
        world.LoseNotifications();
        world.SetLink(2, "eth0");
        router.Settle();
        router.Advance(3.7);
        router.Settle();
        Assert.Equal(VrrpState.Active, router.State);
        world.RemoveForeign("10.0.0.100");
        router.Settle();
        Assert.Equal(VrrpState.Backup, router.State);
    }

    [Fact]
    public void Down_is_a_fault_and_up_waits_the_whole_interval()
    {
        ModelRouter router = new(World(), Text);
        router.Advance(3.7);
        router.TakeOutput();
        router.World.SetLink(2, "eth0", isUp: false);
        router.Settle();
        Assert.Equal(VrrpState.Fault, router.State);
        Assert.Contains("advert 10.0.0.1 > 224.0.0.18 prio 0 if 2", router.TakeOutput());

        router.World.SetLink(2, "eth0");
        router.Settle();
        router.Advance(3.5);
        Assert.Equal(VrrpState.Backup, router.State);
        router.Advance(0.2);
        Assert.Equal(VrrpState.Active, router.State);
    }

    [Fact]
    public void Untracked_primary_interface_may_be_down()
    {
        ModelRouter router = new(World(), Text.Replace("priority 100", "priority 100\n dont_track_primary"));
        router.World.SetLink(2, "eth0", isUp: false);
        router.Settle();
        Assert.Equal(VrrpState.Backup, router.State);
    }

    [Theory]
    [InlineData("", VrrpState.Fault)]
    [InlineData("no_track", VrrpState.Backup)]
    public void Interface_of_an_address_is_tracked_unless_told_otherwise(string option, VrrpState expected)
    {
        ModelWorld world = World();
        world.SetLink(3, "eth1");
        ModelRouter router = new(world, Text.Replace("10.0.0.100/24", $"10.0.0.100/24\n 10.1.0.100/24 dev eth1 {option}"));
        world.SetLink(3, "eth1", isUp: false);
        router.Settle();
        Assert.Equal(expected, router.State);
    }

    [Fact]
    public void Lost_source_address_is_a_fault_and_the_next_one_is_taken()
    {
        ModelWorld world = World();
        ModelRouter router = new(world, Text);
        world.RemoveForeign("10.0.0.1");
        router.Settle();
        Assert.Equal(VrrpState.Fault, router.State);
        world.AddForeign(2, "10.0.0.2", 24);
        router.Settle();
        Assert.Equal(VrrpState.Backup, router.State);
        router.Advance(3.7);
        Assert.Contains("advert 10.0.0.2 > 224.0.0.18 prio 100 if 2", router.TakeOutput());
    }

    [Fact]
    public void Virtual_address_of_ours_is_never_the_source()
    {
        ModelWorld world = World();
        ModelRouter router = new(world, Text);
        router.Advance(3.7);
        router.Settle();
        world.RemoveForeign("10.0.0.1");
        router.Settle();
        Assert.Equal(VrrpState.Fault, router.State);
    }

    [Fact]
    public void Owner_speaks_from_its_own_address_which_is_the_virtual_one()
    {
        ModelWorld world = World();
        ModelRouter router = new(world, Text.Replace("priority 100", "priority 255").Replace("10.0.0.100/24", "10.0.0.1/24"));
        router.Advance(0.001);
        Assert.Equal(VrrpState.Active, router.State);
        Assert.Contains("advert 10.0.0.1 > 224.0.0.18 prio 255 if 2", router.TakeOutput());
        router.Module.Stop(keepAddresses: false, world.Now);
        Assert.True(world.Has("10.0.0.1"));
    }

    [Fact]
    public void Refused_socket_is_a_fault_that_is_logged_once_and_tried_again()
    {
        ModelWorld world = World();
        world.ReceiverRefusal = Errno.ENOBUFS;
        ModelRouter router = new(world, Text);
        Assert.Equal(VrrpState.Fault, router.State);
        router.Advance(3);
        Assert.Single(router.Lines, line => line.Contains("cannot open its sockets: socket: No buffer space available"));

        world.ReceiverRefusal = Errno.None;
        router.Advance(1.1);
        Assert.Equal(VrrpState.Backup, router.State);
    }

    [Fact]
    public void Startup_delay_is_announced_waited_for_and_its_end_told()
    {
        ModelRouter router = new(World(), Text.Replace("dynamic_interfaces", "dynamic_interfaces\n vrrp_startup_delay 2.5"));
        Assert.Contains("Delaying startup for 2.5 seconds", router.Lines);
        router.Advance(6);
        Assert.Contains("Delayed start completed", router.Lines);
        Assert.Equal(VrrpState.Backup, router.State);
        router.Advance(0.2);
        Assert.Equal(VrrpState.Active, router.State);
    }

    [Fact]
    public void Owner_whose_interface_comes_late_keeps_the_hosts_own_address()
    {
        ModelWorld world = new();
        ModelRouter router = new(world, Text.Replace("priority 100", "priority 255").Replace("10.0.0.100/24", "10.0.0.1/24"));
        world.SetLink(5, "eth0");
        world.AddForeign(5, "10.0.0.1", 24);
        router.Settle();
        router.Advance(5);
        Assert.Equal(VrrpState.Active, router.State);
        router.Module.Stop(keepAddresses: false, world.Now);
        Assert.True(world.Has("10.0.0.1"));
    }

    [Fact]
    public void Tracked_source_address_that_is_missing_is_a_fault_until_it_is_there()
    {
        ModelWorld world = World();
        ModelRouter router = new(world, Text.Replace("priority 100", "priority 100\n mcast_src_ip 10.0.0.7\n track_src_ip"));
        Assert.Equal(VrrpState.Fault, router.State);
        world.AddForeign(2, "10.0.0.7", 24);
        router.Settle();
        Assert.Equal(VrrpState.Backup, router.State);
        world.RemoveForeign("10.0.0.7");
        router.Settle();
        Assert.Equal(VrrpState.Fault, router.State);
    }
}
