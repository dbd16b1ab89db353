using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Tests.Unit.Daemon;

/// <summary>A reload changes what it names and nothing else.</summary>
public sealed class ReloadTests
{
    private static string Instance(string name = "V1", int vrid = 51, int priority = 100, string addresses = "10.0.0.100/24") => $$"""
        vrrp_instance {{name}} {
            interface eth0
            virtual_router_id {{vrid}}
            priority {{priority}}
            advert_int 1
            virtual_ipaddress {
                {{addresses.Replace(",", "\n")}}
            }
        }

        """;

    private static ModelRouter Active(string configuration)
    {
        ModelWorld world = new();
        world.SetLink(2, "eth0");
        world.AddForeign(2, "10.0.0.1", 24);
        ModelRouter router = new(world, configuration);
        router.Advance(3.9);
        router.Settle();
        Assert.Equal(VrrpState.Active, router.State);
        router.TakeOutput();
        return router;
    }

    [Fact]
    public void Same_configuration_changes_nothing()
    {
        ModelRouter router = Active(Instance());
        router.Reload(Instance());
        router.Settle();

        Assert.Empty(router.TakeOutput());
        Assert.Equal(VrrpState.Active, router.State);
    }

    // To others it is another router, though its name stays; it is neither gone nor new.
    [Fact]
    public void Another_vrid_is_told_as_what_it_is()
    {
        ModelRouter router = Active(Instance());
        router.Lines.Clear();
        router.Reload(Instance(vrid: 61));
        router.Settle();

        Assert.Contains("(V1) has another VRID in the new configuration: it leaves its role, and starts as a new router", router.Lines);
        Assert.DoesNotContain(router.Lines, line => line.EndsWith("new configuration") || line.EndsWith("this configuration"));
    }

    [Fact]
    public void Another_name_is_told_and_changes_nothing()
    {
        ModelRouter router = Active(Instance());
        router.Lines.Clear();
        router.Reload(Instance(name: "V2"));
        router.Settle();

        Assert.Equal(["(V1) is called V2 in the new configuration"], router.Lines.Where(line => line.Contains("configuration")));
        Assert.Empty(router.TakeOutput());
        Assert.Equal(VrrpState.Active, router.State);
    }

    [Fact]
    public void Changed_priority_is_advertised_at_once_and_the_role_kept()
    {
        ModelRouter router = Active(Instance());
        router.Reload(Instance(priority: 120));
        router.Settle();

        Assert.Equal(["advert 10.0.0.1 > 224.0.0.18 prio 120 if 2"], router.TakeOutput());
        Assert.Equal(VrrpState.Active, router.State);
        Assert.Equal(1UL, router["V1"].Router.Counters.BecomeMaster);
    }

    [Fact]
    public void Added_address_appears_without_touching_the_others()
    {
        ModelRouter router = Active(Instance());
        router.Reload(Instance(addresses: "10.0.0.100/24,10.0.0.101/24"));
        router.Settle();

        List<string> output = router.TakeOutput();
        Assert.Contains("add 10.0.0.101/24", output);
        Assert.DoesNotContain(output, line => line.StartsWith("delete") || line == "add 10.0.0.100/24");
        Assert.Equal(VrrpState.Active, router.State);
    }

    [Fact]
    public void Removed_first_address_of_a_subnet_does_not_take_the_others_along()
    {
        ModelRouter router = Active(Instance(addresses: "192.168.7.1/24,192.168.7.2/24,10.0.0.100/24"));
        router.Reload(Instance(addresses: "192.168.7.2/24,10.0.0.100/24"));
        router.Settle();
        router.Advance(0.5);

        Assert.False(router.World.Has("192.168.7.1"));
        Assert.True(router.World.Has("192.168.7.2"));
        Assert.True(router.World.Has("10.0.0.100"));
        Assert.Equal(VrrpState.Active, router.State);
        Assert.Equal(1UL, router["V1"].Router.Counters.BecomeMaster);
    }

