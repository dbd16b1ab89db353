using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;
using KeepalivedAot.Vrrp.Watch;
using static KeepalivedAot.Tests.Unit.Vrrp.TestWorld;

namespace KeepalivedAot.Tests.Unit.Vrrp.Watch;

/// <summary>Other hosts that say that our addresses are theirs: what is told of them, and that a change-over is not.</summary>
public class AddressClaimTests
{
    private static readonly MacAddress s_other = new(0x0200_0000_00FA);

    private readonly TestWorld _world = new();

    private IEnumerable<string> Told => _world.Conflicts.Select(static conflict => $"{conflict}");

    private void Claim(VrrpRouter router, MacAddress? by = null, string address = "10.9.0.100")
        => router.OnAddressClaimed(IpAddress.Parse(address), by ?? s_other, isWish: false, _world.Now);

    private void Wish(VrrpRouter router) => router.OnAddressClaimed(VirtualAddress, s_other, isWish: true, _world.Now);

    [Fact]
    public void Claim_that_goes_on_is_told_of_once()
    {
        VrrpRouter router = _world.StartActive(Version2);
        for (int second = 0; second < 20; second++)
        {
            Claim(router);
            _world.Advance(1);
        }
        Assert.Equal(["02:00:00:00:00:fa has the virtual address 10.9.0.100, too, and answers for it although this router is MASTER"], Told);
        Assert.Single(_world.Texts, static line => line.StartsWith("(V) 02:00:00:00:00:fa has the virtual address", StringComparison.Ordinal));
        Assert.Equal((1UL, 1UL), (router.Conflicts.Count, router.Conflicts.CountOf(ConflictKind.AddressClaimed)));
        Conflict[] present = new Conflict[ConflictWatch.MostPresent];
        Assert.Equal(1, router.Conflicts.Present(_world.Now, Duration.FromSeconds(10), present));
        Assert.Equal((20, s_other), (present[0].Count, present[0].Mac));
        // It is seen now and then only.
        _world.Advance(50);
        Assert.Equal(1, router.Conflicts.Present(_world.Now, Duration.FromSeconds(10), present));
        _world.Advance(20);
        Assert.Equal(0, router.Conflicts.Present(_world.Now, Duration.FromSeconds(10), present));
    }

    [Theory]
    [InlineData(1.9, false)]
    [InlineData(2, true)]
    [InlineData(600, true)]
    [InlineData(3500, true)]
    [InlineData(3700, false)]
    public void It_must_still_be_so_after_two_intervals_and_within_an_hour(double seconds, bool isTold)
    {
        VrrpRouter router = _world.StartActive(Version2);
        Claim(router);
        Claim(router);
        _world.Advance(seconds);
        Claim(router);
        Assert.Equal(isTold ? 1 : 0, _world.Conflicts.Count);
    }

    [Fact]
    public void One_claim_alone_is_none()
    {
        VrrpRouter router = _world.StartActive(Version2);
        Claim(router);
        _world.Advance(100);
        Assert.Empty(_world.Conflicts);
    }

    [Fact]
    public void Each_address_and_each_host_is_told_of_by_itself()
    {
        VrrpRouter router = _world.StartActive(Version2);
        for (int second = 0; second < 5; second++)
        {
            Claim(router);
            Claim(router, new MacAddress(0x0200_0000_00FB));
            Claim(router, address: "10.9.0.101");
            _world.Advance(1);
        }
        Assert.Equal(3, _world.Conflicts.Count);
    }

    [Fact]
    public void Host_with_many_addresses_of_ours_is_told_of_a_few_times_only()
    {
        VrrpRouter router = _world.StartActive(Version2);
        for (int second = 0; second < 30; second++)
        {
            for (int i = 0; i < 200; i++)
                Claim(router, address: $"10.9.0.{i + 1}");
            _world.Advance(1);
        }
        Assert.Equal(ConflictWatch.ClaimCapacity, _world.Conflicts.Count);
    }

    [Fact]
    public void After_a_quiet_minute_it_is_news_again()
    {
        VrrpRouter router = _world.StartActive(Version2);
        for (int round = 0; round < 2; round++)
        {
            for (int second = 0; second < 4; second++)
            {
                Claim(router);
                _world.Advance(1);
            }
            _world.Advance(61);
        }
        Assert.Equal(2, _world.Conflicts.Count);
    }

