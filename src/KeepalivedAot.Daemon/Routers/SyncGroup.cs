using KeepalivedAot.Config;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Mail;
using KeepalivedAot.Vrrp.Fsm;
using KeepalivedAot.Vrrp.Groups;

namespace KeepalivedAot.Daemon.Routers;

/// <summary>One <c>vrrp_sync_group</c> at work: the core's group, and who is told of it.</summary>
internal sealed class SyncGroup : IVrrpGroupEffects
{
    private readonly VrrpServices _services;
    private readonly bool _mails;
    private AlertState? _lastMailed;

    public SyncGroup(VrrpSyncGroupBlock block, VrrpServices services)
    {
        _services = services;
        _mails = block.SmtpAlert;
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

    /// <summary>Takes the place of a group of a former configuration: of its state others have been told, by mail too.</summary>
    public void Inherit(SyncGroup former)
    {
        Group.Inherit(former.Group.State);
        _lastMailed = former._lastMailed;
    }

    void IVrrpGroupEffects.OnGroupState(VrrpGroup group, VrrpState state)
    {
        _services.Journal.OnGroupState(Name, state);
        _services.GroupObserver?.OnGroupState(Name, state);
        _services.Alerts.OnGroupState(Name, AlertOf(state), _mails, ref _lastMailed);
    }

    private static AlertState AlertOf(VrrpState state) => state switch
    {
        VrrpState.Active => AlertState.Active,
        VrrpState.Backup => AlertState.Backup,
        VrrpState.Initialize => AlertState.Stop,
        _ => AlertState.Fault,
    };
}
