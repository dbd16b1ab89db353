using KeepalivedAot.Config.Checkers;
using KeepalivedAot.Config.Global;
using KeepalivedAot.Config.Toml;
using KeepalivedAot.Config.Tracking;
using KeepalivedAot.Config.Values;
using KeepalivedAot.Config.VirtualServers;
using KeepalivedAot.Config.Vrrp;

namespace KeepalivedAot.Config.Lints;

/// <summary>Finds all scripts of a configuration.</summary>
public static class ConfigurationScripts
{
    /// <summary>In the order of the kinds of blocks, and within a kind of the file.</summary>
    public static List<ScriptUse> Of(Configuration configuration)
    {
        List<ScriptUse> uses = [];
        AddOfGlobals(uses, configuration.GlobalDefs);
        foreach (VrrpSyncGroupBlock group in configuration.VrrpSyncGroups)
            AddOf(uses, group);
        foreach (VrrpInstanceBlock instance in configuration.VrrpInstances)
            AddOf(uses, instance);
        foreach (VrrpScriptBlock script in configuration.VrrpScripts)
        {
            if (script.Script is not null)
                uses.Add(ScriptUse.Of(script.Name, "script", script.Script, script.User));
        }
        foreach (VirtualServerBlock service in configuration.VirtualServers)
            AddOf(uses, service);
        return uses;
    }

    /// <summary>With that of <c>keepalived-aot.toml</c>, behind the others.</summary>
    public static List<ScriptUse> Of(Configuration configuration, Settings settings)
    {
        List<ScriptUse> uses = Of(configuration);
        Add(uses, "", "watch.notify", settings.Watch.Notify);
        return uses;
    }

    private static void AddOfGlobals(List<ScriptUse> uses, GlobalDefsBlock globals)
    {
        Add(uses, "", "startup_script", globals.StartupScript);
        Add(uses, "", "shutdown_script", globals.ShutdownScript);
        Add(uses, "", "notify_fifo_script", globals.NotifyFifoScript);
        Add(uses, "", "vrrp_notify_fifo_script", globals.VrrpNotifyFifoScript);
        Add(uses, "", "lvs_notify_fifo_script", globals.LvsNotifyFifoScript);
    }

    private static void AddOf(List<ScriptUse> uses, VrrpSyncGroupBlock group)
    {
        Add(uses, group.Name, "notify_backup", group.NotifyBackup);
        Add(uses, group.Name, "notify_master", group.NotifyMaster);
        Add(uses, group.Name, "notify_fault", group.NotifyFault);
        Add(uses, group.Name, "notify_stop", group.NotifyStop);
        Add(uses, group.Name, "notify", group.Notify);
    }

    private static void AddOf(List<ScriptUse> uses, VrrpInstanceBlock instance)
    {
        Add(uses, instance.Name, "notify_backup", instance.NotifyBackup);
        Add(uses, instance.Name, "notify_master", instance.NotifyMaster);
        Add(uses, instance.Name, "notify_fault", instance.NotifyFault);
        Add(uses, instance.Name, "notify_stop", instance.NotifyStop);
        Add(uses, instance.Name, "notify_deleted", instance.NotifyDeleted?.Script);
        Add(uses, instance.Name, "notify", instance.Notify);
        Add(uses, instance.Name, "notify_master_rx_lower_pri", instance.NotifyActiveHearsLower);
    }

    // There may be tens of thousands of servers, of which few have scripts: only for those a name is put together.
    private static void AddOf(List<ScriptUse> uses, VirtualServerBlock service)
    {
        if (service.QuorumUp is not null || service.QuorumDown is not null)
        {
            string name = service.DisplayName;
            Add(uses, name, "quorum_up", service.QuorumUp);
            Add(uses, name, "quorum_down", service.QuorumDown);
        }
        foreach (RealServerBlock server in service.RealServers)
        {
            if (!server.HasScripts)
                continue;
            string name = $"{server.Address}";
            Add(uses, name, "notify_up", server.NotifyUp);
            Add(uses, name, "notify_down", server.NotifyDown);
            foreach (MiscCheckBlock check in server.MiscChecks ?? [])
            {
                if (check.Script is not null)
                    uses.Add(ScriptUse.Of(name, "misc_path", check.Script, check.User));
            }
        }
    }

    private static void Add(List<ScriptUse> uses, string owner, string keyword, ConfigScript? script)
    {
        if (script is not null)
            uses.Add(ScriptUse.Of(owner, keyword, script));
    }
}
