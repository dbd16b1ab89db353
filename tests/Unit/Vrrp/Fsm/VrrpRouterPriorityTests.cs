using KeepalivedAot.Base.Time;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;
using static KeepalivedAot.Tests.Unit.Vrrp.TestWorld;

namespace KeepalivedAot.Tests.Unit.Vrrp.Fsm;

/// <summary>Trackers that shift the effective priority.</summary>
public class VrrpRouterPriorityTests
{
    private readonly TestWorld _world = new();

    [Theory]
    [InlineData(100, 20, 120, 120)]
    [InlineData(100, 250, 350, 254)]
    [InlineData(100, -150, -50, 1)]
    [InlineData(254, 1, 255, 254)]
    [InlineData(255, -100, 255, 255)]
    public void Adjustment_is_clamped_on_the_wire_and_not_in_the_total(byte basePriority, int sum, int total, byte effective)
    {
        VrrpRouter router = _world.Start(Version2 with { BasePriority = new Priority(basePriority) });
        router.SetPriorityAdjustment(sum, _world.Now);
        Assert.Equal(total, router.TotalPriority);
        Assert.Equal(new Priority(effective), router.EffectivePriority);
    }

    [Fact]
    public void Backup_shifts_its_running_timer_by_the_difference_in_skew()
    {
        VrrpRouter router = _world.Start(Version2);
        _world.Advance(1);
        router.SetPriorityAdjustment(50, _world.Now);
        Assert.Contains("(V) Changing effective priority from 100 to 150", _world.Texts);
        Assert.True(router.TryGetDeadline(VrrpTimer.ActiveDown, out Instant deadline));
        Assert.Equal(3_414_062_500, deadline.Nanoseconds);
    }

    [Fact]
    public void Active_tells_its_new_priority_with_the_next_regular_advert()
    {
        VrrpRouter router = _world.StartActive(Version2);
        router.SetPriorityAdjustment(-10, _world.Now);
        Assert.Empty(_world.Effects);
        _world.Advance(1);
        Assert.Equal(["4.609375 advert 90 to 224.0.0.18"], _world.Effects);
    }

    [Fact]
    public void Election_is_decided_by_the_effective_priority()
    {
        VrrpRouter router = _world.StartActive(Version2);
        router.SetPriorityAdjustment(-10, _world.Now);
        _world.Hear(router, Lower, 95);
        Assert.Equal(VrrpState.Backup, router.State);
    }

    [Fact]
    public void Same_sum_again_says_nothing()
    {
        VrrpRouter router = _world.Start(Version2);
        router.SetPriorityAdjustment(5, _world.Now);
        _world.Forget();
        router.SetPriorityAdjustment(5, _world.Now);
        Assert.Empty(_world.Lines);
    }

    [Fact]
    public void Timer_that_would_have_run_out_already_runs_out_now()
    {
        VrrpRouter router = _world.Start(Version2 with { BasePriority = new Priority(1) });
        _world.Advance(3.9);
        router.SetPriorityAdjustment(253, _world.Now);
        _world.FireDue();
        Assert.Equal(VrrpState.Active, router.State);
    }
}
