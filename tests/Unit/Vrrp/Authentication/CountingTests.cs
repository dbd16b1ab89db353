using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Authentication;

namespace KeepalivedAot.Tests.Unit.Vrrp.Authentication;

/// <summary>The numbers that tell a new advertisement from a recorded one.</summary>
public class CountingTests
{
    private static readonly IpAddress[] s_senders = [.. Enumerable.Range(1, 10).Select(static i => IpAddress.Parse($"10.9.0.{i}"))];

    [Fact]
    public void Sequence_begins_with_1_and_goes_on_from_what_was_heard()
    {
        SequenceCounter counter = new();
        Assert.Equal(1u, counter.Next());
        Assert.Equal(2u, counter.Next());
        Assert.False(counter.TryAccept(2));
        Assert.False(counter.TryAccept(0));
        Assert.True(counter.TryAccept(1000));
        Assert.False(counter.TryAccept(1000));
        Assert.Equal(1001u, counter.Next());
        counter.Skip();
        Assert.Equal(1003u, counter.Next());
    }

    [Fact]
    public void Sequence_at_its_end_stands_still_until_the_router_is_active_again()
    {
        SequenceCounter counter = new();
        Assert.True(counter.TryAccept(SequenceCounter.LastNumber));
        Assert.Equal(0xFFFFFFFEu, counter.Next());
        Assert.False(counter.IsCycled);
        Assert.Equal(0xFFFFFFFEu, counter.Next());
        Assert.True(counter.IsCycled);
        counter.OnBecomingActive();
        Assert.False(counter.IsCycled);
        Assert.Equal(1u, counter.Next());
        counter.OnBecomingActive();
        Assert.Equal(2u, counter.Next());
    }

    [Fact]
    public void Sequence_of_a_backup_that_follows_somebody_does_not_start_again()
    {
        SequenceCounter counter = new();
        Assert.True(counter.TryAccept(0xFFFFFFFE));
        counter.Next();
        Assert.True(counter.IsCycled);
        counter.OnFollowed();
        counter.OnBecomingActive();
        Assert.Equal(0xFFFFFFFEu, counter.Value);
    }

    [Fact]
    public void Replay_of_each_sender_is_judged_by_its_own_numbers()
    {
        ReplayGuard guard = new();
        guard.SetPeers([]);
        Assert.True(guard.TryAccept(s_senders[0], 100, null));
        Assert.True(guard.TryAccept(s_senders[1], 50, null));
        Assert.False(guard.TryAccept(s_senders[0], 100, null));
        Assert.False(guard.TryAccept(s_senders[0], 99, null));
        Assert.True(guard.TryAccept(s_senders[0], 101, null));
        Assert.False(guard.TryAccept(s_senders[1], 50, null));
    }

    [Fact]
    public void Replay_of_four_senders_is_remembered_and_the_fifth_takes_the_quietest_ones_place()
    {
        ReplayGuard guard = new();
        guard.SetPeers([]);
        for (int i = 0; i < ReplayGuard.SharedPlaces; i++)
            Assert.True(guard.TryAccept(s_senders[i], 100, null));
        Assert.True(guard.TryAccept(s_senders[0], 101, null));
        Assert.True(guard.TryAccept(s_senders[4], 100, null));
        Assert.False(guard.TryAccept(s_senders[0], 101, null));
        Assert.False(guard.TryAccept(s_senders[2], 100, null));
        Assert.False(guard.TryAccept(s_senders[3], 100, null));
        Assert.True(guard.TryAccept(s_senders[1], 100, null));
    }

    [Fact]
    public void Replay_of_a_peer_is_remembered_however_many_others_there_are()
    {
        ReplayGuard guard = new();
        guard.SetPeers([new UnicastPeer(s_senders[0]), new UnicastPeer(s_senders[1])]);
        Assert.True(guard.TryAccept(s_senders[0], 100, null));
        Assert.True(guard.TryAccept(s_senders[1], 200, null));
        for (int i = 2; i < 10; i++)
            Assert.True(guard.TryAccept(s_senders[i], 300, null));
        Assert.False(guard.TryAccept(s_senders[0], 100, null));
        Assert.False(guard.TryAccept(s_senders[1], 200, null));
    }

    [Fact]
    public void Replay_is_remembered_over_a_reload_of_the_peers()
    {
        ReplayGuard guard = new();
        guard.SetPeers([new UnicastPeer(s_senders[0])]);
        Assert.True(guard.TryAccept(s_senders[0], 100, null));
        Assert.True(guard.TryAccept(s_senders[1], 200, null));
        guard.SetPeers([new UnicastPeer(s_senders[1]), new UnicastPeer(s_senders[2])]);
        Assert.False(guard.TryAccept(s_senders[0], 100, null));
        Assert.False(guard.TryAccept(s_senders[1], 200, null));
        Assert.True(guard.TryAccept(s_senders[2], 1, null));
    }

    [Fact]
    public void Replay_numbers_are_compared_across_their_wrap()
    {
        ReplayGuard guard = new();
        guard.SetPeers([]);
        Assert.True(guard.TryAccept(s_senders[0], ulong.MaxValue, null));
        Assert.True(guard.TryAccept(s_senders[0], 3, null));
        Assert.False(guard.TryAccept(s_senders[0], ulong.MaxValue, null));
    }

    [Fact]
    public void Replay_mark_of_a_future_that_cannot_be_is_forgotten()
    {
        ReplayGuard guard = new();
        guard.SetPeers([]);
        Assert.True(guard.TryAccept(s_senders[0], 5000, null));
        Assert.False(guard.TryAccept(s_senders[0], 100, 5000));
        Assert.True(guard.TryAccept(s_senders[0], 100, 4999));
        Assert.False(guard.TryAccept(s_senders[0], 100, 4999));
    }

    [Fact]
    public void Stamps_are_the_time_and_always_grow()
    {
        TrailerStamps stamps = new();
        UnixTime now = UnixTime.FromSeconds(1000) + Duration.FromMilliseconds(500);
        Assert.Equal(1000ul << 32 | 0x8000ul << 16, stamps.Next(now, 5));
        Assert.Equal(1000ul << 32 | 0x8000ul << 16 | 1, stamps.Next(now, 5));
        Assert.Equal(1001ul << 32 | 0x8000ul << 16, stamps.Next(now + Duration.FromSeconds(1), 5));
    }

    [Fact]
    public void Stamps_outrun_a_clock_that_was_put_back_a_little_and_follow_one_that_was_wrong()
    {
        TrailerStamps stamps = new();
        ulong last = stamps.Next(UnixTime.FromSeconds(1000), 5);
        Assert.Equal(last + 1, stamps.Next(UnixTime.FromSeconds(996), 5));
        Assert.Equal(900ul << 32, stamps.Next(UnixTime.FromSeconds(900), 5));
        TrailerStamps monotonic = new();
        last = monotonic.Next(UnixTime.FromSeconds(1000), 0);
        Assert.Equal(last + 1, monotonic.Next(UnixTime.FromSeconds(900), 0));
    }

    // 2038 and 2106.
    [Theory]
    [InlineData(0x80000000L)]
    [InlineData(0x1_00000005L)]
    public void Stamps_go_on_when_the_seconds_do_not_fit(long seconds)
    {
        TrailerStamps stamps = new();
        ulong before = stamps.Next(UnixTime.FromSeconds(seconds - 10), 5);
        ulong after = stamps.Next(UnixTime.FromSeconds(seconds), 5);
        Assert.True(ReplayGuard.IsAfter(after, before));
        Assert.Equal((ulong)(uint)seconds << 32, after);
    }
}
