using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Lints;
using KeepalivedAot.Config.Toml;
using KeepalivedAot.Config.Values;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Daemon.Loading;

namespace KeepalivedAot.Daemon.Checks;

/// <summary>Lints that only this host can answer: its scripts, users and interfaces (KA094x). For <c>check --host</c>.</summary>
internal static class HostLints
{
    /// <param name="interfaces">Has had its snapshot, and tracks what the configuration names (<see cref="ConfigurationReader"/>).</param>
    public static void Run(Configuration configuration, Settings settings, DiagnosticBag diagnostics, IHostFiles files, InterfaceTable interfaces)
    {
        HostAddressLints.Run(configuration, diagnostics, interfaces);
        ConfigUser? user = configuration.GlobalDefs.ScriptUser;
        new ScriptFileLints(files, diagnostics, user?.User, user?.Group).Run(ConfigurationScripts.Of(configuration, settings));
    }
}
