using System.Diagnostics.CodeAnalysis;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Formatting;

/// <summary>The one file whose content is at hand; whatever it includes is looked for where it is.</summary>
internal sealed class ReplacedFile(string path, byte[] content, IConfigFiles files) : IConfigFiles
{
    public bool TryRead(string name, [NotNullWhen(true)] out byte[]? found, [NotNullWhen(false)] out string? problem)
    {
        if (name != path)
            return files.TryRead(name, out found, out problem);
        (found, problem) = (content, null);
        return true;
    }

    public ConfigFileKind Inspect(string name) => name == path ? ConfigFileKind.File : files.Inspect(name);

    public IReadOnlyList<string>? List(string directory) => files.List(directory);

    public string? GetVariable(string name) => files.GetVariable(name);
}
