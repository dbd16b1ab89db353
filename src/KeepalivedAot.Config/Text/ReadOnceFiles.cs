using System.Diagnostics.CodeAnalysis;

namespace KeepalivedAot.Config.Text;

/// <summary>Asks for each file once: a second look at the configuration must see what the first one saw.</summary>
internal sealed class ReadOnceFiles(IConfigFiles files) : IConfigFiles
{
    private readonly Dictionary<string, (byte[]? Content, string? Problem)> _contents = [];
    private readonly Dictionary<string, ConfigFileKind> _kinds = [];
    private readonly Dictionary<string, IReadOnlyList<string>?> _lists = [];

    public bool TryRead(string path, [NotNullWhen(true)] out byte[]? content, [NotNullWhen(false)] out string? problem)
    {
        if (!_contents.TryGetValue(path, out (byte[]? Content, string? Problem) known))
        {
            files.TryRead(path, out content, out problem);
            known = (content, problem);
            _contents.Add(path, known);
        }
        (content, problem) = known;
        if (content is not null)
            return true;
        problem ??= "cannot be read";
        return false;
    }

    public ConfigFileKind Inspect(string path)
    {
        if (!_kinds.TryGetValue(path, out ConfigFileKind kind))
            _kinds.Add(path, kind = files.Inspect(path));
        return kind;
    }

    public IReadOnlyList<string>? List(string directory)
    {
        if (!_lists.TryGetValue(directory, out IReadOnlyList<string>? names))
            _lists.Add(directory, names = files.List(directory));
        return names;
    }

    public string? GetVariable(string name) => files.GetVariable(name);
}
