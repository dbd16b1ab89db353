using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Planning;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Daemon.Routers;

// Another configuration, taken up while running.
internal sealed partial class VrrpModule
{
    /// <summary>
    /// Goes over to a configuration that can be run. Instances of the same identity stay the same routers: their state, their running
    /// timers, what they hold. The interfaces must be tracked and known already.
    /// </summary>
    /// <param name="plan">From the configuration that this module has taken up last.</param>
    public void Reload(Config.Configuration configuration, ReloadPlan plan, Instant now)
    {
        Recorder?.Reload(now);
        Adopt(configuration, now);
        Instant delayEnded = _startupDelayEnds;
        MoveStartupDelay(configuration.GlobalDefs, now);
        bool[] stays = new bool[_instances.Length];
        List<(VrrpInstanceBlock Block, VrrpInstance Instance)> all = [];
        List<VrrpInstance> added = [];
        List<HeldAddress> formerAddresses = [];
        List<HeldRoutingLine> formerLines = [];
        StaticObject[] formerStatic = AdoptStatic(configuration);
        AdoptDevices(configuration, recorded: null);
        for (int place = 0; place < configuration.VrrpInstances.Count; place++)
        {
            VrrpInstanceBlock block = configuration.VrrpInstances[place];
            int former = plan.Matched[place];
            if (former >= 0)
            {
                stays[former] = true;
                all.Add((block, _instances[former]));
                continue;
            }
            VrrpInstance another = Add(block);
            added.Add(another);
            all.Add((block, another));
        }
        VrrpInstance[] leaving = [.. _instances.Where((_, place) => !stays[place])];
        // First the groups: a fault that comes or goes with the new configuration is the business of the new ones.
        Regroup(configuration, all);
        List<(VrrpInstance Instance, HeldAddress[] Former)> changed = [];
        for (int place = 0; place < all.Count; place++)
        {
            (VrrpInstanceBlock block, VrrpInstance instance) = all[place];
            if (ReferenceEquals(instance.Block, block))
                continue;
            if (plan.IsUntouched(place))
            {
                instance.Keep(block);
                continue;
            }
            if (instance.Name != block.Name)
                instance.Router.Log.Write(LogLevel.Info, EventIds.ReloadChange, $"({instance.Name}) is called {block.Name} in the new configuration");
            formerLines.AddRange(instance.RoutingLines);
            changed.Add((instance, instance.Attach(block)));
        }
        // Those that leave release their role first, so that a successor on the same address finds it free.
        foreach (VrrpInstance instance in leaving)
        {
            if (added.Find(other => other.Name == instance.Name) is { } successor)
                LogIdentityChange(instance, successor);
            else
                instance.Router.Log.Write(LogLevel.Info, EventIds.ReloadChange, $"({instance.Name}) is not in the new configuration");
            instance.Router.Remove(now);
            instance.LeaveDevices();
        }
        _kept.OnReconfigured();
        _instances = [.. all.Select(static pair => pair.Instance)];
        // A crash within the flush must find on record what it adds, and what it has not removed yet.
        WriteRecord();
        MakeDevices();
        foreach ((VrrpInstance instance, HeldAddress[] held) in changed)
        {
            instance.Reconfigure(held, now);
            formerAddresses.AddRange(held);
        }
        ReportWhatWasHeard(now);
        if (_startupDelayEnds != delayEnded)
        {
            foreach (VrrpInstance instance in _instances.Except(added))
                instance.Router.MoveStartupDelay(_startupDelayEnds, now);
        }
        Flush(now, mostRemovedLinks: 0);
        foreach (VrrpInstance instance in leaving)
        {
            Retire(instance, formerAddresses);
            formerLines.AddRange(instance.RoutingLines);
        }
        foreach (HeldAddress held in formerAddresses)
        {
            _services.Addresses.Release(held.Slot);
            _services.Firewall.Release(held.Dropped);
        }
        foreach (HeldRoutingLine held in formerLines)
            _services.Routing.Release(held.Slot);
        Release(formerStatic);
        ObserveRouting();
        _services.Firewall.LogChoice(configuration.GlobalDefs);
        WriteRecord();
        Duration delay = Duration.Max(_startupDelayEnds - now, Duration.Zero);
        foreach (VrrpInstance instance in added)
            instance.Prepare(now);
        foreach (SyncGroup group in _groups)
            group.Group.Continue();
        foreach (VrrpInstance instance in added)
        {
            if (!Array.Exists(leaving, other => other.Name == instance.Name))
                instance.Router.Log.Write(LogLevel.Info, EventIds.ReloadChange, $"({instance.Name}) is new in this configuration");
            instance.Start(delay, now);
        }
        foreach (SyncGroup group in _groups)
            group.Group.Resume(now);
        foreach (VrrpInstance instance in _instances)
            instance.Router.LeaveFaultOfGroup(now);
        ForgetInterfaces();
        AdoptLinks(configuration, now);
        _services.Trackers.ForgetUnused();
        AdoptTracking(configuration);
        _services.Roles.Lay(_instances);
        MakeRoom();
        ArmRetry(now);
        Flush(now, mostRemovedLinks: 0);
    }

    // The name stays, but to others it is another router.
    private static void LogIdentityChange(VrrpInstance former, VrrpInstance next)
    {
        string what = RouterIdentity.Of(former.Block).DifferenceTo(RouterIdentity.Of(next.Block)) ?? "place";
        former.Router.Log.Write(LogLevel.Info, EventIds.ReloadChange, $"({former.Name}) has another {what} in the new configuration: it leaves its role, and starts as a new router");
    }

    // A group of the same name goes on from what was told of it last.
    private void Regroup(Config.Configuration configuration, List<(VrrpInstanceBlock Block, VrrpInstance Instance)> all)
    {
        List<SyncGroup> before = _groups;
        foreach (SyncGroup group in before)
            group.Group.SetMembers([]);
        _groups = SyncGroup.Make(configuration, all, _services);
        foreach (SyncGroup group in _groups)
        {
            group.Group.HoldRecoveries();
            if (before.Find(former => former.Name == group.Name) is { } former)
                group.Inherit(former);
        }
    }

    /// <summary>Drops the interfaces that nothing depends on: those of a former configuration, or of one that was refused.</summary>
    public void ForgetInterfaces()
        => _interfaces.Retain(at => _names.Contains(at.Name) || _instances.Any(i => i.DependsOn(at)) || IsNeeded(at) || _services.Links.Uses(at));

    private void Retire(VrrpInstance instance, List<HeldAddress> former)
    {
        instance.RolePlace = -1;
        instance.CloseReceiver();
        _services.Trackers.Leave(instance);
        instance.Router.Retire();
        former.AddRange(instance.HeldAddresses);
        _services.Neighbours.OnConfigurationChanged();
        _byTag[instance.Tag] = null;
        _freeTagCount++;
    }
}
