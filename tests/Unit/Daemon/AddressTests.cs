using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Daemon.Routers;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink;
using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Tests.Unit.Daemon;

/// <summary>What becomes of addresses in the kernel: ours come and go with the state, others' stay.</summary>
public sealed class AddressTests
{
    private const string TwoAddresses = """
        vrrp_instance V1 {
            interface eth0
            virtual_router_id 51
            priority 100
            advert_int 1
            virtual_ipaddress {
                10.0.0.100/24
                10.0.0.101/24
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
    public void Takeover_sends_the_advert_then_adds_addresses_then_announces()
    {
        ModelRouter router = new(World(), TwoAddresses);
        router.TakeOutput();
        router.Advance(3.7);

        List<string> output = router.TakeOutput();
        Assert.Equal(VrrpState.Active, router.State);
        Assert.Equal(["advert 10.0.0.1 > 224.0.0.18 prio 100 if 2", "add 10.0.0.100/24", "add 10.0.0.101/24"], output.Take(3));
        Assert.Equal(10, output.Count(line => line == "frame if 2"));
        Assert.Equal(13, output.Count);
    }

    private const string OtherSubnet = "10.5.0.100/24";
    private const string Promotion = "net/ipv4/conf/eth0/promote_secondaries";

    // Ours is the first of its subnet, and somebody else adds one behind it.
    private static ModelRouter BesideOthers()
    {
        ModelWorld world = World();
        world.Settings[Promotion] = 0;
        ModelRouter router = new(world, TwoAddresses.Replace("10.0.0.100/24", OtherSubnet, StringComparison.Ordinal));
        router.Advance(3.7);
        world.AddForeign(2, "10.5.0.7", 24);
        router.Settle();
        Assert.Equal(VrrpState.Active, router.State);
        return router;
    }

    [Fact]
    public void Stop_does_not_take_addresses_of_others_along_that_stand_behind_ours()
    {
        ModelRouter router = BesideOthers();
        router.Module.Stop(keepAddresses: false, router.World.Now);
        Assert.True(router.World.Has("10.5.0.7"));
        Assert.False(router.World.Has("10.5.0.100"));
        Assert.Equal(0, router.World.Settings[Promotion]);
        Assert.Null(router.World.Record);
    }

    [Fact]
    public void Role_that_is_lost_does_not_take_addresses_of_others_along_and_leaves_no_trace_on_record()
    {
        ModelRouter router = BesideOthers();
        router.TakeOutput();
        router.World.SetLink(2, "eth0", isRunning: false);
        router.Settle();
        Assert.Equal([$"set {Promotion} 1", "delete 10.5.0.100/24", "delete 10.0.0.101/24", $"set {Promotion} 0"],
            router.TakeOutput().Where(static line => !line.StartsWith("advert ", StringComparison.Ordinal)));
        Assert.True(router.World.Has("10.5.0.7"));
        Assert.DoesNotContain("promote_secondaries", System.Text.Encoding.UTF8.GetString(router.World.Record!), StringComparison.Ordinal);
    }

    [Fact]
    public void Setting_for_the_addresses_of_others_is_on_record_while_it_is_changed()
    {
        ModelRouter router = BesideOthers();
        string? recorded = null;
        router.World.OnDelete = () => recorded = System.Text.Encoding.UTF8.GetString(router.World.Record!);
        router.World.SetLink(2, "eth0", isRunning: false);
        router.Settle();
        Assert.Contains($"setting {Promotion} 0 1\n", recorded, StringComparison.Ordinal);
    }

    [Fact]
    public void Setting_is_not_touched_where_ours_stands_behind_that_of_the_host()
    {
        ModelWorld world = World();
        world.Settings[Promotion] = 0;
        ModelRouter router = new(world, TwoAddresses);
        router.Advance(3.7);
        world.AddForeign(2, "10.0.0.7", 24);
        router.Settle();
        router.TakeOutput();
        router.Module.Stop(keepAddresses: false, world.Now);
        Assert.DoesNotContain(router.TakeOutput(), static line => line.StartsWith("set ", StringComparison.Ordinal));
        Assert.True(world.Has("10.0.0.7"));
    }

    // The kernel tells of a new name before the settings have it, and ours went with a daemon that still knew the old one.
    [Theory, InlineData(false), InlineData(true)]
    public void Interface_that_is_renamed_does_not_take_addresses_of_others_along_that_stand_behind_ours(bool isTold)
    {
        ModelRouter router = BesideOthers();
        ModelWorld world = router.World;
        const string Renamed = "net/ipv4/conf/lan0/promote_secondaries";
        string? recorded = null;
        world.OnDelete = () => recorded ??= System.Text.Encoding.UTF8.GetString(world.Record!);
        world.SettlesNames = true;
        world.Rename("eth0", "lan0", isTold);
        router.Settle();
        Assert.Equal(["10.0.0.1", "10.5.0.7"], world.Addresses.Select(static a => a.Address.ToString()).Order());
        Assert.Equal(0, world.Settings[Renamed]);
        Assert.Contains($"setting {Renamed} 0 1\n", recorded, StringComparison.Ordinal);
        Assert.DoesNotContain("promote_secondaries", System.Text.Encoding.UTF8.GetString(world.Record!), StringComparison.Ordinal);
    }

    private static string Many(int addresses) => $$"""
        vrrp_instance V1 {
            interface eth0
            virtual_router_id 51
            priority 100
            advert_int 1
            virtual_ipaddress {
                10.0.0.100/24
            }
            virtual_ipaddress_excluded {
                {{string.Join('\n', Enumerable.Range(1, addresses - 1).Select(static number => $"10.0.{number / 250 + 1}.{number % 250}"))}}
            }
            virtual_routes {
                10.70.0.0/16 via 10.0.0.254 dev eth0
            }
        }
        """;

    [Fact]
    public void Takeover_of_many_addresses_goes_on_from_turn_to_turn()
    {
        ModelRouter router = new(World(), Many(200));
        router.Advance(3.5);
        router.TakeOutput();
        ModelWorld world = router.World;
        world.Now += KeepalivedAot.Base.Time.Duration.FromMilliseconds(200);
        List<int> added = [];
        for (int turn = 0; world.Timers.TryPeek(out KeepalivedAot.Base.Time.Instant deadline) && deadline <= world.Now && turn < 20; turn++)
        {
            world.Timers.TryFire(world.Now);
            router.Module.OnTurnEnd(world.Now);
            List<string> output = router.TakeOutput();
            added.Add(output.Count(static line => line.StartsWith("add 10.0.", StringComparison.Ordinal)));
            // What leads there, and word of it, comes when all of them are there.
            bool isLast = added.Sum() == 200;
            Assert.Equal(isLast, output.Contains("frame if 2"));
            Assert.Equal(isLast, output.Contains("add route 10.70.0.0/16 if 2 table 254"));
        }
        Assert.Equal([24, 32, 40, 48, 56], added);
    }

    // A collection within a takeover of a thousand instances takes longer than the takeover.
    [Fact]
    public void Room_for_all_addresses_of_a_takeover_is_made_before()
    {
        ModelWorld world = World();
        ModelRouter router = new(world, Many(400));
        NetworkInterface at = router.Module.Interfaces.Single(static it => it.Name == "eth0");
        int index = at.Index;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 400; i++)
        {
            InterfaceAddress address = new() { InterfaceIndex = index, Address = IpAddress.FromIPv4(0x0a_50_00_00u + (uint)i), PrefixLength = 32 };
            Assert.True(at.SetAddress(address, 0));
        }
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000);
    }

    // Advertisements of other instances wait for the end of a turn.
    [Fact]
    public void Takeover_of_many_addresses_does_less_in_a_turn_where_the_kernel_takes_long()
    {
        ModelRouter router = new(World(), Many(400));
        router.Advance(3.5);
        ModelWorld world = router.World;
        router.TakeOutput();
        world.Now += KeepalivedAot.Base.Time.Duration.FromMilliseconds(200);
        world.AddressCost = KeepalivedAot.Base.Time.Duration.FromMicroseconds(400);
        List<int> added = [];
        for (int turn = 0; turn < 12; turn++)
        {
            // Then it is quick again.
            if (turn == 6)
                world.AddressCost = default;
            router.Turn();
            added.Add(router.TakeOutput().Count(static line => line.StartsWith("add 10.0.", StringComparison.Ordinal)));
        }
        Assert.Equal([24, 18, 13, 9, 9, 9, 9, 17, 25, 33, 41, 49], added);
    }

    [Fact]
    public void Role_lost_in_the_midst_of_a_takeover_leaves_nothing()
    {
        ModelRouter router = new(World(), Many(200));
        router.Advance(3.5);
        ModelWorld world = router.World;
        world.Now += KeepalivedAot.Base.Time.Duration.FromMilliseconds(200);
        world.Timers.TryFire(world.Now);
        router.Module.OnTurnEnd(world.Now);
        Assert.Equal(25, world.Addresses.Count);
        router.TakeOutput();
        world.SetLink(2, "eth0", isRunning: false);
        for (int turn = 0; turn < 10; turn++)
        {
            world.Timers.TryFire(world.Now);
            router.Settle();
        }
        Assert.Single(world.Addresses);
        Assert.DoesNotContain("frame if 2", router.TakeOutput());
    }

    [Fact]
    public void Stop_in_the_midst_of_a_takeover_leaves_nothing()
    {
        ModelRouter router = new(World(), Many(200));
        router.Advance(3.5);
        ModelWorld world = router.World;
        world.Now += KeepalivedAot.Base.Time.Duration.FromMilliseconds(200);
        world.Timers.TryFire(world.Now);
        router.Module.OnTurnEnd(world.Now);
        router.Module.Stop(keepAddresses: false, world.Now);
        Assert.Single(world.Addresses);
        Assert.Null(world.Record);
    }

    [Fact]
    public void Stop_sends_priority_0_and_removes_what_was_added_and_the_record()
    {
        ModelRouter router = new(World(), TwoAddresses);
        router.Advance(3.7);
        router.TakeOutput();
        router.Module.Stop(keepAddresses: false, router.World.Now);

        Assert.Equal(["advert 10.0.0.1 > 224.0.0.18 prio 0 if 2", "delete 10.0.0.100/24", "delete 10.0.0.101/24"], router.TakeOutput());
        Assert.True(router.World.Has("10.0.0.1"));
        Assert.False(router.World.Has("10.0.0.100"));
        Assert.Null(router.World.Record);
    }

    [Fact]
    public void Stop_asked_to_keep_addresses_leaves_them()
    {
        ModelRouter router = new(World(), TwoAddresses);
        router.Advance(3.7);
        router.Module.Stop(keepAddresses: true, router.World.Now);

        Assert.True(router.World.Has("10.0.0.100"));
    }

    [Fact]
    public void Address_that_was_there_before_us_survives_us()
    {
        ModelWorld world = World();
        world.AddForeign(2, "10.0.0.100", 24);
        ModelRouter router = new(world, TwoAddresses);
        router.Advance(3.7);
        Assert.Equal(VrrpState.Active, router.State);
        router.Module.Stop(keepAddresses: false, world.Now);

        Assert.True(world.Has("10.0.0.100"));
        Assert.False(world.Has("10.0.0.101"));
    }

    [Fact]
    public void Own_removal_is_not_taken_for_somebody_elses()
    {
        ModelRouter router = new(World(), TwoAddresses);
        router.Advance(3.7);
        // Down and up again before the kernel's notifications are read.
        router.World.SetLink(2, "eth0", isUp: false);
        router.Settle();
        Assert.Equal(VrrpState.Fault, router.State);
        router.World.SetLink(2, "eth0");
        router.Settle();
        router.Advance(10);

        Assert.Equal(VrrpState.Active, router.State);
        Assert.True(router.World.Has("10.0.0.101"));
        Assert.DoesNotContain(router.Lines, line => line.Contains("reports IP"));
    }

    [Fact]
    public void Address_taken_away_by_others_gives_up_the_role_and_comes_back_after_the_skew()
    {
        ModelRouter router = new(World(), TwoAddresses);
        router.Advance(3.7);
        router.Settle();
        router.TakeOutput();
        router.World.RemoveForeign("10.0.0.101");
        router.Settle();

        Assert.Equal(VrrpState.Backup, router.State);
        Assert.Equal(["advert 10.0.0.1 > 224.0.0.18 prio 0 if 2", "delete 10.0.0.100/24"], router.TakeOutput());
        router.Advance(0.7);
        Assert.Equal(VrrpState.Active, router.State);
        Assert.True(router.World.Has("10.0.0.100") && router.World.Has("10.0.0.101"));
    }

    [Fact]
    public void Refused_address_is_logged_and_the_others_are_added()
    {
        ModelWorld world = World();
        world.AddRefusals[IpAddress.Parse("10.0.0.100")] = Errno.EINVAL;
        ModelRouter router = new(world, TwoAddresses);
        router.Advance(3.7);

        Assert.Contains("Netlink: cannot add 10.0.0.100/24 on eth0 - Invalid argument", router.Lines);
        Assert.True(world.Has("10.0.0.101"));
        Assert.Equal(1UL, router.Module.Addresses.RefusedCount);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Restart_after_a_kill_removes_what_the_earlier_run_left(bool kernelTellsProtocol)
    {
        ModelWorld world = World();
        world.TellsWhoAddedAddresses = kernelTellsProtocol;
        ModelRouter killed = new(world, TwoAddresses);
        killed.Advance(3.7);
        Assert.True(world.Has("10.0.0.100"));

        ModelWorld again = World();
        again.TellsWhoAddedAddresses = kernelTellsProtocol;
        again.Record = world.Record;
        again.AddForeign(2, "10.0.0.100", 24, protocol: kernelTellsProtocol ? (byte)18 : (byte)0);
        again.AddForeign(2, "10.0.0.101", 24, protocol: kernelTellsProtocol ? (byte)18 : (byte)0);
        ModelRouter restarted = new(again, TwoAddresses);

        Assert.Equal(VrrpState.Backup, restarted.State);
        Assert.False(again.Has("10.0.0.100") || again.Has("10.0.0.101"));
        Assert.True(again.Has("10.0.0.1"));
    }

    [Fact]
    public void Restart_removes_leftovers_that_the_new_configuration_does_not_name()
    {
        ModelWorld world = World();
        new ModelRouter(world, TwoAddresses).Advance(3.7);
        ModelWorld again = World();
        again.SetLink(3, "eth1");
        again.Record = world.Record;
        again.AddForeign(2, "10.0.0.101", 24, protocol: 18);
        _ = new ModelRouter(again, TwoAddresses.Replace("10.0.0.101/24", "").Replace("eth0", "eth1") + "");

        Assert.False(again.Has("10.0.0.101"));
    }

    [Fact]
    public void Restart_without_protocol_numbers_leaves_what_stood_in_no_record()
    {
        ModelWorld world = World();
        world.TellsWhoAddedAddresses = false;
        world.AddForeign(2, "10.0.0.100", 24);
        _ = new ModelRouter(world, TwoAddresses);

        Assert.True(world.Has("10.0.0.100"));
    }

    [Fact]
    public void Address_that_others_took_away_and_put_back_leaves_with_us()
    {
        ModelRouter router = new(World(), TwoAddresses);
        router.Advance(3.7);
        router.Settle();
        router.World.RemoveForeign("10.0.0.100");
        router.World.AddForeign(2, "10.0.0.100", 24);
        router.Settle();
        router.Advance(1);
        Assert.Equal(VrrpState.Active, router.State);
        router.Module.Stop(keepAddresses: false, router.World.Now);

        Assert.Equal(["10.0.0.1"], router.World.Addresses.Select(a => a.Address.ToString()));
    }

    [Fact]
    public void Spaced_announcements_leave_one_by_one_and_stop_with_the_role()
    {
        ModelRouter router = new(World(), "global_defs {\n vrrp_garp_interval 0.1\n}\n" + TwoAddresses);
        router.Advance(3.65);
        Assert.Equal(1, router.TakeOutput().Count(line => line == "frame if 2"));
        router.Advance(0.4);
        Assert.Equal(4, router.TakeOutput().Count(line => line == "frame if 2"));
        router.World.RemoveForeign("10.0.0.100");
        router.Settle();
        router.Advance(0.3);
        Assert.Equal(0, router.TakeOutput().Count(line => line == "frame if 2"));
    }

    [Fact]
    public void Module_that_was_not_started_leaves_the_record_of_the_daemon_that_was()
    {
        ModelWorld world = World();
        new ModelRouter(world, TwoAddresses).Advance(3.7);
        byte[]? record = world.Record;
        Log log = new(new ModelRouter(new ModelWorld(), ""), LogLevel.Info);
        new VrrpModule(world, new InterfaceTable(log), log).Stop(keepAddresses: false, world.Now);

        Assert.NotNull(record);
        Assert.Equal(record, world.Record);
    }

    [Fact]
    public void Record_that_cannot_be_read_is_said_so()
    {
        ModelWorld world = World();
        world.RecordFailure = Errno.EIO;
        ModelRouter router = new(world, TwoAddresses);

        Assert.Contains(router.Lines, line => line.EndsWith("Input/output error"));
        Assert.Equal(VrrpState.Backup, router.State);
    }

    [Fact]
    public void Address_whose_removal_was_refused_is_still_ours_and_removed_at_stop()
    {
        ModelWorld world = World();
        world.DeleteRefusals[IpAddress.Parse("10.0.0.100")] = Errno.ENOMEM;
        ModelRouter router = new(world, TwoAddresses);
        router.Advance(3.7);
        world.SetLink(2, "eth0", isUp: false);
        router.Settle();
        Assert.Contains("Netlink: cannot remove 10.0.0.100/24 on eth0 - Cannot allocate memory", router.Lines);
        Assert.True(world.Has("10.0.0.100"));

        // It is no address to speak from either.
        world.RemoveForeign("10.0.0.1");
        world.SetLink(2, "eth0");
        router.Settle();
        Assert.Equal(VrrpState.Fault, router.State);

        world.DeleteRefusals.Clear();
        router.Module.Stop(keepAddresses: false, world.Now);
        Assert.False(world.Has("10.0.0.100"));
    }

    [Fact]
    public void Address_whose_answer_was_lost_is_ours_once_the_kernel_reports_it()
    {
        ModelWorld world = World();
        world.LostAnswers.Add(IpAddress.Parse("10.0.0.100"));
        ModelRouter router = new(world, TwoAddresses);
        router.Advance(3.7);
        router.Settle();
        world.LostAnswers.Clear();
        router.Module.Stop(keepAddresses: false, world.Now);
        Assert.False(world.Has("10.0.0.100"));
        Assert.True(world.Has("10.0.0.1"));
    }

    [Fact]
    public void Removal_that_is_refused_is_tried_again_and_told_once()
    {
        ModelRouter router = new(World(), TwoAddresses);
        router.Advance(3.7);
        router.Settle();
        router.World.DeleteRefusals[KeepalivedAot.Base.Net.IpAddress.Parse("10.0.0.100")] = Errno.ENOBUFS;
        router.World.SetLink(2, "eth0", isUp: false);
        router.Settle();
        router.Advance(3.5);
        Assert.True(router.World.Has("10.0.0.100"));
        Assert.Single(router.Lines, "Netlink: cannot remove 10.0.0.100/24 on eth0 - No buffer space available");

        router.World.DeleteRefusals.Clear();
        router.Advance(1.1);
        Assert.Equal(VrrpState.Fault, router.State);
        Assert.False(router.World.Has("10.0.0.100"));
    }

    [Theory]
    [InlineData(Errno.ENOMEM, true)]
    [InlineData(Errno.EINVAL, false)]
    public void Addition_that_is_refused_is_tried_again_if_the_reason_may_pass(Errno reason, bool triedAgain)
    {
        ModelWorld world = World();
        world.AddRefusals[KeepalivedAot.Base.Net.IpAddress.Parse("10.0.0.100")] = reason;
        ModelRouter router = new(world, TwoAddresses);
        router.Advance(3.7);
        router.Settle();
        world.AddRefusals.Clear();
        router.Advance(1.1);

        Assert.Equal(triedAgain, world.Has("10.0.0.100"));
    }

    [Fact]
    public void Address_that_somebody_took_away_is_not_put_back_when_another_is_tried_again()
    {
        ModelWorld world = World();
        world.AddRefusals[KeepalivedAot.Base.Net.IpAddress.Parse("10.0.0.101")] = Errno.ENOMEM;
        ModelRouter router = new(world, TwoAddresses.Replace("10.0.0.100/24", "10.0.0.100/24 no_track"));
        router.Advance(3.7);
        router.Settle();
        Assert.True(world.Has("10.0.0.100"));
        world.RemoveForeign("10.0.0.100");
        router.Settle();
        world.AddRefusals.Clear();
        router.Advance(2.2);

        Assert.True(world.Has("10.0.0.101"));
        Assert.False(world.Has("10.0.0.100"));
    }

    [Fact]
    public void Stop_that_leaves_addresses_keeps_the_record()
    {
        ModelRouter router = new(World(), TwoAddresses);
        router.Advance(3.7);
        router.Module.Stop(keepAddresses: true, router.World.Now);

        Assert.NotNull(router.World.Record);
    }

    [Fact]
    public void Address_that_was_refused_is_not_announced()
    {
        ModelWorld world = World();
        world.AddRefusals[KeepalivedAot.Base.Net.IpAddress.Parse("10.0.0.100")] = Errno.EACCES;
        ModelRouter router = new(world, TwoAddresses);
        router.TakeOutput();
        router.Advance(3.7);

        Assert.Equal(5, router.TakeOutput().Count(line => line == "frame if 2"));
    }

    [Fact]
    public void Address_that_gets_in_at_a_second_try_is_announced_then()
    {
        ModelWorld world = World();
        world.AddRefusals[IpAddress.Parse("10.0.0.100")] = Errno.ENOMEM;
        ModelRouter router = new(world, TwoAddresses);
        router.Advance(3.7);
        router.TakeOutput();
        world.AddRefusals.Clear();
        router.Advance(1.1);

        List<string> output = router.TakeOutput();
        Assert.Equal(["add 10.0.0.100/24", "frame if 2", "frame if 2", "frame if 2", "frame if 2", "frame if 2"], output.Where(static line => !line.StartsWith("advert", StringComparison.Ordinal)));
        // The second burst of the takeover is for both again.
        router.Advance(5);
        Assert.Equal(10, router.TakeOutput().Count(static line => line == "frame if 2"));
    }

    [Fact]
    public void Address_whose_answer_was_lost_is_announced_when_the_kernel_reports_it()
    {
        ModelWorld world = World();
        world.LostAnswers.Add(IpAddress.Parse("10.0.0.100"));
        ModelRouter router = new(world, TwoAddresses);
        router.Advance(3.5);
        router.TakeOutput();
        router.Advance(0.2);
        router.Settle();

        Assert.Equal(10, router.TakeOutput().Count(static line => line == "frame if 2"));
    }

    [Fact]
    public void Address_whose_interface_comes_later_is_announced_when_that_is_up()
    {
        ModelWorld world = World();
        ModelRouter router = new(world, "global_defs {\n dynamic_interfaces allow_if_changes\n}\n" + TwoAddresses.Replace("10.0.0.101/24", "10.1.0.101/24 dev eth1 no_track"));
        router.Advance(3.7);
        Assert.Equal(VrrpState.Active, router.State);
        router.TakeOutput();
        world.SetLink(3, "eth1", isUp: false);
        router.Settle();
        Assert.True(world.Has("10.1.0.101"));
        Assert.DoesNotContain("frame if 3", router.TakeOutput());
        world.SetLink(3, "eth1");
        router.Settle();
        Assert.Equal(5, router.TakeOutput().Count(static line => line == "frame if 3"));
        router.Settle();
        Assert.DoesNotContain("frame if 3", router.TakeOutput());
    }

    [Fact]
    public void Address_that_gets_in_after_the_role_was_lost_and_taken_again_is_announced_with_the_others_only()
    {
        ModelWorld world = World();
        world.AddRefusals[IpAddress.Parse("10.0.0.100")] = Errno.ENOMEM;
        ModelRouter router = new(world, TwoAddresses);
        router.Advance(3.7);
        world.SetLink(2, "eth0", isRunning: false);
        router.Settle();
        world.AddRefusals.Clear();
        router.TakeOutput();
        router.Advance(1.1);
        world.SetLink(2, "eth0");
        router.Settle();
        router.Advance(3.7);

        Assert.Equal(VrrpState.Active, router.State);
        Assert.Equal(10, router.TakeOutput().Count(static line => line == "frame if 2"));
    }

    [Fact]
    public void Own_address_on_its_way_out_is_not_taken_for_a_source()
    {
        ModelRouter router = new(World(), TwoAddresses.Replace("10.0.0.101/24", "10.0.0.101/24\n10.0.0.102/24"));
        router.Advance(3.7);
        router.Settle();
        // The only other address comes back behind the virtual ones, so that they stand first.
        router.World.AddForeign(2, "10.9.0.1", 24);
        router.World.RemoveForeign("10.0.0.1");
        router.Settle();
        router.Advance(4);
        router.Settle();
        Assert.Equal(VrrpState.Active, router.State);
        router.Lines.Clear();
        router.World.RemoveForeign("10.0.0.100");
        router.Settle();

        Assert.DoesNotContain(router.Lines, line => line.Contains("Assigned address 10.0.0."));
    }
}
