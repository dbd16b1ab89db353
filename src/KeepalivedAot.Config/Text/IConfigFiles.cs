using System.Diagnostics.CodeAnalysis;

namespace KeepalivedAot.Config.Text;

/// <summary>Where the text of configuration files comes from.</summary>
/// <remarks>Whoever has one file only need not say more than that.</remarks>
public interface IConfigFiles
{
    /// <summary>The whole content of a file.</summary>
    /// <param name="problem">When it cannot be read: why, as strerror(3) would say it.</param>
    bool TryRead(string path, [NotNullWhen(true)] out byte[]? content, [NotNullWhen(false)] out string? problem);

    /// <summary>What there is at a path, symbolic links followed.</summary>
    ConfigFileKind Inspect(string path) => TryRead(path, out _, out _) ? ConfigFileKind.File : ConfigFileKind.Missing;

    /// <summary>How many bytes a file has that can be read; null when that is not known without reading it.</summary>
    long? LengthOf(string path) => null;

    /// <summary>The names in a directory, without . and .., in any order; null when it cannot be listed.</summary>
    IReadOnlyList<string>? List(string directory) => null;

    /// <summary>Where paths that do not begin with a slash start; empty when that is not known.</summary>
    string CurrentDirectory => "";

    /// <summary>A variable of the environment; null when there is none.</summary>
    string? GetVariable(string name) => null;
}

/// <summary>What a path leads to.</summary>
public enum ConfigFileKind : byte
{
    Missing,
    File,

    /// <summary>A regular file with an execute bit, which no configuration has.</summary>
    Executable,
    Directory,

    /// <summary>A device, a FIFO, a socket.</summary>
    Other,
}
