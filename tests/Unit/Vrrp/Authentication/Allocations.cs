using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;
using KeepalivedAot.Vrrp.Watch;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Tests.Unit.Vrrp.Authentication;

/// <summary>A router that hears and answers, and must not allocate while it does.</summary>
internal static class Allocations
{
    private const int Rounds = 300;
    private const int WarmUp = 100;

    /// <param name="hear">Makes the datagram of a round, of lower priority, so that each is answered at once.</param>
    public static void AssertNone(VrrpParameters ours, Func<TestWorld, int, byte[]> hear)
    {
        SilentWorld world = new();
        UnixClock clock = new();
        clock.Set(default, TestWorld.Beginning);
        TimerQueue timers = new();
        VrrpRouter router = new(ours, timers, world, new Log(world, LogLevel.Error), clock);
        router.Start(VrrpFaults.None, TestWorld.Local, 1500, Duration.Zero, default);
        Instant now = default(Instant) + router.ActiveDownInterval;
        timers.TryFire(now);
        Assert.Equal(VrrpState.Active, router.State);
        TestWorld records = new();
        byte[][] datagrams = [.. Enumerable.Range(0, Rounds).Select(i => hear(records, i))];
        long before = 0;
        for (int i = 0; i < Rounds; i++)
        {
            if (i == WarmUp)
                before = GC.GetAllocatedBytesForCurrentThread();
            now += Duration.FromMilliseconds(10);
            router.OnDatagram(
                new VrrpDatagram { Bytes = datagrams[i], Source = TestWorld.Lower, Destination = ours.Group, HopLimit = 255 }, now);
        }
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal((ulong)Rounds, router.Counters.AdvertRcvd);
        Assert.Equal((ulong)Rounds + 1, router.Counters.AdvertSent);
        Assert.Equal(0, allocated);
    }

    private sealed class SilentWorld : IVrrpEffects, ILogSink
    {
        public void SendAdvertisement(VrrpRouter router, ReadOnlySpan<byte> datagram, IpAddress source, IpAddress destination)
        {
        }

        public void HoldAddresses(VrrpRouter router, bool held)
        {
        }

        public void Announce(VrrpRouter router, int rounds, AnnounceReason reason)
        {
        }

        public void AnnounceSource(VrrpRouter router, IpAddress source)
        {
        }

        public void OnTransition(VrrpRouter router, in Transition transition)
        {
        }

        public void OnLowerPriorityHeard(VrrpRouter router)
        {
        }

        public void OnConflict(VrrpRouter router, in Conflict conflict)
        {
            // Not what is measured.
        }

        public void OnPriorityChanged(VrrpRouter router)
        {
        }

        public void Write(LogLevel level, int eventId, ReadOnlySpan<byte> line)
        {
        }
    }
}
