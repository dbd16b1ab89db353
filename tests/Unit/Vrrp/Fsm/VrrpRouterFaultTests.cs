using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;
using static KeepalivedAot.Tests.Unit.Vrrp.TestWorld;

namespace KeepalivedAot.Tests.Unit.Vrrp.Fsm;

/// <summary>FAULT, recovery, lost addresses.</summary>
public class VrrpRouterFaultTests
{
    private readonly TestWorld _world = new();

    [Fact]
    public void Fault_of_an_active_router_releases_the_role_and_the_addresses()
    {
        VrrpRouter router = _world.StartActive(Version2);
        router.SetFault(VrrpFaults.InterfaceDown, true, _world.Now);
        Assert.Equal(["3.609375 advert 0 to 224.0.0.18", "3.609375 advert 0 to 224.0.0.18", "3.609375 release", "3.609375 Active to Fault"], _world.Effects);
        Assert.Equal(1UL, router.Counters.PriZeroSent);
        Assert.Contains("(V) sent 0 priority", _world.Texts);
        Assert.Equal(0, _world.Timers.ArmedCount);
    }

    [Fact]
    public void Fault_is_left_with_the_last_flag_and_the_whole_down_interval()
    {
        VrrpRouter router = _world.StartActive(Version2);
        router.SetFault(VrrpFaults.InterfaceDown, true, _world.Now);
        router.SetFault(VrrpFaults.Tracker, true, _world.Now);
        router.SetFault(VrrpFaults.InterfaceDown, false, _world.Now);
        Assert.Equal(VrrpState.Fault, router.State);
        router.SetFault(VrrpFaults.Tracker, false, _world.Now);
        Assert.Equal(VrrpState.Backup, router.State);
        _world.Advance(3.609374);
        Assert.Equal(VrrpState.Backup, router.State);
        _world.Advance(0.000001);
        Assert.Equal(VrrpState.Active, router.State);
    }

    [Fact]
    public void Owner_recovers_with_the_whole_down_interval_too()
    {
        VrrpRouter router = _world.Start(Owner, VrrpFaults.InterfaceDown);
        Assert.Equal(VrrpState.Fault, router.State);
        router.SetFault(VrrpFaults.InterfaceDown, false, _world.Now);
        _world.Advance(3.003906);
        Assert.Equal(VrrpState.Backup, router.State);
        _world.Advance(0.000001);
        Assert.Equal(VrrpState.Active, router.State);
    }

    [Fact]
    public void Adverts_are_not_even_counted_while_faulty()
    {
        VrrpRouter router = _world.Start(Version2, VrrpFaults.InterfaceDown);
        _world.Hear(router, Higher, 200);
        _world.Receive(router, [1, 2, 3], Higher);
        Assert.Equal(0UL, router.Counters.AdvertRcvd);
        Assert.Equal(0UL, router.Counters.PacketLenErr);
    }

    [Fact]
    public void Fault_that_is_said_twice_changes_nothing()
    {
        VrrpRouter router = _world.Start(Version2);
        router.SetFault(VrrpFaults.InterfaceDown, true, _world.Now);
        router.SetFault(VrrpFaults.InterfaceDown, true, _world.Now);
        Assert.Equal(2, _world.Transitions.Count);
        router.SetFault(VrrpFaults.DuplicateVrid, false, _world.Now);
        Assert.Equal(VrrpState.Fault, router.State);
    }

    [Fact]
    public void Address_that_is_missing_at_start_is_a_fault_until_it_comes()
    {
        VrrpRouter router = _world.Make(Version2);
        router.Start(VrrpFaults.None, default, 1500, Duration.Zero, _world.Now);
        Assert.Equal(VrrpState.Fault, router.State);
        Assert.Equal(VrrpFaults.NoSourceAddress, router.Faults);
        Assert.Contains("(V) entering FAULT state (no IPv4 address for interface)", _world.Texts);
        router.SetLocalAddress(Local, _world.Now);
        Assert.Equal(VrrpState.Backup, router.State);
    }

