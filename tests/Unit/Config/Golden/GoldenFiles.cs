using System.Diagnostics.CodeAnalysis;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Tests.Unit.Config.Golden;

/// <summary>The files below <c>tests/Golden</c>, under names relative to it, and the environment that its texts speak of.</summary>
internal sealed class GoldenFiles : IConfigFiles
{
    private const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    public static string Root { get; } = Path.Combine(Repository.Root, "tests", "Golden");

    public bool TryRead(string path, [NotNullWhen(true)] out byte[]? content, [NotNullWhen(false)] out string? problem)
    {
        string file = Path.Combine(Root, path);
        content = File.Exists(file) ? File.ReadAllBytes(file) : null;
        problem = content is null ? "No such file or directory" : null;
        return content is not null;
    }

    public ConfigFileKind Inspect(string path)
    {
        string file = Path.Combine(Root, path);
        if (Directory.Exists(file))
            return ConfigFileKind.Directory;
        if (!File.Exists(file))
            return ConfigFileKind.Missing;
        return !OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & Execute) != 0 ? ConfigFileKind.Executable : ConfigFileKind.File;
    }

    public IReadOnlyList<string>? List(string directory)
    {
        string path = Path.Combine(Root, directory);
        return Directory.Exists(path) ? [.. Directory.EnumerateFileSystemEntries(path).Select(static p => Path.GetFileName(p))] : null;
    }

    public string? GetVariable(string name) => name == "GOLDEN" ? "from the environment" : null;
}
