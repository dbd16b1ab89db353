using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Simulation.Hosts;

/// <summary>The files of a simulated host: its configuration under a name of its own, and beside it what the real ones are.</summary>
internal sealed class HostFiles(string path, IConfigFiles others) : IConfigFiles
{
    /// <summary>Null: as it is in <paramref name="others"/>.</summary>
    public byte[]? Configuration { get; set; }

    public string CurrentDirectory => others.CurrentDirectory;

    public bool TryRead(string file, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out byte[]? content, [System.Diagnostics.CodeAnalysis.NotNullWhen(false)] out string? problem)
    {
        if (file != path || Configuration is null)
            return others.TryRead(file, out content, out problem);
        content = Configuration;
        problem = null;
        return true;
    }

    public ConfigFileKind Inspect(string file) => file == path && Configuration is not null ? ConfigFileKind.File : others.Inspect(file);

    public long? LengthOf(string file) => file == path && Configuration is not null ? Configuration.Length : others.LengthOf(file);

    public IReadOnlyList<string>? List(string directory) => others.List(directory);

    // Keys that systemd would hand out are found there (KeyStandIns).
    public string? GetVariable(string name) => others.GetVariable(name) ?? (name == "CREDENTIALS_DIRECTORY" ? "/nonexistent" : null);
}
