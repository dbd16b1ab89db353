using System.Diagnostics.CodeAnalysis;
using System.Text;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Tests.Unit.Config;

/// <summary>A few files and directories in memory, and what the reader makes of them.</summary>
internal sealed class TextFiles : IConfigFiles
{
    private readonly Dictionary<string, byte[]> _files = [];

    public Dictionary<string, string> Variables { get; } = [];

    public HashSet<string> Executables { get; } = [];

    public HashSet<string> Devices { get; } = [];

    public string CurrentDirectory { get; set; } = "";

    public int Reads { get; private set; }

    public HashSet<string> PathsRead { get; } = [];

    public static TextFiles Of(string main) => new() { ["f"] = main };

    public string this[string path]
    {
        set => _files[path] = Encoding.UTF8.GetBytes(value);
    }

    public bool TryRead(string path, [NotNullWhen(true)] out byte[]? content, [NotNullWhen(false)] out string? problem)
    {
        Reads++;
        PathsRead.Add(path);
        problem = _files.TryGetValue(path, out content) ? null : "No such file or directory";
        return content is not null;
    }

    public long? LengthOf(string path) => _files.TryGetValue(path, out byte[]? content) ? content.Length : null;

    public ConfigFileKind Inspect(string path)
        => Executables.Contains(path) ? ConfigFileKind.Executable
            : Devices.Contains(path) ? ConfigFileKind.Other
            : _files.ContainsKey(path) ? ConfigFileKind.File
            : _files.Keys.Any(f => f.StartsWith(path.TrimEnd('/') + "/", StringComparison.Ordinal)) ? ConfigFileKind.Directory
            : ConfigFileKind.Missing;

    public IReadOnlyList<string>? List(string directory)
    {
        string prefix = directory == "." ? "" : directory.TrimEnd('/') + "/";
        return [.. _files.Keys.Where(f => f.StartsWith(prefix, StringComparison.Ordinal)).Select(f => f[prefix.Length..].Split('/')[0]).Distinct()];
    }

    public string? GetVariable(string name) => Variables.GetValueOrDefault(name);

    public LogicalReader Reader(SourceMap sources, DiagnosticBag? diagnostics, string path = "f", string configId = "host1", IncludeChecks checks = default)
        => new(new LogicalSource(path, new ReadOnceFiles(this), configId, 1, checks), sources, diagnostics);

    /// <summary>Words in square brackets, braces as themselves, lines separated by a blank.</summary>
    public string Read(out DiagnosticBag diagnostics, string path = "f", string configId = "host1", IncludeChecks checks = default)
    {
        SourceMap sources = new();
        diagnostics = new DiagnosticBag(sources);
        LogicalReader reader = Reader(sources, diagnostics, path, configId, checks);
        List<string> lines = [];
        while (true)
        {
            LogicalLine line = reader.Read();
            switch (line.Kind)
            {
                case LogicalLineKind.EndOfFile:
                    return string.Join(' ', lines);
                case LogicalLineKind.Words:
                    lines.Add($"[{string.Join('|', line.Words.ToArray().Select(static w => Encoding.UTF8.GetString(w.Text)))}]");
                    break;
                default:
                    lines.Add(line.Kind == LogicalLineKind.OpeningBrace ? "{" : "}");
                    break;
            }
        }
    }
}
