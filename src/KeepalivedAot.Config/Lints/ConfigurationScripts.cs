using KeepalivedAot.Config.Tracking;
using KeepalivedAot.Config.Values;
using KeepalivedAot.Config.Vrrp;

namespace KeepalivedAot.Config.Lints;

/// <summary>Finds all scripts of a configuration.</summary>
public static class ConfigurationScripts
{
    /// <summary>In the order of the kinds of blocks, and within a kind of the file.</summary>
    public static IEnumerable<ScriptUse> Of(Configuration configuration)
        => OfGroups(configuration).Concat(OfInstances(configuration)).Concat(OfTrackers(configuration));

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
