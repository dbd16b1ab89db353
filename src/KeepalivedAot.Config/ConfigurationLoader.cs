using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Text;
using KeepalivedAot.Config.Vrrp;

namespace KeepalivedAot.Config;

/// <summary>Reads a configuration: text, blocks, cross checks, in that order; all mistakes come out in one run.</summary>
public static class ConfigurationLoader
{
    /// <param name="isConfigTest">
    /// Under <c>-t</c> a number with something behind its digits is rejected; a daemon that starts uses the digits.
    /// </param>
    public static LoadResult Load(string path, IConfigFiles files, bool isConfigTest = false)
    {
        SourceMap sources = new();
        DiagnosticBag diagnostics = new(sources);
        Configuration configuration = new();
        if (!files.TryRead(path, out byte[]? content, out string? problem))
        {
            diagnostics.ReportFile(DiagnosticCatalogue.FileNotReadable, sources.Add(path, []), $"cannot read '{path}': {problem}");
            return new LoadResult(configuration, diagnostics, sources);
        }
        LogicalReader reader = new(sources.Add(path, content), diagnostics);
        new Parser(reader, diagnostics, configuration, isConfigTest).ParseFile(configuration);
        VrrpChecks.Run(configuration, diagnostics);
        return new LoadResult(configuration, diagnostics, sources);
    }
}
