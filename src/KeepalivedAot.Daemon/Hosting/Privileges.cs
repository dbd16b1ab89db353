using KeepalivedAot.Base;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Global;
using KeepalivedAot.Config.Lints;
using KeepalivedAot.Config.Values;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Daemon.Loading;
using KeepalivedAot.Daemon.Options;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Namespaces;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.Daemon.Hosting;

/// <summary>The rights of the process: what a configuration needs is named when it is missing, and what nothing needs is given up.</summary>
internal static class Privileges
{
    // Beside CAP_NET_ADMIN and CAP_NET_RAW: a metrics port below 1024; real-time priority, locked memory and limits, which a reload may ask for; scripts of
    // other users and their end; files, FIFOs and sockets that belong to others, or are to; processes of others where /proc hides them (hidepid).
    private static readonly Capabilities s_used = Capabilities.Of(
        Capability.NetAdmin, Capability.NetRaw, Capability.NetBindService, Capability.SysNice, Capability.IpcLock, Capability.SysResource,
        Capability.Setuid, Capability.Setgid, Capability.Kill, Capability.Chown, Capability.Fowner, Capability.DacOverride, Capability.DacReadSearch,
        Capability.SysPtrace);

    private static readonly Capability[] s_ofScripts = [Capability.Setuid, Capability.Setgid, Capability.Kill];

    /// <param name="Name">As everybody writes it: CAP_NET_RAW.</param>
    /// <param name="Use">What cannot be done without it.</param>
    /// <param name="IsVital">A router without it would be worse than none.</param>
    private readonly record struct Need(Capability Capability, string Name, string Use, bool IsVital);

    /// <summary>Logs each right that the configuration needs and the process has not got, with what it is for and how to grant it.</summary>
    /// <returns>False when one of them is vital: a MASTER that cannot have its addresses would keep those from it who can.</returns>
    public static bool Check(DaemonOptions options, Configuration configuration, Log log)
    {
        Errno error = Capabilities.TryRead(out Capabilities own);
        if (error != Errno.None)
        {
            log.Write(LogLevel.Warning, EventIds.Privileges, $"Cannot read own capabilities - {new ErrnoText(error)}");
            return true;
        }
        List<Need> needs = NeedsOf(options, configuration);
        // Full capabilities say nothing then.
        if (needs.Exists(static need => need.IsVital) && NetworkNamespace.IsOthers)
        {
            log.Write(LogLevel.Error, EventIds.Privileges,
                "The network belongs to another user namespace than this process, so CAP_NET_RAW and CAP_NET_ADMIN count for nothing in it (a rootless container in the network of its host?). Start it as root of the host, or give it a network of its own"u8);
            return false;
        }
        if (needs.TrueForAll(need => own.Has(need.Capability)) && Array.TrueForAll(s_ofScripts, own.Has))
            return true;
        // setcap is told of all at once, so these count even where they are not missing.
        AddNeedsOfScripts(needs, configuration);
        bool hasAll = true;
        foreach (Need need in needs.Where(need => !own.Has(need.Capability)))
        {
            log.Write(need.IsVital ? LogLevel.Error : LogLevel.Warning, EventIds.Privileges, $"{need.Name} is missing: {need.Use}. {HowToGrant(need, needs)}");
            hasAll &= !need.IsVital;
        }
        return hasAll;
    }

    /// <summary>
    /// From now on the thread has no more than the daemon uses. Scripts lose nothing: a program that root starts gets root's rights from the kernel, and
    /// where it would not (<see cref="Capabilities.RootProgramsHaveAll"/>) everything is left as it is.
    /// </summary>
    public static void Reduce(DaemonIdentity identity, Log log)
    {
        if (!Capabilities.RootProgramsHaveAll)
            return;
        Capabilities kept = identity.UsesOwnDirectory ? new(s_used.Effective | Capabilities.Of(Capability.SysAdmin).Effective) : s_used;
        Errno error = Capabilities.Limit(kept);
        if (error != Errno.None)
            log.Write(LogLevel.Warning, EventIds.Privileges, $"Cannot give up capabilities - {new ErrnoText(error)}");
        else
            OfFinalizers.Limit(kept);
    }

