using KeepalivedAot.Base.Time;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;
using static KeepalivedAot.Tests.Unit.Vrrp.TestWorld;

namespace KeepalivedAot.Tests.Unit.Vrrp.Fsm;

/// <summary>Two routers that both believe they own the addresses.</summary>
public class VrrpRouterOwnerTests
{
    private const string Error
        = "(V) CONFIGURATION ERROR: local instance and {0} are both configured as address owner, please resolve";

    private readonly TestWorld _world = new();

    [Fact]
    public void Lower_address_yields()
    {
        VrrpRouter router = _world.StartActive(Owner);
        _world.Hear(router, Higher, 255);
        Assert.Equal(VrrpState.Backup, router.State);
        Assert.Equal(Priority.Owner, router.EffectivePriority);
        Assert.Contains(string.Format(null, Error, "10.9.0.3"), _world.Texts);
    }

    [Fact]
    public void Higher_address_stays_when_the_other_one_yields()
    {
        VrrpRouter router = _world.StartActive(Owner);
        _world.Hear(router, Lower, 255);
        Assert.Equal(VrrpState.Active, router.State);
        _world.Advance(3.2);
        Assert.Contains("(V): rogue address owner appears to have stopped advertising", _world.Texts);
        Assert.Equal(Priority.Owner, router.EffectivePriority);
        Assert.Single(_world.Texts, text => text.Contains("CONFIGURATION ERROR", StringComparison.Ordinal));
    }

    [Fact]
    public void Higher_address_steps_down_when_the_other_one_goes_on()
    {
        VrrpRouter router = _world.StartActive(Owner);
        for (int i = 0; i < 3; i++)
        {
            _world.Hear(router, Lower, 255);
            _world.Advance(1.0);
        }
        _world.Hear(router, Lower, 255);
        Assert.Equal(new Priority(254), router.EffectivePriority);
        Assert.Equal(VrrpState.Backup, router.State);
        Assert.Contains(
            "(V) 10.9.0.1 is still advertising as address owner, please resolve - reducing our priority", _world.Texts);
        Assert.Single(_world.Texts, text => text.Contains("CONFIGURATION ERROR", StringComparison.Ordinal));
    }

    [Fact]
    public void Stream_of_owner_adverts_faster_than_ours_does_not_put_the_decision_off()
    {
        VrrpRouter router = _world.StartActive(Owner);
        for (int i = 0; i < 50 && router.State == VrrpState.Active; i++)
        {
            _world.Hear(router, Lower, 255);
            _world.Advance(0.1);
        }
        Assert.Equal(VrrpState.Backup, router.State);
    }

    [Fact]
    public void Reduced_priority_is_restored_when_the_other_owner_is_gone()
    {
        VrrpRouter router = StepDown();
        _world.Advance(4);
        Assert.Equal(VrrpState.Active, router.State);
        Assert.Equal(Priority.Owner, router.EffectivePriority);
        Assert.Contains("(V) Restoring our priority to 255 since other address owner has disappeared", _world.Texts);
        Assert.Contains(_world.Effects, effect => effect.EndsWith("advert 255 to 224.0.0.18", StringComparison.Ordinal));
        Assert.DoesNotContain(_world.Effects, effect => effect.Contains("advert 254", StringComparison.Ordinal));
    }

    [Fact]
    public void Reduced_priority_is_restored_when_a_lower_one_is_heard()
    {
        VrrpRouter router = StepDown();
        _world.Hear(router, Lower, 100);
        Assert.Equal(Priority.Owner, router.EffectivePriority);
        Assert.Equal(VrrpState.Backup, router.State);
    }

    [Fact]
    public void Watching_lasts_1_2_of_the_longer_interval()
    {
        VrrpParameters owner = Version3 with { BasePriority = Priority.Owner, ConfiguredActive = true };
        VrrpRouter router = _world.StartActive(owner);
        _world.Hear(router, Lower, 255, owner with { AdvertisementInterval = Duration.FromSeconds(10) });
        // Two intervals of ours, then 1.2 of the other's.
        _world.Advance(13.9);
        _world.Hear(router, Lower, 255, owner with { AdvertisementInterval = Duration.FromSeconds(10) });
        Assert.Equal(VrrpState.Backup, router.State);
        Assert.Equal(new Priority(254), router.EffectivePriority);
    }

    [Fact]
    public void Second_conflict_after_the_first_is_over_is_logged_again()
    {
        VrrpRouter router = _world.StartActive(Owner);
        _world.Hear(router, Lower, 255);
        _world.Advance(4);
        _world.Hear(router, Lower, 255);
        Assert.Equal(2, _world.Texts.Count(text => text.Contains("CONFIGURATION ERROR", StringComparison.Ordinal)));
    }

    [Fact]
    public void Router_that_owns_nothing_hears_everybody_in_spite_of_owner_ignore_adverts()
    {
        VrrpRouter router = _world.StartActive(Version2 with { OwnerIgnoreAdverts = true });
        _world.Hear(router, Higher, 200);
        Assert.Equal(VrrpState.Backup, router.State);
    }

    [Fact]
    public void Owner_with_owner_ignore_adverts_hears_nobody()
    {
        VrrpRouter router = _world.StartActive(Owner with { OwnerIgnoreAdverts = true });
        _world.Hear(router, Higher, 255);
        _world.Hear(router, Higher, 255);
        Assert.Equal(VrrpState.Active, router.State);
        Assert.Equal(0UL, router.Counters.AdvertRcvd);
        Assert.Equal(["(V) Dropping packet(s) from 10.9.0.3 since we are address owner"], _world.Texts);
    }

    private VrrpRouter StepDown()
    {
        VrrpRouter router = _world.StartActive(Owner);
        for (int i = 0; i < 30; i++)
        {
            _world.Hear(router, Lower, 255);
            _world.Advance(0.1);
        }
        Assert.Equal(VrrpState.Backup, router.State);
        Assert.Equal(new Priority(254), router.EffectivePriority);
        _world.Forget();
        return router;
    }
}
