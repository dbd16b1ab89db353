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
        if (!ShellLine.TryRead(parser, int.MaxValue, out List<(string Text, SourceSpan Span)> words)
            || !ShellLine.HasProgram(parser, words[0].Text, words[0].Span, isRequired: true))
        {
            return false;
        }
        value = new ConfigCommand(words[0].Text) { Span = words[0].Span };
        if (words.Count > 1)
            ReportArguments(words, parser);
        return true;
    }

    // keepalived drops them in silence.
    private static void ReportArguments(List<(string Text, SourceSpan Span)> words, Parser parser)
    {
        string whole = string.Join(' ', words.Select(static w => w.Text));
        parser.Diagnostics.Report(
            DiagnosticCatalogue.ExtraWords, words[1].Span.Through(words[^1].Span), $"arguments of '{words[0].Text}' outside the quotes are ignored",
            ScriptQuoting.Suggest(parser.CurrentKeyword, whole, parser.TakeRawLine().Bytes));
    }

    string IConfigArguments<ConfigCommand>.Format(bool showsSecrets) => ShellLine.Quote(Command);
}
