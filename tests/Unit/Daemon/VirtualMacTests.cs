using System.Text;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink;
using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Tests.Unit.Daemon;

/// <summary>Interfaces that are made for instances: when they come and go, what they carry, and what is put back.</summary>
public sealed class VirtualMacTests
{
    private static readonly MacAddress Vrid51 = new(0x00005e000133);

    private static ModelWorld World()
    {
        ModelWorld world = new();
        world.SetLink(2, "eth0");
        world.SetLink(3, "eth1");
        world.AddForeign(2, "10.0.0.1", 24);
        world.AddForeign(2, "fe80::1", 64);
        world.AddForeign(3, "fe80::3", 64);
        foreach (string at in (string[])["all", "default", "eth0", "eth1"])
        {
            foreach (string name in (string[])["arp_ignore", "arp_filter", "rp_filter", "promote_secondaries"])
                world.Settings[$"net/ipv4/conf/{at}/{name}"] = 0;
        }
        world.Settings["net/ipv4/igmp_link_local_mcast_reports"] = 1;
        world.Deliver();
        return world;
    }

    private static string Instance(string lines = "use_vmac", string addresses = "10.0.0.100/24", int vrid = 51, string outside = "") => $$"""
        {{outside}}
        vrrp_instance V{{vrid}} {
            interface eth0
            virtual_router_id {{vrid}}
            priority 100
            advert_int 1
            {{lines}}
            virtual_ipaddress {
                {{addresses}}
            }
        }
        """;

    private static string Picture(ModelWorld world)
        => string.Join('\n', world.LinkNames.Order().Concat(world.Addresses.Select(static a => $"{a.InterfaceIndex} {a.Address}"))
            .Concat(world.Settings.Where(static pair => !pair.Key.Contains("vrrp", StringComparison.Ordinal)).Select(static pair => $"{pair.Key} {pair.Value}")));

    private static void Advance(ModelRouter router)
    {
        router.Advance(3.7);
        router.Settle();
    }

    [Fact]
    public void Address_from_the_interface_below_is_not_answered_for()
    {
        ModelWorld world = World();
        ModelRouter router = new(world, Instance(addresses: "fe80::100\n2001:db8::100/64"));
        Advance(router);
        string element = $"ip6 keepalived parent_link_local FE800000000000000000000000000001{world.Link("vrrp.51").Index:X2}000000";
        Assert.Contains(element, world.RulesetElements);
        Assert.Contains("icmpv6 type nd-neighbor-advert icmpv6 taddr . oif @parent_link_local drop", world.Ruleset["table ip6 keepalived"].Rules);
        // Another address to speak from.
        world.AddForeign(2, "fe80::2", 64);
        world.RemoveForeignAt(2, "fe80::1");
        router.Settle();
        router.Settle();
        Assert.DoesNotContain(element, world.RulesetElements);
        Assert.Contains(element.Replace("0001", "0002", StringComparison.Ordinal), world.RulesetElements);
        router.Reload(Instance("use_vmac", addresses: "10.0.0.100/24"));
        router.Settle();
        Assert.DoesNotContain(world.RulesetElements, static one => one.Contains("parent_link_local", StringComparison.Ordinal));
        router.Module.Stop(keepAddresses: false, world.Now);
        Assert.Empty(world.Ruleset);
    }

    // The kernel holds the loop for some 20 ms with each, and others have advertisements to send.
    [Fact]
    public void Removal_byReload_takesOneInterfaceATurn()
    {
        const int Leaving = 5;
        ModelWorld world = World();
        string stays = Instance("", addresses: "10.0.0.50/24", vrid: 50);
        ModelRouter router = new(
            world, string.Join('\n', [stays, .. Enumerable.Range(51, Leaving).Select(static vrid => Instance(addresses: $"10.0.1.{vrid}/24", vrid: vrid))]));
        Advance(router);
        Assert.Equal(Leaving, world.LinkNames.Count(static name => name.StartsWith("vrrp.", StringComparison.Ordinal)));
        router.TakeOutput();
        router.Reload(stays);
        Assert.Equal(0, Removed());
        Assert.Contains("vrrp.55", Encoding.UTF8.GetString(world.Record!), StringComparison.Ordinal);
        for (int turn = 0; turn < Leaving; turn++)
        {
            router.Turn();
            Assert.Equal(1, Removed());
        }
        router.Turn();
        Assert.Equal(0, Removed());
        Assert.DoesNotContain(world.LinkNames, static name => name.StartsWith("vrrp.", StringComparison.Ordinal));
        Assert.DoesNotContain("vrrp.", Encoding.UTF8.GetString(world.Record ?? []), StringComparison.Ordinal);

        int Removed() => router.TakeOutput().Count(static line => line.StartsWith("unmake", StringComparison.Ordinal));
    }

