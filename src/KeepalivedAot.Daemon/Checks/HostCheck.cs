using KeepalivedAot.Config;
using KeepalivedAot.Config.Text;
using KeepalivedAot.Config.Toml;
using KeepalivedAot.Daemon.Loading;
using KeepalivedAot.Daemon.Options;
using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Daemon.Checks;

/// <summary>Reads configurations for whoever only wants to know what is wrong with them.</summary>
public static class HostCheck
{
    /// <summary>Standard input in place of a path.</summary>
    public const string StandardInput = "-";

    /// <summary>How a finding names it.</summary>
    public const string StandardInputName = "<stdin>";

    private const string SettingsExtension = ".toml";

    /// <summary>By itself: neither rights nor interfaces are needed, so that it can be done on another machine.</summary>
    /// <param name="files">Those of <see cref="FilesFor"/>.</param>
    /// <param name="options">The config-id and the checks of includes count.</param>
    /// <param name="others">How many bytes others take that are in memory beside it.</param>
    public static LoadResult LoadAlone(string path, IConfigFiles files, DaemonOptions options, long others) => IsSettings(path)
        ? SettingsLoader.Load(path, files)
        : ConfigurationLoader.Load(Named(path), files, Beside(others, HostLoading.ForAnotherHost(options)));

    /// <summary>With what only this host knows; null when it does not tell, as for want of rights, and why in <paramref name="problem"/>.</summary>
    public static LoadResult? LoadForHost(string path, IConfigFiles files, DaemonOptions options, long others, out string problem)
    {
        problem = "";
        if (IsSettings(path))
            return LoadAlone(path, files, options, others);
        LoadResult? result = ConfigurationTest.Read(Named(path), Settings.DefaultPath, files, Beside(others, HostLoading.For(options)), out OsError failure, lints: true);
        problem = result is null ? failure.ToString() : "";
        return result;
    }

    private static LoadOptions Beside(long others, LoadOptions loading)
        => loading with { MostMemory = Math.Max(0, loading.MostMemory - others) };

    // Of keepalived-aot.toml nothing depends on the host.
    private static bool IsSettings(string path) => path.EndsWith(SettingsExtension, StringComparison.Ordinal);

    private static string Named(string path) => path == StandardInput ? StandardInputName : path;

    /// <summary>What is there to be read. Standard input is read here, and may be looked at as often as one likes then.</summary>
    public static IConfigFiles FilesFor(string path)
    {
        HostConfigFiles files = new();
        if (path != StandardInput)
            return files;
        OsError failure = FileReader.TryReadStandardInput(HostConfigFiles.LongestFile, out byte[]? content);
        // What it includes are files.
        return new TextInMemory(StandardInputName, failure.IsError ? null : content, files, ErrnoText.Of(failure.Errno));
    }
}
