using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Config.Toml;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Daemon.Routers;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Sockets;
using KeepalivedAot.Vrrp.Fsm;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Tests.Unit.Daemon;

/// <summary>What is listened to, and when: the addresses that instances hold, on the interfaces of the host.</summary>
public sealed class NeighbourWatchTests
{
    private static readonly MacAddress s_other = new(0x0200_0000_00FA);

    private readonly ModelWorld _world = new();

    public NeighbourWatchTests()
    {
        _world.SetLink(2, "eth0");
        _world.SetLink(3, "eth1");
        _world.AddForeign(2, "10.0.0.1", 24);
        _world.AddForeign(2, "fe80::1", 64);
    }

    private static string Instance(string extra = "", string addresses = "10.0.0.100\n10.0.0.101 dev eth1\n", string excluded = "", int vrid = 51) => $$"""
        vrrp_instance V{{vrid}} {
            interface eth0
            virtual_router_id {{vrid}}
            priority 100
            {{extra}}
            virtual_ipaddress {
                {{addresses}}
            }
            virtual_ipaddress_excluded {
                {{excluded}}
            }
        }

        """;

    private ModelRouter Master(string configuration)
    {
        ModelRouter router = new(_world, configuration);
        Assert.Empty(_world.Heard);
        router.Advance(3.7);
        router.Settle();
        Assert.Equal(VrrpState.Active, router.State);
        return router;
    }

    private void Claim(int index, string address, MacAddress? by = null)
    {
        IpAddress claimed = IpAddress.Parse(address);
        MacAddress mac = by ?? s_other;
        byte[] frame = new byte[claimed.Family == AddressFamily.IPv4 ? GratuitousArp.FrameLength : UnsolicitedNeighbourAdvertisement.FrameLength];
        _ = claimed.Family == AddressFamily.IPv4 ? GratuitousArp.Write(frame, mac, claimed) : UnsolicitedNeighbourAdvertisement.Write(frame, mac, claimed, false);
        _world.ReceiveNeighbour(index, frame.AsSpan(14), mac);
    }

    private ulong ClaimTwice(ModelRouter router, int index, string address, MacAddress? by = null)
    {
        Claim(index, address, by);
        router.Advance(2.1);
        Claim(index, address, by);
        return router.Module.Instances[0].Router.Conflicts.Count;
    }

    [Fact]
    public void Master_listens_for_its_addresses_where_they_are()
    {
        Master(Instance(excluded: "fd00::100\nfd00::101\n"));
        Assert.Equal(["2 IPv4: 10.0.0.100", "3 IPv4: 10.0.0.101", "2 IPv6: fd00::100 fd00::101"], _world.Heard);
    }

    [Fact]
    public void Backup_listens_to_nothing_and_keeps_the_socket()
    {
        ModelRouter router = Master(Instance());
        _world.Receive(Vrrp.Datagram.Of(router["V51"].Router.Parameters, IpAddress.Parse("10.0.0.9"), 200), "10.0.0.9", "224.0.0.18");
        Assert.Equal(VrrpState.Backup, router.State);
        router.Settle();
        Assert.Equal(["2 IPv4: ", "3 IPv4: "], _world.Heard);
        Assert.Equal(0UL, ClaimTwice(router, 2, "10.0.0.100"));
        router.Advance(4);
        Assert.Equal(VrrpState.Active, router.State);
        Assert.Equal(["2 IPv4: 10.0.0.100", "3 IPv4: 10.0.0.101"], _world.Heard);
    }

    [Theory]
    [InlineData(2, "10.0.0.100", true)]
    [InlineData(3, "10.0.0.101", true)]
    [InlineData(3, "10.0.0.100", false)]
    [InlineData(2, "10.0.0.102", false)]
    public void Claim_counts_where_the_address_is(int index, string address, bool isConflict)
    {
        ModelRouter router = Master(Instance());
        Assert.Equal(isConflict ? 1UL : 0, ClaimTwice(router, index, address));
    }

    [Theory]
    [InlineData(0x0200_0000_0002UL)]
    [InlineData(0x0200_0000_0003UL)]
    public void What_an_interface_of_ours_says_is_no_claim(ulong mac)
    {
        ModelRouter router = Master(Instance());
        Assert.Equal(0UL, ClaimTwice(router, 2, "10.0.0.100", new MacAddress(mac)));
    }

    [Fact]
    public void Addresses_of_a_virtual_mac_are_listened_for_below_it_and_its_own_mac_is_ours()
    {
        ModelRouter router = Master(Instance(extra: "use_vmac", addresses: "10.0.0.100"));
        Assert.Equal(["2 IPv4: 10.0.0.100"], _world.Heard);
        Assert.Equal(0UL, ClaimTwice(router, 2, "10.0.0.100", MacAddress.OfIPv4Router(51)));
        Assert.Equal(1UL, ClaimTwice(router, 2, "10.0.0.100"));
    }

