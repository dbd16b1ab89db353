using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Events;
using KeepalivedAot.Vrrp.Fsm;
using KeepalivedAot.Vrrp.Watch;
using static KeepalivedAot.Tests.Unit.Vrrp.TestWorld;

namespace KeepalivedAot.Tests.Unit.Vrrp.Watch;

/// <summary>What is told of others on the segment, and above all what is not.</summary>
public class ConflictWatchTests
{
    private readonly TestWorld _world = new();

    private static readonly VrrpParameters s_foreign = Version2 with { VirtualAddresses = [IpAddress.Parse("10.9.0.50")] };

    private IEnumerable<string> Told => _world.Conflicts.Select(static conflict => $"{conflict}");

    [Fact]
    public void Router_that_does_not_hear_us_is_told_of_once()
    {
        VrrpRouter router = _world.StartActive(Version2);
        for (int second = 0; second < 20; second++)
        {
            _world.Hear(router, Lower, 50);
            _world.Advance(1);
        }
        Assert.Equal(["two routers are MASTER: 10.9.0.1 goes on advertising priority 50 although this router advertises 100, so it does not hear this one"], Told);
        Assert.Single(_world.Texts, static line => line.StartsWith("(V) two routers are MASTER", StringComparison.Ordinal));
        Assert.Equal(1UL, router.Conflicts.Count);
        Conflict[] present = new Conflict[ConflictWatch.MostPresent];
        Assert.Equal(1, router.Conflicts.Present(_world.Now, Duration.FromSeconds(10), present));
        Assert.Equal(20, present[0].Count);
        _world.Advance(11);
        Assert.Equal(0, router.Conflicts.Present(_world.Now, Duration.FromSeconds(10), present));
    }

    [Fact]
    public void After_a_quiet_minute_it_is_news_again()
    {
        VrrpRouter router = _world.StartActive(Version2);
        for (int round = 0; round < 2; round++)
        {
            for (int second = 0; second < 4; second++)
            {
                _world.Hear(router, Lower, 50);
                _world.Advance(1);
            }
            _world.Advance(61);
        }
        Assert.Equal(2, _world.Conflicts.Count);
    }

    [Fact]
    public void Burst_is_no_proof()
    {
        VrrpRouter router = _world.StartActive(Version2);
        for (int i = 0; i < 100; i++)
            _world.Hear(router, Lower, 50);
        Assert.Empty(_world.Conflicts);
    }

    [Fact]
    public void Usual_elections_are_no_conflict()
    {
        VrrpRouter router = _world.StartActive(Version2);
        for (int round = 0; round < 20; round++)
        {
            // A partition that heals: it stops with our answer.
            _world.Hear(router, Lower, 50);
            _world.Advance(1);
            // A better one takes over, and goes.
            _world.Hear(router, Higher, 200);
            _world.Advance(1);
            _world.Hear(router, Higher, 200);
            _world.Hear(router, Higher, 0);
            _world.Advance(router.ActiveDownInterval);
            Assert.Equal(VrrpState.Active, router.State);
        }
        Assert.Empty(_world.Conflicts);
    }

    [Fact]
    public void Own_address_is_a_conflict_of_its_own()
    {
        VrrpRouter router = _world.StartActive(Version2);
        for (int i = 0; i < 3; i++)
        {
            _world.Hear(router, Local, 100);
            _world.Advance(1);
        }
        Assert.Equal(["another router advertises from 10.9.0.2, the address of this one"], Told);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Vrid_used_for_other_addresses_is_told_of_in_every_state(bool active)
    {
        VrrpRouter router = active ? _world.StartActive(Version2) : _world.Start(Version2);
        for (int i = 0; i < 10; i++)
            _world.Hear(router, Lower, 50, s_foreign);
        Assert.Equal(["10.9.0.1 also uses VRID 51, for 10.9.0.50"], Told);
    }

    [Fact]
    public void Address_list_in_transition_is_no_foreign_use()
    {
        VrrpRouter router = _world.Start(Version2);
        _world.Hear(router, Higher, 200, Version2 with { VirtualAddresses = [IpAddress.Parse("10.9.0.50"), VirtualAddress] });
        Assert.Empty(_world.Conflicts);
    }

    [Fact]
    public void Many_neighbours_cost_no_memory()
    {
        VrrpRouter router = _world.StartActive(Version2);
        for (int i = 0; i < 1000; i++)
            _world.Hear(router, IpAddress.Parse($"10.8.{i / 250}.{i % 250 + 1}"), 50, s_foreign);
        Conflict[] present = new Conflict[ConflictWatch.MostPresent];
        Assert.InRange(router.Conflicts.Present(_world.Now, Duration.FromSeconds(10), present), 1, ConflictWatch.Capacity);
        Assert.Equal(LineBudget.Burst, _world.Conflicts.Count);
    }

    [Fact]
    public void Flood_of_other_lines_does_not_swallow_it()
    {
        VrrpRouter router = _world.StartActive(Version3);
        VrrpParameters slower = Version3 with { AdvertisementInterval = Duration.FromSeconds(2) };
        // A line each, as its interval is another one.
        for (int i = 0; i < 200; i++)
            _world.Hear(router, Lower, 50, slower);
        Assert.Contains(_world.Texts, static line => line.Contains("advertisement interval", StringComparison.OrdinalIgnoreCase));
        _world.Hear(router, Local, 50, s_foreign with { Version = VrrpVersion.V3 });
        Assert.Equal(["10.9.0.2 also uses VRID 51, for 10.9.0.50"], Told);
    }

    [Fact]
    public void What_there_was_no_line_left_for_is_told_when_there_is_one()
    {
        VrrpRouter router = _world.StartActive(Version2);
        for (int i = 0; i < 200; i++)
            _world.Hear(router, IpAddress.Parse($"10.8.0.{i + 1}"), 50, s_foreign);
        _world.Conflicts.Clear();
        ulong told = router.Conflicts.Count;
        _world.Hear(router, Higher, 50, s_foreign);
        Assert.Empty(_world.Conflicts);
        Assert.Equal(told, router.Conflicts.Count);
        _world.Advance(2);
        _world.Hear(router, Higher, 50, s_foreign);
        Assert.Equal(["10.9.0.3 also uses VRID 51, for 10.9.0.50"], Told);
        Assert.Equal(told + 1, router.Conflicts.Count);
    }

    [Fact]
    public void Nothing_it_notices_changes_what_the_protocol_does()
    {
        VrrpRouter router = _world.StartActive(Version2);
        for (int i = 0; i < 10; i++)
            _world.Hear(router, Higher, 100, s_foreign);
        // As before: a higher address wins a tie, whatever it advertises.
        Assert.Equal(VrrpState.Backup, router.State);
    }
}
