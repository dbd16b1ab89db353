using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Vrrp;

namespace KeepalivedAot.Daemon.Routers;

// Another configuration, taken up while running.
internal sealed partial class VrrpModule
{
    /// <summary>
    /// Goes over to a configuration that can be run. Instances of the same identity stay the same routers: their state, their running
    /// timers, what they hold. The interfaces must be tracked and known already.
    /// </summary>
    public void Reload(Config.Configuration configuration, Instant now)
    {
        Adopt(configuration, now);
        Instant delayEnded = _startupDelayEnds;
        MoveStartupDelay(configuration.GlobalDefs, now);
        List<VrrpInstance> leaving = [.. _instances];
        List<VrrpInstance> staying = [];
        List<VrrpInstance> added = [];
        List<HeldAddress> former = [];
        foreach (VrrpInstanceBlock block in configuration.VrrpInstances)
        {
            VrrpParameters parameters = ParameterMapping.ToParameters(block);
            VrrpInstance? same = leaving.Find(i => i.Router.Parameters.HasIdentityOf(parameters));
            if (same is null)
            {
                VrrpInstance instance = Add(block);
                added.Add(instance);
                staying.Add(instance);
                continue;
            }
            leaving.Remove(same);
            former.AddRange(same.Reconfigure(block, now));
            if (_startupDelayEnds != delayEnded)
                same.Router.MoveStartupDelay(_startupDelayEnds, now);
            staying.Add(same);
        }
        // Those that leave release their role first, so that a successor on the same address finds it free.
        foreach (VrrpInstance instance in leaving)
        {
            _log.Write(LogLevel.Info, EventIds.ReloadChange, $"({instance.Name}) is not in the new configuration");
            instance.Router.Remove(now);
        }
        _instances = [.. staying];
        Flush(now);
        foreach (VrrpInstance instance in leaving)
            Retire(instance, former);
        foreach (HeldAddress held in former)
            _services.Addresses.Release(held.Slot);

        WriteRecord();
        Duration delay = Duration.Max(_startupDelayEnds - now, Duration.Zero);
        foreach (VrrpInstance instance in added)
        {
            _log.Write(LogLevel.Info, EventIds.ReloadChange, $"({instance.Name}) is new in this configuration");
            instance.Start(delay, now);
        }
        ForgetInterfaces();
        ArmRetry(now);
        Flush(now);
    }

    /// <summary>Drops the interfaces that no instance depends on: those of a former configuration, or of one that was refused.</summary>
    public void ForgetInterfaces() => _interfaces.Retain(at => _instances.Any(i => i.DependsOn(at)));

    private void Retire(VrrpInstance instance, List<HeldAddress> former)
    {
        instance.CloseReceiver();
        instance.Router.Retire();
        former.AddRange(instance.HeldAddresses);
        _byTag[instance.Tag] = null;
    }
}
