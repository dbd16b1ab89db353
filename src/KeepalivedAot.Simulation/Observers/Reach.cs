using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Simulation.Hosts;
using KeepalivedAot.Simulation.Network;
using KeepalivedAot.Simulation.Worlds;

namespace KeepalivedAot.Simulation.Observers;

/// <summary>Who can hear whom, and how long what takes at most: what the tolerances of promises are made of.</summary>
internal static class Reach
{
    private const long Million = 1_000_000;

    /// <summary>Something of what one sends arrives at the other.</summary>
    public static bool MayHear(VirtualRouter.Member from, VirtualRouter.Member to) => IsHeard(from, to, out _);

    /// <summary>All of what one sends arrives at the other.</summary>
    public static bool SurelyHears(VirtualRouter.Member from, VirtualRouter.Member to) => IsHeard(from, to, out PathQuality quality) && quality.Loss == 0;

    /// <summary>Those that are MASTER and that it may hear: who stands still says nothing.</summary>
    public static IEnumerable<VirtualRouter.Member> MastersHeardBy(VirtualRouter.Member member)
        => member.Router.Members.Where(other => other.IsMaster && !ReferenceEquals(other, member) && MayHear(other, member));

    /// <summary>The others of its sync group.</summary>
    public static IEnumerable<VirtualRouter.Member> FellowsOf(SimulatedWorld world, VirtualRouter.Member member)
        => member.Running?.Block.SyncGroup is { } group
            ? group.Members.Where(named => named.Name != member.Instance).Select(named => world.FindMember(member.Host, named.Name)).OfType<VirtualRouter.Member>()
            : [];

    /// <summary>What a host takes for so long by its own clock, in true time.</summary>
    public static Duration InTrueTime(SimulatedHost host, Duration byItsClock)
        => host.Clock.Drift == 0 ? byItsClock : Duration.FromNanoseconds((long)((Int128)byItsClock.Nanoseconds * Million / (Million - Math.Abs(host.Clock.Drift)))) + Duration.FromNanoseconds(1);

    /// <summary>From an event to the end of the turn that deals with it.</summary>
    public static Duration Lateness(SimulatedHost host) => host.SlowestWakeup * 2;

    /// <summary>Nobody takes the role of a router of this configuration before it has been silent for so long, unless somebody preempts.</summary>
    public static Duration SurePatience(VrrpInstanceBlock block) => block.AdvertisementInterval * Math.Min((int)block.DownTimerAdverts, 3);

    /// <summary>Active_Down_Interval at most (RFC 9568, 6.1; RFC 3768, 6.1), in true time.</summary>
    public static Duration ActiveDownInterval(VirtualRouter.Member member)
    {
        if (member.Running is not { } running)
            return Duration.Zero;
        Duration interval = running.Block.Version == 2 ? running.Block.AdvertisementInterval : member.Router.LongestInterval;
        return InTrueTime(member.Host, interval * running.Block.DownTimerAdverts + Skew(running.Router.EffectivePriority.Value, running.Block, interval));
    }

    /// <summary>Skew_Time: in VRRPv2 always of one second.</summary>
    public static Duration Skew(int priority, VrrpInstanceBlock block, Duration interval) => (block.Version == 2 ? Duration.FromSeconds(1) : interval) * (256 - priority) / 256;

    /// <summary>By the host's clock: until then the daemon neither hears nor counts (vrrp_startup_delay, vrrp_delay_after_boot).</summary>
    public static Instant DelayedUntil(SimulatedHost host)
    {
        if (host.Configuration?.GlobalDefs is not { } globals)
            return host.StartedAt;
        Instant afterStart = host.StartedAt + globals.StartupDelay;
        Instant afterBoot = default(Instant) + globals.DelayAfterBoot;
        return afterBoot > afterStart ? afterBoot : afterStart;
    }

    /// <summary>What is left of that.</summary>
    public static Duration RemainingDelay(SimulatedHost host) => InTrueTime(host, Duration.Max(DelayedUntil(host) - host.Clock.Now, Duration.Zero));

    private static bool IsHeard(VirtualRouter.Member from, VirtualRouter.Member to, out PathQuality quality)
    {
        quality = PathQuality.Good;
        if (from.Host.State != HostState.Running || to.Host.State != HostState.Running || !from.Host.Kernel.IsUp(from.Port.InterfaceIndex) || !to.Host.Kernel.IsUp(to.Port.InterfaceIndex))
            return false;
        quality = from.Port.Segment!.QualityOf(from.Port, to.Port);
        return !quality.IsCut;
    }
}
