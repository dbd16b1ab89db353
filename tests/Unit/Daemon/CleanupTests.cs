using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Daemon.Kernel;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Tests.Unit.Daemon;

/// <summary><c>keepalived-aot cleanup</c>: what is on record and still there goes, nothing else does.</summary>
public sealed class CleanupTests : ILogSink
{
    private const string Everything = """
        global_defs {
            disable_local_igmp
        }
        vrrp_instance V1 {
            interface eth0
            virtual_router_id 51
            priority 100
            advert_int 1
            use_vmac
            no_accept
            virtual_ipaddress {
                10.0.0.100/24
                10.0.1.100/24 dev eth1
            }
            virtual_routes {
                10.70.0.0/16 via 10.0.0.254 dev eth0
            }
            virtual_rules {
                from 10.80.0.0/16 lookup 80 priority 800
            }
        }
        static_routes {
            10.50.0.0/16 via 10.0.0.254 dev eth0
        }
        """;

    private static readonly string[] s_removals =
    [
        "removed rule from 10.80.0.0/16 table 80 preference 800",
        "removed route 10.70.0.0/16 via 10.0.0.254 dev eth0",
        "removed route 10.50.0.0/16 via 10.0.0.254 dev eth0",
        "removed address 10.0.0.100/24 on vrrp.51",
        "removed address 10.0.1.100/24 on eth1",
        "removed table ip keepalived",
        "removed interface vrrp.51 on eth0",
        "put back setting net/ipv4/conf/eth0/arp_filter to 0",
        "put back setting net/ipv4/conf/eth0/arp_ignore to 0",
        "put back setting net/ipv4/igmp_link_local_mcast_reports to 1",
    ];

    private static ModelWorld World()
    {
        ModelWorld world = new();
        world.SetLink(2, "eth0");
        world.SetLink(3, "eth1");
        world.AddForeign(2, "10.0.0.1", 24);
        world.AddForeign(3, "10.0.1.1", 24);
        foreach (string at in (string[])["all", "default", "eth0", "eth1"])
        {
            foreach (string name in (string[])["arp_ignore", "arp_filter", "rp_filter", "promote_secondaries"])
                world.Settings[$"net/ipv4/conf/{at}/{name}"] = 0;
        }
        world.Settings["net/ipv4/igmp_link_local_mcast_reports"] = 1;
        world.AddForeignRouting("route 10.90.0.0/16 if 2 table 254");
        world.Deliver();
        return world;
    }

    private static string Picture(ModelWorld world) => string.Join('\n',
    [
        .. world.LinkNames.Order(), .. world.Addresses.Select(static a => $"{a.InterfaceIndex} {a.Address}"), .. world.Routing.Order(),
        .. world.Settings.Select(static pair => $"{pair.Key} {pair.Value}"), .. world.Ruleset.Keys,
    ]);

    // The daemon has died as master.
    private static ModelWorld Killed(string configuration)
    {
        ModelWorld world = World();
        ModelRouter router = new(world, configuration);
        router.Advance(3.7);
        router.Settle();
        Assert.Equal(VrrpState.Active, router.State);
        return world;
    }

    private KernelCleanup Clean(ModelWorld world, bool isDryRun = false)
    {
        InterfaceTable interfaces = new(new Log(this, LogLevel.Info));
        world.Observe(interfaces);
        KernelCleanup cleanup = new(world, interfaces, isDryRun);
        cleanup.Run(KernelRecord.Read(world.Record));
        if (!isDryRun)
            world.WriteRecord(cleanup.Left.IsEmpty ? default : KernelRecord.Write(cleanup.Left).Written);
        return cleanup;
    }

    private static IEnumerable<string> Texts(KernelCleanup cleanup, bool isDryRun = false) => cleanup.Steps.Select(step => step.Text(isDryRun));

    void ILogSink.Write(LogLevel level, int eventId, ReadOnlySpan<byte> line)
    {
    }

    [Fact]
    public void Everything_of_a_dead_master_goes_and_is_told_and_nothing_else()
    {
        string before = Picture(World());
        ModelWorld world = Killed(Everything);
        Assert.NotEqual(before, Picture(world));
        KernelCleanup cleanup = Clean(world);

        Assert.Equal(s_removals.Order(), Texts(cleanup).Order());
        Assert.Equal(before, Picture(world));
        Assert.Null(world.Record);
        Assert.Empty(Clean(world).Steps);
    }

