using KeepalivedAot.Base.Logging;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Global;
using KeepalivedAot.Config.Text;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Daemon.Hosting;

/// <summary>Reads a configuration and checks it against this host: text, blocks, cross checks, then the interfaces that it names.</summary>
internal sealed class ConfigurationReader(string path, InterfaceTable interfaces, Action takeSnapshot, IConfigFiles files)
{
    /// <summary>All findings come out of one run; whether it can be run is for <see cref="LoadResult.CanRun"/> to say.</summary>
    public LoadResult Read(bool isTest)
    {
        LoadResult result = ConfigurationLoader.Load(path, files, isTest);
        if (TrackInterfaces(result.Configuration))
            takeSnapshot();
        if (result.Configuration.GlobalDefs.DynamicInterfaces == DynamicInterfaces.No)
        {
            foreach (VrrpInstanceBlock block in result.Configuration.VrrpInstances)
                CheckInterfaces(block, result.Diagnostics);
        }
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

    private bool TrackInterfaces(Configuration configuration)
    {
        bool any = false;
        foreach (VrrpInstanceBlock block in configuration.VrrpInstances)
        {
            Track(block.Interface, ref any);
            foreach (VirtualAddress address in block.VirtualAddresses)
                Track(address.Device, ref any);
            foreach (VirtualAddress address in block.ExcludedAddresses)
                Track(address.Device, ref any);
        }
        return any || !interfaces.IsComplete;
    }

    private void Track(string? name, ref bool any)
    {
        if (name is null)
            return;
        interfaces.Track(name, out bool isNew);
        any |= isNew;
    }

    // What does not fit one advertisement of this interface is held, but not advertised.
    private void LimitAddresses(VrrpInstanceBlock block, DiagnosticBag diagnostics)
    {
        if (block.Interface is { } name && interfaces.Track(name, out _) is { Exists: true } at)
            block.LimitAdvertisedAddresses(VrrpWriter.MaxAddresses((VrrpVersion)block.Version, block.Family, at.Link.Mtu), diagnostics);
    }

    private void CheckInterfaces(VrrpInstanceBlock block, DiagnosticBag diagnostics)
    {
        if (block.Interface is { } name && !interfaces.Track(name, out _).Exists)
            diagnostics.Report(DiagnosticCatalogue.UnknownInterface, block.Spans.Interface, $"interface {name} does not exist on this host");
        foreach (VirtualAddress address in block.VirtualAddresses.Concat(block.ExcludedAddresses))
        {
            if (address.Device is { } device && !interfaces.Track(device, out _).Exists)
                diagnostics.Report(DiagnosticCatalogue.UnknownInterface, address.Spans.Device, $"interface {device} does not exist on this host");
        }
    }
}
