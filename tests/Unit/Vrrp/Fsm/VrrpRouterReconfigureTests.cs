using KeepalivedAot.Base;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;
using static KeepalivedAot.Tests.Unit.Vrrp.TestWorld;

namespace KeepalivedAot.Tests.Unit.Vrrp.Fsm;

/// <summary>Reloads.</summary>
public class VrrpRouterReconfigureTests
{
    private static readonly IpAddress Another = IpAddress.Parse("10.9.0.101");

    private readonly TestWorld _world = new();

    [Fact]
    public void Same_parameters_change_nothing_and_delay_nothing()
    {
        VrrpRouter router = _world.StartActive(Version2);
        _world.Advance(0.4);
        router.Reconfigure(Version2 with { PreemptDelay = Duration.Zero }, _world.Now);
        Assert.Empty(_world.Effects);
        _world.Advance(0.6);
        Assert.Equal(["4.609375 advert 100 to 224.0.0.18"], _world.Effects);
    }

    [Fact]
    public void Active_with_another_priority_stays_active_and_says_so_at_once()
    {
        VrrpRouter router = _world.StartActive(Version2);
        _world.Advance(0.4);
        router.Reconfigure(Version2 with { BasePriority = new Priority(150) }, _world.Now);
        Assert.Equal(VrrpState.Active, router.State);
        Assert.Equal(["4.009375 advert 150 to 224.0.0.18"], _world.Effects);
        Assert.Empty(_world.Transitions);
    }

    [Fact]
    public void Active_with_another_interval_advertises_at_that_pace()
    {
        VrrpRouter router = _world.StartActive(Version2 with { AdvertisementInterval = Duration.FromSeconds(10) });
        _world.Advance(3);
        _world.Forget();
        router.Reconfigure(Version2, _world.Now);
        _world.Advance(2);
        Assert.Equal(3, _world.Datagrams.Count);
        Assert.All(_world.Datagrams, bytes => Assert.Equal(1, bytes[25]));
    }

    [Fact]
    public void Active_with_an_added_address_holds_and_announces_all_of_them()
    {
        VrrpRouter router = _world.StartActive(Version2);
        _world.Advance(1);
        _world.Forget();
        router.Reconfigure(Version2 with { VirtualAddresses = [VirtualAddress, Another] }, _world.Now);
        Assert.Equal(
            ["4.609375 advert 100 to 224.0.0.18", "4.609375 hold", "4.609375 announce 5 AddressesChanged"], _world.Effects);
        Assert.Equal(2, _world.Datagrams[0][23]);
    }

    [Fact]
    public void Active_with_a_removed_address_names_it()
    {
        VrrpRouter router = _world.StartActive(Version2 with { VirtualAddresses = [VirtualAddress, Another] });
        router.Reconfigure(Version2, _world.Now);
        Assert.Contains("(V) ip address 10.9.0.101 dev eth0, no longer exist", _world.Texts);
        Assert.Contains("3.609375 hold", _world.Effects);
    }

    [Fact]
    public void Active_with_a_changed_excluded_address_holds_but_does_not_advertise()
    {
        VrrpRouter router = _world.StartActive(Version2);
        router.Reconfigure(Version2 with { ExcludedAddresses = [Another] }, _world.Now);
        Assert.Equal(["3.609375 hold", "3.609375 announce 5 AddressesChanged"], _world.Effects);
    }

    [Fact]
    public void Backup_waits_on_from_the_last_advert_with_the_new_length()
    {
        VrrpRouter router = _world.Start(Version2);
        _world.Advance(2);
        _world.Hear(router, Higher, 200);
        _world.Advance(1);
        router.Reconfigure(Version2 with { BasePriority = new Priority(150) }, _world.Now);
        Assert.True(router.TryGetDeadline(VrrpTimer.ActiveDown, out Instant deadline));
        Assert.Equal(5_414_062_500, deadline.Nanoseconds);
        Assert.Equal(Higher, router.ActiveRouterAddress);
        Assert.Equal(1UL, router.Counters.AdvertRcvd);
    }