    [Fact]
    public void Dry_run_tells_the_same_and_changes_nothing()
    {
        ModelWorld world = Killed(Everything);
        string killed = Picture(world);
        byte[]? record = world.Record;
        IEnumerable<string> expected = s_removals.Select(static line => line.StartsWith("removed", StringComparison.Ordinal) ? $"would remove{line["removed".Length..]}" : $"would {line}");

        Assert.Equal(expected.Order(), Texts(Clean(world, isDryRun: true), isDryRun: true).Order());
        Assert.Equal(killed, Picture(world));
        Assert.Equal(record, world.Record);
    }

    [Fact]
    public void What_leads_to_an_address_goes_before_it_and_its_interface_after_it()
    {
        string[] steps = [.. Texts(Clean(Killed(Everything)))];
        string[] kinds = [.. steps.Select(static step => step.Split(' ') is ["put", ..] ? "setting" : step.Split(' ')[1])];
        Assert.Equal(["rule", "route", "address", "table", "interface", "setting"], kinds.Distinct());
    }

    [Fact]
    public void Daemon_that_died_as_backup_leaves_only_what_it_had_put_there()
    {
        ModelWorld world = World();
        _ = new ModelRouter(world, Everything.Replace("static_routes {\n    10.50.0.0/16 via 10.0.0.254 dev eth0\n}", "", StringComparison.Ordinal));
        Assert.DoesNotContain(Texts(Clean(world)), static line => line.Contains(" address ", StringComparison.Ordinal) || line.Contains("10.70", StringComparison.Ordinal));
        Assert.Equal(Picture(World()), Picture(world));
    }

    [Fact]
    public void Refusal_is_told_with_its_errno_and_stays_on_record_alone()
    {
        ModelWorld world = Killed(Everything);
        world.DeleteRefusals[IpAddress.Parse("10.0.1.100")] = Errno.EPERM;
        world.SettingRefusals["net/ipv4/conf/eth0/arp_ignore"] = Errno.EROFS;
        KernelCleanup cleanup = Clean(world);

        Assert.Equal(
            ["cannot remove address 10.0.1.100/24 on eth1 - Operation not permitted", "cannot put back setting net/ipv4/conf/eth0/arp_ignore to 0 - Read-only file system"],
            cleanup.Steps.Where(static step => step.Failure is not null).Select(static step => step.Text(isDryRun: false)));
        world.DeleteRefusals.Clear();
        world.SettingRefusals.Clear();
        Assert.Equal(["removed address 10.0.1.100/24 on eth1", "put back setting net/ipv4/conf/eth0/arp_ignore to 0"], Texts(Clean(world)));
        Assert.Equal(Picture(World()), Picture(world));
    }

    [Fact]
    public void Address_that_somebody_else_has_put_there_since_stays()
    {
        ModelWorld world = Killed(Everything);
        world.RemoveForeign("10.0.1.100");
        world.AddForeign(3, "10.0.1.100", 24);
        world.Deliver();
        Assert.DoesNotContain(Texts(Clean(world)), static line => line.Contains("10.0.1.100", StringComparison.Ordinal));
        Assert.True(world.Has("10.0.1.100"));
    }

    [Fact]
    public void Setting_that_somebody_else_has_changed_since_stays()
    {
        ModelWorld world = Killed(Everything);
        world.Settings["net/ipv4/conf/eth0/arp_ignore"] = 2;
        Clean(world);
        Assert.Equal(2, world.Settings["net/ipv4/conf/eth0/arp_ignore"]);
    }

    [Fact]
    public void Interface_of_the_same_name_that_is_somebody_elses_stays()
    {
        ModelWorld world = Killed(Everything);
        world.DeleteLink(world.Link("vrrp.51").Index);
        world.SetLink(200, "vrrp.51");
        world.Deliver();
        Clean(world);
        Assert.Contains("vrrp.51", world.LinkNames);
    }

    [Fact]
    public void Interface_of_the_same_name_and_base_with_another_mac_address_stays()
    {
        ModelWorld world = Killed(Everything);
        world.DeleteLink(world.Link("vrrp.51").Index);
        world.MakeForeign(200, "vrrp.51", 2, new MacAddress(0x0200_0000_0077));
        world.Deliver();
        Clean(world);
        Assert.Contains("vrrp.51", world.LinkNames);
        _ = new ModelRouter(world, Everything.Replace("use_vmac", "", StringComparison.Ordinal));
        Assert.Equal(200, world.Link("vrrp.51").Index);
    }

