using KeepalivedAot.Base.Time;
using KeepalivedAot.Simulation.Worlds;

namespace KeepalivedAot.Simulation.Observers;

/// <summary>At most one router of a VRID is MASTER among those that hear each other: whoever hears a better one yields (RFC 9568, 6.4.3, (725) to (755)).</summary>
/// <remarks>
/// A MASTER advertises at the latest an Advertisement_Interval after its last advertisement; this, the way and the two wake-ups are how long a
/// worse one may stay beside it. That is less than the Active_Down_Interval.
/// </remarks>
internal sealed class SingleMaster(SimulatedWorld world) : StandingPromise(world)
{
    protected override string? Look(VirtualRouter.Member member)
    {
        if (!member.IsMaster || member.Running is not { } own || own.Block.OwnerIgnoreAdverts)
            return null;
        foreach (VirtualRouter.Member other in member.Router.Members)
        {
            if (ReferenceEquals(other, member) || !other.IsMaster || other.Running is not { } better)
                continue;
            int order = better.Router.EffectivePriority.CompareTo(own.Router.EffectivePriority);
            if (order == 0)
                order = better.Router.LocalAddress.CompareTo(own.Router.LocalAddress);
            // Two hosts with one address: nobody is better, and nobody yields.
            if (order == 0)
                order = other.Number.CompareTo(member.Number);
            if (order > 0 && Reach.SurelyHears(other, member))
                return $"{string.Join(" and ", member.Router.Members.Where(it => it == member || it == other).Select(static it => it.Host.Name))} are MASTER at once";
        }
        return null;
    }

    protected override Duration BoundOf(VirtualRouter.Member member)
    {
        Duration bound = Duration.Zero;
        foreach (VirtualRouter.Member other in member.Router.Members)
        {
            if (other.IsMaster && other.Running is { } running)
                bound = Duration.Max(bound, Reach.InTrueTime(other.Host, running.Block.AdvertisementInterval) + Reach.Lateness(other.Host) * 2);
        }
        return bound + member.Port.Segment!.Slowest + Reach.Lateness(member.Host);
    }
}
