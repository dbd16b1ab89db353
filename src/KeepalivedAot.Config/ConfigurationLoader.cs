using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config;

/// <summary>Reads a configuration: text, blocks, cross checks, in that order; all mistakes come out in one run.</summary>
public static class ConfigurationLoader
{
    public static LoadResult Load(string path, IConfigFiles files, bool isConfigTest = false)
        => Load(path, files, new LoadOptions { IsConfigTest = isConfigTest });

    /// <param name="path">The main file, or a pattern.</param>
    public static LoadResult Load(string path, IConfigFiles files, LoadOptions options)
    {
        ConfigurationLoading loading = new(path, files, options);
        while (loading.Next())
        {
        }
        return loading.Result;
    }
}
