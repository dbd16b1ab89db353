using KeepalivedAot.Base.Time;
using KeepalivedAot.Simulation.Hosts;
using KeepalivedAot.Simulation.Network;
using KeepalivedAot.Simulation.Worlds;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Simulation.Observers;

/// <summary>Something that must not be so of a member for longer than a bound, counted anew from whatever is done to its virtual router.</summary>
/// <remarks>It looks at the virtual routers that an event is about, and at those that sync groups join to them, and at no other.</remarks>
internal abstract class StandingPromise : Promise, ISimulationObserver
{
    private readonly (string What, Instant Since, Duration Delay, Duration Bound)?[] _wrong;
    private readonly Dictionary<string, List<VirtualRouter>> _bySegment = [];

    protected StandingPromise(SimulatedWorld world)
        : base(world)
    {
        _wrong = new (string, Instant, Duration, Duration)?[world.Members.Count];
        foreach (VirtualRouter router in world.Routers)
        {
            if (!_bySegment.TryGetValue(router.Segment, out List<VirtualRouter>? routers))
                _bySegment.Add(router.Segment, routers = []);
            routers.Add(router);
        }
    }

    public override void End()
    {
        foreach (VirtualRouter.Member member in World.Members)
            Judge(member);
    }

    /// <summary>Null: all is well.</summary>
    protected abstract string? Look(VirtualRouter.Member member);

    /// <summary>For how long it may be so, with ways and wake-ups as slow as they are now.</summary>
    protected abstract Duration BoundOf(VirtualRouter.Member member);

    /// <summary>What is left of a startup delay and the like, counted when it began to be wrong.</summary>
    protected virtual Duration DelayOf(VirtualRouter.Member member) => Duration.Zero;

    void ISimulationObserver.OnTransition(SimulatedHost host, string instance, in Transition transition, Priority priority)
    {
        if (World.FindMember(host, instance) is { } member)
            Touch(member.Router, isDisturbed: false);
    }

    void ISimulationObserver.OnPriority(SimulatedHost host, string instance, Priority priority, string? because)
    {
        if (World.FindMember(host, instance) is { } member)
            Touch(member.Router, isDisturbed: true);
    }

    void ISimulationObserver.OnHostChanged(SimulatedHost host, HostState state) => TouchAll(host);

    void ISimulationObserver.OnReloaded(SimulatedHost host) => TouchAll(host);

    void ISimulationObserver.OnCarrier(SimulatedHost host, Port port)
    {
        foreach (VirtualRouter.Member member in World.MembersOf(host))
        {
            if (ReferenceEquals(member.Port, port))
                Touch(member.Router, isDisturbed: true);
        }
    }

    void ISimulationObserver.OnPath(Segment segment)
    {
        foreach (VirtualRouter router in _bySegment.GetValueOrDefault(segment.Name, []))
            Touch(router, isDisturbed: true);
    }

    private void TouchAll(SimulatedHost host)
    {
        foreach (VirtualRouter.Member member in World.MembersOf(host))
            Touch(member.Router, isDisturbed: true);
    }

    private void Touch(VirtualRouter touched, bool isDisturbed)
    {
        foreach (VirtualRouter router in touched.Kin)
        {
            foreach (VirtualRouter.Member member in router.Members)
                Examine(member, isDisturbed);
        }
    }

    private void Examine(VirtualRouter.Member member, bool isDisturbed)
    {
        Looks++;
        string? wrong = Look(member);
        ref (string What, Instant Since, Duration Delay, Duration Bound)? standing = ref _wrong[member.Number];
        if (standing is { } before && (isDisturbed || before.What != wrong))
            Judge(member);
        if (wrong is null)
            standing = null;
        else
            standing ??= (wrong, Now, DelayOf(member), BoundOf(member));
    }

    private void Judge(VirtualRouter.Member member)
    {
        if (_wrong[member.Number] is not { } wrong)
            return;
        _wrong[member.Number] = null;
        if (Now - wrong.Since <= wrong.Delay + wrong.Bound)
            return;
        // Ways and wake-ups may have become slower meanwhile.
        Duration bound = wrong.Delay + Duration.Max(wrong.Bound, BoundOf(member));
        if (Now - wrong.Since > bound)
            Break(member.Router, wrong.Since, $"{wrong.What} for {Seconds(Now - wrong.Since)}, allowed are {Seconds(bound)}");
    }
}