    [Fact]
    public void Next_start_leaves_an_interface_of_the_same_name_and_base_with_another_mac_address_and_takes_another_name()
    {
        ModelWorld world = Killed(Everything);
        world.DeleteLink(world.Link("vrrp.51").Index);
        world.MakeForeign(200, "vrrp.51", 2, new MacAddress(0x0200_0000_0077));
        world.Deliver();
        ModelRouter router = new(world, Everything);
        router.Advance(3.7);
        Assert.Equal(VrrpState.Active, router.State);
        Assert.Equal(200, world.Link("vrrp.51").Index);
        Assert.Equal(MacAddress.OfIPv4Router(51), world.Link("vrrp1.51").Address);
    }

    [Fact]
    public void Interface_of_ours_whose_mac_address_somebody_has_changed_goes()
    {
        ModelWorld world = World();
        ModelRouter router = new(world, Everything);
        router.Advance(3.7);
        router.Settle();
        int index = world.Link("vrrp.51").Index;
        world.MakeForeign(index, "vrrp.51", 2, new MacAddress(0x0200_0000_0077));
        router.Settle();
        Clean(world);
        Assert.DoesNotContain("vrrp.51", world.LinkNames);
    }

    [Fact]
    public void Record_without_mac_addresses_is_understood()
    {
        ModelWorld world = Killed(Everything);
        string record = System.Text.Encoding.UTF8.GetString(world.Record!);
        Assert.Contains("link vrrp.51 eth0 00:00:5e:00:01:33\n", record, StringComparison.Ordinal);
        world.Record = System.Text.Encoding.UTF8.GetBytes(record.Replace(" 00:00:5e:00:01:33", "", StringComparison.Ordinal));
        Clean(world);
        Assert.DoesNotContain("vrrp.51", world.LinkNames);
    }

    [Fact]
    public void Route_of_another_protocol_goes_as_well()
    {
        ModelWorld world = Killed(Everything.Replace("10.70.0.0/16 via 10.0.0.254 dev eth0", "10.70.0.0/16 via 10.0.0.254 dev eth0 protocol static no_track", StringComparison.Ordinal));
        Assert.Contains(Texts(Clean(world)), static line => line.StartsWith("removed route 10.70.0.0/16", StringComparison.Ordinal));
        Assert.Equal(Picture(World()), Picture(world));
    }

    [Fact]
    public void Address_that_was_there_before_and_came_from_us_later_goes()
    {
        ModelWorld world = World();
        world.AddForeign(3, "10.0.1.100", 24);
        ModelRouter router = new(world, Everything);
        router.Advance(3.7);
        world.RemoveForeign("10.0.1.100");
        router.Settle();
        router.Advance(3.7);
        Assert.True(world.Has("10.0.1.100"));
        Assert.Contains("removed address 10.0.1.100/24 on eth1", Texts(Clean(world)));
    }

    [Fact]
    public void First_address_of_a_subnet_does_not_take_those_of_others_along()
    {
        ModelWorld world = World();
        ModelRouter router = new(world, Everything.Replace("10.0.1.100/24 dev eth1", "10.5.0.100/24 dev eth1", StringComparison.Ordinal));
        router.Advance(3.7);
        world.AddForeign(3, "10.5.0.7", 24);
        router.Settle();
        Clean(world);
        Assert.True(world.Has("10.5.0.7"));
        Assert.False(world.Has("10.5.0.100"));
        Assert.Equal(0, world.Settings["net/ipv4/conf/eth1/promote_secondaries"]);
    }

    [Fact]
    public void Record_is_read_back_as_it_was_written()
    {
        ModelWorld world = Killed(Everything);
        Assert.Equal(world.Record, KernelRecord.Write(KernelRecord.Read(world.Record)).Written.ToArray());
        Assert.True(KernelRecord.IsKnown(world.Record));
        Assert.False(KernelRecord.IsKnown("keepalived-aot kernel record 12\naddress eth0 10.0.0.100/24\n"u8));
        Assert.False(KernelRecord.IsKnown(default));
    }
}
