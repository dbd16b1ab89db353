using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;
using static KeepalivedAot.Tests.Unit.Vrrp.TestWorld;

namespace KeepalivedAot.Tests.Unit.Vrrp.Fsm;

/// <summary>What the router does, in which order and when.</summary>
public class VrrpRouterTests
{
    private readonly TestWorld _world = new();

    [Fact]
    public void Start_alone_becomes_active_after_the_down_interval_in_keepalived_order()
    {
        VrrpRouter router = _world.Start(Version2);
        _world.Advance(3.609374);
        Assert.Equal(["0 release", "0 Initialize to Backup"], _world.Effects);

        _world.Advance(0.000001);
        Assert.Equal(
            [
                "3.609375 advert 100 to 224.0.0.18",
                "3.609375 hold",
                "3.609375 announce 5 BecameActive",
                "3.609375 Backup to Active",
            ],
            _world.Effects.Skip(2));
        Assert.Equal(1UL, router.Counters.BecomeMaster);
        Assert.Equal(1UL, router.Counters.AdvertSent);
    }

    [Fact]
    public void State_MASTER_below_255_waits_like_everyone_else()
    {
        VrrpRouter router = _world.Start(Version2 with { ConfiguredActive = true, BasePriority = new Priority(150) });
        Assert.Equal(VrrpState.Active, router.WantedState);
        _world.Advance(3.414);
        Assert.Equal(VrrpState.Backup, router.State);
        _world.Advance(0.0001);
        Assert.Equal(VrrpState.Active, router.State);
    }

    [Fact]
    public void Owner_is_active_one_microsecond_after_start()
    {
        VrrpRouter router = _world.Start(Owner);
        Assert.Equal(VrrpState.Backup, router.State);
        _world.Advance(0.000001);
        Assert.Equal(VrrpState.Active, router.State);
        Assert.Contains("0.000001 advert 255 to 224.0.0.18", _world.Effects);
    }

    [Fact]
    public void Owner_that_is_not_configured_MASTER_waits()
    {
        VrrpRouter router = _world.Start(Owner with { ConfiguredActive = false });
        _world.Advance(3.0039);
        Assert.Equal(VrrpState.Backup, router.State);
        _world.Advance(0.00001);
        Assert.Equal(VrrpState.Active, router.State);
    }

    [Fact]
    public void Startup_delay_comes_before_the_first_timer_and_adverts_are_ignored_in_it()
    {
        VrrpRouter router = _world.Start(Version2, delaySeconds: 10);
        _world.Advance(9.9);
        _world.Hear(router, Higher, 200);
        Assert.Equal(0UL, router.Counters.AdvertRcvd);
        _world.Advance(3.709374);
        Assert.Equal(VrrpState.Backup, router.State);
        _world.Advance(0.000001);
        Assert.Equal(VrrpState.Active, router.State);
    }

    [Fact]
    public void Startup_delay_of_an_owner_ends_in_active_at_once()
    {
        VrrpRouter router = _world.Start(Owner, delaySeconds: 2);
        _world.Advance(2.000001);
        Assert.Equal(VrrpState.Active, router.State);
    }

    [Fact]
    public void Cadence_counts_from_the_deadline_and_does_not_drift()
    {
        _world.StartActive(Version3 with { AdvertisementInterval = Duration.FromMilliseconds(10) });
        Instant start = _world.Now;
        for (int i = 0; i < 1000; i++)
        {
            // Each wake-up comes 0.3 ms late.
            _world.Timers.TryPeek(out Instant deadline);
            _world.Sleep((deadline - _world.Now + Duration.FromMicroseconds(300)).WholeMicroseconds / 1e6);
            _world.FireDue();
        }
        Assert.Equal(1000, _world.Datagrams.Count);
        Assert.Equal(Duration.FromMilliseconds(10_000) + Duration.FromMicroseconds(300), _world.Now - start);
    }

    [Fact]
    public void Cadence_after_a_pause_starts_anew_with_one_advert()
    {
        VrrpRouter router = _world.StartActive(Version2);
        _world.Sleep(60.25);
        _world.FireDue();
        Assert.Single(_world.Datagrams);
        Assert.True(router.TryGetDeadline(VrrpTimer.Adver, out Instant next));
        Assert.Equal(Duration.FromSeconds(1), next - _world.Now);
    }

