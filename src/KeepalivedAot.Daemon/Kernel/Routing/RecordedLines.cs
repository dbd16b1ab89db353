using System.Diagnostics.CodeAnalysis;
using KeepalivedAot.Base;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Daemon.Kernel.Routing;

/// <summary>Reads lines that we wrote into the record, by the rules of the configuration.</summary>
internal static class RecordedLines
{
    private const string Name = "record";

    /// <summary>A configuration with these lines as its static ones; those that make no sense any more are left out.</summary>
    public static Configuration Parse(IEnumerable<string> routes, IEnumerable<string> rules)
        => ConfigurationLoader.Load(Name, new OneText(Block("static_routes", routes) + Block("static_rules", rules)), new LoadOptions()).Configuration;

    private static string Block(string word, IEnumerable<string> lines) => $"{word} {{\n{string.Join('\n', lines)}\n}}\n";

    private sealed class OneText(string text) : IConfigFiles
    {
        public string CurrentDirectory => "/";

        public bool TryRead(string path, [NotNullWhen(true)] out byte[]? content, [NotNullWhen(false)] out string? problem)
        {
            content = path == Name ? ByteText.Encode(text) : null;
            problem = content is null ? "there is no such file" : null;
            return content is not null;
        }

        public ConfigFileKind Inspect(string path) => path == Name ? ConfigFileKind.File : ConfigFileKind.Missing;

        public IReadOnlyList<string>? List(string directory) => null;

        public string? GetVariable(string name) => null;
    }
}
