using System.CommandLine;
using System.CommandLine.Completions;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Reference;
using KeepalivedAot.Config.Toml;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.CommandLine;

/// <summary><c>explain</c>: what a keyword or the code of a finding means.</summary>
internal static class ExplainVerb
{
    private const int Understood = 0;
    private const int Unknown = 2;

    public static Command Make()
    {
        Argument<string[]> words = new("WORD")
        {
            Description = "A keyword, a path such as vrrp_instance/priority, a setting such as memory.trim, or a code such as KA0303",
            // Else the help would list all of them.
            HelpName = "WORD",
            Arity = ArgumentArity.ZeroOrMore,
        };
        words.CompletionSources.Add(static _ => Candidates());
        Option<bool> all = new("--all") { Description = "The complete reference of keepalived.conf" };
        Option<string> format = new("--format") { Description = "How to write it, with --all", DefaultValueFactory = static _ => "markdown" };
        format.AcceptOnlyFromAmong("tsv", "json", "man", "markdown");
        Command verb = new("explain", "Tell what keywords and codes mean");
        verb.Add(words);
        verb.Add(all);
        verb.Add(format);
        verb.SetAction(result =>
        {
            string[] asked = result.GetValue(words)!;
            if (result.GetValue(all) != (asked.Length == 0))
            {
                StandardStreams.WriteError("explain: name keywords or codes, or say --all\n");
                return Unknown;
            }
            KeywordReference reference = KeywordReference.Make();
            if (asked.Length > 0)
                return Explain(asked, reference);
            StandardStreams.WriteOutput(ReferenceText.Write(reference, FormatOf(result.GetValue(format)!)));
            return Understood;
        });
        return verb;
    }

    // Keywords and codes, each once, with what it is about.
    private static IEnumerable<CompletionItem> Candidates()
    {
        IEnumerable<CompletionItem> keywords = KeywordReference.Make().Entries
            .Where(static entry => !entry.Word.IsPositional).DistinctBy(static entry => entry.Word.Word)
            .Select(static entry => new CompletionItem(entry.Word.Word, detail: FirstSentence(entry.Word.Help)));
        return keywords.Concat(DiagnosticCatalogue.All.Select(static kind => new CompletionItem(kind.Code, detail: kind.Title)));
    }

    private static string? FirstSentence(string? help)
    {
        int end = help?.IndexOf(". ", StringComparison.Ordinal) ?? -1;
        return end < 0 ? help : help![..end];
    }

    private static int Explain(string[] asked, KeywordReference reference)
    {
        List<string> told = [];
        int status = Understood;
        foreach (string word in asked)
        {
            if (DiagnosticCatalogue.Find(word) is { } kind)
                told.Add(CodeText.Write(kind));
            else if (SettingsText.Explain(word) is { } setting)
                told.Add(setting);
            else if (reference.Find(word) is { Count: > 0 } places)
                told.Add(KeywordText.Write(reference, places));
            else
            {
                status = Unknown;
                StandardStreams.WriteError($"{Complaint(word, reference)}\n");
            }
        }
        StandardStreams.WriteOutput(string.Join('\n', told));
        return status;
    }

    private static string Complaint(string word, KeywordReference reference)
    {
        bool isCode = word.Length > 2 && word.StartsWith("KA", StringComparison.OrdinalIgnoreCase) && char.IsAsciiDigit(word[2]);
        if (isCode)
            return $"explain: there is no code {word.ToUpperInvariant()}";
        string? meant = reference.Nearest(word[(word.LastIndexOf('/') + 1)..]);
        return $"explain: '{word}' is no keyword of keepalived.conf" + (meant is null ? "" : $"; did you mean '{meant}'?");
    }

    private static ReferenceFormat FormatOf(string word) => word switch
    {
        "tsv" => ReferenceFormat.Tsv,
        "json" => ReferenceFormat.Json,
        "man" => ReferenceFormat.Man,
        _ => ReferenceFormat.Markdown,
    };
}
