using KeepalivedAot.Config.Checkers;
using KeepalivedAot.Config.Global;
using KeepalivedAot.Config.Tracking;
using KeepalivedAot.Config.Values;
using KeepalivedAot.Config.VirtualServers;
using KeepalivedAot.Config.Vrrp;

namespace KeepalivedAot.Config.Lints;

/// <summary>Finds all scripts of a configuration.</summary>
public static class ConfigurationScripts
{
    /// <summary>In the order of the kinds of blocks, and within a kind of the file.</summary>
    public static IEnumerable<ScriptUse> Of(Configuration configuration)
        => OfGlobals(configuration).Concat(OfGroups(configuration)).Concat(OfInstances(configuration)).Concat(OfTrackers(configuration))
            .Concat(OfServices(configuration));

    private static IEnumerable<ScriptUse> OfGlobals(Configuration configuration)
    {
        GlobalDefsBlock globals = configuration.GlobalDefs;
        return Given("",
        [
            ("startup_script", globals.StartupScript), ("shutdown_script", globals.ShutdownScript), ("notify_fifo_script", globals.NotifyFifoScript),
            ("vrrp_notify_fifo_script", globals.VrrpNotifyFifoScript), ("lvs_notify_fifo_script", globals.LvsNotifyFifoScript),
        ]);
    }

    private static IEnumerable<ScriptUse> OfServices(Configuration configuration)
    {
        foreach (VirtualServerBlock service in configuration.VirtualServers)
        {
            foreach (ScriptUse use in Given(service.DisplayName, [("quorum_up", service.QuorumUp), ("quorum_down", service.QuorumDown)]))
                yield return use;
            foreach (RealServerBlock server in service.RealServers)
            {
                foreach (ScriptUse use in Given($"{server.Address}", [("notify_up", server.NotifyUp), ("notify_down", server.NotifyDown)]))
                    yield return use;
                foreach (MiscCheckBlock check in server.MiscChecks ?? [])
                {
                    if (check.Script is not null)
                        yield return ScriptUse.Of($"{server.Address}", "misc_path", check.Script, check.User);
                }
            }
        }
    }

    private static IEnumerable<ScriptUse> OfGroups(Configuration configuration)
    {
        foreach (VrrpSyncGroupBlock group in configuration.VrrpSyncGroups)
        {
            (string, ConfigScript?)[] scripts =
            [
                ("notify_backup", group.NotifyBackup), ("notify_master", group.NotifyMaster), ("notify_fault", group.NotifyFault),
                ("notify_stop", group.NotifyStop), ("notify", group.Notify),
            ];
            foreach (ScriptUse use in Given(group.Name, scripts))
                yield return use;
        }
    }

    private static IEnumerable<ScriptUse> OfInstances(Configuration configuration)
    {
        foreach (VrrpInstanceBlock instance in configuration.VrrpInstances)
        {
            (string, ConfigScript?)[] scripts =
            [
                ("notify_backup", instance.NotifyBackup), ("notify_master", instance.NotifyMaster), ("notify_fault", instance.NotifyFault),
                ("notify_stop", instance.NotifyStop), ("notify_deleted", instance.NotifyDeleted?.Script), ("notify", instance.Notify),
                ("notify_master_rx_lower_pri", instance.NotifyActiveHearsLower),
            ];
            foreach (ScriptUse use in Given(instance.Name, scripts))
                yield return use;
        }
    }

    private static IEnumerable<ScriptUse> OfTrackers(Configuration configuration)
    {
        foreach (VrrpScriptBlock script in configuration.VrrpScripts)
        {
            if (script.Script is not null)
                yield return ScriptUse.Of(script.Name, "script", script.Script, script.User);
        }
    }

    private static IEnumerable<ScriptUse> Given(string owner, (string Keyword, ConfigScript? Script)[] scripts)
    {
        foreach ((string keyword, ConfigScript? script) in scripts)
        {
            if (script is not null)
                yield return ScriptUse.Of(owner, keyword, script);
        }
    }
}
