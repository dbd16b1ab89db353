using KeepalivedAot.Base.Time;
using KeepalivedAot.Simulation.Hosts;
using KeepalivedAot.Simulation.Worlds;

namespace KeepalivedAot.Simulation.Observers;

/// <summary>A healthy router that hears no MASTER is one itself after its Active_Down_Interval (RFC 9568, 6.4.2, (375) to (400)).</summary>
/// <remarks>
/// Added are what may be under way still, two wake-ups and what is left of a startup delay. A member of a sync group is promised it when all others of
/// its group hear none either, and then after the longest of their intervals (keepalived's rule: all or none).
/// </remarks>
internal sealed class SomeMaster(SimulatedWorld world) : StandingPromise(world)
{
    protected override string? Look(VirtualRouter.Member member)
    {
        if (!IsAlone(member))
            return null;
        foreach (VirtualRouter.Member fellow in Reach.FellowsOf(World, member))
        {
            if (!fellow.IsMaster && !IsAlone(fellow))
                return null;
        }
        return $"nobody is MASTER of {member.Host.Name}";
    }

    protected override Duration BoundOf(VirtualRouter.Member member)
    {
        Duration longest = Bound(member);
        foreach (VirtualRouter.Member fellow in Reach.FellowsOf(World, member))
            longest = Duration.Max(longest, Bound(fellow));
        return longest;
    }

    // Of the whole host, so for a member's fellows, too.
    protected override Duration DelayOf(VirtualRouter.Member member) => Reach.RemainingDelay(member.Host);

    private static Duration Bound(VirtualRouter.Member member)
        => Reach.ActiveDownInterval(member) + member.Port.Segment!.Slowest + Reach.Lateness(member.Host) * 2;

    private static bool IsAlone(VirtualRouter.Member member)
        => member.Now.State == RouterState.Backup && member.Host.State == HostState.Running && member.Running is not null && !Reach.MastersHeardBy(member).Any();
}