    [Fact]
    public void Start_makes_it_before_the_instance_looks_for_it()
    {
        ModelWorld world = World();
        ModelRouter router = new(world, Instance());
        Assert.Equal(VrrpState.Backup, router.State);
        Assert.DoesNotContain(router.Lines, static line => line.Contains("FAULT", StringComparison.Ordinal));
        LinkInfo made = world.Link("vrrp.51");
        Assert.Equal((2, Vrid51, true), (made.LinkIndex, made.Address, made.IsUp));
        Assert.Equal(1, world.Settings["net/ipv4/conf/vrrp.51/arp_ignore"]);
        Assert.Equal(1, world.Settings["net/ipv6/conf/vrrp.51/disable_ipv6"]);
        Assert.Equal(1, world.Settings["net/ipv4/conf/eth0/arp_ignore"]);
        Assert.Equal(1, world.Settings["net/ipv4/conf/eth0/arp_filter"]);
        Assert.Contains("(V51): Success creating VMAC interface vrrp.51", router.Lines);
        Assert.Contains(world.Receivers, key => key.InterfaceIndex == made.Index);
    }

    [Fact]
    public void Record_names_the_interface_and_the_settings_before_they_are_changed()
    {
        ModelWorld world = World();
        _ = new ModelRouter(world, Instance());
        string record = Encoding.UTF8.GetString(world.Record!);
        Assert.Contains("link vrrp.51 eth0 00:00:5e:00:01:33\n", record, StringComparison.Ordinal);
        Assert.Contains("setting net/ipv4/conf/eth0/arp_ignore 0 1\n", record, StringComparison.Ordinal);
    }

    [Fact]
    public void Master_speaks_and_announces_on_it_with_the_address_of_the_interface_below()
    {
        ModelWorld world = World();
        ModelRouter router = new(world, Instance());
        router.TakeOutput();
        Advance(router);
        int index = world.Link("vrrp.51").Index;
        Assert.Equal(VrrpState.Active, router.State);
        List<string> output = router.TakeOutput();
        Assert.Equal([$"advert 10.0.0.1 > 224.0.0.18 prio 100 if {index}", "add 10.0.0.100/24", $"frame if {index}"], output.Take(3));
        Assert.Equal(index, world.Addresses.Single(static a => a.Address == IpAddress.Parse("10.0.0.100")).InterfaceIndex);
    }

    [Fact]
    public void Transmit_base_leaves_the_addresses_on_it_and_speaks_below()
    {
        ModelWorld world = World();
        ModelRouter router = new(world, Instance("use_vmac\nvmac_xmit_base"));
        router.TakeOutput();
        Advance(router);
        Assert.Equal("advert 10.0.0.1 > 224.0.0.18 prio 100 if 2", router.TakeOutput()[0]);
        Assert.Equal(world.Link("vrrp.51").Index, world.Addresses.Single(static a => a.Address == IpAddress.Parse("10.0.0.100")).InterfaceIndex);
    }

    [Theory]
    [InlineData("use_vmac", "10.0.0.100/24")]
    [InlineData("use_vmac", "fe80::100\n2001:db8::100/64")]
    [InlineData("use_vmac_addr", "10.0.0.100/24 dev eth1")]
    [InlineData("promote_secondaries", "10.0.0.100/24")]
    [InlineData("use_vmac other 02:00:00:00:00:01 group 5", "10.0.0.100/24")]
    [InlineData("", "10.0.0.100/24 use_vmac")]
    public void After_the_stop_everything_is_as_it_was(string lines, string addresses)
    {
        ModelWorld world = World();
        world.Settings["net/ipv4/conf/all/rp_filter"] = 2;
        world.Settings["net/ipv4/conf/eth1/rp_filter"] = 1;
        string before = Picture(world);
        ModelRouter router = new(world, Instance(lines, addresses, outside: "global_defs {\n disable_local_igmp\n}"));
        Advance(router);
        Assert.Equal(VrrpState.Active, router.State);
        Assert.NotEqual(before, Picture(world));
        router.Module.Stop(keepAddresses: false, world.Now);
        Assert.Equal(before, Picture(world));
        Assert.Null(world.Record);
    }

    [Fact]
    public void Local_reports_follow_a_reload_both_ways()
    {
        ModelWorld world = World();
        const string Reports = "net/ipv4/igmp_link_local_mcast_reports";
        const string Disabled = "global_defs {\n disable_local_igmp\n}";
        int before = world.Settings[Reports];
        ModelRouter router = new(world, Instance(outside: Disabled));
        Assert.Equal(0, world.Settings[Reports]);
        foreach ((string outside, int expected) in (ReadOnlySpan<(string, int)>)[("", before), (Disabled, 0), (Disabled, 0), ("", before)])
        {
            router.Reload(Instance(outside: outside));
            router.Settle();
            Assert.Equal(expected, world.Settings[Reports]);
        }
    }

