using KeepalivedAot.Config;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Vrrp.Fsm;
using KeepalivedAot.Vrrp.Groups;

namespace KeepalivedAot.Daemon.Routers;

/// <summary>One <c>vrrp_sync_group</c> at work: the core's group, and who is told of it.</summary>
internal sealed class SyncGroup : IVrrpGroupEffects
{
    private readonly VrrpServices _services;

    public SyncGroup(VrrpSyncGroupBlock block, VrrpServices services)
    {
        _services = services;
        Group = new VrrpGroup(block.Name, this, services.Log);
    }

    public VrrpGroup Group { get; }

    public string Name => Group.Name;

    /// <summary>The groups of a configuration, each with its members among these instances. A block is the one that an instance has, or gets.</summary>
    /// <remarks>Members are named; the configuration has dropped those that do not exist or are in another group already.</remarks>
    public static List<SyncGroup> Make(Configuration configuration, IEnumerable<(VrrpInstanceBlock Block, VrrpInstance Instance)> instances, VrrpServices services)
    {
        if (configuration.VrrpSyncGroups.Count == 0)
            return [];
        Dictionary<string, VrrpInstance> byName = instances.ToDictionary(static pair => pair.Block.Name, static pair => pair.Instance);
        List<SyncGroup> groups = [];
        foreach (VrrpSyncGroupBlock block in configuration.VrrpSyncGroups)
        {
            SyncGroup group = new(block, services);
            group.Group.SetMembers(block.Members.Select(member => byName[member.Name].Router));
            groups.Add(group);
        }
        return groups;
    }

    void IVrrpGroupEffects.OnGroupState(VrrpGroup group, VrrpState state) => _services.GroupObserver?.OnGroupState(Name, state);
}