    [Fact]
    public void Cadence_of_a_wake_up_late_by_less_than_an_interval_is_kept()
    {
        VrrpRouter router = _world.StartActive(Version2);
        _world.Sleep(1.75);
        _world.FireDue();
        Assert.Single(_world.Datagrams);
        Assert.True(router.TryGetDeadline(VrrpTimer.Adver, out Instant next));
        Assert.Equal(Duration.FromMilliseconds(250), next - _world.Now);
    }

    [Fact]
    public void Cadence_of_a_wake_up_late_by_exactly_an_interval_does_not_advertise_twice()
    {
        _world.StartActive(Version2);
        _world.Sleep(2);
        _world.FireDue();
        Assert.Single(_world.Datagrams);
    }

    [Fact]
    public void Backup_that_hears_a_higher_priority_restarts_its_timer()
    {
        VrrpRouter router = _world.Start(Version2);
        _world.Advance(3);
        _world.Hear(router, Higher, 150);
        Assert.Equal(Higher, router.ActiveRouterAddress);
        Assert.Equal(new Priority(150), router.ActiveRouterPriority);
        _world.Advance(3.6);
        Assert.Equal(VrrpState.Backup, router.State);
        _world.Advance(0.01);
        Assert.Equal(VrrpState.Active, router.State);
        Assert.Equal(TransitionCause.ActiveRouterSilent, router.LastTransition.Reason.Cause);
    }

    [Fact]
    public void Backup_that_hears_a_lower_priority_lets_its_timer_run_out()
    {
        VrrpRouter router = _world.Start(Version2);
        _world.Advance(3);
        _world.Hear(router, Higher, 50);
        _world.Advance(0.609375);
        Assert.Equal(VrrpState.Active, router.State);
        Assert.Equal(TransitionCause.LowerPriorityPreempted, router.LastTransition.Reason.Cause);
        Assert.Equal(Higher, router.LastTransition.Reason.Peer);
    }

