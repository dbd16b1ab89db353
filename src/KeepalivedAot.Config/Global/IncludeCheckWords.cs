using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Global;

/// <summary>
/// Which mistakes of <c>include</c> lines count from here on. A first word without sign starts a new set with read and that check,
/// words with + or - add and remove one; nothing at all means every check.
/// </summary>
[LineBlock(TakesOthers = true, FormatsItself = true)]
public sealed partial class IncludeCheckWords
{
    private IncludeChecks _added;
    private IncludeChecks _removed;

    /// <summary>A file that is there but cannot be read, is a directory or is executable is an error.</summary>
    [Sets("read", Since = "2.2.0")]
    public bool Readable { get; private set; }

    /// <summary>A path without wildcards that names nothing is an error.</summary>
    [Sets("match", Since = "2.2.0")]
    public bool Match { get; private set; }

    /// <summary>A pattern with wildcards that matches nothing is an error.</summary>
    [Sets("wildcard_match", Since = "2.2.0")]
    public bool WildcardMatch { get; private set; }

    /// <summary>Each alternative of a pattern with braces must match something.</summary>
    [Sets("brace_match", Since = "2.2.0")]
    public bool BraceMatch { get; private set; }

    internal partial string Format(bool showsSecrets)
    {
        List<string> words = [];
        Add(Match, "match");
        Add(WildcardMatch, "wildcard_match");
        Add(BraceMatch, "brace_match");
        if (Readable)
            return words.Count == 0 ? "read" : "read " + string.Join(' ', words.Select(static w => "+" + w));
        // Without read there is no way to start anew: take away what a bare keyword sets.
        return string.Join(' ', new[] { "-read", Sign(Match) + "match", Sign(WildcardMatch) + "wildcard_match", Sign(BraceMatch) + "brace_match" });

        void Add(bool isSet, string word)
        {
            if (isSet)
                words.Add(word);
        }

        static string Sign(bool isSet) => isSet ? "+" : "-";
    }

    private partial bool TakeOther(Parser parser)
    {
        ReadOnlySpan<byte> text = parser.NextText;
        if (text.Length == 0 || text[0] is not ((byte)'+' or (byte)'-'))
            return false;
        IncludeChecks check = CheckOf(text[1..]);
        if (check == IncludeChecks.None)
            return false;
        bool isAdded = text[0] == (byte)'+';
        parser.TryTake(out _);
        _added = isAdded ? _added | check : _added & ~check;
        _removed = isAdded ? _removed & ~check : _removed | check;
        return true;
    }

    partial void OnRead(Parser parser)
    {
        // The declared words come here without a sign, which the generated code has taken as they are.
        int plain = (Spans.Readable.IsGiven ? 1 : 0) + (Spans.Match.IsGiven ? 1 : 0) + (Spans.WildcardMatch.IsGiven ? 1 : 0) + (Spans.BraceMatch.IsGiven ? 1 : 0);
        if (plain > 1)
        {
            parser.Diagnostics.Report(
                DiagnosticCatalogue.InvalidWord, parser.LineSpan, "'include_check' takes one word without + or -", "write a + in front of the others");
        }
        IncludeChecks start = plain > 0 ? Plain | IncludeChecks.Read
            : (_added | _removed) == IncludeChecks.None ? IncludeChecks.All
            : parser.IncludeChecks;
        IncludeChecks checks = (start | _added) & ~_removed;
        Readable = checks.HasFlag(IncludeChecks.Read);
        Match = checks.HasFlag(IncludeChecks.Match);
        WildcardMatch = checks.HasFlag(IncludeChecks.WildcardMatch);
        BraceMatch = checks.HasFlag(IncludeChecks.BraceMatch);
        parser.IncludeChecks = checks;
    }

    private IncludeChecks Plain
        => (Match ? IncludeChecks.Match : 0) | (WildcardMatch ? IncludeChecks.WildcardMatch : 0) | (BraceMatch ? IncludeChecks.BraceMatch : 0);

    private static IncludeChecks CheckOf(ReadOnlySpan<byte> name)
        => name.SequenceEqual("read"u8) ? IncludeChecks.Read
            : name.SequenceEqual("match"u8) ? IncludeChecks.Match
            : name.SequenceEqual("wildcard_match"u8) ? IncludeChecks.WildcardMatch
            : name.SequenceEqual("brace_match"u8) ? IncludeChecks.BraceMatch
            : IncludeChecks.None;
}