    [Fact]
    public void Reverse_path_filter_of_all_moves_to_each_interface()
    {
        ModelWorld world = World();
        world.Settings["net/ipv4/conf/all/rp_filter"] = 2;
        world.Settings["net/ipv4/conf/eth1/rp_filter"] = 1;
        ModelRouter router = new(world, Instance());
        Assert.Equal(
            [0, 2, 2, 2, 0],
            new[] { "all", "default", "eth0", "eth1", "vrrp.51" }.Select(at => world.Settings[$"net/ipv4/conf/{at}/rp_filter"]));
        Assert.Contains("NOTICE: setting sysctl net.ipv4.conf.all.rp_filter from 2 to 0", router.Lines);
    }

    [Fact]
    public void What_somebody_else_sets_meanwhile_stays()
    {
        ModelWorld world = World();
        ModelRouter router = new(world, Instance());
        world.Settings["net/ipv4/conf/eth0/arp_ignore"] = 2;
        router.Module.Stop(keepAddresses: false, world.Now);
        Assert.Equal(2, world.Settings["net/ipv4/conf/eth0/arp_ignore"]);
        Assert.Equal(0, world.Settings["net/ipv4/conf/eth0/arp_filter"]);
    }

    [Fact]
    public void Deleted_by_somebody_it_is_made_again_and_the_router_begins_anew()
    {
        ModelWorld world = World();
        ModelRouter router = new(world, Instance());
        Advance(router);
        world.DeleteLink(world.Link("vrrp.51").Index);
        router.Settle();
        router.Settle();
        Assert.Contains("vrrp.51", world.LinkNames);
        Assert.Equal(VrrpState.Backup, router.State);
        Assert.Contains("(V51) Entering FAULT STATE", router.Lines);
        Advance(router);
        Assert.Equal(VrrpState.Active, router.State);
        Assert.True(world.Has("10.0.0.100"));
        router.Module.Stop(keepAddresses: false, world.Now);
        Assert.DoesNotContain("vrrp.51", world.LinkNames);
    }

    [Fact]
    public void Base_that_comes_back_with_another_index_gets_it_again()
    {
        ModelWorld world = World();
        ModelRouter router = new(world, Instance());
        world.DeleteLink(world.Link("vrrp.51").Index);
        world.DeleteLink(2);
        router.Settle();
        Assert.Equal(VrrpState.Fault, router.State);
        Assert.DoesNotContain("vrrp.51", world.LinkNames);

        foreach (string name in (string[])["arp_ignore", "arp_filter"])
            world.Settings[$"net/ipv4/conf/eth0/{name}"] = 0;
        world.SetLink(9, "eth0");
        world.AddForeign(9, "10.0.0.1", 24);
        router.Settle();
        router.Settle();
        router.Settle();
        Assert.Equal(9, world.Link("vrrp.51").LinkIndex);
        Assert.Equal(1, world.Settings["net/ipv4/conf/eth0/arp_ignore"]);
        Assert.Equal(VrrpState.Backup, router.State);
        router.Module.Stop(keepAddresses: false, world.Now);
        Assert.Equal(0, world.Settings["net/ipv4/conf/eth0/arp_ignore"]);
    }

    [Fact]
    public void Matching_interface_of_somebody_else_is_used_and_stays()
    {
        ModelWorld world = World();
        world.MakeForeign(8, "vrrp.51", 2, Vrid51);
        foreach (string name in (string[])["arp_ignore", "accept_local", "rp_filter", "promote_secondaries"])
            world.Settings[$"net/ipv4/conf/vrrp.51/{name}"] = 0;
        world.Deliver();
        ModelRouter router = new(world, Instance());
        Assert.Contains("(V51) Found matching interface vrrp.51", router.Lines);
        Assert.DoesNotContain("link vrrp.51", Encoding.UTF8.GetString(world.Record!), StringComparison.Ordinal);
        Advance(router);
        Assert.Equal(VrrpState.Active, router.State);
        Assert.Equal(1, world.Settings["net/ipv4/conf/vrrp.51/arp_ignore"]);
        router.Module.Stop(keepAddresses: false, world.Now);
        Assert.Contains("vrrp.51", world.LinkNames);
        Assert.Equal(0, world.Settings["net/ipv4/conf/vrrp.51/arp_ignore"]);
        Assert.False(world.Has("10.0.0.100"));
    }

