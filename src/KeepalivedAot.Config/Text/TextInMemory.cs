using System.Diagnostics.CodeAnalysis;

namespace KeepalivedAot.Config.Text;

/// <summary>One file whose content is at hand, under a name of its own: what was piped in, a new layout that is not written yet, lines of a record.</summary>
/// <param name="content">Null when it could not be read; <paramref name="problem"/> then says why, as strerror(3) would.</param>
/// <param name="others">Where everything else is looked for, such as what it includes; null when there is nothing else.</param>
public sealed class TextInMemory(string name, byte[]? content, IConfigFiles? others = null, string problem = "") : IConfigFiles
{
    private const string NoOthers = "No such file or directory";

    public string CurrentDirectory => others?.CurrentDirectory ?? "";

    public bool TryRead(string path, [NotNullWhen(true)] out byte[]? found, [NotNullWhen(false)] out string? why)
    {
        if (path != name && others is not null)
            return others.TryRead(path, out found, out why);
        found = path == name ? content : null;
        why = found is not null ? null : path == name ? problem : NoOthers;
        return found is not null;
    }

    public ConfigFileKind Inspect(string path) => path == name ? ConfigFileKind.File : others?.Inspect(path) ?? ConfigFileKind.Missing;

    public long? LengthOf(string path) => path == name ? content?.Length : others?.LengthOf(path);

    public IReadOnlyList<string>? List(string directory) => others?.List(directory);

    public string? GetVariable(string variable) => others?.GetVariable(variable);
}