    [Fact]
    public void Interface_that_comes_again_is_listened_to_anew()
    {
        ModelRouter router = Master(Instance(extra: "dont_track_primary", addresses: "10.0.0.100\n10.0.0.101 dev eth1 no_track"));
        _world.DeleteLink(3);
        router.Settle();
        Assert.Equal(["2 IPv4: 10.0.0.100"], _world.Heard);
        _world.SetLink(4, "eth1");
        router.Settle();
        Assert.Equal(["2 IPv4: 10.0.0.100", "4 IPv4: 10.0.0.101"], _world.Heard);
    }

    [Fact]
    public void Interface_without_arp_is_not_listened_to()
    {
        _world.SetLink(3, "eth1", flags: KeepalivedAot.Linux.Netlink.LinkFlags.NoArp);
        Master(Instance());
        Assert.Equal(["2 IPv4: 10.0.0.100"], _world.Heard);
    }

    [Fact]
    public void Reload_listens_for_the_addresses_that_there_are_then()
    {
        ModelRouter router = Master(Instance());
        router.Reload(Instance(addresses: "10.0.0.100\n10.0.0.103"));
        router.Settle();
        Assert.Equal(["2 IPv4: 10.0.0.100 10.0.0.103"], _world.Heard);
        router.Reload("");
        router.Settle();
        Assert.Empty(_world.Heard);
    }

    [Fact]
    public void Watch_that_is_switched_off_closes_all()
    {
        ModelRouter router = Master(Instance());
        router.Module.Apply(Settings.Default with { Watch = new WatchSettings { IsEnabled = false } });
        router.Settle();
        Assert.Empty(_world.Heard);
        Assert.Equal(0UL, ClaimTwice(router, 2, "10.0.0.100"));
        router.Module.Apply(Settings.Default);
        router.Settle();
        Assert.Equal(["2 IPv4: 10.0.0.100", "3 IPv4: 10.0.0.101"], _world.Heard);
        Assert.Equal(1UL, ClaimTwice(router, 2, "10.0.0.100"));
    }

    [Fact]
    public void Refusal_is_logged_once_and_tried_again_with_the_next_change()
    {
        _world.ListenRefusal = Errno.EPERM;
        ModelRouter router = Master(Instance(addresses: "10.0.0.100"));
        router.Settle();
        Assert.Single(router.Lines, static line => line == "Whether others have our IPv4 addresses on eth0 cannot be told: socket(AF_PACKET): Operation not permitted");
        _world.ListenRefusal = Errno.None;
        _world.SetLink(2, "eth0", mtu: 1400);
        router.Settle();
        Assert.Equal(["2 IPv4: 10.0.0.100"], _world.Heard);
    }

    [Fact]
    public void Stop_closes_all()
    {
        ModelRouter router = Master(Instance());
        router.Module.Stop(keepAddresses: false, _world.Now);
        Assert.Empty(_world.Heard);
    }

    // A collection within a takeover of a thousand instances takes longer than the takeover.
    [Fact]
    public void Room_for_what_a_takeover_brings_is_made_before()
    {
        const int LogLine = 2000;
        string addresses = string.Join('\n', Enumerable.Range(1, 200).Select(static i => $"10.0.1.{i}"));
        ModelRouter router = new(_world, Instance(excluded: addresses));
        VrrpInstance[] instances = [.. router.Module.Instances];
        Log log = new(router);
        InterfaceTable interfaces = new(log);
        _world.Observe(interfaces);
        NeighbourWatch watch = new(_world, interfaces, log);
        watch.OnConfigurationChanged();
        watch.Flush(instances);
        router.Advance(3.7);
        Assert.True(instances[0].IsHoldingAddresses);
        // So the model keeps no copy.
        _world.ListenRefusal = Errno.EPERM;
        watch.OnHoldingChanged();
        long before = GC.GetAllocatedBytesForCurrentThread();
        watch.Flush(instances);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, LogLine);
        watch.Close();
    }

    [Fact]
    public void Claims_make_no_garbage()
    {
        ModelRouter router = Master(Instance());
        byte[] frame = new byte[GratuitousArp.FrameLength];
        GratuitousArp.Write(frame, s_other, IpAddress.Parse("10.0.0.100"));
        Assert.Equal(1UL, ClaimTwice(router, 2, "10.0.0.100"));
        INeighbourObserver observer = _world.NeighbourObservers.First();
        Assert.Equal(0, Allocated.AtLeast(() =>
        {
            for (int i = 0; i < 10; i++)
                observer.OnNeighbour(frame.AsSpan(14), s_other, _world.Now);
        }));
        Assert.Equal(1UL, router.Module.Instances[0].Router.Conflicts.Count);
    }
}