    [Theory]
    [InlineData("macvlan", 1u, 0x020000000009)]
    [InlineData("macvlan", 4u, 0x00005e000133)]
    [InlineData("veth", 0u, 0x00005e000133)]
    public void Name_that_another_interface_has_gives_way(string kind, uint mode, long address)
    {
        ModelWorld world = World();
        world.MakeForeign(8, "vrrp.51", 2, new MacAddress((ulong)address), kind, mode);
        world.MakeForeign(9, "vrrp1.51", 2, new MacAddress(0x020000000077));
        world.Deliver();
        ModelRouter router = new(world, Instance());
        Assert.Contains("vrrp2.51", world.LinkNames);
        Assert.Equal(VrrpState.Backup, router.State);
        router.Reload(Instance("use_vmac\nnopreempt"));
        Assert.Equal(["eth0", "eth1", "vrrp.51", "vrrp1.51", "vrrp2.51"], world.LinkNames.Order());
        router.Module.Stop(keepAddresses: false, world.Now);
        Assert.Equal(["eth0", "eth1", "vrrp.51", "vrrp1.51"], world.LinkNames.Order());
    }

    [Fact]
    public void Given_name_that_another_interface_has_is_a_fault_until_that_goes()
    {
        ModelWorld world = World();
        world.MakeForeign(8, "mine", 3, Vrid51);
        world.Deliver();
        ModelRouter router = new(world, Instance("use_vmac mine"));
        Assert.Contains("(V51) cannot create VMAC interface mine on eth0: there is another interface of that name", router.Lines);
        world.DeleteLink(8);
        router.Settle();
        router.Settle();
        Assert.Equal(2, world.Link("mine").LinkIndex);
        Assert.Equal(VrrpState.Backup, router.State);
    }

    [Fact]
    public void Interface_in_the_way_that_is_up_carries_nothing_of_ours_and_survives_a_crash()
    {
        ModelWorld world = World();
        world.SetLink(8, "mine");
        world.Deliver();
        ModelRouter router = new(world, Instance("use_vmac mine"));
        Advance(router);
        Assert.Equal(VrrpState.Fault, router.State);
        Assert.False(world.Has("10.0.0.100"));
        Assert.DoesNotContain("link mine", Encoding.UTF8.GetString(world.Record!), StringComparison.Ordinal);
        ModelRouter next = new(world, Instance(""));
        Assert.Contains("mine", world.LinkNames);
        next.Module.Stop(keepAddresses: false, world.Now);
        Assert.Contains("mine", world.LinkNames);
    }

    [Fact]
    public void Reverse_path_filter_of_all_stays_moved_after_a_crash_and_when_the_only_vmac_is_made_anew()
    {
        ModelWorld world = World();
        world.Settings["net/ipv4/conf/all/rp_filter"] = 1;
        string before = Picture(world);
        _ = new ModelRouter(world, Instance());
        ModelRouter next = new(world, Instance());
        Assert.Equal((0, 1), (world.Settings["net/ipv4/conf/all/rp_filter"], world.Settings["net/ipv4/conf/eth1/rp_filter"]));
        next.Reload(Instance("use_vmac vrrp.51 02:00:00:00:00:07"));
        next.Settle();
        next.Settle();
        Assert.Equal((0, 1), (world.Settings["net/ipv4/conf/all/rp_filter"], world.Settings["net/ipv4/conf/eth1/rp_filter"]));
        next.Module.Stop(keepAddresses: false, world.Now);
        Assert.Equal(before, Picture(world));
    }

    [Fact]
    public void Two_instances_whose_names_are_in_use_get_two_others()
    {
        ModelWorld world = World();
        world.MakeForeign(8, "vrrp.51", 3, new MacAddress(0x020000000008));
        world.MakeForeign(9, "vrrp6.51", 3, new MacAddress(0x020000000009));
        world.Deliver();
        ModelRouter router = new(world, Instance() + Instance(addresses: "fe80::100").Replace("V51", "V6", StringComparison.Ordinal));
        Assert.Equal(Vrid51, world.Link("vrrp1.51").Address);
        Assert.Equal(new MacAddress(0x00005e000233), world.Link("vrrp2.51").Address);
        Assert.Equal(VrrpState.Backup, router.State);
    }

    [Fact]
    public void Primary_interface_that_does_not_count_may_be_down()
    {
        ModelWorld world = World();
        ModelRouter router = new(world, Instance("use_vmac\ndont_track_primary"));
        Advance(router);
        world.SetLink(2, "eth0", isRunning: false);
        router.Settle();
        Assert.Equal(VrrpState.Active, router.State);
    }

    [Fact]
    public void After_a_crash_it_is_taken_over_and_goes_at_the_stop()
    {
        ModelWorld world = World();
        string before = Picture(world);
        Advance(new ModelRouter(world, Instance()));
        // Long ago: nobody goes on.
        world.Roles = null;
        ModelRouter next = new(world, Instance());
        Assert.DoesNotContain(next.Lines, static line => line.Contains("creating", StringComparison.Ordinal) || line.Contains("FAULT", StringComparison.Ordinal));
        Assert.False(world.Has("10.0.0.100"));
        Advance(next);
        Assert.True(world.Has("10.0.0.100"));
        next.Module.Stop(keepAddresses: false, world.Now);
        Assert.Equal(before, Picture(world));
    }