    [Fact]
    public void Removed_instance_releases_its_role_and_its_address()
    {
        ModelRouter router = Active(Instance() + Instance("V2", 52, addresses: "10.0.0.200/24"));
        router.Reload(Instance());
        router.Settle();

        Assert.Equal(["advert 10.0.0.1 > 224.0.0.18 prio 0 if 2", "delete 10.0.0.200/24"], router.TakeOutput());
        Assert.Single(router.Module.Instances);
        Assert.True(router.World.Has("10.0.0.100"));
    }

    [Fact]
    public void Added_instance_starts_as_backup_and_shares_the_receiver()
    {
        ModelRouter router = Active(Instance());
        router.Reload(Instance() + Instance("V2", 52, addresses: "10.0.0.200/24"));

        Assert.Equal(VrrpState.Backup, router["V2"].Router.State);
        Assert.Equal(VrrpState.Active, router["V1"].Router.State);
        Assert.Single(router.World.Receivers);
        router.Advance(4);
        Assert.True(router.World.Has("10.0.0.200"));
    }

    [Fact]
    public void Changed_router_id_is_another_router()
    {
        ModelRouter router = Active(Instance());
        router.Reload(Instance(vrid: 52));
        router.Settle();

        Assert.Equal(VrrpState.Backup, router.State);
        Assert.False(router.World.Has("10.0.0.100"));
        Assert.Contains("advert 10.0.0.1 > 224.0.0.18 prio 0 if 2", router.TakeOutput());
    }

    [Fact]
    public void Record_speaks_of_the_new_configuration()
    {
        ModelRouter router = Active(Instance());
        router.Reload(Instance(addresses: "10.0.0.150/24"));

        string record = System.Text.Encoding.UTF8.GetString(router.World.Record!);
        Assert.Contains("address eth0 10.0.0.150/24\n", record);
        Assert.DoesNotContain("10.0.0.100/", record);
    }

    [Theory]
    [InlineData("10.0.0.100/24", "10.0.0.100/32")]
    [InlineData("10.0.0.100/24", "10.0.0.100/24 label eth0:vip")]
    [InlineData("10.0.0.100/24,10.0.0.101/24", "10.0.0.101/24,10.0.0.100/24")]
    [InlineData("10.0.0.100/24 brd 10.0.0.255", "10.0.0.100/24 brd 10.0.0.0")]
    public void Changed_settings_of_an_address_are_taken_over_and_the_role_kept(string before, string after)
    {
        ModelRouter router = Active(Instance(addresses: before));
        router.Reload(Instance(addresses: after));
        router.Settle();
        router.Advance(2);

        Assert.Equal(VrrpState.Active, router.State);
        Assert.Equal(1UL, router["V1"].Router.Counters.BecomeMaster);
        foreach (string wanted in after.Split(','))
        {
            string[] words = wanted.Split(' ');
            KeepalivedAot.Linux.Netlink.InterfaceAddress held = router.World.Addresses.Single(a => $"{a.Address}/{a.PrefixLength}" == words[0]);
            Assert.Equal(words.Length > 2 && words[1] == "label" ? words[2] : "", held.Label.ToString());
            Assert.Equal(words.Length > 2 && words[1] == "brd" ? words[2] : "(none)", held.Broadcast.ToString());
        }
        Assert.Equal(after.Split(',').Length + 1, router.World.Addresses.Count);
    }

    [Fact]
    public void Changed_prefix_of_an_ipv6_address_replaces_it()
    {
        const string Text = """
            vrrp_instance V1 {
                interface eth0
                virtual_router_id 51
                priority 100
                virtual_ipaddress {
                    fe80::100/64
                    fd09::100/128
                }
            }
            """;
        ModelWorld world = new();
        world.SetLink(2, "eth0");
        world.AddForeign(2, "fe80::1", 64);
        ModelRouter router = new(world, Text);
        router.Advance(3.9);
        router.Settle();
        Assert.True(world.Has("fd09::100"));
        router.Reload(Text.Replace("/128", "/64"));
        router.Settle();
        router.Advance(2);

        Assert.Equal(64, world.Addresses.Single(a => a.Address == KeepalivedAot.Base.Net.IpAddress.Parse("fd09::100")).PrefixLength);
        Assert.Equal(VrrpState.Active, router.State);
        Assert.Equal(1UL, router["V1"].Router.Counters.BecomeMaster);
    }

