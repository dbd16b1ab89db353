using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;
using KeepalivedAot.Vrrp.Watch;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Tests.Unit.Vrrp.Fsm;

/// <summary>After construction neither time nor packets make garbage, log lines included.</summary>
public class VrrpRouterAllocationTests
{
    private const int Intervals = 2000;

    [Theory]
    [InlineData(VrrpVersion.V2, false)]
    [InlineData(VrrpVersion.V3, false)]
    [InlineData(VrrpVersion.V3, true)]
    public void Active_router_allocates_nothing(VrrpVersion version, bool unicast)
    {
        Silence world = new();
        VrrpRouter router = world.Start(Parameters(version, unicast));
        byte[] lower = Datagram.Of(router.Parameters, TestWorld.Lower, 50);
        byte[] wrong = Datagram.Of(router.Parameters, TestWorld.Lower, 50);
        wrong[26] ^= 1;
        world.Advance(Duration.FromSeconds(4));
        Run(world, router, lower, wrong, TestWorld.Lower, 100);
        Assert.Equal(VrrpState.Active, router.State);

        Assert.Equal(0, Allocated.AtLeast(() => Run(world, router, lower, wrong, TestWorld.Lower, Intervals)));
        Assert.True(router.Counters.AdvertSent > Intervals);
        Assert.True(world.Lines > Intervals);
    }

    [Theory]
    [InlineData(VrrpVersion.V2)]
    [InlineData(VrrpVersion.V3)]
    public void Backup_router_allocates_nothing(VrrpVersion version)
    {
        Silence world = new();
        VrrpRouter router = world.Start(Parameters(version, unicast: false));
        VrrpParameters sender = version == VrrpVersion.V3
            ? router.Parameters with { AdvertisementInterval = Duration.FromSeconds(2) } : router.Parameters;
        byte[] higher = Datagram.Of(sender, TestWorld.Higher, 200);
        byte[] wrong = Datagram.Of(router.Parameters, TestWorld.Lower, 50);
        wrong[26] ^= 1;
        Hear(world, router, higher, TestWorld.Higher);
        Run(world, router, higher, wrong, TestWorld.Higher, 100);

        Assert.Equal(0, Allocated.AtLeast(() => Run(world, router, higher, wrong, TestWorld.Higher, Intervals)));
        Assert.Equal(VrrpState.Backup, router.State);
        Assert.True(router.Counters.AdvertRcvd > Intervals);
    }

    [Fact]
    public void Changes_of_state_allocate_nothing()
    {
        Silence world = new();
        VrrpRouter router = world.Start(Parameters(VrrpVersion.V2, unicast: false));
        byte[] higher = Datagram.Of(router.Parameters, TestWorld.Higher, 200);
        Flap(world, router, higher, 10);
        Assert.Equal(0, Allocated.AtLeast(() => Flap(world, router, higher, 100)));
        Assert.True(router.Counters.BecomeMaster > 100);
    }

    private static VrrpParameters Parameters(VrrpVersion version, bool unicast) => TestWorld.Version2 with
    {
        Version = version,
        UnicastPeers = unicast ? [new UnicastPeer(TestWorld.Lower, 1, 255), new UnicastPeer(TestWorld.Higher)] : [],
        Announcements = new AnnouncementSchedule { Refresh = Duration.FromSeconds(1) },
    };

    private static void Run(Silence world, VrrpRouter router, byte[] good, byte[] wrong, IpAddress from, int intervals)
    {
        for (int i = 0; i < intervals; i++)
        {
            Hear(world, router, wrong, TestWorld.Lower);
            Hear(world, router, good, from);
            world.Advance(Duration.FromSeconds(1));
        }
    }

    private static void Flap(Silence world, VrrpRouter router, byte[] higher, int times)
    {
        for (int i = 0; i < times; i++)
        {
            world.Advance(Duration.FromSeconds(4));
            Hear(world, router, higher, TestWorld.Higher);
            router.SetFault(VrrpFaults.InterfaceDown, true, world.Now);
            router.SetFault(VrrpFaults.InterfaceDown, false, world.Now);
            router.SetPriorityAdjustment(i % 2, world.Now);
        }
    }

    private static void Hear(Silence world, VrrpRouter router, byte[] bytes, IpAddress from)
        => router.OnDatagram(
            new VrrpDatagram
            {
                Bytes = bytes,
                Source = from,
                Destination = router.Parameters.IsUnicast ? router.LocalAddress : router.Parameters.Group,
                HopLimit = 255,
            },
            world.Now);

    /// <summary>A world that only counts, so that what is measured is the router.</summary>
    private sealed class Silence : IVrrpEffects, ILogSink
    {
        private readonly TimerQueue _timers = new();

        public Instant Now { get; private set; }

        public int Lines { get; private set; }

        public VrrpRouter Start(VrrpParameters parameters)
        {
            VrrpRouter router = new(parameters, _timers, this, new Log(this, LogLevel.ExtraDetail));
            router.Start(VrrpFaults.None, TestWorld.Local, 1500, Duration.Zero, Now);
            return router;
        }

        public void Advance(Duration duration)
        {
            Instant end = Now + duration;
            while (_timers.TryPeek(out Instant deadline) && deadline <= end)
            {
                if (deadline > Now)
                    Now = deadline;
                _timers.TryFire(Now);
            }
            Now = end;
        }

        public void SendAdvertisement(VrrpRouter router, ReadOnlySpan<byte> datagram, IpAddress source, IpAddress destination) { }
        public void HoldAddresses(VrrpRouter router, bool held) { }
        public void Announce(VrrpRouter router, int rounds, AnnounceReason reason) { }
        public void AnnounceSource(VrrpRouter router, IpAddress source) { }
        public void OnTransition(VrrpRouter router, in Transition transition) { }
        public void OnLowerPriorityHeard(VrrpRouter router) { }
        public void OnConflict(VrrpRouter router, in Conflict conflict) { }

        public void OnPriorityChanged(VrrpRouter router) { }
        public void Write(LogLevel level, int eventId, ReadOnlySpan<byte> line) => Lines++;
    }
}
