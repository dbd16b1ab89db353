using KeepalivedAot.Base.Time;
using KeepalivedAot.Simulation.Hosts;
using KeepalivedAot.Simulation.Worlds;

namespace KeepalivedAot.Simulation.Observers;

/// <summary>A router that preempts does not stay BACKUP below a lower priority (RFC 9568, 6.1, Preempt_Mode, and 6.4.2, (435) to (450)).</summary>
/// <remarks>
/// keepalived's preempt_delay begins with the first advertisement of the lower one, while it lasts those are accepted, and then an Active_Down_Interval runs
/// out. In a sync group it holds when each member is above whom it hears.
/// </remarks>
internal sealed class HighestPriorityLeads(SimulatedWorld world) : StandingPromise(world)
{
    protected override string? Look(VirtualRouter.Member member)
    {
        VirtualRouter.Member? lower = null;
        if (!Outranks(member, ref lower) || lower is null)
            return null;
        VirtualRouter.Member? ofFellow = null;
        foreach (VirtualRouter.Member fellow in Reach.FellowsOf(World, member))
        {
            if (!fellow.IsMaster && !Outranks(fellow, ref ofFellow))
                return null;
        }
        return $"{member.Host.Name} is BACKUP of {lower.Host.Name}, whose priority is lower";
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
    {
        Duration delay = member.Running is { Block.PreemptDelay: var configured } && configured > Duration.Zero
            ? Reach.InTrueTime(member.Host, configured + member.Router.LongestInterval * 2) : Duration.Zero;
        return delay + Reach.ActiveDownInterval(member) + member.Port.Segment!.Slowest * 2 + Reach.Lateness(member.Host) * 4;
    }

    // Above everybody whom it hears as MASTER, and it hears all that they say.
    private static bool Outranks(VirtualRouter.Member member, ref VirtualRouter.Member? lower)
    {
        if (member.Now.State != RouterState.Backup || member.Host.State != HostState.Running || member.Running is not { Block.PreemptMode: true } own)
            return false;
        foreach (VirtualRouter.Member master in Reach.MastersHeardBy(member))
        {
            if (master.Running is not { } other || other.Router.EffectivePriority >= own.Router.EffectivePriority || !Reach.SurelyHears(master, member))
                return false;
            lower = master;
        }
        return true;
    }
}