    [Fact]
    public void Two_instances_that_exchange_their_addresses_keep_both_in_the_kernel()
    {
        ModelRouter router = Active(Instance() + Instance("V2", 52, addresses: "10.0.0.200/24"));
        router.Reload(Instance(addresses: "10.0.0.200/24") + Instance("V2", 52));
        router.Settle();

        Assert.DoesNotContain(router.TakeOutput(), line => line.StartsWith("delete"));
        Assert.True(router.World.Has("10.0.0.100") && router.World.Has("10.0.0.200"));
        router.Module.Stop(keepAddresses: false, router.World.Now);
        Assert.Equal(["10.0.0.1"], router.World.Addresses.Select(a => a.Address.ToString()));
    }

    [Fact]
    public void Changed_log_of_unknown_ids_holds_for_receivers_that_are_open()
    {
        ModelRouter router = Active(Instance());
        byte[] other = [0x45, 0, 0, 40, 0, 1, 0, 0, 255, 112, 0, 0, 10, 0, 0, 2, 224, 0, 0, 18, 0x21, 77, 100, 0, 0, 1, 0, 0];
        router.World.Receive(other, "10.0.0.2", "224.0.0.18");
        Assert.DoesNotContain(router.Lines, line => line.Contains("VRID(77)"));

        router.Reload("global_defs { log_unknown_vrids }\n" + Instance());
        router.World.Receive(other, "10.0.0.2", "224.0.0.18");
        Assert.Single(router.Lines, line => line.Contains("VRID(77)"));
    }

    [Fact]
    public void Replaced_first_address_of_a_subnet_leaves_the_new_one_and_the_others()
    {
        ModelRouter router = Active(Instance(addresses: "192.168.7.1/24,192.168.7.2/24 label eth0:b,192.168.7.3/24,10.0.0.100/24"));
        router.Reload(Instance(addresses: "192.168.7.4/24,192.168.7.2/24 label eth0:c,192.168.7.3/24,10.0.0.100/24"));
        router.Settle();
        router.Advance(2);

        Assert.Equal(VrrpState.Active, router.State);
        Assert.Equal(1UL, router["V1"].Router.Counters.BecomeMaster);
        Assert.Equal(
            ["10.0.0.1", "10.0.0.100", "192.168.7.2", "192.168.7.3", "192.168.7.4"],
            router.World.Addresses.Select(a => a.Address.ToString()).Order());
    }

    [Fact]
    public void Address_that_moves_to_another_interface_is_announced_there()
    {
        ModelWorld world = new();
        world.SetLink(2, "eth0");
        world.SetLink(3, "eth1");
        world.AddForeign(2, "10.0.0.1", 24);
        ModelRouter router = new(world, Instance());
        router.Advance(12);
        router.TakeOutput();
        router.Reload(Instance(addresses: "10.0.0.100/24 dev eth1"));
        router.Settle();

        Assert.Contains("frame if 3", router.TakeOutput());
        Assert.Equal(3, world.Addresses.Single(a => a.Address == KeepalivedAot.Base.Net.IpAddress.Parse("10.0.0.100")).InterfaceIndex);
        Assert.Equal(VrrpState.Active, router.State);
    }

    [Fact]
    public void Interface_of_the_running_configuration_may_be_away_at_a_reload()
    {
        ModelRouter router = Active(Instance());
        router.World.DeleteLink(2);
        router.Settle();
        Assert.Equal(VrrpState.Fault, router.State);
        // Reading it would fail the test if it were an error.
        router.Reload(Instance(priority: 120));
        Assert.Equal(120, router["V1"].Router.EffectivePriority.Value);
    }
}