    [Fact]
    public void After_a_crash_settings_of_interfaces_that_nobody_names_any_more_are_put_back()
    {
        ModelWorld world = World();
        string before = Picture(world);
        Advance(new ModelRouter(world, Instance("use_vmac_addr", "10.0.0.100/24\n10.1.0.100/24 dev eth1")));
        Assert.Equal(1, world.Settings["net/ipv4/conf/eth1/arp_ignore"]);
        ModelRouter next = new(world, Instance(""));
        next.Module.Stop(keepAddresses: false, world.Now);
        Assert.Equal(before, Picture(world));
    }

    [Theory]
    [InlineData("")]
    [InlineData("use_vmac another")]
    [InlineData("use_vmac 02:00:00:00:00:07")]
    public void After_a_crash_what_the_configuration_does_not_want_goes(string lines)
    {
        ModelWorld world = World();
        string before = Picture(world);
        Advance(new ModelRouter(world, Instance()));
        ModelRouter next = new(world, Instance(lines));
        Assert.DoesNotContain(world.LinkNames.Select(world.Link), static link => link.Address == Vrid51 && link.Name.ToString() == "vrrp.51");
        Assert.Equal(VrrpState.Backup, next.State);
        next.Module.Stop(keepAddresses: false, world.Now);
        Assert.True(before == Picture(world), string.Join('\n', next.Lines));
    }

    [Fact]
    public void Reload_makes_what_is_new_and_removes_what_is_gone()
    {
        ModelWorld world = World();
        ModelRouter router = new(world, Instance() + Instance(vrid: 52, addresses: "10.0.0.101/24"));
        Advance(router);
        router.Reload(Instance() + Instance(vrid: 53, addresses: "10.0.0.102/24"));
        router.Settle();
        Assert.Equal(["eth0", "eth1", "vrrp.51", "vrrp.53"], world.LinkNames.Order());
        Assert.Equal(VrrpState.Active, router["V51"].Router.State);
        Assert.Equal(VrrpState.Backup, router["V53"].Router.State);
        Assert.True(world.Has("10.0.0.100"));
        Assert.False(world.Has("10.0.0.101"));
        router.Reload(Instance("") + Instance("", vrid: 53, addresses: "10.0.0.102/24"));
        router.Settle();
        Assert.Equal(["eth0", "eth1"], world.LinkNames.Order());
        Assert.Equal(0, world.Settings["net/ipv4/conf/eth0/arp_ignore"]);
        Assert.Equal(2, world.Addresses.Single(static a => a.Address == IpAddress.Parse("10.0.0.100")).InterfaceIndex);
        router.Reload(Instance());
        router.Settle();
        Assert.Equal(["eth0", "eth1", "vrrp.51"], world.LinkNames.Order());
    }

    [Fact]
    public void Changed_settings_of_it_leave_it_where_it_is()
    {
        const string Own = "use_vmac 02:00:00:00:00:01\nuse_vmac_addr";
        ModelWorld world = World();
        ModelRouter router = new(world, Instance(Own));
        Advance(router);
        int index = world.Link("vrrp.51").Index;
        Assert.Equal(1, world.Settings["net/ipv6/conf/vrrp.51/disable_ipv6"]);
        router.Reload(Instance("use_vmac 02:00:00:00:00:01 group 9\nuse_vmac_addr\nvirtual_ipaddress_excluded {\n 2001:db8::8/64\n}"));
        router.Settle();
        router.Settle();
        Assert.Equal((index, 9u), (world.Link("vrrp.51").Index, world.Link("vrrp.51").Group));
        Assert.Equal(0, world.Settings["net/ipv6/conf/vrrp.51/disable_ipv6"]);
        Assert.Equal(index, world.Addresses.Single(static a => a.Address == IpAddress.Parse("2001:db8::8")).InterfaceIndex);
        Assert.Equal(VrrpState.Active, router.State);
        router.Reload(Instance(Own));
        router.Settle();
        Assert.Equal((index, 0u), (world.Link("vrrp.51").Index, world.Link("vrrp.51").Group));
        Assert.Equal(1, world.Settings["net/ipv6/conf/vrrp.51/disable_ipv6"]);
    }

