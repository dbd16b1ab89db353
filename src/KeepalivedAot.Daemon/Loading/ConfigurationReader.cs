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

    // More than any host has; a file that names more of them is looked at so far.
    private const int MostTrackedInterfaces = 10_000;

    /// <summary>All findings come out of one run; whether it can be run is for <see cref="LoadResult.CanRun"/> to say.</summary>
    public LoadResult Read(bool isTest)
    {
        LoadResult result = ConfigurationLoader.Load(path, files, (loading ?? new LoadOptions()) with { IsConfigTest = isTest });
        if (files.Inspect(settingsPath) != ConfigFileKind.Missing)
            result = result.WithSettings(settingsPath, files);
        new KeyFiles(hostFiles ?? new HostFiles(), files.GetVariable(CredentialsDirectory)).Run(result.Configuration, result.Diagnostics);
        MailChecks.Run(result.Configuration, result.Settings, result.Diagnostics, files, hostFiles ?? new HostFiles());
        HashSet<NetworkInterface> added = TrackInterfaces(result.Configuration);
        foreach ((_, TrackedInterface line) in TrackedInterfaces(result.Configuration))
            Track(line.Name, added);
        if (added.Count > 0 || !interfaces.IsComplete)
            takeSnapshot();
        if (result.Configuration.GlobalDefs.DynamicInterfaces == DynamicInterfaces.No)
        {
            foreach (VrrpInstanceBlock block in result.Configuration.VrrpInstances)
                CheckInterfaces(block, added, result.Diagnostics);
        }
        if (result.Configuration.GlobalDefs.DynamicInterfaces == DynamicInterfaces.No)
            CheckTrackedInterfaces(result, isTest, added);
        foreach (VrrpInstanceBlock block in result.Configuration.VrrpInstances)
            LimitAddresses(block, result.Diagnostics);
        return result;
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

    /// <returns>Those that were not tracked before.</returns>
    private HashSet<NetworkInterface> TrackInterfaces(Configuration configuration)
    {
        HashSet<NetworkInterface> added = [];
        foreach (VrrpInstanceBlock block in configuration.VrrpInstances)
        {
            Track(block.Interface, added);
            TrackAddresses(block.VirtualAddresses, added);
            if (block.HasExcludedAddresses)
                TrackAddresses(block.ExcludedAddresses, added);
            if (block.HasVirtualRoutes)
                TrackRoutes(block.VirtualRoutes, added);
        }
        foreach (StaticAddress address in configuration.StaticAddresses)
            Track(address.Device, added);
        TrackRoutes(configuration.StaticRoutes, added);
        return added;
    }

    private void TrackAddresses(List<VirtualAddress> addresses, HashSet<NetworkInterface> added)
    {
        foreach (VirtualAddress address in addresses)
            Track(address.Device, added);
    }

    private void TrackRoutes(IEnumerable<Route> routes, HashSet<NetworkInterface> added)
    {
        foreach (Route route in routes)
        {
            Track(route.Device, added);
            foreach (Nexthop way in route.Nexthops?.Ways ?? [])
                Track(way.Device, added);
        }
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
    private void CheckInterfaces(VrrpInstanceBlock block, HashSet<NetworkInterface> added, DiagnosticBag diagnostics)
    {
        Check(block.Interface, block.Spans.Interface);
        foreach (VirtualAddress address in block.VirtualAddresses)
            Check(address.Device, address.Spans.Device);
        if (block.HasExcludedAddresses)
        {
            foreach (VirtualAddress address in block.ExcludedAddresses)
                Check(address.Device, address.Spans.Device);
        }

        void Check(string? name, SourceSpan where)
        {
            if (name is not null && interfaces.Track(name, out _) is { Exists: false } missing && added.Contains(missing))
                diagnostics.Report(DiagnosticCatalogue.UnknownInterface, where, $"interface {name} does not exist on this host");
        }
    }
}