    [Fact]
    public void Address_that_goes_away_is_released_from_before_it_is_forgotten()
    {
        VrrpRouter router = _world.StartActive(Version2);
        router.SetLocalAddress(default, _world.Now);
        Assert.Equal(VrrpState.Fault, router.State);
        Assert.Equal("3.609375 advert 0 to 224.0.0.18", _world.Effects[0]);
        Assert.Equal(Local, IpAddress.FromBytes(_world.Datagrams[0].AsSpan(12, 4)));
        Assert.True(router.LocalAddress.IsNone);
    }

    [Fact]
    public void Address_that_changes_is_the_source_of_the_next_advert()
    {
        VrrpRouter router = _world.StartActive(Version2);
        router.SetLocalAddress(Higher, _world.Now);
        Assert.Equal(VrrpState.Active, router.State);
        _world.Advance(1);
        Assert.Equal(Higher, IpAddress.FromBytes(_world.Datagrams[0].AsSpan(12, 4)));
    }

    [Fact]
    public void Configured_source_address_needs_no_address_on_the_interface()
    {
        VrrpRouter router = _world.Make(Version2 with { SourceAddress = Higher });
        router.Start(VrrpFaults.None, default, 1500, Duration.Zero, _world.Now);
        Assert.Equal(VrrpState.Backup, router.State);
        router.SetLocalAddress(default, _world.Now);
        Assert.Equal(VrrpState.Backup, router.State);
        Assert.Equal(Higher, router.LocalAddress);
    }

    [Fact]
    public void Unicast_router_announces_its_source_after_a_fault()
    {
        VrrpRouter router = _world.Start(Version2 with { UnicastPeers = [new UnicastPeer(Higher)] }, VrrpFaults.InterfaceDown);
        _world.Forget();
        router.SetFault(VrrpFaults.InterfaceDown, false, _world.Now);
        Assert.Equal(["0 announce source 10.9.0.2", "0 Fault to Backup"], _world.Effects);
        Assert.Contains("eth0: sending gratuitous ARP for 10.9.0.2", _world.Texts);
    }

    [Fact]
    public void Multicast_router_announces_no_source_after_a_fault()
    {
        VrrpRouter router = _world.Start(Version2, VrrpFaults.InterfaceDown);
        _world.Forget();
        router.SetFault(VrrpFaults.InterfaceDown, false, _world.Now);
        Assert.Equal(["0 Fault to Backup"], _world.Effects);
    }

    [Fact]
    public void Lost_virtual_address_gives_the_role_away_and_takes_it_back_after_the_skew_time()
    {
        VrrpRouter router = _world.StartActive(Version2);
        router.OnVirtualAddressLost(VirtualAddress, _world.Now, "eth1");
        Assert.Equal(["3.609375 advert 0 to 224.0.0.18", "3.609375 release", "3.609375 Active to Backup"], _world.Effects);
        Assert.Contains("Netlink reflector reports IP 10.9.0.100 removed from eth1", _world.Texts);
        Assert.Equal("virtual address 10.9.0.100 was removed by somebody else", router.LastTransition.Reason.ToString());
        _world.Forget();
        _world.Advance(0.609375);
        Assert.Equal(VrrpState.Active, router.State);
        Assert.Contains("4.21875 hold", _world.Effects);
    }

    [Fact]
    public void Lost_virtual_address_of_a_backup_means_nothing()
    {
        VrrpRouter router = _world.Start(Version2);
        _world.Forget();
        router.OnVirtualAddressLost(VirtualAddress, _world.Now);
        Assert.Empty(_world.Effects);
        Assert.Empty(_world.Lines);
    }

    [Fact]
    public void Recovery_in_the_startup_delay_waits_for_its_end()
    {
        VrrpRouter router = _world.Start(Version2, VrrpFaults.InterfaceDown, delaySeconds: 5);
        _world.Advance(1);
        router.SetFault(VrrpFaults.InterfaceDown, false, _world.Now);
        _world.Advance(7.6);
        Assert.Equal(VrrpState.Backup, router.State);
        _world.Advance(0.01);
        Assert.Equal(VrrpState.Active, router.State);
    }
}
