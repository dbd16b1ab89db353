using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Values;

/// <summary>A script whose user is set by a keyword of its own: <c>cmd-script</c> (grammar 13.9, form B).</summary>
/// <param name="Command">Program and arguments as one text, still with the quotes inside it.</param>
public sealed record ConfigCommand(string Command) : IConfigArguments<ConfigCommand>
{
    /// <summary>Where the command was written.</summary>
    public SourceSpan Span { get; private init; }

    static string IConfigArguments<ConfigCommand>.Expects => "cmd-script";

    static bool IConfigArguments<ConfigCommand>.TryRead(Parser parser, out ConfigCommand value)
    {
        value = null!;
        if (!parser.TryString(null, out string command))
            return false;
        value = new ConfigCommand(command) { Span = parser.ValueSpan };
        return true;
    }

    string IConfigArguments<ConfigCommand>.Format(bool showsSecrets) => ConfigWords.Quote(Command);
}
