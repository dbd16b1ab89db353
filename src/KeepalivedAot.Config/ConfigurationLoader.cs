using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Global;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Routing;
using KeepalivedAot.Config.Text;
using KeepalivedAot.Config.VirtualServers;
using KeepalivedAot.Config.Vrrp;

namespace KeepalivedAot.Config;

/// <summary>Reads a configuration: text, blocks, cross checks, in that order; all mistakes come out in one run.</summary>
public static class ConfigurationLoader
{
    public static LoadResult Load(string path, IConfigFiles files, bool isConfigTest = false)
        => Load(path, files, new LoadOptions { IsConfigTest = isConfigTest });

    /// <param name="path">The main file, or a pattern.</param>
    public static LoadResult Load(string path, IConfigFiles files, LoadOptions options)
    {
        SourceMap sources = new();
        DiagnosticBag diagnostics = new(sources);
        Configuration configuration = new();
        LogicalSource source = new(
            path, new ReadOnceFiles(files), options.ConfigId, options.Seed, options.ChecksIncludes ? IncludeChecks.All : IncludeChecks.None, options.MostMemory);
        LogicalReader reader = new(source, sources, diagnostics);
        Parser parser = new(reader, diagnostics, configuration, options);
        parser.ParseFile(configuration);
        // A password may stand behind the mistake whose message has it.
        diagnostics.Conceal();
        // What half of it means together nobody wants to know, and it may be too large to be looked at.
        if (reader.IsCutShort)
            return new LoadResult(new Configuration(), diagnostics, sources);
        GlobalChecks.Run(configuration, diagnostics);
        RoutingChecks.Run(configuration, options.Names, diagnostics);
        VrrpChecks.Run(configuration, diagnostics);
        GroupChecks.Run(configuration, diagnostics);
        VirtualServerChecks.Run(configuration, options.KeepsServers, diagnostics);
        return new LoadResult(configuration, diagnostics, sources) { Built = (reader.BytesBuilt, parser.BytesOfServers) };
    }
}
