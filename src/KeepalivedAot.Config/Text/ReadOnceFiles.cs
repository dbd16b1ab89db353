using System.Diagnostics.CodeAnalysis;

namespace KeepalivedAot.Config.Text;

/// <summary>Asks for each thing once: a second look at the configuration must see what the first one saw.</summary>
internal sealed class ReadOnceFiles(IConfigFiles files) : IConfigFiles
{
    private readonly Dictionary<string, (byte[]? Content, string? Problem)> _contents = [];
    private readonly Dictionary<string, ConfigFileKind> _kinds = [];
    private readonly Dictionary<(string Pattern, string Directory), PathPattern.Result> _found = [];

    public string CurrentDirectory => files.CurrentDirectory;

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

    public long? LengthOf(string path) => _contents.TryGetValue(path, out (byte[]? Content, string? Problem) known) ? known.Content?.Length : files.LengthOf(path);

    public IReadOnlyList<string>? List(string directory) => files.List(directory);

    /// <summary>The names that a pattern stands for.</summary>
    public PathPattern.Result Find(string pattern, string directory)
    {
        if (!_found.TryGetValue((pattern, directory), out PathPattern.Result? result))
            _found.Add((pattern, directory), result = PathPattern.Find(pattern, directory, files));
        return result;
    }

    public string? GetVariable(string name) => files.GetVariable(name);
}
