using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Text;
using KeepalivedAot.Config.Toml;

namespace KeepalivedAot.Config;

/// <summary>What came out of reading a configuration; there is always a <see cref="Configuration"/>, if only an empty one.</summary>
public sealed class LoadResult(Configuration configuration, DiagnosticBag diagnostics, SourceMap sources)
{
    private bool _hasForgotten;

    public Configuration Configuration { get; } = configuration;
    public DiagnosticBag Diagnostics { get; } = diagnostics;
    public SourceMap Sources { get; } = sources;

    /// <summary>From the file beside the configuration; the defaults when there is none.</summary>
    public Settings Settings { get; internal init; } = Settings.Default;

    /// <summary>How many bytes were built when the file was read, about, and how many of these for virtual servers.</summary>
    internal (long All, long OfServers) Built { get; init; }

    /// <summary>How many bytes it still takes, about: less when virtual servers are forgotten.</summary>
    public long Memory => Built.All - (_hasForgotten ? Built.OfServers : 0) + Sources.BytesKept;

    /// <summary>Lets go of what no other configuration is compared with, when nothing more will be found in it.</summary>
    public void ForgetServers()
    {
        _hasForgotten = true;
        Configuration.VirtualServers.Clear();
        Configuration.VirtualServers.TrimExcess();
        Sources.ForgetServers(Diagnostics);
    }

    /// <summary>The same with the settings of <c>keepalived-aot.toml</c>, whose findings join the others.</summary>
    public LoadResult WithSettings(string path, IConfigFiles files)
        => new(Configuration, Diagnostics, Sources) { Built = Built, Settings = SettingsLoader.Load(path, files, Diagnostics) };

    /// <summary>The config-id, when the same file was read for several and has to be told from itself; else null.</summary>
    public string? ReadAs { get; private init; }

    /// <summary>The file that was asked for, which may include others, and as whose it was read when that is not clear.</summary>
    internal string Name => ReadAs is null ? Sources.Files[0].Path : $"{Sources.Files[0].Path} as {ReadAs}";

    /// <summary>The same, as one of several readings of one file.</summary>
    public LoadResult As(string configId) => new(Configuration, Diagnostics, Sources) { Built = Built, Settings = Settings, ReadAs = configId };

    /// <summary>False when keepalived would not start with this file; then nothing of <see cref="Configuration"/> may be used.</summary>
    public bool CanRun => !Diagnostics.HasFatal;

    /// <summary>The exit status of <c>-t</c>.</summary>
    public int TestExitStatus => ConfigTestExitStatus.Of(Diagnostics);

    /// <summary>The exit status of a start with this file: 0 means go on.</summary>
    public int StartExitStatus => Config.Diagnostics.StartExitStatus.Of(Diagnostics);
}