    [Fact]
    public void Backup_keeps_the_learned_interval_and_one_that_learned_nothing_takes_the_new_one()
    {
        VrrpRouter taught = _world.Start(Version3);
        _world.Hear(taught, Higher, 200, Version3 with { AdvertisementInterval = Duration.FromMilliseconds(300) });
        VrrpRouter untaught = _world.Start(Version3);
        VrrpParameters slow = Version3 with { AdvertisementInterval = Duration.FromSeconds(5) };
        taught.Reconfigure(slow, _world.Now);
        untaught.Reconfigure(slow, _world.Now);
        Assert.Equal(Duration.FromMilliseconds(300), taught.ActiveAdverInterval);
        Assert.Equal(Duration.FromSeconds(5), untaught.ActiveAdverInterval);
        untaught.TryGetDeadline(VrrpTimer.ActiveDown, out Instant deadline);
        Assert.Equal(18_046_875_000, deadline.Nanoseconds);
    }

    [Fact]
    public void Faulty_router_takes_new_parameters_silently()
    {
        VrrpRouter router = _world.Start(Version2, VrrpFaults.InterfaceDown);
        _world.Forget();
        router.Reconfigure(Version2 with { VirtualAddresses = [Another] }, _world.Now);
        Assert.Empty(_world.Effects);
        Assert.Equal(VrrpState.Fault, router.State);
    }

    [Fact]
    public void Owner_that_becomes_an_ordinary_router_stays_active()
    {
        VrrpRouter router = _world.StartActive(Owner);
        router.Reconfigure(Version2, _world.Now);
        Assert.Equal(VrrpState.Active, router.State);
        Assert.Equal(Priority.Default, router.EffectivePriority);
    }

    [Fact]
    public void Refresh_that_is_switched_on_starts_and_that_is_switched_off_stops()
    {
        AnnouncementSchedule refreshing = new() { ActiveDelay = Duration.Zero, Refresh = Duration.FromSeconds(5) };
        VrrpRouter router = _world.StartActive(
            Version2 with { Announcements = new AnnouncementSchedule { ActiveDelay = Duration.Zero } });
        router.Reconfigure(Version2 with { Announcements = refreshing }, _world.Now);
        _world.Advance(5);
        Assert.Contains("8.609375 announce 1 Refresh", _world.Effects);
        router.Reconfigure(Version2 with { Announcements = refreshing with { Refresh = Duration.Zero } }, _world.Now);
        Assert.False(router.TryGetDeadline(VrrpTimer.RefreshAnnouncement, out _));
    }

    [Fact]
    public void Active_with_another_peer_greets_it_at_once()
    {
        VrrpParameters unicast = Version2 with { UnicastPeers = [new UnicastPeer(Higher)] };
        VrrpRouter router = _world.StartActive(unicast);
        router.Reconfigure(unicast with { UnicastPeers = [new UnicastPeer(Higher), new UnicastPeer(Lower)] }, _world.Now);
        Assert.Equal(["3.609375 advert 100 to 10.9.0.3", "3.609375 advert 100 to 10.9.0.1"], _world.Effects);
    }

    [Fact]
    public void Old_checksum_that_was_learned_is_forgotten_when_it_is_forbidden()
    {
        VrrpParameters unicast = Version3 with { UnicastPeers = [new UnicastPeer(Higher)] };
        VrrpRouter router = _world.StartActive(unicast);
        byte[] old = Datagram.Of(unicast, Higher, 50);
        Datagram.WriteChecksum(old.AsSpan(20), unicast, Higher, unicast.Group);
        _world.Receive(router, old, Higher);
        _world.Forget();
        VrrpParameters never = unicast with { UnicastChecksum = UnicastChecksumMode.Never };
        router.Reconfigure(never, _world.Now);
        router.Reconfigure(unicast, _world.Now);
        _world.Advance(1);
        Assert.Equal(Datagram.Message(unicast, Local, 100, Higher), _world.Datagrams[0][20..]);
    }

    [Fact]
    public void Shorter_wait_that_is_over_already_is_reported_with_its_true_length()
    {
        VrrpRouter router = _world.Start(Version2 with { DownTimerAdverts = 10 });
        _world.Advance(6);
        router.Reconfigure(Version2, _world.Now);
        _world.FireDue();
        Assert.Equal(VrrpState.Active, router.State);
        Assert.Equal("no router heard for 6 s (limit 3.609 s)", router.LastTransition.Reason.ToString());
    }

    [Fact]
    public void Another_identity_is_our_defect()
    {
        VrrpRouter router = _world.Start(Version2);
        Assert.Throws<InvariantException>(() => router.Reconfigure(Version2 with { Vrid = new Vrid(52) }, _world.Now));
    }
}
