using KeepalivedAot.Base.Time;
using KeepalivedAot.Simulation.Hosts;
using KeepalivedAot.Simulation.Network;
using KeepalivedAot.Simulation.Worlds;
using KeepalivedAot.Tracking;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Simulation.Observers;

/// <summary>Where nothing happens nobody changes his state: an election has an end, and its result stays (RFC 9568, 6.1: Active_Down_Interval is longer than what passes between advertisements).</summary>
/// <remarks>
/// After the last disturbance somebody takes over, whoever is above him preempts, and the others yield: the sum of the bounds of the promises that
/// say so. Ways that lose packets, or change their delay by more than a Backup waits beyond an interval, are not quiet.
/// </remarks>
internal sealed class QuietNetwork(SimulatedWorld world) : Promise(world), ISimulationObserver
{
    private Instant _disturbedAt;

    void ISimulationObserver.OnDisturbed() => _disturbedAt = Now;

    void ISimulationObserver.OnHostChanged(SimulatedHost host, HostState state) => _disturbedAt = Now;

    void ISimulationObserver.OnReported(SimulatedHost host, TrackerId thing, TrackerReading reading) => _disturbedAt = Now;

    void ISimulationObserver.OnPath(Segment segment) => _disturbedAt = Now;

    void ISimulationObserver.OnCarrier(SimulatedHost host, Port port) => _disturbedAt = Now;

    void ISimulationObserver.OnReloaded(SimulatedHost host) => _disturbedAt = Now;

    void ISimulationObserver.OnTransition(SimulatedHost host, string instance, in Transition transition, Priority priority)
    {
        if (transition.To == VrrpState.Initialize || World.FindMember(host, instance) is not { } member)
            return;
        Looks++;
        Duration settles = Duration.Zero;
        foreach (VirtualRouter router in member.Router.Kin)
        {
            if (!IsQuiet(router))
                return;
            settles = Duration.Max(settles, Settles(router));
        }
        if (Now - _disturbedAt > settles)
            Break(member, Now, $"{transition.From} to {transition.To} ({transition.Reason}), {Seconds(Now - _disturbedAt)} after anything happened; allowed are {Seconds(settles)}");
    }

    private static Duration Settles(VirtualRouter router)
    {
        Duration wait = Duration.Zero;
        Duration late = Duration.Zero;
        Duration delay = Duration.Zero;
        foreach (VirtualRouter.Member member in router.Members)
        {
            if (member.Running is not { } running)
                continue;
            wait = Duration.Max(wait, Reach.ActiveDownInterval(member));
            late = Duration.Max(late, Reach.Lateness(member.Host));
            delay = Duration.Max(delay, running.Block.PreemptDelay + Duration.Max(Reach.DelayedUntil(member.Host) - member.Host.StartedAt, Duration.Zero));
        }
        Duration slowest = router.Members[0].Port.Segment!.Slowest;
        // Taken over, preempted after its delay (and once more, where a group waits for its last member), yielded.
        return (delay + wait * 4 + router.LongestInterval * 3 + (slowest + late * 2) * 6) * 1001 / 1000;
    }

    private static bool IsQuiet(VirtualRouter router)
    {
        Segment segment = router.Members[0].Port.Segment!;
        Duration spread = Duration.Zero;
        foreach (VirtualRouter.Member from in router.Members)
        {
            spread = Duration.Max(spread, Reach.Lateness(from.Host) * 2);
            foreach (VirtualRouter.Member to in router.Members)
            {
                if (ReferenceEquals(from, to))
                    continue;
                PathQuality quality = segment.QualityOf(from.Port, to.Port);
                if (quality.Loss > 0 || quality.Reordering > 0 || quality.Jitter > Duration.Zero)
                    return false;
            }
        }
        foreach (VirtualRouter.Member member in router.Members)
        {
            if (member.Running is { } running && running.Block.AdvertisementInterval * (running.Block.DownTimerAdverts - 1)
                + Reach.Skew(running.Router.EffectivePriority.Value, running.Block, running.Block.AdvertisementInterval) <= spread)
            {
                return false;
            }
        }
        return true;
    }
}
