using System.Text;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Reference;

/// <summary>One keyword for people: where it may stand, what follows it, what it is worth.</summary>
public static class KeywordText
{
    // Releases before this one had another parser, and were not looked at.
    private const string OldestRelease = "0.5.3";
    private const string NewestRelease = "2.4.3";
    private const string Unreleased = "unreleased";

    /// <param name="places">The places of the word; those with the same facts are told together.</param>
    public static string Write(KeywordReference reference, IReadOnlyList<ReferenceEntry> places)
    {
        List<List<ReferenceEntry>> groups = [];
        // What most people ask for stands first.
        foreach (ReferenceEntry place in places.OrderBy(CommonUse.RankOf))
        {
            if (groups.Find(group => IsAlike(group[0].Word, place.Word)) is { } known)
                known.Add(place);
            else
                groups.Add([place]);
        }
        return string.Join('\n', groups.Select(group => Write(reference, group)));
    }

    private static string Write(KeywordReference reference, List<ReferenceEntry> places)
    {
        ReferenceEntry first = places[0];
        WordSchema word = first.Word;
        StringBuilder text = new();
        text.Append($"{word.Word} {ArgumentText.Placeholder(word)}".TrimEnd()).Append("\n\n");
        if (word.Help is { } help)
            WrappedText.Append(text, help, 2).Append('\n');
        Fact(text, "stands in", string.Join(", ", places.Select(Home)));
        Fact(text, "argument", ArgumentText.Describe(word) is { } argument ? argument : "none");
        if (word.IsStrict)
            Fact(text, "", "Nothing may follow the digits.");
        Fact(text, "default", word.IsRequired ? "none: it must be given" : word.Default);
        Fact(text, "since", Since(word));
        Fact(text, "status", Status(word));
        Fact(text, "secret", word.IsSecret ? "never shown, neither in a message nor in a dump" : null);
        if (word.Child is { Words.Count: > 0 } child)
            Fact(text, word.Kind == WordKind.Block ? "holds" : "its words", string.Join(", ", Current(child)));
        Fact(text, "related", Joined(RelatedWords.Of(reference, first)));
        if (KeywordExample.Of(reference, first) is { } example)
            text.Append("\n  example\n").Append(WrappedText.Indent(example, 4));
        return text.ToString();
    }

    /// <summary>The keepalived release that brought it; null where it is not known.</summary>
    internal static string? Since(WordSchema word) => word.Since switch
    {
        null => null,
        OldestRelease => $"keepalived {OldestRelease} or earlier",
        Unreleased => $"keepalived after {NewestRelease}",
        _ => $"keepalived {word.Since}",
    };

    /// <summary>"deprecated: write 'x'"; null for what is in use.</summary>
    internal static string? Status(WordSchema word) => word.Status switch
    {
        WordStatus.Alias => $"another spelling of '{word.Instead}'",
        WordStatus.Deprecated when word.Instead is not null => $"deprecated; write {word.Instead} instead",
        WordStatus.Deprecated => "deprecated",
        WordStatus.NoEffect => "accepted; it changes nothing, in keepalived neither",
        _ when word.NotHere is not null => $"accepted; it changes nothing in keepalived-aot: {word.NotHere}",
        _ => word.IsNotYet ? "read and checked; keepalived-aot does not act on it yet" : null,
    };

    /// <summary>The block of a word as its user writes it: <c>vrrp_instance NAME { authentication { … } }</c> is vrrp_instance/authentication.</summary>
    internal static string Home(ReferenceEntry entry)
    {
        if (entry.Block.IsRoot)
            return "the top level";
        if (PreprocessorWords.Holds(entry))
            return "any line, inside blocks and out of them";
        return entry.BlockPath.Replace("/<line>", " (on a line)", StringComparison.Ordinal)
            .Replace("/<args>", " (on its line)", StringComparison.Ordinal);
    }

    private static IEnumerable<string> Current(BlockSchema block)
        => block.Words.Where(static w => w.Status is not (WordStatus.Alias or WordStatus.NoEffect)).Select(static w => w.Word);

    private static bool IsAlike(WordSchema a, WordSchema b)
        => a.Kind == b.Kind && a.Arguments == b.Arguments && a.Default == b.Default && a.Since == b.Since && a.Status == b.Status
            && a.Instead == b.Instead && a.Help == b.Help && a.IsRequired == b.IsRequired && a.IsSecret == b.IsSecret && a.IsNotYet == b.IsNotYet && a.NotHere == b.NotHere && a.Child == b.Child;

    private static string? Joined(IReadOnlyList<string> words) => words.Count == 0 ? null : string.Join(", ", words);

    private static void Fact(StringBuilder text, string name, string? value)
    {
        const int ValueColumn = 14;
        if (value is null)
            return;
        text.Append("  ").Append(name.PadRight(ValueColumn - 2));
        WrappedText.Append(text, value, ValueColumn, isIndented: true);
    }
}
