using KeepalivedAot.Base.Logging;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Global;
using KeepalivedAot.Config.Routing;
using KeepalivedAot.Config.Text;
using KeepalivedAot.Config.Tracking;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Daemon.Routers;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Daemon.Loading;

/// <summary>
/// Reads a configuration and checks it against this host: text, blocks, cross checks, then the interfaces that it names. The settings
/// of <c>keepalived-aot.toml</c> are read with it.
/// </summary>
internal sealed class ConfigurationReader(
    string path, string settingsPath, InterfaceTable interfaces, Action takeSnapshot, IConfigFiles files, LoadOptions? loading = null,
    IHostFiles? hostFiles = null)
{
    // Where systemd puts what LoadCredential= and SetCredential= name (systemd.exec(5)).
    private const string CredentialsDirectory = "CREDENTIALS_DIRECTORY";

    // More than any host has; a file that tracks more of them is looked at so far, one that needs more cannot be run.
    private const int MostTrackedInterfaces = 10_000;
    private const int MostInterfaces = 10_000;

    private const int MostSnapshots = 3;

    /// <summary>All findings come out of one run; whether it can be run is for <see cref="LoadResult.CanRun"/> to say.</summary>
    public LoadResult Read(bool isTest) => CheckAgainstHost(Load(isTest), isTest);

    /// <summary>The text and what it means, without a look at the host: no interface, no key, no name.</summary>
    public LoadResult Load(bool isTest) => Load(path, settingsPath, files, loading ?? new LoadOptions(), isTest);

    public static LoadResult Load(string path, string settingsPath, IConfigFiles files, LoadOptions loading, bool isTest)
        => WithSettings(ConfigurationLoader.Load(path, files, loading with { IsConfigTest = isTest }), settingsPath, files);

    /// <summary>The same in steps; at the end comes <see cref="WithSettings(LoadResult)"/>.</summary>
    public ConfigurationLoading BeginLoad() => new(path, files, loading ?? new LoadOptions());

    /// <summary>With what <c>keepalived-aot.toml</c> says, if it is there.</summary>
    public LoadResult WithSettings(LoadResult result) => WithSettings(result, settingsPath, files);

    private static LoadResult WithSettings(LoadResult result, string settingsPath, IConfigFiles files)
        => files.Inspect(settingsPath) == ConfigFileKind.Missing ? result : result.WithSettings(settingsPath, files);

    /// <summary>The rest, in the network namespace that the configuration is for.</summary>
    /// <returns>The same.</returns>
    public LoadResult CheckAgainstHost(LoadResult result, bool isTest)
    {
        new KeyFiles(hostFiles ?? new HostFiles(), files.GetVariable(CredentialsDirectory)).Run(result.Configuration, result.Diagnostics);
        MailChecks.Run(result.Configuration, result.Settings, result.Diagnostics, files, hostFiles ?? new HostFiles());
        List<(string Name, SourceSpan Where)> named = NamedInterfaces(result.Configuration);
        if (FindTooManyInterfaces(result.Configuration, named) is { } tooMany)
        {
            result.Diagnostics.Report(DiagnosticCatalogue.LimitReached, tooMany, $"the configuration names more than {MostInterfaces} interfaces");
            return result;
        }
        HashSet<NetworkInterface> added = [];
        foreach ((string name, _) in named)
            Track(name, added);
        foreach ((string name, _) in ListedInterfaces(result.Configuration).Concat(Vrfs(result.Configuration)))
            Track(name, added);
        foreach (OwnDevice device in OwnDevices(result.Configuration))
            Track(device.Name, added);
        foreach ((_, TrackedInterface line) in TrackedInterfaces(result.Configuration))
            Track(line.Name, added);
        if (added.Count > 0 || !interfaces.IsComplete)
            TakeSnapshot();
        // Where the kernel could not tell, an interface may well be there.
        bool isKnown = interfaces is { IsComplete: true, IsStale: false };
        if (isKnown && result.Configuration.GlobalDefs.DynamicInterfaces == DynamicInterfaces.No)
        {
            HashSet<string> made = [.. OwnDevices(result.Configuration).Select(static device => device.Name)];
            CheckMissing(named.Where(named => !made.Contains(named.Name)), DiagnosticCatalogue.UnknownInterface, added, result.Diagnostics);
            CheckMissing(ListedInterfaces(result.Configuration), DiagnosticCatalogue.UnusedInterfaceMissing, added, result.Diagnostics);
            CheckTrackedInterfaces(result, isTest, added);
        }
        if (isKnown)
            CheckVrfs(result, added);
        CheckLoopback(result);
        CheckMulticast(result);
        foreach (VrrpInstanceBlock block in result.Configuration.VrrpInstances)
            LimitAddresses(block, result.Diagnostics);
        return result;
    }

    // One that the kernel's tables change under, or that it has no memory for, may be read the next time.
    private void TakeSnapshot()
    {
        takeSnapshot();
        for (int attempt = 1; attempt < MostSnapshots && interfaces.IsStale; attempt++)
            takeSnapshot();
    }

    /// <summary>Each finding as log lines: place, code and message first, as programs look for it, then the source line.</summary>
    public static void Log(LoadResult result, Log log)
    {
        DiagnosticRenderer renderer = new(result.Sources);
        foreach (Diagnostic diagnostic in result.Diagnostics)
        {
            LogLevel level = diagnostic.Severity switch
            {
                Severity.Error => LogLevel.Error,
                Severity.Warning => LogLevel.Warning,
                _ => LogLevel.Info,
            };
            foreach (string line in renderer.Render(diagnostic).Split('\n', StringSplitOptions.RemoveEmptyEntries))
                log.Write(level, EventIds.ConfigurationFinding, $"{line}");
        }
    }

    /// <summary>All interfaces that a configuration names. One that is away is waited for, however long.</summary>
    public static HashSet<string> NamesIn(Configuration configuration)
        => [.. NamedInterfaces(configuration).Concat(ListedInterfaces(configuration)).Concat(Vrfs(configuration)).Select(static named => named.Name),
            .. TrackedInterfaces(configuration).Select(static tracked => tracked.Line.Name)];

    private static IEnumerable<OwnDevice> OwnDevices(Configuration configuration)
        => configuration.VrrpInstances.SelectMany(static block => block.OwnDevices);

    // Without any of these keepalived does not start, unless they may come later.
    private static List<(string Name, SourceSpan Where)> NamedInterfaces(Configuration configuration)
    {
        List<(string Name, SourceSpan Where)> named = new(2 * configuration.VrrpInstances.Count);
        foreach (VrrpInstanceBlock block in configuration.VrrpInstances)
        {
            if (block.Interface is not null)
                named.Add((block.Interface, block.Spans.Interface));
            AddAddresses(block.VirtualAddresses, named);
            if (block.HasExcludedAddresses)
                AddAddresses(block.ExcludedAddresses, named);
            if (block.HasVirtualRoutes || block.HasVirtualRules)
                AddRouting(block.VirtualRoutes, block.VirtualRules, named);
        }
        foreach (StaticAddress address in configuration.StaticAddresses)
        {
            if (address.Device is not null)
                named.Add((address.Device, address.Spans.Device));
        }
        AddRouting(configuration.StaticRoutes, configuration.StaticRules, named);
        foreach (GarpGroupBlock group in configuration.GarpGroups)
        {
            if (group.Interface is not null)
                named.Add((group.Interface, group.Spans.Interface));
            // Longer ones no kernel has.
            foreach (ConfigName member in group.Interfaces)
            {
                if (KernelName.TryParse(member.Name, out _))
                    named.Add((member.Name, member.Span));
            }
        }
        return named;
    }

    private static void AddAddresses(List<VirtualAddress> addresses, List<(string Name, SourceSpan Where)> named)
    {
        foreach (VirtualAddress address in addresses)
        {
            if (address.Device is not null)
                named.Add((address.Device, address.Spans.Device));
        }
    }

    private static void AddRouting(IEnumerable<Route> routes, IEnumerable<Rule> rules, List<(string Name, SourceSpan Where)> named)
    {
        foreach (Route route in routes)
        {
            if (route.Device is not null)
                named.Add((route.Device, route.DeviceSpan));
            foreach (Nexthop way in route.Nexthops?.Ways ?? [])
            {
                if (way.Device is not null)
                    named.Add((way.Device, way.Spans.Device));
            }
        }
        foreach (Rule rule in rules)
            named.AddRange(rule.Interfaces);
    }

    private static IEnumerable<(string Name, SourceSpan Where)> Vrfs(Configuration configuration)
        => configuration.VrrpInstances.Where(static block => block.HasVirtualRoutes).SelectMany(static block => block.VirtualRoutes).Concat<Route>(configuration.StaticRoutes)
            .Where(static route => route.Vrf is not null).Select(static route => (route.Vrf!, route.VrfSpan));

    // Lines about what is not there change nothing.
    private static IEnumerable<(string Name, SourceSpan Where)> ListedInterfaces(Configuration configuration)
        => configuration.LinkbeatInterfaces.Select(static line => (line.Interface, line.Spans.Interface))
            .Concat(configuration.InterfaceDelays.Select(static line => (line.Interface, line.Spans.Interface)));

    // Each costs much more than its line.
    private static SourceSpan? FindTooManyInterfaces(Configuration configuration, List<(string Name, SourceSpan Where)> named)
    {
        HashSet<string> names = [];
        foreach ((string name, SourceSpan where) in named)
        {
            if (names.Add(name) && names.Count > MostInterfaces)
                return where;
        }
        foreach ((string name, SourceSpan where) in ListedInterfaces(configuration).Concat(Vrfs(configuration)))
        {
            if (names.Add(name) && names.Count > MostInterfaces)
                return where;
        }
        foreach (VrrpInstanceBlock block in configuration.VrrpInstances)
        {
            foreach (OwnDevice device in block.OwnDevices)
            {
                if (names.Add(device.Name) && names.Count > MostInterfaces)
                    return block.Spans.Block;
            }
        }
        return null;
    }

    private void Track(string? name, HashSet<NetworkInterface> added)
    {
        if (name is null)
            return;
        NetworkInterface tracked = interfaces.Track(name, out bool isNew);
        if (isNew)
            added.Add(tracked);
    }

    // What does not fit one advertisement of this interface is held, but not advertised.
    private void LimitAddresses(VrrpInstanceBlock block, DiagnosticBag diagnostics)
    {
        if (block.Interface is { } name && interfaces.Track(name, out _) is { Exists: true } at)
        {
            block.LimitAdvertisedAddresses(
                VrrpWriter.MaxAddresses((VrrpVersion)block.Version, block.Family, at.Link.Mtu, ParameterMapping.AuthenticationLength(block)), diagnostics);
        }
    }

    private static IEnumerable<(string Owner, TrackedInterface Line)> TrackedInterfaces(Configuration configuration)
        => configuration.VrrpInstances.Where(static instance => instance.TracksInterfaces).SelectMany(static instance => instance.TrackedInterfaces.Select(line => (instance.Name, line)))
            .Concat(configuration.VrrpSyncGroups.SelectMany(static group => group.TrackedInterfaces.Select(line => (group.Name, line))))
            .Take(MostTrackedInterfaces);

    // A config test of keepalived's goes on, and ends with another status than a start, which does not.
    private void CheckTrackedInterfaces(LoadResult result, bool isTest, HashSet<NetworkInterface> added)
    {
        foreach ((string owner, TrackedInterface line) in TrackedInterfaces(result.Configuration))
        {
            NetworkInterface tracked = interfaces.Track(line.Name, out _);
            if (!tracked.Exists && (isTest || added.Contains(tracked)))
            {
                result.Diagnostics.Report(
                    isTest ? DiagnosticCatalogue.TrackedInterfaceMissing : DiagnosticCatalogue.UnknownInterface, line.Spans.Name,
                    $"({owner}) tracked interface {line.Name} doesn't exist");
            }
        }
    }

    // One that the running configuration names may be away for a while; it was there once, and is waited for.
    private void CheckMissing(
        IEnumerable<(string Name, SourceSpan Where)> named, DiagnosticKind kind, HashSet<NetworkInterface> added, DiagnosticBag diagnostics)
    {
        foreach ((string name, SourceSpan where) in named)
        {
            if (interfaces.Track(name, out _) is { Exists: false } missing && added.Contains(missing))
                diagnostics.Report(kind, where, $"interface {name} does not exist on this host");
        }
    }

    private void CheckVrfs(LoadResult result, HashSet<NetworkInterface> added)
    {
        foreach ((string name, SourceSpan where) in Vrfs(result.Configuration))
        {
            NetworkInterface vrf = interfaces.Track(name, out _);
            if (vrf.Link.VrfTable == 0 && added.Contains(vrf))
                result.Diagnostics.Report(DiagnosticCatalogue.VrfMissing, where, $"VRF {name} not found for route");
        }
    }

    private void CheckLoopback(LoadResult result)
    {
        foreach (VrrpInstanceBlock block in result.Configuration.VrrpInstances)
        {
            if (block.Interface is { } name && interfaces.Track(name, out _) is { Exists: true } at && (at.Link.Flags & LinkFlags.Loopback) != 0)
            {
                result.Diagnostics.Report(
                    DiagnosticCatalogue.LoopbackInterface, block.Spans.Interface, $"({block.Name}) cannot use a loopback interface ({name}) for vrrp");
            }
        }
    }

    private void CheckMulticast(LoadResult result)
    {
        foreach (VrrpInstanceBlock block in result.Configuration.VrrpInstances)
        {
            if (!block.IsUnicast && block.Interface is { } name && interfaces.Track(name, out _) is { Exists: true } at && (at.Link.Flags & (LinkFlags.Multicast | LinkFlags.Loopback)) == 0)
            {
                result.Diagnostics.Report(
                    DiagnosticCatalogue.NoMulticast, block.Spans.Interface, $"({block.Name}) interface {name} does not support multicast, specify unicast peers - disabling",
                    $"run 'ip link set dev {name} multicast on' if it can, or write 'unicast_peer'");
            }
        }
    }
}