    // Capabilities are a thread's, and the runtime has one for finalizers: there they are given up with the first collection (MemoryTrim), and what this
    // thread was allowed to do that one is allowed, too.
    private sealed class OfFinalizers
    {
        private readonly Capabilities _kept;

        private OfFinalizers(Capabilities kept) => _kept = kept;

        ~OfFinalizers() => Invariant.Require(Capabilities.Limit(_kept) == Errno.None, "rights can always be given up");

        public static void Limit(Capabilities kept) => _ = new OfFinalizers(kept);
    }

    private static List<Need> NeedsOf(DaemonOptions options, Configuration configuration)
    {
        List<Need> needs = [];
        GlobalDefsBlock globals = configuration.GlobalDefs;
        if ((options.Modules & DaemonModules.Vrrp) != 0 && configuration.VrrpInstances.Count > 0)
        {
            needs.Add(new Need(Capability.NetRaw, "CAP_NET_RAW", "VRRP packets and gratuitous ARP cannot be sent or received", IsVital: true));
            bool isVital = configuration.VrrpInstances.Exists(PutsIntoTheKernel)
                || configuration.StaticAddresses.Count + configuration.StaticRoutes.Count + configuration.StaticRules.Count > 0;
            needs.Add(new Need(Capability.NetAdmin, "CAP_NET_ADMIN", "addresses, routes, rules and interfaces cannot be set", isVital));
        }
        if (globals.VrrpRealTimePriority is not null || globals.VrrpPriority < 0 || globals.MaxAutoPriority > 0)
            needs.Add(new Need(Capability.SysNice, "CAP_SYS_NICE", "vrrp_rt_priority, vrrp_priority and max_auto_priority have no effect", IsVital: false));
        if (globals.VrrpNoSwap)
            needs.Add(new Need(Capability.IpcLock, "CAP_IPC_LOCK", "vrrp_no_swap has no effect beyond the limit of locked memory", IsVital: false));
        return needs;
    }

    private static void AddNeedsOfScripts(List<Need> needs, Configuration configuration)
    {
        ConfigUser? usual = configuration.GlobalDefs.ScriptUser;
        ScriptPrograms programs = new(new HostFiles(), usual?.User, usual?.Group);
        ScriptUse? other = ConfigurationScripts.Of(configuration).Find(script => IsOfAnotherUser(script, programs));
        if (other is null)
            return;
        needs.Add(new Need(Capability.Setuid, "CAP_SETUID", $"scripts of other users cannot be run ({other.Title})", IsVital: false));
        needs.Add(new Need(Capability.Setgid, "CAP_SETGID", $"scripts of other users cannot be run ({other.Title})", IsVital: false));
        needs.Add(new Need(Capability.Kill, "CAP_KILL", $"scripts of other users that take too long cannot be ended ({other.Title})", IsVital: false));
    }

    private static bool IsOfAnotherUser(ScriptUse script, ScriptPrograms programs)
        => (script.User ?? programs.DefaultUser) is { } user && programs.Accounts.Resolve(user, null, out _) is { } account && account.UserId != SystemInfo.Self.User;

    private static bool PutsIntoTheKernel(VrrpInstanceBlock instance)
        => instance.VirtualAddresses.Count > 0 || instance.HasExcludedAddresses || instance.HasVirtualRoutes || instance.HasVirtualRules
            || instance.UseVmac is not null || instance.UseIpvlan is not null;

    // setcap forgets what it was told before, so it is told of all at once.
    private static string HowToGrant(Need need, List<Need> needs)
        => Capabilities.CanBeGiven(need.Capability)
            ? $"Start it as root, or grant it: setcap {string.Join(',', needs.Select(static one => one.Name.ToLowerInvariant()))}+ep {Environment.ProcessPath}"
            : $"Whoever started this has taken it away. Grant it: --cap-add={need.Name["CAP_".Length..]} (container), CapabilityBoundingSet={need.Name} (systemd, with User= AmbientCapabilities= too)";
}
