using KeepalivedAot.Base.Time;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;
using static KeepalivedAot.Tests.Unit.Vrrp.TestWorld;

namespace KeepalivedAot.Tests.Unit.Vrrp.Fsm;

/// <summary>The schedule of gratuitous ARP and neighbour advertisements; the role is taken at 3.609375 s.</summary>
public class VrrpRouterAnnouncementTests
{
    private readonly TestWorld _world = new();

    private IEnumerable<string> Announcements
        => _world.Effects.Where(effect => effect.Contains("announce", StringComparison.Ordinal));

    [Fact]
    public void Defaults_are_two_bursts_five_seconds_apart()
    {
        _world.Start(Version2);
        _world.Advance(60);
        Assert.Equal(["3.609375 announce 5 BecameActive", "8.609375 announce 5 Delayed"], Announcements);
    }

    [Fact]
    public void Extra_interfaces_are_announced_on_each_period_while_active()
    {
        VrrpRouter router = _world.Start(Version2 with
        {
            Announcements = new AnnouncementSchedule { ActiveRepeat = 1, ActiveDelay = Duration.Zero, ExtraInterfaces = Duration.FromSeconds(10) },
        });
        _world.Advance(24);
        _world.Hear(router, Higher, 200);
        _world.Advance(3);
        Assert.Equal(
            [
                "3.609375 announce 1 BecameActive",
                "13.609375 announce 1 ExtraInterfaces",
                "23.609375 announce 1 ExtraInterfaces",
            ],
            Announcements);
    }

    [Fact]
    public void Refresh_begins_after_delay_and_period_and_goes_on()
    {
        _world.Start(Version2 with
        {
            Announcements = new AnnouncementSchedule
            {
                ActiveRepeat = 2,
                ActiveDelay = Duration.FromSeconds(3),
                Refresh = Duration.FromSeconds(10),
                RefreshRepeat = 4,
            },
        });
        _world.Advance(40);
        Assert.Equal(
            [
                "3.609375 announce 2 BecameActive",
                "6.609375 announce 2 Delayed",
                "16.609375 announce 4 Refresh",
                "26.609375 announce 4 Refresh",
                "36.609375 announce 4 Refresh",
            ],
            Announcements);
    }

    [Fact]
    public void Refresh_after_a_pause_is_sent_once()
    {
        VrrpRouter router = _world.StartActive(Version2 with
        {
            AdvertisementInterval = Duration.FromSeconds(255),
            Announcements = new AnnouncementSchedule { ActiveDelay = Duration.Zero, Refresh = Duration.FromSeconds(5) },
        });
        _world.Sleep(20);
        _world.FireDue();
        Assert.Single(Announcements);
        Assert.True(router.TryGetDeadline(VrrpTimer.RefreshAnnouncement, out Instant next));
        Assert.Equal(Duration.FromSeconds(5), next - _world.Now);
    }

    [Fact]
    public void Delay_0_means_no_second_burst()
    {
        _world.Start(Version2 with { Announcements = new AnnouncementSchedule { ActiveDelay = Duration.Zero } });
        _world.Advance(60);
        Assert.Equal(["3.609375 announce 5 BecameActive"], Announcements);
    }

    [Fact]
    public void Delayed_burst_is_dropped_with_the_role()
    {
        VrrpRouter router = _world.StartActive(Version2);
        _world.Hear(router, Higher, 200);
        for (int i = 0; i < 10; i++)
        {
            _world.Advance(1);
            _world.Hear(router, Higher, 200);
        }
        Assert.Empty(Announcements);
    }

    [Fact]
    public void Lower_priority_burst_is_repeated_after_its_delay_however_often_it_is_heard()
    {
        VrrpRouter router = _world.StartActive(Version2 with
        {
            Announcements = new AnnouncementSchedule
            {
                ActiveDelay = Duration.Zero,
                LowerPriorityRepeat = 3,
                LowerPriorityDelay = Duration.FromSeconds(2),
            },
        });
        _world.Hear(router, Lower, 50);
        _world.Advance(1.5);
        _world.Hear(router, Lower, 50);
        _world.Advance(10);
        Assert.Equal(
            [
                "3.609375 announce 3 LowerPriorityHeard",
                "5.109375 announce 3 LowerPriorityHeard",
                "5.609375 announce 3 LowerPriorityDelayed",
            ],
            Announcements);
    }

    [Fact]
    public void Lower_priority_repeat_0_announces_nothing_but_still_notifies()
    {
        VrrpRouter router = _world.StartActive(Version2 with
        {
            Announcements = new AnnouncementSchedule { ActiveDelay = Duration.Zero, LowerPriorityRepeat = 0 },
        });
        _world.Hear(router, Lower, 50);
        _world.Advance(0.5);
        Assert.Equal(["3.609375 advert 100 to 224.0.0.18", "3.609375 lower priority heard"], _world.Effects);
    }
}