    [Fact]
    public void Backup_with_nopreempt_follows_a_lower_priority()
    {
        VrrpRouter router = _world.Start(Version2 with { PreemptMode = false });
        for (int i = 0; i < 10; i++)
        {
            _world.Advance(1);
            _world.Hear(router, Higher, 50);
        }
        Assert.Equal(VrrpState.Backup, router.State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Backup_that_hears_priority_0_waits_the_skew_time(bool preemptMode)
    {
        VrrpRouter router = _world.Start(Version2 with { PreemptMode = preemptMode });
        _world.Hear(router, Higher, 150);
        _world.Hear(router, Higher, 0);
        _world.Advance(0.609374);
        Assert.Equal(VrrpState.Backup, router.State);
        _world.Advance(0.000001);
        Assert.Equal(VrrpState.Active, router.State);
        Assert.Equal(TransitionCause.ActiveRouterReleased, router.LastTransition.Reason.Cause);
        Assert.Equal(1UL, router.Counters.PriZeroRcvd);
    }

    [Fact]
    public void Preempt_delay_tolerates_a_lower_priority_until_it_is_over()
    {
        VrrpRouter router = _world.Start(Version2 with { PreemptDelay = Duration.FromSeconds(4) });
        // First lower advert at 1 s: the delay ends at 5 s. The advert at 5 s is discarded, the one of 4 s was the last accepted.
        for (int second = 1; second <= 7; second++)
        {
            _world.Advance(1);
            _world.Hear(router, Higher, 50);
        }
        Assert.Equal(VrrpState.Backup, router.State);
        _world.Advance(0.609375);
        Assert.Equal(VrrpState.Active, router.State);
        Assert.Equal(7.609375, _world.Now.Nanoseconds / 1e9);
    }

    [Fact]
    public void Preempt_delay_is_stopped_by_a_higher_priority()
    {
        VrrpRouter router = _world.Start(Version2 with { PreemptDelay = Duration.FromSeconds(2) });
        _world.Hear(router, Higher, 50);
        _world.Advance(1);
        _world.Hear(router, Higher, 150);
        _world.Advance(1.5);
        _world.Hear(router, Higher, 50);
        Assert.DoesNotContain(_world.Texts, text => text.Contains("discarding", StringComparison.Ordinal));
        Assert.Contains("(V) stop preempt delay", _world.Texts);
        Assert.Equal(2, _world.Texts.Count(text => text == "(V) start preempt delay (2.000000)"));
    }

    [Fact]
    public void Preempt_delay_does_not_hold_up_the_replacement_of_a_dead_router()
    {
        VrrpRouter router = _world.Start(Version2 with { PreemptDelay = Duration.FromSeconds(100) });
        _world.Hear(router, Higher, 50);
        _world.Advance(3.609375);
        Assert.Equal(VrrpState.Active, router.State);
    }

    [Fact]
    public void Preempt_delay_starts_anew_after_the_role_was_held()
    {
        VrrpRouter router = _world.Start(Version2 with { PreemptDelay = Duration.FromSeconds(2) });
        _world.Hear(router, Higher, 50);
        _world.Advance(3.609375);
        Assert.Equal(VrrpState.Active, router.State);
        _world.Hear(router, Higher, 150);
        _world.Forget();
        _world.Hear(router, Lower, 50);
        Assert.Contains("(V) start preempt delay (2.000000)", _world.Texts);
        Assert.Equal(Lower, router.ActiveRouterAddress);
    }

    [Fact]
    public void Active_that_hears_a_higher_priority_yields_without_priority_0()
    {
        VrrpRouter router = _world.StartActive(Version2);
        _world.Hear(router, Lower, 101);
        Assert.Equal(["3.609375 release", "3.609375 Active to Backup"], _world.Effects);
        Assert.Equal(1UL, router.Counters.ReleaseMaster);
        Assert.Equal(Lower, router.ActiveRouterAddress);
        Assert.False(router.TryGetDeadline(VrrpTimer.Adver, out _));
        Assert.False(router.TryGetDeadline(VrrpTimer.DelayedAnnouncement, out _));
    }

    [Fact]
    public void Active_with_higher_prio_send_advert_says_so_once_before_it_yields()
    {
        VrrpRouter router = _world.StartActive(Version2 with { HigherPrioSendAdvert = true });
        _world.Hear(router, Lower, 101);
        Assert.Equal(
            ["3.609375 advert 100 to 224.0.0.18", "3.609375 release", "3.609375 Active to Backup"], _world.Effects);
    }

    [Fact]
    public void Active_that_hears_an_equal_priority_compares_addresses_as_numbers()
    {
        // As text 10.9.0.10 would be lower than 10.9.0.2.
        VrrpRouter router = _world.StartActive(Version2);
        _world.Hear(router, Lower, 100);
        Assert.Equal(VrrpState.Active, router.State);
        _world.Hear(router, Local, 100);
        Assert.Equal(VrrpState.Active, router.State);
        _world.Hear(router, IpAddress.Parse("10.9.0.10"), 100);
        Assert.Equal(VrrpState.Backup, router.State);
    }

    [Fact]
    public void Active_that_hears_a_lower_priority_answers_at_once_and_reclaims()
    {
        VrrpRouter router = _world.StartActive(Version2);
        _world.Advance(0.5);
        _world.Hear(router, Higher, 99);
        Assert.Equal(
            [
                "4.109375 advert 100 to 224.0.0.18",
                "4.109375 announce 5 LowerPriorityHeard",
                "4.109375 lower priority heard",
            ],
            _world.Effects);
        _world.Forget();
        _world.Advance(0.999999);
        Assert.Empty(_world.Effects);
        _world.Advance(0.000001);
        Assert.Equal(["5.109375 advert 100 to 224.0.0.18"], _world.Effects);
    }

    [Fact]
    public void Active_with_lower_prio_no_advert_leaves_its_cadence_alone()
    {
        VrrpRouter router = _world.StartActive(Version2 with { LowerPrioNoAdvert = true });
        _world.Advance(0.5);
        _world.Hear(router, Higher, 99);
        _world.Advance(0.5);
        Assert.Equal(
            [
                "4.109375 announce 5 LowerPriorityHeard",
                "4.109375 lower priority heard",
                "4.609375 advert 100 to 224.0.0.18",
            ],
            _world.Effects);
    }

    [Fact]
    public void Active_that_hears_priority_0_answers_at_once()
    {
        VrrpRouter router = _world.StartActive(Version2);
        _world.Hear(router, Higher, 0);
        Assert.Equal(["3.609375 advert 100 to 224.0.0.18"], _world.Effects);
        Assert.Equal(VrrpState.Active, router.State);
    }

    [Fact]
    public void Stop_of_an_active_router_releases_in_keepalived_order()
    {
        VrrpRouter router = _world.StartActive(Version2);
        router.Stop(_world.Now);
        Assert.Equal(
            ["3.609375 advert 0 to 224.0.0.18", "3.609375 release", "3.609375 Active to Initialize"], _world.Effects);
        Assert.Equal(1UL, router.Counters.PriZeroSent);
        Assert.Equal(0, _world.Timers.ArmedCount);
        router.Retire();
    }

    [Fact]
    public void Stop_of_a_backup_says_nothing_on_the_wire()
    {
        VrrpRouter router = _world.Start(Version2);
        _world.Forget();
        router.Remove(_world.Now);
        Assert.Equal(["0 Backup to Initialize"], _world.Effects);
        Assert.Equal(TransitionCause.Removed, router.LastTransition.Reason.Cause);
        Assert.Equal(0, _world.Timers.ArmedCount);
    }

    [Fact]
    public void Restart_after_stop_runs_as_if_new()
    {
        VrrpRouter router = _world.StartActive(Version2);
        router.Stop(_world.Now);
        router.Start(VrrpFaults.None, Local, 1500, Duration.Zero, _world.Now);
        _world.Advance(3.609375);
        Assert.Equal(VrrpState.Active, router.State);
        Assert.Equal(2UL, router.Counters.BecomeMaster);
    }

    [Fact]
    public void Late_event_loop_with_timer_expired_backup_yields_instead_of_advertising()
    {
        VrrpRouter router = _world.StartActive(Version2 with { PreemptMode = false, TimerExpiredBackup = Priority.HighestBackup });
        _world.Advance(1);
        _world.Forget();
        _world.Sleep(3.0079);
        _world.FireDue();
        Assert.Equal(VrrpState.Backup, router.State);
        Assert.DoesNotContain(_world.Effects, effect => effect.Contains("advert", StringComparison.Ordinal));
        Assert.Equal(TransitionCause.LateWakeUp, router.LastTransition.Reason.Cause);
    }

    [Fact]
    public void Late_event_loop_that_hears_its_successor_first_yields_without_answering_it()
    {
        VrrpRouter router = _world.StartActive(Version2 with { PreemptMode = false, TimerExpiredBackup = Priority.HighestBackup });
        _world.Advance(1);
        _world.Forget();
        _world.Sleep(10);
        _world.Hear(router, Lower, 50);
        _world.FireDue();
        Assert.Equal(VrrpState.Backup, router.State);
        Assert.Equal(Lower, router.ActiveRouterAddress);
        Assert.DoesNotContain(_world.Effects, effect => effect.Contains("advert", StringComparison.Ordinal));
    }

    [Fact]
    public void Startup_delay_that_is_moved_moves_the_first_timer()
    {
        VrrpRouter router = _world.Make(Version2);
        Instant started = _world.Now;
        router.Start(VrrpFaults.None, Local, 1500, Duration.FromSeconds(60), started);
        _world.Sleep(1);
        router.MoveStartupDelay(started + Duration.FromSeconds(5), _world.Now);
        router.TryGetDeadline(VrrpTimer.ActiveDown, out Instant deadline);
        Assert.Equal(Duration.FromSeconds(5) + router.ActiveDownInterval, deadline - started);
        // One that has passed already ends now.
        router.MoveStartupDelay(started, _world.Now);
        router.TryGetDeadline(VrrpTimer.ActiveDown, out deadline);
        Assert.Equal(router.ActiveDownInterval, deadline - _world.Now);
        _world.Hear(router, Higher, 200);
        Assert.Equal(Higher, router.ActiveRouterAddress);
    }

    [Fact]
    public void Late_event_loop_of_a_router_that_preempts_goes_on_as_active()
    {
        VrrpRouter router = _world.StartActive(Version2 with { TimerExpiredBackup = Priority.HighestBackup });
        _world.Sleep(60);
        _world.FireDue();
        Assert.Equal(VrrpState.Active, router.State);
    }

    [Fact]
    public void Late_event_loop_within_three_intervals_goes_on_as_active()
    {
        VrrpRouter router = _world.StartActive(Version2 with { PreemptMode = false, TimerExpiredBackup = Priority.HighestBackup });
        _world.Sleep(3.0078);
        _world.FireDue();
        Assert.Equal(VrrpState.Active, router.State);
    }
}
