using KeepalivedAot.Config.Diagnostics;
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
        if (parser.HasNext)
            ReportArguments(command, parser);
        return true;
    }

    // keepalived drops them in silence.
    private static void ReportArguments(string command, Parser parser)
    {
        string whole = command;
        foreach (Word word in parser.TakeRest())
            whole += " " + word.ToString();
        parser.Diagnostics.Report(
            DiagnosticCatalogue.ExtraWords, parser.ValueSpan, $"arguments of '{command}' outside the quotes are ignored",
            whole.Contains('"') ? "put the command with its arguments into one pair of double quotes" : $"write {parser.CurrentKeyword} \"{whole}\"");
    }

    string IConfigArguments<ConfigCommand>.Format(bool showsSecrets) => ConfigWords.Quote(Command);
}