    [Fact]
    public void Changed_address_of_it_makes_it_anew()
    {
        ModelWorld world = World();
        ModelRouter router = new(world, Instance());
        Advance(router);
        router.Reload(Instance("use_vmac vrrp.51 02:00:00:00:00:07"));
        for (int turn = 0; turn < 4; turn++)
            router.Settle();
        Assert.Equal(new MacAddress(0x020000000007), world.Link("vrrp.51").Address);
        Advance(router);
        Assert.True(world.Has("10.0.0.100"));
        router.Module.Stop(keepAddresses: false, world.Now);
        Assert.Equal(["eth0", "eth1"], world.LinkNames.Order());
    }

    [Fact]
    public void Link_local_address_of_the_interface_below_is_put_on_it_and_follows()
    {
        ModelWorld world = World();
        ModelRouter router = new(world, Instance(addresses: "fe80::100\n2001:db8::100/64"));
        int index = world.Link("vrrp.51").Index;
        Assert.Equal(new MacAddress(0x00005e000233), world.Link("vrrp.51").Address);
        router.Settle();
        InterfaceAddress source = world.Addresses.Single(a => a.InterfaceIndex == index);
        Assert.Equal((IpAddress.Parse("fe80::1"), (byte)64, 0u), (source.Address, source.PrefixLength, source.PreferredLifetimeSeconds));
        router.TakeOutput();
        Advance(router);
        Assert.Equal($"advert fe80::1 > ff02::12 prio 100 if {index}", router.TakeOutput()[0]);

        world.RemoveForeignAt(index, "fe80::1");
        router.Settle();
        Assert.Contains(world.Addresses, a => a.InterfaceIndex == index && a.Address == IpAddress.Parse("fe80::1"));

        world.AddForeign(2, "fe80::2", 64);
        world.RemoveForeignAt(2, "fe80::1");
        router.Settle();
        router.Settle();
        Assert.Contains(world.Addresses, a => a.InterfaceIndex == index && a.Address == IpAddress.Parse("fe80::2"));
        Assert.DoesNotContain(world.Addresses, a => a.InterfaceIndex == index && a.Address == IpAddress.Parse("fe80::1"));
    }

    [Fact]
    public void Addresses_elsewhere_get_interfaces_where_that_is_asked_for()
    {
        ModelWorld world = World();
        ModelRouter router = new(world, Instance("use_vmac\nuse_vmac_addr\nvirtual_ipaddress_excluded {\n 2001:db8::8/64\n 2001:db8:1::8/64 dev eth1\n}", "10.0.0.100/24\n10.1.0.100/24 dev eth1"));
        Advance(router);
        string[] shown = [.. world.Addresses.Where(static a => a.InterfaceIndex > 3).Select(a => $"{a.Address} {world.LinkNames.Select(world.Link).Single(l => l.Index == a.InterfaceIndex).Name}").Order()];
        Assert.Equal(
            [
                "10.0.0.100 vrrp.51", "10.1.0.100 vrrp1.51", "2001:db8:1::8 vrrp2.51", "2001:db8::8 vrrp6.51", "fe80::1 vrrp6.51", "fe80::3 vrrp2.51",
            ],
            shown);
    }

    [Fact]
    public void Refusal_is_said_once_and_tried_again()
    {
        ModelWorld world = World();
        world.LinkRefusals["vrrp.51"] = Errno.EBUSY;
        ModelRouter router = new(world, Instance());
        Advance(router);
        Assert.Equal(VrrpState.Fault, router.State);
        Assert.Single(router.Lines, static line => line.StartsWith("(V51) cannot create VMAC interface vrrp.51 on eth0 - ", StringComparison.Ordinal));
        world.LinkRefusals.Clear();
        router.Advance(1.1);
        router.Settle();
        router.Settle();
        Assert.Equal(VrrpState.Backup, router.State);
    }

    [Fact]
    public void Vrf_of_the_interface_below_is_its_own()
    {
        ModelWorld world = World();
        world.SetMaster("eth0", 30, "vrf");
        world.Deliver();
        ModelRouter router = new(world, Instance());
        Assert.Equal(30, world.Link("vrrp.51").MasterIndex);
        world.SetMaster("eth0", 31, "vrf");
        router.Settle();
        Assert.Equal(31, world.Link("vrrp.51").MasterIndex);
        world.SetMaster("eth0", 0, "");
        router.Settle();
        Assert.Equal(0, world.Link("vrrp.51").MasterIndex);
    }

    [Fact]
    public void Kept_addresses_keep_it()
    {
        ModelWorld world = World();
        ModelRouter router = new(world, Instance());
        Advance(router);
        router.Module.Stop(keepAddresses: true, world.Now);
        Assert.Contains("vrrp.51", world.LinkNames);
        Assert.True(world.Has("10.0.0.100"));
        Assert.NotNull(world.Record);
    }

