using KeepalivedAot.Daemon.Routers;
using KeepalivedAot.Simulation.Hosts;
using KeepalivedAot.Simulation.Network;
using KeepalivedAot.Simulation.Worlds;
using KeepalivedAot.Tracking;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Simulation.Observers;

/// <summary>
/// The effective priority is the configured one and the sum of what is tracked, 1 to 254, and that is what is advertised; an owner's is 255 (RFC 9568, 6.1; vrrp.md, 10).
/// </summary>
/// <remarks>Looked at where it counts: with each change of it, and in each advertisement. A router in FAULT has none that anybody sees.</remarks>
internal sealed class PriorityDefinition : Promise, ISimulationObserver
{
    // A file below this is a fault, and above the other it says no more (vrrp.md, 10).
    private const int LowestOfFile = -254;
    private const int HighestOfFile = 253;

    private readonly Dictionary<(SimulatedHost Host, TrackerId Thing), TrackerReading> _readings = [];

    // By member; 0: to be found anew.
    private readonly int[] _known;

    public PriorityDefinition(SimulatedWorld world)
        : base(world) => _known = new int[world.Members.Count];

    void ISimulationObserver.OnReported(SimulatedHost host, TrackerId thing, TrackerReading reading)
    {
        _readings[(host, thing)] = reading;
        Forget(host);
    }

    void ISimulationObserver.OnCarrier(SimulatedHost host, Port port) => Forget(host);

    void ISimulationObserver.OnReloaded(SimulatedHost host) => Forget(host);

    void ISimulationObserver.OnHostChanged(SimulatedHost host, HostState state)
    {
        Forget(host);
        if (state != HostState.Down)
            return;
        // The next daemon has yet to find out.
        foreach ((SimulatedHost Host, TrackerId Thing) key in _readings.Keys.Where(key => ReferenceEquals(key.Host, host)).ToArray())
            _readings.Remove(key);
    }

    void ISimulationObserver.OnTransition(SimulatedHost host, string instance, in Transition transition, Priority priority)
    {
        if (transition.To is VrrpState.Backup or VrrpState.Active)
            Compare(host, instance, priority);
    }

    void ISimulationObserver.OnPriority(SimulatedHost host, string instance, Priority priority, string? because) => Compare(host, instance, priority);

    void ISimulationObserver.OnSent(SimulatedHost host, Port port, Packet packet)
    {
        if (SeenAdvertisement.TryRead(packet, out SeenAdvertisement seen) && seen.Priority != 0 && seen.MemberAt(port) is { } member)
            Compare(member, seen.Priority, "advertises");
    }

    private void Compare(SimulatedHost host, string instance, Priority priority)
    {
        if (World.FindMember(host, instance) is { } member)
            Compare(member, priority.Value, "has");
    }

    private void Compare(VirtualRouter.Member member, byte priority, string verb)
    {
        Looks++;
        if (member.Running is not { } running || member.Host.Kernel.HasInput)
            return;
        int expected = _known[member.Number];
        if (expected == 0)
            _known[member.Number] = expected = Define(member, running);
        if (priority == expected || (expected == Priority.Owner.Value && priority == Priority.HighestBackup.Value && HasTwoOwners(member.Router)))
            return;
        Break(member, Now, $"{verb} priority {priority}; base and trackers make {expected}");
    }

    private int Define(VirtualRouter.Member member, VrrpInstance running)
    {
        int sum = running.Block.Priority;
        if (sum == Priority.Owner.Value)
            return sum;
        HashSet<TrackerId> counted = [];
        foreach (TrackedLine line in TrackedLine.Of(running.Block))
        {
            if (counted.Add(line.Id))
                sum += Contribution(member, line);
        }
        return Math.Clamp(sum, 1, Priority.HighestBackup.Value);
    }

    private int Contribution(VirtualRouter.Member member, TrackedLine line)
    {
        int weight = line.Weight.Value;
        if (weight == 0)
            return 0;
        bool isGood;
        if (line.Id.Kind == TrackerKind.Interface)
        {
            // Its own counts as a fault, not by weight.
            if (line.Id.Name == member.Router.Segment)
                return 0;
            isGood = member.Host.Kernel.FindLink(line.Id.Name) is { IsUp: true };
        }
        else if (!_readings.TryGetValue((member.Host, line.Id), out TrackerReading reading))
        {
            return 0;
        }
        else if (reading.Condition == TrackerCondition.Number)
        {
            long product = (long)reading.Value * weight * (line.Weight.IsReversed ? -1 : 1);
            return product <= LowestOfFile ? 0 : (int)Math.Min(product, HighestOfFile);
        }
        else
        {
            isGood = reading.Condition == TrackerCondition.Good;
        }
        int adjustment = weight > 0 ? (isGood ? weight : 0) : isGood ? 0 : weight;
        return line.Weight.IsReversed ? -adjustment : adjustment;
    }

    // keepalived has one of two owners go on with 254.
    private static bool HasTwoOwners(VirtualRouter router) => router.Members.Count(static member => member.Running?.Block.Priority == Priority.Owner.Value) > 1;

    private void Forget(SimulatedHost host)
    {
        foreach (VirtualRouter.Member member in World.MembersOf(host))
            _known[member.Number] = 0;
    }
}
