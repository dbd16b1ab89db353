using KeepalivedAot.Base.Net;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Tests.Unit.Daemon;

/// <summary>
/// Each errno for each kind of object: given up with one line that names the object, or tried again every second, or a fault. The table is in
/// <c>kernels.md</c> among the pages for users.
/// </summary>
public sealed class RefusalTests
{
    private const string Lines = """
            virtual_routes {
                10.70.0.0/16 via 10.0.0.254 dev eth0
            }
            virtual_rules {
                from 10.80.0.0/16 lookup 80 priority 800
            }
        """;

    private const string Route = "route 10.70.0.0/16 if 2 table 254";
    private const string Rule = "rule 800 table 80";
    private const string RouteName = "route 10.70.0.0/16 via 10.0.0.254 dev eth0";
    private const string RuleName = "rule from 10.80.0.0/16 table 80 preference 800";

    private static readonly IpAddress s_address = IpAddress.Parse("10.0.0.100");

    private static ModelWorld World()
    {
        ModelWorld world = new();
        world.SetLink(2, "eth0");
        world.AddForeign(2, "10.0.0.1", 24);
        world.AddForeign(2, "fe80::1", 64);
        return world;
    }

    private static string Instance(string addresses = "10.0.0.100/24", string lines = "") => $$"""
        vrrp_instance V1 {
            interface eth0
            virtual_router_id 51
            priority 100
            advert_int 1
            {{lines}}
            virtual_ipaddress {
                10.0.0.99/24
            }
            virtual_ipaddress_excluded {
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
        return router;
    }

    private static string[] Naming(ModelRouter router, string what) => [.. router.Lines.Where(line => line.Contains(what, StringComparison.Ordinal))];

    [Theory]
    [InlineData(Errno.ENOMEM, true)]
    [InlineData(Errno.ENOBUFS, true)]
    [InlineData(Errno.EAGAIN, true)]
    [InlineData(Errno.EBUSY, true)]
    [InlineData(Errno.EINTR, true)]
    [InlineData(Errno.ENETDOWN, true)]
    [InlineData(Errno.EPERM, false)]
    [InlineData(Errno.EACCES, false)]
    [InlineData(Errno.EINVAL, false)]
    [InlineData(Errno.EADDRNOTAVAIL, false)]
    [InlineData(Errno.EOPNOTSUPP, false)]
    public void Address_thatIsRefused_isNamedOnce_andTriedAgainWhereThatHelps(Errno error, bool isTriedAgain)
    {
        ModelWorld world = World();
        world.AddRefusals[s_address] = error;
        ModelRouter router = Active(world, Instance());
        router.Advance(4);
        Assert.Single(Naming(router, "cannot add 10.0.0.100/24 on eth0 - "));
        Assert.True(world.Has("10.0.0.99"));
        world.AddRefusals.Clear();
        router.Advance(1.1);
        Assert.Equal(isTriedAgain, world.Has("10.0.0.100"));
        Assert.Equal(VrrpState.Active, router.State);
        router.Module.Stop(keepAddresses: false, world.Now);
        Assert.False(world.Has("10.0.0.100"));
        Assert.Null(world.Record);
    }

    // Nobody tells when net.ipv6.conf.*.disable_ipv6 goes back to 0.
    [Fact]
    public void IPv6Address_whereIPv6IsSwitchedOff_comesWhenItIsSwitchedOn()
    {
        ModelWorld world = World();
        world.AddRefusals[IpAddress.Parse("2001:db8::100")] = Errno.EACCES;
        ModelRouter router = Active(world, Instance("2001:db8::100/64"));
        router.Advance(4);
        Assert.Single(Naming(router, "cannot add 2001:db8::100/64 on eth0 - Permission denied"));
        world.AddRefusals.Clear();
        router.Advance(1.1);
        Assert.True(world.Has("2001:db8::100"));
    }

    [Theory]
    [InlineData(Errno.EPERM)]
    [InlineData(Errno.ENOMEM)]
    [InlineData(Errno.ENOBUFS)]
    [InlineData(Errno.ENETDOWN)]
    [InlineData(Errno.EINVAL)]
    public void Address_whoseRemovalIsRefused_goesAsSoonAsTheKernelLetsIt(Errno error)
    {
        ModelWorld world = World();
        ModelRouter router = Active(world, Instance());
        world.DeleteRefusals[s_address] = error;
        world.SetLink(2, "eth0", isUp: false);
        router.Settle();
        router.Advance(4);
        Assert.Single(Naming(router, "cannot remove 10.0.0.100/24 on eth0 - "));
        world.DeleteRefusals.Clear();
        router.Advance(1.1);
        Assert.False(world.Has("10.0.0.100"));
        Assert.Equal(VrrpState.Fault, router.State);
    }

    [Theory]
    [InlineData(Errno.EADDRNOTAVAIL)]
    [InlineData(Errno.ENODEV)]
    public void Address_thatIsGoneWhenItIsRemoved_isRemoved(Errno error)
    {
        ModelWorld world = World();
        ModelRouter router = Active(world, Instance());
        world.DeleteRefusals[s_address] = error;
        router.Module.Stop(keepAddresses: false, world.Now);
        Assert.Empty(Naming(router, "cannot"));
        Assert.Null(world.Record);
    }

    // Of a daemon that stops while the kernel refuses the next start knows by the record.
    [Fact]
    public void Address_thatTheStopCannotRemove_staysOnRecord()
    {
        ModelWorld world = World();
        ModelRouter router = Active(world, Instance());
        world.DeleteRefusals[s_address] = Errno.EPERM;
        router.Module.Stop(keepAddresses: false, world.Now);
        Assert.NotNull(world.Record);
        world.DeleteRefusals.Clear();
        ModelRouter next = new(world, Instance("10.0.0.101/24"));
        Assert.Equal(VrrpState.Backup, next.State);
        Assert.False(world.Has("10.0.0.100"));
    }

    [Fact]
    public void Address_thatAReloadDropsWhileItsRemovalIsRefused_isNotForgotten()
    {
        ModelWorld world = World();
        ModelRouter router = Active(world, Instance());
        world.DeleteRefusals[s_address] = Errno.ENOMEM;
        router.Reload(Instance("10.0.0.101/24"));
        router.Settle();
        Assert.True(world.Has("10.0.0.100"));
        Assert.Contains("10.0.0.100/24", System.Text.Encoding.UTF8.GetString(world.Record!));
        world.DeleteRefusals.Clear();
        router.Advance(1.1);
        Assert.False(world.Has("10.0.0.100"));
        router.Module.Stop(keepAddresses: false, world.Now);
        Assert.Null(world.Record);
    }

    [Fact]
    public void Renewal_whoseRemovalIsRefused_isMadeUpFor()
    {
        ModelWorld world = World();
        ModelRouter router = Active(world, Instance());
        world.DeleteRefusals[s_address] = Errno.ENOMEM;
        router.Reload(Instance("10.0.0.100/24 brd 10.0.0.255"));
        router.Settle();
        Assert.True(world.Addresses.Single(static a => a.Address == s_address).Broadcast.IsNone);
        world.DeleteRefusals.Clear();
        router.Advance(1.1);
        router.Settle();
        Assert.Equal(IpAddress.Parse("10.0.0.255"), world.Addresses.Single(static a => a.Address == s_address).Broadcast);
        Assert.Equal(VrrpState.Active, router.State);
    }

    // The burst of the takeover, and the one five seconds later, may have gone past it.
    [Theory]
    [InlineData(Errno.ENOMEM)]
    [InlineData(Errno.ENETDOWN)]
    public void Address_thatComesLate_isAnnounced(Errno error)
    {
        ModelWorld world = World();
        world.AddRefusals[s_address] = error;
        ModelRouter router = Active(world, Instance());
        router.Advance(7);
        router.TakeOutput();
        world.AddRefusals.Clear();
        router.Advance(1.1);
        List<string> output = router.TakeOutput();
        Assert.Equal(5, output.Count(static line => line == "frame if 2"));
        Assert.True(output.IndexOf("add 10.0.0.100/24") < output.IndexOf("frame if 2"));
        router.Advance(5);
        Assert.DoesNotContain("frame if 2", router.TakeOutput());
    }

    [Fact]
    public void Address_whoseAnswerWasLost_isAnnouncedWhenTheKernelReportsIt()
    {
        ModelWorld world = World();
        world.LostAnswers.Add(s_address);
        ModelRouter router = new(world, Instance());
        router.Advance(3.5);
        router.TakeOutput();
        router.Advance(0.2);
        router.Settle();
        // Five for the one that was there at once, five for the one that was heard of.
        Assert.Equal(10, router.TakeOutput().Count(static line => line == "frame if 2"));
    }

    [Fact]
    public void Route_thatNeedsAnAddressThatComesLate_comesWithIt()
    {
        ModelWorld world = World();
        world.AddRefusals[s_address] = Errno.ENOMEM;
        world.RoutingRefusals["add route 10.70"] = Errno.EINVAL;
        ModelRouter router = Active(world, Instance(lines: "virtual_routes {\n 10.70.0.0/16 dev eth0 src 10.0.0.100\n}"));
        router.Advance(3);
        Assert.Single(Naming(router, "cannot add route 10.70.0.0/16"));
        world.AddRefusals.Clear();
        world.RoutingRefusals.Clear();
        router.Advance(1.1);
        Assert.Contains(Route, world.Routing);
    }

    [Fact]
    public void IPv6Address_thatIsThereWithAnotherPrefixLength_isSomebodyElses()
    {
        ModelWorld world = World();
        world.AddForeign(2, "2001:db8::100", 64);
        ModelRouter router = Active(world, Instance("2001:db8::100/128"));
        Assert.Single(Naming(router, "2001:db8::100 is already on eth0: it stays when we leave"));
        router.Module.Stop(keepAddresses: false, world.Now);
        Assert.True(world.Has("2001:db8::100"));
        Assert.DoesNotContain("delete 2001:db8::100/128", router.TakeOutput());
    }

    [Theory]
    [InlineData(Errno.ENOMEM, true)]
    [InlineData(Errno.ENOBUFS, true)]
    [InlineData(Errno.EAGAIN, true)]
    [InlineData(Errno.EBUSY, true)]
    [InlineData(Errno.ENETDOWN, true)]
    [InlineData(Errno.ENETUNREACH, true)]
    [InlineData(Errno.EHOSTUNREACH, true)]
    [InlineData(Errno.EPERM, false)]
    [InlineData(Errno.EINVAL, false)]
    [InlineData(Errno.ENODEV, false)]
    [InlineData(Errno.EADDRNOTAVAIL, false)]
    [InlineData(Errno.EOPNOTSUPP, false)]
    public void RouteAndRule_thatAreRefused_areNamedOnce_andTriedAgainWhereThatHelps(Errno error, bool isTriedAgain)
    {
        ModelWorld world = World();
        world.RoutingRefusals["add"] = error;
        ModelRouter router = Active(world, Instance(lines: Lines));
        router.Advance(4);
        Assert.Single(Naming(router, $"cannot add {RouteName} - "));
        Assert.Single(Naming(router, $"cannot add {RuleName} - "));
        Assert.Empty(world.Routing);
        world.RoutingRefusals.Clear();
        router.Advance(1.1);
        Assert.Equal(isTriedAgain ? [Route, Rule] : [], world.Routing);
        Assert.Equal(VrrpState.Active, router.State);
    }

    [Theory]
    [InlineData(Errno.EPERM)]
    [InlineData(Errno.ENOMEM)]
    [InlineData(Errno.EINVAL)]
    public void RouteAndRule_whoseRemovalIsRefused_goAsSoonAsTheKernelLetsThem(Errno error)
    {
        ModelWorld world = World();
        ModelRouter router = Active(world, Instance(lines: Lines));
        world.RoutingRefusals["delete"] = error;
        router.Reload(Instance());
        router.Settle();
        router.Advance(3);
        Assert.Single(Naming(router, $"cannot remove {RouteName} - "));
        Assert.Single(Naming(router, $"cannot remove {RuleName} - "));
        Assert.Contains("10.70.0.0/16", System.Text.Encoding.UTF8.GetString(world.Record!));
        world.RoutingRefusals.Clear();
        router.Advance(1.1);
        Assert.Empty(world.Routing);
    }

    [Theory]
    [InlineData("delete route", Errno.ESRCH)]
    [InlineData("delete rule", Errno.ENOENT)]
    [InlineData("delete", Errno.ENODEV)]
    public void RouteAndRule_thatAreGoneWhenTheyAreRemoved_areRemoved(string request, Errno error)
    {
        ModelWorld world = World();
        ModelRouter router = Active(world, Instance(lines: Lines));
        world.RoutingRefusals[request] = error;
        router.Module.Stop(keepAddresses: false, world.Now);
        Assert.Empty(Naming(router, "cannot"));
        Assert.Null(world.Record);
    }

    // What an earlier run may have left is looked for by removing it: a kernel that cannot have had it refuses that in its own way.
    [Theory]
    [InlineData(Errno.EAFNOSUPPORT)]
    [InlineData(Errno.EOPNOTSUPP)]
    [InlineData(Errno.EINVAL)]
    public void RouteAndRule_whoseLeftoversCannotBeLookedFor_areAddedAllTheSame(Errno error)
    {
        ModelWorld world = World();
        world.RoutingRefusals["delete"] = error;
        ModelRouter router = Active(world, Instance(lines: Lines));
        Assert.Equal([Route, Rule], world.Routing);
        Assert.Empty(Naming(router, "cannot"));
    }

    [Fact]
    public void Leftovers_thatTheKernelHasNoMemoryToRemove_areRemovedLater_andOursStay()
    {
        ModelWorld world = World();
        world.AddForeignRouting(Route);
        world.AddForeignRouting(Rule);
        world.RoutingRefusals["delete"] = Errno.ENOMEM;
        ModelRouter router = new(world, Instance(lines: Lines));
        Assert.Equal([Route, Rule], world.Routing);
        world.RoutingRefusals.Clear();
        router.Settle();
        router.Advance(1.1);
        Assert.Equal(VrrpState.Backup, router.State);
        Assert.Empty(world.Routing);
        router.Advance(3);
        Assert.Equal([Route, Rule], world.Routing);
    }

    [Fact]
    public void RouteAndRule_thatAreThereAlready_areTold()
    {
        ModelWorld world = World();
        ModelRouter router = new(world, Instance(lines: Lines));
        world.AddForeignRouting(Route);
        world.AddForeignRouting(Rule);
        router.Advance(3.7);
        Assert.Single(Naming(router, $"{RouteName}: there is one already"));
        Assert.Single(Naming(router, $"{RuleName}: there is one already"));
    }

    [Theory]
    [InlineData(Errno.EPERM)]
    [InlineData(Errno.ENOMEM)]
    [InlineData(Errno.ENOBUFS)]
    [InlineData(Errno.ENODEV)]
    [InlineData(Errno.EINVAL)]
    public void Device_thatIsRefused_isAFaultUntilItIsMade(Errno error)
    {
        ModelWorld world = World();
        world.LinkRefusals["vrrp.51"] = error;
        ModelRouter router = new(world, Instance(lines: "use_vmac"));
        router.Settle();
        router.Advance(4);
        Assert.Equal(VrrpState.Fault, router.State);
        Assert.Single(Naming(router, "cannot create VMAC interface vrrp.51 on eth0 - "));
        world.LinkRefusals.Clear();
        router.Advance(1.1);
        router.Settle();
        router.Settle();
        Assert.Equal(VrrpState.Backup, router.State);
    }

    // It is told by two lines, as keepalived has one of its own for it.
    [Fact]
    public void Device_whoseRemovalIsRefused_isNamedOnce_andGoesLater()
    {
        ModelWorld world = World();
        ModelRouter router = new(world, Instance(lines: "use_vmac"));
        router.Settle();
        Assert.Contains("vrrp.51", world.LinkNames);
        world.LinkRemovalRefusals["vrrp.51"] = Errno.EBUSY;
        router.Reload(Instance());
        router.Settle();
        router.Advance(4);
        Assert.Single(Naming(router, "Error removing VMAC interface vrrp.51"));
        Assert.Single(Naming(router, "cannot remove VMAC interface vrrp.51 on eth0 - "));
        world.LinkRemovalRefusals.Clear();
        router.Advance(1.1);
        Assert.DoesNotContain("vrrp.51", world.LinkNames);
    }

    [Fact]
    public void Device_thatSomebodyDeletes_isMadeAgainAlthoughNotificationsOfOurOwnWereLost()
    {
        ModelWorld world = World();
        ModelRouter router = new(world, Instance(lines: "use_vmac"));
        router.Settle();
        // Another address has it made anew: a removal of ours, of which nobody is told.
        router.Reload(Instance(lines: "use_vmac vrrp.51 02:00:00:00:00:77"));
        world.LoseNotifications();
        router.Settle();
        Assert.Contains("vrrp.51", world.LinkNames);
        world.DeleteLink(world.Link("vrrp.51").Index);
        router.Settle();
        router.Settle();
        Assert.Contains("vrrp.51", world.LinkNames);
    }

    [Theory]
    [InlineData(Errno.EROFS)]
    [InlineData(Errno.EACCES)]
    [InlineData(Errno.EPERM)]
    public void Setting_thatCannotBeChanged_isNamedOnce_andTheRestGoesOn(Errno error)
    {
        const string Name = "net/ipv4/igmp_link_local_mcast_reports";
        ModelWorld world = World();
        world.Settings[Name] = 1;
        world.SettingRefusals[Name] = error;
        ModelRouter router = Active(world, "global_defs {\n disable_local_igmp\n}\n" + Instance());
        router.Advance(4);
        Assert.Single(Naming(router, $"Setting {Name} cannot be changed from 1 to 0 - "));
        router.Module.Stop(keepAddresses: false, world.Now);
        Assert.Equal(1, world.Settings[Name]);
        Assert.Null(world.Record);
    }

    [Theory]
    [InlineData(true, Errno.EMFILE)]
    [InlineData(false, Errno.EROFS)]
    public void Setting_thatCannotBePutBack_isNamedOnce_andPutBackLater(bool isRead, Errno error)
    {
        const string Name = "net/ipv4/conf/eth0/promote_secondaries";
        ModelWorld world = World();
        world.Settings[Name] = 0;
        ModelRouter router = Active(world, Instance(lines: "promote_secondaries"));
        Assert.Equal(1, world.Settings[Name]);
        (isRead ? world.SettingReadRefusals : world.SettingRefusals)[Name] = error;
        router.Reload(Instance());
        router.Settle();
        router.Advance(4);
        Assert.Equal(1, world.Settings[Name]);
        Assert.Single(Naming(router, $"Setting {Name} cannot be put back to 0 - "));
        world.SettingReadRefusals.Clear();
        world.SettingRefusals.Clear();
        router.Advance(1.1);
        Assert.Equal(0, world.Settings[Name]);
    }

    [Fact]
    public void Setting_thatTheStopCannotPutBack_staysOnRecord()
    {
        const string Name = "net/ipv4/conf/eth0/promote_secondaries";
        ModelWorld world = World();
        world.Settings[Name] = 0;
        ModelRouter router = Active(world, Instance(lines: "promote_secondaries"));
        world.SettingRefusals[Name] = Errno.EROFS;
        router.Module.Stop(keepAddresses: false, world.Now);
        Assert.NotNull(world.Record);
        world.SettingRefusals.Clear();
        _ = new ModelRouter(world, Instance());
        Assert.Equal(0, world.Settings[Name]);
    }

    [Theory]
    [InlineData(Errno.ENOSPC)]
    [InlineData(Errno.EROFS)]
    public void Record_thatCannotBeWritten_isNamedOnce_andWrittenLater(Errno error)
    {
        ModelWorld world = World();
        world.RecordRefusal = error;
        ModelRouter router = Active(world, Instance());
        router.Reload(Instance(lines: "promote_secondaries"));
        router.Advance(30);
        Assert.Equal(VrrpState.Active, router.State);
        Assert.Single(Naming(router, "No record of kernel objects "));
        Assert.Null(world.Record);
        world.RecordRefusal = Errno.None;
        router.Advance(11);
        Assert.NotNull(world.Record);
        Assert.Single(Naming(router, "The record of kernel objects is written again"));
    }

    [Theory]
    [InlineData(Errno.EMFILE, true)]
    [InlineData(Errno.ENOMEM, true)]
    [InlineData(Errno.EPERM, false)]
    public void PacketFilter_thatCannotBeOpened_isNamedOnce_andTriedAgainWhereThatHelps(Errno error, bool isTriedAgain)
    {
        ModelWorld world = World();
        world.FirewallRefusal = error;
        ModelRouter router = Active(world, Instance(lines: "version 3\n no_accept"));
        router.Advance(4);
        Assert.Single(Naming(router, "nf_tables cannot be reached"));
        Assert.True(world.Has("10.0.0.100"));
        world.FirewallRefusal = Errno.None;
        router.Advance(1.1);
        Assert.Equal(isTriedAgain, world.Ruleset.ContainsKey("table ip keepalived"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void PacketFilter_ofAKernelWithoutKinds_tellsVirtualMacsByTheirMapAlone(bool tellsKinds)
    {
        ModelWorld world = World();
        world.TellsInterfaceKinds = tellsKinds;
        ModelRouter router = new(world, Instance(lines: "use_vmac"));
        router.Settle();
        string rule = Assert.Single(world.Ruleset["table ip keepalived"].Rules);
        Assert.Equal(tellsKinds, rule.Contains("oifkind", StringComparison.Ordinal));
        Assert.Contains("ip protocol igmp ", rule);
        Assert.EndsWith("dup to ip daddr device oif map @vmac_map drop", rule);
    }

    [Theory]
    [InlineData(Errno.EPERM)]
    [InlineData(Errno.ENODEV)]
    [InlineData(Errno.EADDRNOTAVAIL)]
    [InlineData(Errno.ENOBUFS)]
    [InlineData(Errno.ENOMEM)]
    [InlineData(Errno.EMFILE)]
    [InlineData(Errno.ENETDOWN)]
    public void Socket_thatIsRefused_isAFaultUntilItIsOpen(Errno error)
    {
        ModelWorld world = World();
        world.ReceiverRefusal = error;
        ModelRouter router = new(world, Instance());
        router.Advance(4);
        Assert.Equal(VrrpState.Fault, router.State);
        Assert.Single(Naming(router, "(V1) cannot open its sockets: socket: "));
        world.ReceiverRefusal = Errno.EIO;
        router.Advance(3);
        Assert.Single(Naming(router, "(V1) cannot open its sockets: socket: Input/output error"));
        world.ReceiverRefusal = Errno.None;
        router.Advance(1.1);
        Assert.Equal(VrrpState.Backup, router.State);
    }

    [Theory]
    [InlineData(Errno.EPERM)]
    [InlineData(Errno.ENOBUFS)]
    [InlineData(Errno.ENOMEM)]
    [InlineData(Errno.EAGAIN)]
    [InlineData(Errno.ENETDOWN)]
    [InlineData(Errno.ENODEV)]
    [InlineData(Errno.EADDRNOTAVAIL)]
    public void Advertisement_thatIsRefused_isNamedOnce_andTheNextOneIsSentAllTheSame(Errno error)
    {
        ModelWorld world = World();
        ModelRouter router = Active(world, Instance());
        world.SendRefusals[IpAddress.Parse("224.0.0.18")] = error;
        router.TakeOutput();
        router.Advance(5);
        Assert.Single(Naming(router, "(V1): send advert error "));
        Assert.Equal(5, router.TakeOutput().Count(static line => line.StartsWith("advert", StringComparison.Ordinal)));
        Assert.Equal(VrrpState.Active, router.State);
    }

    [Fact]
    public void Announcements_thatAreRefused_nameTheInterfaceOnce()
    {
        ModelWorld world = World();
        world.FrameRefusal = Errno.ENOBUFS;
        ModelRouter router = Active(world, "global_defs {\n vrrp_garp_master_refresh 1\n}\n" + Instance());
        router.Advance(10);
        Assert.Single(Naming(router, "could not be sent on eth0 - No buffer space available"));
    }

    [Theory]
    [InlineData(Errno.EAGAIN)]
    [InlineData(Errno.EINTR)]
    [InlineData(Errno.ENOBUFS)]
    [InlineData(Errno.ENOMEM)]
    [InlineData(Errno.EMSGSIZE)]
    [InlineData(Errno.EPERM)]
    public void Tables_thatCannotBeRead_areReadASecondLater_andNothingIsConcludedMeanwhile(Errno error)
    {
        ModelWorld world = World();
        ModelRouter router = Active(world, Instance(lines: Lines));
        router.TakeOutput();
        world.SnapshotFailure = error;
        world.LoseNotifications();
        router.Settle();
        router.Advance(4);
        Assert.Single(Naming(router, "could not read links and addresses - "));
        Assert.Single(Naming(router, "notifications were lost"));
        Assert.Equal(VrrpState.Active, router.State);
        world.RemoveForeign("10.0.0.100");
        world.SnapshotFailure = Errno.None;
        router.Advance(1.1);
        Assert.Equal(VrrpState.Backup, router.State);
    }

    [Fact]
    public void Tables_thatTheStartCannotRead_areAFaultUntilTheyAreRead()
    {
        ModelWorld world = World();
        world.Deliver();
        world.SnapshotFailure = Errno.ENOBUFS;
        ModelRouter router = new(world, Instance());
        Assert.Equal(VrrpState.Fault, router.State);
        router.Advance(3);
        Assert.Single(Naming(router, "could not read links and addresses - No buffer space available"));
        world.SnapshotFailure = Errno.None;
        router.Advance(1.1);
        Assert.Equal(VrrpState.Backup, router.State);
        router.Advance(3.7);
        Assert.True(world.Has("10.0.0.100"));
    }

    // That is the interface's going down: the kernel says nothing of the routes that go with it.
    [Fact]
    public void Overrun_restoresRoutesThatWentWithoutAWord_andTouchesNothingElse()
    {
        ModelWorld world = World();
        ModelRouter router = Active(world, Instance(lines: Lines));
        router.Advance(6);
        router.TakeOutput();
        world.Routing.Remove(Route);
        world.LoseNotifications();
        router.Settle();
        Assert.Equal(VrrpState.Active, router.State);
        Assert.Equal([$"add {Route}", $"add {Rule}"], router.TakeOutput());
        Assert.Equal([Rule, Route], world.Routing);
        Assert.Single(Naming(router, $"Restoring deleted {RouteName}"));
        Assert.Empty(Naming(router, $"Restoring deleted {RuleName}"));
        Assert.Empty(Naming(router, "there is one already"));
    }
}
