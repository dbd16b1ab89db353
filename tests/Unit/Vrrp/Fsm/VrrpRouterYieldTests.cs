using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;
using static KeepalivedAot.Tests.Unit.Vrrp.TestWorld;

namespace KeepalivedAot.Tests.Unit.Vrrp.Fsm;

/// <summary>Giving the role up because somebody wants it (<c>failover</c>), and staying out of elections (<c>maintenance</c>).</summary>
public class VrrpRouterYieldTests
{
    private readonly TestWorld _world = new();

    [Fact]
    public void Yield_releases_and_says_why()
    {
        VrrpRouter router = _world.StartActive(Version2);
        Assert.True(router.Yield(_world.Now, "failover, asked for by root"));
        Assert.Equal(VrrpState.Backup, router.State);
        Assert.True(router.IsYielding);
        Assert.Equal(1UL, router.Counters.PriZeroSent);
        Assert.Contains("(V) reason: told to give its role up (failover, asked for by root)", _world.Texts);
    }

    [Fact]
    public void Yield_without_the_role_does_nothing()
    {
        VrrpRouter router = _world.Start(Version2);
        Assert.False(router.Yield(_world.Now));
        Assert.False(router.IsYielding);
    }

    [Fact]
    public void Yielded_role_stays_with_a_lower_priority_until_that_is_silent()
    {
        VrrpRouter router = _world.StartActive(Version2);
        router.Yield(_world.Now);
        for (int second = 0; second < 20; second++)
        {
            _world.Advance(1);
            _world.Hear(router, Lower, 50);
        }
        Assert.Equal(VrrpState.Backup, router.State);
        Assert.Equal(Lower, router.ActiveRouterAddress);
        _world.Advance(router.ActiveDownInterval);
        Assert.Equal(VrrpState.Active, router.State);
        Assert.Equal(TransitionCause.ActiveRouterSilent, router.LastTransition.Reason.Cause);
        Assert.False(router.IsYielding);
    }

    [Fact]
    public void Once_means_once()
    {
        VrrpRouter router = _world.StartActive(Version2);
        router.Yield(_world.Now);
        _world.Advance(router.ActiveDownInterval);
        Assert.Equal(VrrpState.Active, router.State);
        // A lower priority has to be preempted again.
        _world.Hear(router, Higher, 200);
        Assert.Equal(VrrpState.Backup, router.State);
        for (int second = 0; second < 4; second++)
        {
            _world.Advance(1);
            _world.Hear(router, Lower, 50);
        }
        Assert.Equal(VrrpState.Active, router.State);
    }

    [Fact]
    public void Nobody_takes_it_so_it_is_taken_back_after_the_down_interval()
    {
        VrrpRouter router = _world.StartActive(Version2);
        router.Yield(_world.Now);
        _world.Advance(3.609374);
        Assert.Equal(VrrpState.Backup, router.State);
        _world.Advance(0.000001);
        Assert.Equal(VrrpState.Active, router.State);
    }

    [Fact]
    public void Owner_yields_too()
    {
        VrrpRouter router = _world.StartActive(Owner);
        router.Yield(_world.Now);
        for (int second = 0; second < 5; second++)
        {
            _world.Advance(1);
            _world.Hear(router, Lower, 254);
        }
        Assert.Equal(VrrpState.Backup, router.State);
    }

    [Fact]
    public void Maintenance_is_a_fault_with_words()
    {
        VrrpRouter router = _world.StartActive(Version2);
        router.SetFault(VrrpFaults.Maintenance, true, _world.Now, "maintenance: new fan");
        Assert.Equal(VrrpState.Fault, router.State);
        Assert.Contains("(V) reason: maintenance: new fan", _world.Texts);
        router.SetFault(VrrpFaults.Maintenance, false, _world.Now, "maintenance is over");
        Assert.Equal(VrrpState.Backup, router.State);
    }

    [Fact]
    public void Announcing_again_is_for_the_active_router_only()
    {
        VrrpRouter router = _world.Start(Version2);
        Assert.False(router.AnnounceAgain());
        _world.Advance(router.ActiveDownInterval);
        _world.Forget();
        Assert.True(router.AnnounceAgain());
        Assert.Equal(["3.609375 announce 5 Requested"], _world.Effects);
    }
}