    [Theory]
    [InlineData("", "use_vmac", "vrrp.51")]
    [InlineData("use_vmac", "", "eth0")]
    [InlineData("use_vmac", "use_vmac other", "other")]
    [InlineData("use_vmac", "use_vmac vrrp.51 02:00:00:00:00:07", "vrrp.51")]
    public void Reload_that_moves_an_active_router_to_another_interface_leaves_it_active(string before, string after, string carrier)
    {
        ModelWorld world = World();
        ModelRouter router = new(world, Instance(before));
        Advance(router);
        Assert.Equal(VrrpState.Active, router.State);
        router.Lines.Clear();
        router.TakeOutput();
        router.Reload(Instance(after));
        Assert.Equal(VrrpState.Active, router.State);
        List<string> output = router.TakeOutput();
        Assert.DoesNotContain(output, static line => line.Contains("prio 0", StringComparison.Ordinal));
        int index = world.Link(carrier).Index;
        Assert.Contains($"frame if {index}", output);
        Assert.Equal(index, world.Addresses.Single(static a => a.Address == IpAddress.Parse("10.0.0.100")).InterfaceIndex);
        Assert.DoesNotContain(router.Lines, static line => line.Contains("FAULT", StringComparison.Ordinal) || line.Contains("cannot", StringComparison.Ordinal));
        for (int turn = 0; turn < 3; turn++)
            router.Settle();
        router.Advance(1.1);
        Assert.Equal(VrrpState.Active, router.State);
        Assert.Contains($"advert 10.0.0.1 > 224.0.0.18 prio 100 if {index}", router.TakeOutput());
        Assert.Equal(((string[])["eth0", "eth1", carrier]).Distinct().Order(), world.LinkNames.Order());
        router.Module.Stop(keepAddresses: false, world.Now);
        Assert.Equal(["eth0", "eth1"], world.LinkNames.Order());
    }

    [Fact]
    public void Reload_to_another_base_moves_it_and_what_its_reports_leave_by()
    {
        ModelWorld world = World();
        world.AddForeign(3, "10.0.0.3", 24);
        world.Deliver();
        ModelRouter router = new(world, Instance());
        Advance(router);
        world.LinkRemovalRefusals["vrrp.51"] = Errno.EBUSY;
        string other = Instance().Replace("interface eth0", "interface eth1", StringComparison.Ordinal);
        router.Reload(other);
        // Until it goes it stands on the former, and a crash must find it there.
        Assert.Equal(2, world.Link("vrrp.51").LinkIndex);
        string record = Encoding.UTF8.GetString(world.Record!);
        Assert.Contains("link vrrp.51 eth0 00:00:5e:00:01:33\n", record, StringComparison.Ordinal);
        Assert.Contains("link vrrp.51 eth1 00:00:5e:00:01:33\n", record, StringComparison.Ordinal);
        world.LinkRemovalRefusals.Clear();
        router.Settle();
        router.Advance(1.1);
        router.Settle();
        router.Settle();
        Assert.Equal(3, world.Link("vrrp.51").LinkIndex);
        Assert.Contains($"ip keepalived vmac_map {world.Link("vrrp.51").Index:x2}000000 : 3", world.RulesetElements);
        Assert.DoesNotContain(world.RulesetElements, static element => element.EndsWith(": 2", StringComparison.Ordinal));
    }

    [Fact]
    public void After_a_crash_one_that_could_not_be_moved_goes()
    {
        ModelWorld world = World();
        Advance(new ModelRouter(world, Instance()));
        ModelRouter router = new(world, Instance());
        world.LinkRemovalRefusals["vrrp.51"] = Errno.EBUSY;
        router.Reload(Instance().Replace("interface eth0", "interface eth1", StringComparison.Ordinal));
        world.LinkRemovalRefusals.Clear();
        _ = new ModelRouter(world, Instance(""));
        Assert.Equal(["eth0", "eth1"], world.LinkNames.Order());
    }

    [Fact]
    public void Refused_removal_at_a_reload_is_tried_again()
    {
        ModelWorld world = World();
        ModelRouter router = new(world, Instance());
        world.LinkRemovalRefusals["vrrp.51"] = Errno.EBUSY;
        router.Reload(Instance(""));
        router.Settle();
        Assert.Contains("vrrp.51", world.LinkNames);
        Assert.Contains("link vrrp.51 eth0 00:00:5e:00:01:33\n", Encoding.UTF8.GetString(world.Record!), StringComparison.Ordinal);
        Assert.Single(router.Lines, static line => line.StartsWith("(V51) cannot remove VMAC interface vrrp.51 on eth0 - ", StringComparison.Ordinal));
        world.LinkRemovalRefusals.Clear();
        router.Advance(1.1);
        router.Settle();
        Assert.Equal(["eth0", "eth1"], world.LinkNames.Order());
        // And not for ever.
        world.MakeForeign(8, "vrrp.51", 2, Vrid51);
        router.Settle();
        router.Advance(3);
        Assert.Contains("vrrp.51", world.LinkNames);
    }

