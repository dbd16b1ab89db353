using System.Text;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Tests.Unit.Daemon;

/// <summary>What becomes of the packet filter: it comes before the addresses that are not accepted at, and goes behind them.</summary>
public sealed class FirewallTests
{
    private const string Vip = "ip keepalived vips 0A000064";
    private const string Nft = "Netlink: cannot ";

    private static ModelWorld World()
    {
        ModelWorld world = new();
        world.SetLink(2, "eth0");
        world.AddForeign(2, "10.0.0.1", 24);
        world.AddForeign(2, "fe80::1", 64);
        return world;
    }

    private static string Instance(string words = "no_accept", string addresses = "10.0.0.100/24", string name = "V1", int vrid = 51, string globals = "") => $$"""
        global_defs {
            {{globals}}
        }
        vrrp_instance {{name}} {
            interface eth0
            virtual_router_id {{vrid}}
            priority 100
            advert_int 1
            version 3
            {{words}}
            virtual_ipaddress {
                {{addresses}}
            }
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

    private static string[] Kernel(ModelRouter router) => [.. router.TakeOutput().Where(static line => !line.StartsWith("frame", StringComparison.Ordinal))];

    [Fact]
    public void Takeover_drops_before_it_adds_the_address()
    {
        ModelRouter router = new(World(), Instance());
        Assert.Empty(router.World.Ruleset);
        router.TakeOutput();
        router.Advance(3.7);
        string[] output = Kernel(router);
        Assert.Equal("advert 10.0.0.1 > 224.0.0.18 prio 100 if 2", output[0]);
        Assert.Equal(
            "ip keepalived: add table ip keepalived; add chain out; add chain in; add set vips; add rule 'ip daddr @vips drop' of chain in; "
            + "add rule 'ip saddr @vips drop' of chain out; add vips 0A000064",
            output[1]);
        Assert.Equal("add 10.0.0.100/24", output[2]);
    }

    [Fact]
    public void Stop_removes_the_element_behind_the_address_and_then_the_table_and_the_record()
    {
        ModelRouter router = Active(World(), Instance());
        Assert.Contains("table ip keepalived\n", Encoding.UTF8.GetString(router.World.Record!), StringComparison.Ordinal);
        router.Module.Stop(keepAddresses: false, router.World.Now);
        Assert.Equal(
            [
                "advert 10.0.0.1 > 224.0.0.18 prio 0 if 2", "delete 10.0.0.100/24", "ip keepalived: delete vips 0A000064",
                "ip keepalived: add table ip keepalived; delete table ip keepalived",
            ],
            Kernel(router));
        Assert.Empty(router.World.Ruleset);
        Assert.Null(router.World.Record);
    }

    [Fact]
    public void Stop_that_keeps_addresses_keeps_what_drops_their_packets_and_the_record()
    {
        ModelRouter router = Active(World(), Instance());
        router.Module.Stop(keepAddresses: true, router.World.Now);
        Assert.Equal([Vip], router.World.RulesetElements);
        Assert.NotNull(router.World.Record);
    }

    [Theory]
    [InlineData("")]
    [InlineData("accept")]
    [InlineData("no_accept\npriority 255")]
    public void Nothing_is_opened_for_whoever_accepts(string words)
    {
        ModelRouter router = new(World(), Instance(words));
        router.Advance(3.7);
        Assert.Equal(VrrpState.Active, router.State);
        Assert.False(router.World.IsFirewallOpen);
        Assert.DoesNotContain("table", Encoding.UTF8.GetString(router.World.Record!), StringComparison.Ordinal);
    }

    [Fact]
    public void Strict_mode_does_not_accept()
    {
        ModelRouter router = Active(World(), Instance("strict_mode"));
        Assert.Equal([Vip], router.World.RulesetElements);
        Assert.Contains("use_vmac or no_accept/strict specified, but no firewall configured - using nftables", router.Lines);
    }

    [Fact]
    public void Settings_name_the_table_and_say_so_in_the_record()
    {
        ModelRouter router = Active(World(), Instance(globals: "nftables lab\nnftables_priority -7\nnftables_counters"));
        Assert.Equal(["ip lab vips 0A000064"], router.World.RulesetElements);
        Assert.Contains("table ip lab\n", Encoding.UTF8.GetString(router.World.Record!), StringComparison.Ordinal);
        Assert.DoesNotContain(router.Lines, static line => line.Contains("no firewall configured", StringComparison.Ordinal));
    }

    [Fact]
    public void Link_local_addresses_are_dropped_on_their_interface()
    {
        ModelRouter router = Active(World(), Instance(addresses: "fe80::64\n2001:db8::64/64"));
        Assert.Equal(
            ["ip6 keepalived vips 20010DB8000000000000000000000064", "ip6 keepalived vips_link_local FE80000000000000000000000000006402000000"],
            router.World.RulesetElements);
        Assert.Equal(
            ["chain out", "chain in", "chain in_link_local", "chain out_link_local", "set vips", "set neighbor-discovery", "set vips_link_local"],
            router.World.Ruleset["table ip6 keepalived"].Objects);
    }

    [Theory]
    [InlineData("", "vips_link_local_name FE800000000000000000000000000064657468300")]
    [InlineData("nftables_ifindex", "vips_link_local FE800000000000000000000000000064020000")]
    public void Interface_that_may_be_made_anew_is_told_by_its_name(string globals, string begin)
    {
        ModelRouter router = Active(World(), Instance("no_accept\ndont_track_primary", "fe80::64", globals: globals));
        Assert.StartsWith($"ip6 keepalived {begin}", Assert.Single(router.World.RulesetElements, static e => e.Contains("link_local", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public void Interface_that_is_made_anew_is_told_by_its_new_index()
    {
        ModelRouter router = Active(World(), Instance("no_accept", "fe80::64"));
        router.World.DeleteLink(2);
        router.Settle();
        Assert.DoesNotContain(router.World.RulesetElements, static e => e.Contains("FE80", StringComparison.Ordinal));
        router.World.SetLink(9, "eth0");
        router.World.AddForeign(9, "fe80::1", 64);
        router.Settle();
        router.Advance(5);
        router.Settle();
        Assert.Contains("ip6 keepalived vips_link_local FE80000000000000000000000000006409000000", router.World.RulesetElements);
    }

    [Fact]
    public void Address_of_two_instances_is_dropped_until_both_have_left_it()
    {
        ModelRouter router = Active(World(), Instance() + "\n" + Instance(name: "V2", vrid: 52));
        Assert.Equal([Vip], router.World.RulesetElements);
        router.Reload(Instance());
        Assert.Equal([Vip], router.World.RulesetElements);
    }

    [Fact]
    public void Reload_changes_what_is_dropped_and_removes_the_table_that_nobody_needs()
    {
        ModelRouter router = Active(World(), Instance());
        router.Reload(Instance(addresses: "10.0.0.101/24"));
        Assert.Equal(["ip keepalived vips 0A000065"], router.World.RulesetElements);
        router.Reload(Instance("accept", "10.0.0.101/24"));
        router.Settle();
        Assert.Empty(router.World.Ruleset);
        Assert.Contains("(V1) removing firewall drop rule", router.Lines);
        Assert.True(router.World.Has("10.0.0.101"));
        router.Reload(Instance("no_accept", "10.0.0.101/24"));
        Assert.Equal(["ip keepalived vips 0A000065"], router.World.RulesetElements);
    }

    [Theory]
    [InlineData("nftables lab", "ip lab vips 0A000064")]
    [InlineData("nftables_priority 5", "ip keepalived vips 0A000064")]
    [InlineData("nftables_counters", "ip keepalived vips 0A000064")]
    public void Reload_with_other_settings_makes_the_table_anew_in_one_transaction(string globals, string element)
    {
        ModelRouter router = Active(World(), Instance());
        ulong before = router.World.Ruleset.Values.Single().Handle;
        router.Reload(Instance(globals: globals));
        Assert.Equal([element], router.World.RulesetElements);
        Assert.NotEqual(before, router.World.Ruleset.Values.Single().Handle);
        Assert.Single(Kernel(router), static line => line.Contains("delete table", StringComparison.Ordinal));
    }

    [Fact]
    public void Table_that_an_earlier_run_recorded_is_removed_even_when_nothing_needs_one_now()
    {
        ModelWorld world = World();
        world.AddForeignTable("table ip keepalived");
        world.AddForeignTable("table ip other");
        world.AddForeignTable("table inet keepalived");
        world.Record = Encoding.UTF8.GetBytes("keepalived-aot kernel record 1\ntable ip keepalived\ntable ip6 gone\n");
        ModelRouter router = new(world, Instance("accept"));
        Assert.Equal(["table ip other", "table inet keepalived"], world.Ruleset.Keys);
        Assert.Contains("Removing table ip keepalived: an earlier run left it there", router.Lines);
    }

    [Fact]
    public void Table_of_our_name_is_removed_when_this_configuration_needs_it()
    {
        ModelWorld world = World();
        world.AddForeignTable("table ip keepalived");
        world.AddForeignTable("table ip6 keepalived");
        _ = new ModelRouter(world, Instance());
        Assert.Empty(world.Ruleset);
    }

    [Fact]
    public void Table_of_our_name_stays_when_nothing_needs_one()
    {
        ModelWorld world = World();
        world.AddForeignTable("table ip keepalived");
        ModelRouter router = Active(world, Instance("accept", globals: "nftables"));
        router.Module.Stop(keepAddresses: false, world.Now);
        Assert.Single(world.Ruleset);
        Assert.False(world.IsFirewallOpen);
    }

    [Fact]
    public void Table_that_somebody_else_removes_is_put_back_and_told()
    {
        ModelRouter router = Active(World(), Instance());
        router.World.FlushRuleset();
        router.Settle();
        Assert.Equal([Vip], router.World.RulesetElements);
        Assert.Equal(["chain out", "chain in", "set vips"], router.World.Ruleset["table ip keepalived"].Objects);
        Assert.Contains("Restoring table ip keepalived: somebody else has removed it", router.Lines);
    }

    [Fact]
    public void Change_of_somebody_elses_tables_changes_nothing()
    {
        ModelRouter router = Active(World(), Instance());
        router.World.AddForeignTable("table ip other");
        router.Settle();
        Assert.Empty(Kernel(router));
        Assert.DoesNotContain(router.Lines, static line => line.Contains("Restoring", StringComparison.Ordinal));
    }

    [Fact]
    public void Two_that_fight_for_a_table_do_not_keep_each_other_busy()
    {
        ModelRouter router = Active(World(), Instance());
        for (int i = 0; i < 50; i++)
        {
            router.World.AddForeignTable("table ip keepalived");
            router.Settle();
        }
        Assert.Single(router.Lines, static line => line.StartsWith("Restoring", StringComparison.Ordinal));
        router.Advance(1.1);
        router.Settle();
        Assert.Equal(2, router.Lines.Count(static line => line.StartsWith("Restoring", StringComparison.Ordinal)));
        Assert.Equal([Vip], router.World.RulesetElements);
    }

    [Fact]
    public void Element_that_somebody_else_removed_does_not_spoil_the_leaving()
    {
        ModelRouter router = Active(World(), Instance(addresses: "10.0.0.100/24\n10.0.0.101/24"));
        router.World.RemoveForeignElement("table ip keepalived", "vips 0A000064");
        router.Settle();
        router.Reload(Instance(addresses: "10.0.0.101/24"));
        Assert.Equal(["ip keepalived vips 0A000065"], router.World.RulesetElements);
        Assert.DoesNotContain(router.Lines, static line => line.StartsWith(Nft, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Errno.EPERM)]
    [InlineData(Errno.EOPNOTSUPP)]
    public void Refusal_is_told_once_by_the_objects_name_and_the_daemon_goes_on(Errno refusal)
    {
        ModelWorld world = World();
        world.RulesetRefusals["add"] = refusal;
        ModelRouter router = new(world, Instance());
        router.Advance(10);
        Assert.True(world.Has("10.0.0.100"));
        string line = Assert.Single(router.Lines, static line => line.StartsWith(Nft, StringComparison.Ordinal));
        Assert.Equal($"Netlink: cannot add table ip keepalived - {ErrnoText.Of(refusal)}", line);
        router.Module.Stop(keepAddresses: false, world.Now);
        Assert.False(world.Has("10.0.0.100"));
        Assert.Null(world.Record);
    }

    [Fact]
    public void Rule_that_the_kernel_does_not_know_is_named()
    {
        ModelWorld world = World();
        world.RulesetRefusals["add rule 'ip saddr"] = Errno.EOPNOTSUPP;
        ModelRouter router = new(world, Instance());
        router.Advance(3.7);
        Assert.Contains("Netlink: cannot add rule 'ip saddr @vips drop' of chain out of table ip keepalived - Operation not supported", router.Lines);
        Assert.Empty(world.Ruleset);
    }

    [Fact]
    public void Kernel_without_nf_tables_is_told_once()
    {
        ModelWorld world = World();
        world.FirewallRefusal = Errno.EPROTONOSUPPORT;
        ModelRouter router = new(world, Instance());
        router.Advance(10);
        Assert.True(world.Has("10.0.0.100"));
        Assert.Single(router.Lines, static line => line.StartsWith("No packets are dropped for no_accept", StringComparison.Ordinal));
    }

    [Fact]
    public void What_the_kernel_had_no_memory_for_is_tried_again()
    {
        ModelWorld world = World();
        world.RulesetRefusals["add vips"] = Errno.ENOMEM;
        ModelRouter router = new(world, Instance());
        router.Advance(3.7);
        Assert.Empty(world.Ruleset);
        world.RulesetRefusals.Clear();
        router.Advance(1.5);
        Assert.Equal([Vip], world.RulesetElements);
    }

    [Fact]
    public void Answer_that_is_lost_has_the_table_made_anew()
    {
        ModelWorld world = World();
        ModelRouter router = new(world, Instance());
        world.LosesRulesetAnswers = true;
        router.Advance(3.7);
        Assert.Equal([Vip], world.RulesetElements);
        Assert.Equal(2, world.Ruleset["table ip keepalived"].Rules.Count);
    }

    [Fact]
    public void Refusal_of_one_family_leaves_the_other_alone()
    {
        ModelWorld world = World();
        world.RulesetRefusals["add table ip6"] = Errno.EAFNOSUPPORT;
        ModelRouter router = new(world, Instance() + "\n" + Instance(addresses: "fe80::64", name: "V2", vrid: 52));
        router.Advance(3.7);
        Assert.Equal([Vip], world.RulesetElements);
        Assert.Equal(VrrpState.Active, router["V2"].Router.State);
    }

    [Fact]
    public void Virtual_mac_sends_its_reports_by_the_interface_below()
    {
        ModelWorld world = World();
        world.SetLink(7, "vrrp.51");
        ModelRouter router = new(world, Instance("accept", addresses: "10.0.0.100/24 dev vrrp.51\n10.0.0.101/24"));
        var vmac = router["V1"].HeldAddresses[0].Interface;
        var below = router["V1"].Interface!;
        router.Module.Firewall.SetVirtualMac(vmac, below, AddressFamily.IPv4, isWanted: true);
        router.Module.Firewall.SetVirtualMac(vmac, below, AddressFamily.IPv6, isWanted: true);
        router.Settle();
        Assert.Equal(
            ["ip keepalived vmac_map 07000000 : 2", "ip6 keepalived vmac_map 07000000 : 2", "ip6 keepalived vmac_set 07000000"], world.RulesetElements);
        Assert.Equal(["chain out", "map vmac_map", "set vmac_set"], world.Ruleset["table ip6 keepalived"].Objects);
        world.DeleteLink(7);
        router.Settle();
        Assert.Empty(world.RulesetElements);
        world.SetLink(8, "vrrp.51");
        router.Settle();
        Assert.Contains("ip keepalived vmac_map 08000000 : 2", world.RulesetElements);
        router.Module.Firewall.SetVirtualMac(vmac, below, AddressFamily.IPv4, isWanted: false);
        router.Module.Firewall.SetVirtualMac(vmac, below, AddressFamily.IPv6, isWanted: false);
        router.Settle();
        Assert.Empty(world.Ruleset);
    }

    [Fact]
    public void Virtual_mac_that_does_not_accept_adds_to_the_same_table()
    {
        ModelRouter router = new(World(), Instance());
        var at = router["V1"].Interface!;
        router.Module.Firewall.SetVirtualMac(at, at, AddressFamily.IPv4, isWanted: true);
        router.Settle();
        router.Advance(3.7);
        Assert.Equal(["chain out", "map vmac_map", "chain in", "set vips"], router.World.Ruleset["table ip keepalived"].Objects);
        Assert.Equal(2, router.World.RulesetElements.Count());
    }

    [Fact]
    public void Thousands_of_addresses_are_one_transaction_each_way()
    {
        string addresses = string.Join('\n', Enumerable.Range(0, 1000).Select(static i => $"10.1.{i / 250}.{i % 250 + 1}/32"));
        ModelRouter router = new(World(), Instance(addresses: addresses));
        router.TakeOutput();
        router.Advance(3.7);
        router.Settle();
        Assert.Single(Kernel(router), static line => line.StartsWith("ip keepalived: ", StringComparison.Ordinal));
        Assert.Equal(1000, router.World.RulesetElements.Count());
    }

    [Fact]
    public void Turn_in_which_nothing_happens_allocates_nothing()
    {
        ModelRouter router = Active(World(), Instance());
        router.Module.OnTurnEnd(router.World.Now);
        long least = long.MaxValue;
        for (int i = 0; i < 3; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            router.Module.Firewall.FlushAdditions();
            router.Module.Firewall.FlushRemovals();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        Assert.Equal(0, least);
    }
}