    [Fact]
    public void Takeovers_and_failbacks_are_no_conflict()
    {
        VrrpRouter router = _world.StartActive(Version2);
        for (int round = 0; round < 20; round++)
        {
            // The better one comes: its gratuitous ARP overtakes its advertisement.
            Claim(router);
            _world.Hear(router, Higher, 200);
            Assert.Equal(VrrpState.Backup, router.State);
            Claim(router);
            _world.Advance(3);
            Claim(router);
            // And goes; what it has sent before arrives late.
            _world.Hear(router, Higher, 0);
            _world.Advance(router.SkewTime);
            Assert.Equal(VrrpState.Active, router.State);
            Claim(router);
            _world.Advance(1);
        }
        Assert.Empty(_world.Conflicts);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(60)]
    [InlineData(1000)]
    public void Partitions_that_heal_are_no_conflict(int seconds)
    {
        VrrpRouter router = _world.StartActive(Version2);
        for (int round = 0; round < 20; round++)
        {
            // It was master on its side, announces once more, is heard, and stops with our answer.
            Claim(router);
            _world.Hear(router, Lower, 50);
            Claim(router);
            _world.Advance(seconds);
        }
        Assert.Empty(_world.Conflicts);
    }

    [Fact]
    public void Second_master_whose_addresses_are_seen_is_told_of_with_both()
    {
        VrrpRouter router = _world.StartActive(Version2);
        for (int second = 0; second < 10; second++)
        {
            _world.Hear(router, Lower, 50);
            Claim(router);
            _world.Advance(1);
        }
        Assert.Equal([ConflictKind.TwoActive, ConflictKind.AddressClaimed], _world.Conflicts.Select(static c => c.Kind));
    }

    [Fact]
    public void Backup_does_not_care()
    {
        VrrpRouter router = _world.Start(Version2);
        for (int second = 0; second < 20; second++)
        {
            _world.Hear(router, Higher, 200);
            Claim(router);
            Wish(router);
            _world.Advance(1);
        }
        Assert.Empty(_world.Conflicts);
        Assert.True(router.Conflicts.IsEmpty);
    }

    [Fact]
    public void Wish_is_told_of_when_its_grace_is_over_although_it_is_not_repeated()
    {
        VrrpRouter router = _world.StartActive(Version2);
        Wish(router);
        _world.Advance(1.9);
        Assert.Empty(_world.Conflicts);
        _world.Advance(2);
        Assert.Equal(["02:00:00:00:00:fa wants the virtual address 10.9.0.100 for itself although this router is MASTER"], Told);
        _world.Advance(100);
        Assert.Single(_world.Conflicts);
    }

    [Fact]
    public void Wish_of_who_takes_over_is_not_told_of()
    {
        VrrpRouter router = _world.StartActive(Version2);
        for (int round = 0; round < 20; round++)
        {
            Wish(router);
            _world.Hear(router, Higher, 200);
            _world.Advance(1);
            _world.Hear(router, Higher, 0);
            _world.Advance(5);
            Assert.Equal(VrrpState.Active, router.State);
        }
        Assert.Empty(_world.Conflicts);
    }

    [Fact]
    public void Watch_that_is_off_notices_nothing()
    {
        VrrpRouter router = _world.StartActive(Version2);
        router.Watches = false;
        for (int second = 0; second < 10; second++)
        {
            Claim(router);
            Wish(router);
            _world.Hear(router, Lower, 50);
            _world.Hear(router, Lower, 50, Version2 with { VirtualAddresses = [IpAddress.Parse("10.9.0.50")] });
            _world.Advance(1);
        }
        Assert.Empty(_world.Conflicts);
        Assert.True(router.Conflicts.IsEmpty);
    }

    [Fact]
    public void Claims_change_nothing_of_the_protocol_and_make_no_garbage()
    {
        VrrpRouter router = _world.StartActive(Version2);
        for (int second = 0; second < 5; second++)
        {
            Claim(router);
            Wish(router);
            _world.Advance(1);
        }
        Assert.Equal(VrrpState.Active, router.State);
        Assert.DoesNotContain(_world.Effects, static effect => !effect.Contains("advert", StringComparison.Ordinal) && !effect.Contains("announce", StringComparison.Ordinal));
        IpAddress address = VirtualAddress;
        Assert.Equal(0, Allocated.AtLeast(() =>
        {
            for (int i = 0; i < 100; i++)
                router.OnAddressClaimed(address, s_other, i % 2 == 0, _world.Now);
        }));
    }
}
