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
    {
        byte[] text = ByteText.Encode(Block("static_routes", routes) + Block("static_rules", rules));
        return ConfigurationLoader.Load(Name, new TextInMemory(Name, text), new LoadOptions()).Configuration;
    }

    private static string Block(string word, IEnumerable<string> lines) => $"{word} {{\n{string.Join('\n', lines)}\n}}\n";
}
