using KeepalivedAot.Simulation.Hosts;
using KeepalivedAot.Simulation.Worlds;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Simulation.Observers;

/// <summary>Members of a sync group are all MASTER, or none is, and with the fault of one none is more than in FAULT: at the end of each turn (keepalived's rule; vrrp.md, 11).</summary>
internal sealed class GroupsTogether : Promise, ISimulationObserver
{
    private readonly HashSet<SimulatedHost> _touched = [];

    public GroupsTogether(SimulatedWorld world)
        : base(world)
    {
    }

    void ISimulationObserver.OnTransition(SimulatedHost host, string instance, in Transition transition, Priority priority)
    {
        if (host.Configuration is { VrrpSyncGroups.Count: > 0 })
            _touched.Add(host);
    }

    void ISimulationObserver.OnTurn(SimulatedHost host)
    {
        if (_touched.Count == 0 || !_touched.Remove(host))
            return;
        foreach (Config.Vrrp.VrrpSyncGroupBlock group in host.Configuration?.VrrpSyncGroups ?? [])
            Compare(host, group);
    }

    private void Compare(SimulatedHost host, Config.Vrrp.VrrpSyncGroupBlock group)
    {
        Looks++;
        VirtualRouter.Member[] members = [.. group.Members.Select(named => World.FindMember(host, named.Name)).OfType<VirtualRouter.Member>()];
        bool AreAny(RouterState state) => Array.Exists(members, member => member.Now.State == state);

        bool isMixed = AreAny(RouterState.Master) && !Array.TrueForAll(members, static member => member.IsMaster);
        bool isFaulty = AreAny(RouterState.Fault) && AreAny(RouterState.Backup);
        if (isMixed || isFaulty)
            Break(members[0], Now, $"members of {group.Name} are {string.Join(", ", members.Select(static member => $"{member.Instance} {member.Now.State}"))}");
    }
}