    [Fact]
    public void Renamed_by_somebody_it_goes_and_is_made_again()
    {
        ModelWorld world = World();
        ModelRouter router = new(world, Instance());
        Advance(router);
        world.Rename("vrrp.51", "stolen");
        router.Settle();
        router.Settle();
        Assert.Equal(["eth0", "eth1", "vrrp.51"], world.LinkNames.Order());
        Advance(router);
        Assert.Equal(VrrpState.Active, router.State);
        router.Module.Stop(keepAddresses: false, world.Now);
        Assert.Equal(["eth0", "eth1"], world.LinkNames.Order());
    }

    [Fact]
    public void Settings_of_an_interface_that_is_renamed_are_put_back_under_its_new_name()
    {
        ModelWorld world = World();
        ModelRouter router = new(world, Instance());
        Assert.Equal(1, world.Settings["net/ipv4/conf/eth0/arp_ignore"]);
        world.Rename("eth0", "lan0");
        router.Settle();
        Assert.Equal((0, 0), (world.Settings["net/ipv4/conf/lan0/arp_ignore"], world.Settings["net/ipv4/conf/lan0/arp_filter"]));
        world.Rename("lan0", "eth0");
        router.Settle();
        router.Settle();
        Assert.Equal(1, world.Settings["net/ipv4/conf/eth0/arp_ignore"]);
        router.Module.Stop(keepAddresses: false, world.Now);
        Assert.Equal(0, world.Settings["net/ipv4/conf/eth0/arp_ignore"]);
    }

    [Fact]
    public void Settings_that_get_their_new_name_after_the_kernel_has_told_of_it_are_looked_for_again()
    {
        ModelWorld world = World();
        ModelRouter router = new(world, Instance());
        world.Rename("eth0", "lan0", isTold: true);
        router.Settle();
        world.MoveSettings("eth0", "lan0");
        router.Advance(1.1);
        Assert.Equal((0, 0), (world.Settings["net/ipv4/conf/lan0/arp_ignore"], world.Settings["net/ipv4/conf/lan0/arp_filter"]));
        world.Rename("lan0", "eth0", isTold: true);
        router.Settle();
        world.MoveSettings("lan0", "eth0");
        router.Advance(1.1);
        Assert.Equal(1, world.Settings["net/ipv4/conf/eth0/arp_ignore"]);
        router.Module.Stop(keepAddresses: false, world.Now);
        Assert.Equal(0, world.Settings["net/ipv4/conf/eth0/arp_ignore"]);
    }

    [Fact]
    public void Settings_of_an_interface_that_is_back_under_its_name_at_once_are_those_it_had_before()
    {
        ModelWorld world = World();
        ModelRouter router = new(world, Instance());
        world.Rename("eth0", "lan0", isTold: true);
        router.Settle();
        world.Rename("lan0", "eth0", isTold: true);
        router.Settle();
        router.Advance(4);
        Assert.Equal(1, world.Settings["net/ipv4/conf/eth0/arp_ignore"]);
        router.Module.Stop(keepAddresses: false, world.Now);
        Assert.Equal(0, world.Settings["net/ipv4/conf/eth0/arp_ignore"]);
    }

    [Fact]
    public void Removal_by_others_is_noticed_after_notifications_were_lost()
    {
        ModelWorld world = World();
        ModelRouter router = new(world, Instance() + Instance(vrid: 52, addresses: "10.0.0.101/24"));
        router.Reload(Instance("use_vmac vrrp.51 02:00:00:00:00:07"));
        world.LoseNotifications();
        router.Settle();
        world.DeleteLink(world.Link("vrrp.51").Index);
        router.Settle();
        router.Settle();
        Assert.Contains("vrrp.51", world.LinkNames);
    }

    [Theory]
    [InlineData("private", false)]
    [InlineData("vepa", true)]
    [InlineData("bridge", true)]
    public void Ipvlan_of_another_kind_is_made_anew_after_a_crash(string kind, bool isMadeAnew)
    {
        ModelWorld world = World();
        _ = new ModelRouter(world, Instance("use_ipvlan 10.0.0.9/24 private"));
        int index = world.Link("vrrp.51").Index;
        Assert.NotEqual(0, world.Link("vrrp.51").IpvlanFlags);
        ModelRouter next = new(world, Instance($"use_ipvlan 10.0.0.9/24 {kind}"));
        Assert.Equal(isMadeAnew, world.Link("vrrp.51").Index != index);
        next.Module.Stop(keepAddresses: false, world.Now);
        Assert.Equal(["eth0", "eth1"], world.LinkNames.Order());
    }
}
