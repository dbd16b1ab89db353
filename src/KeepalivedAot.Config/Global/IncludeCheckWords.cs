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
    private bool _hasUnsigned;
    private bool _hasAny;

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
        bool isSigned = text.Length > 0 && text[0] is (byte)'+' or (byte)'-';
        bool value = !isSigned || text[0] == (byte)'+';
        ReadOnlySpan<byte> name = isSigned ? text[1..] : text;
        if (!IsCheck(name))
            return false;
        parser.TryTake(out _);
        // Words with a sign change the set that holds here.
        if (!_hasAny && isSigned && PlainWords == 0)
            Take(parser.IncludeChecks);
        _hasAny = true;
        if (!isSigned)
        {
            if (_hasUnsigned)
                return !parser.Reject(DiagnosticCatalogue.InvalidWord, "'include_check' takes one word without + or -", "write a + in front of it");
            _hasUnsigned = true;
            Readable = true;
        }
        Set(name, value);
        return true;
    }

    partial void OnRead(Parser parser)
    {
        // The declared words come here without a sign, which the generated code has taken as they are.
        if (PlainWords > 1)
        {
            parser.Diagnostics.Report(
                DiagnosticCatalogue.InvalidWord, parser.LineSpan, "'include_check' takes one word without + or -", "write a + in front of the others");
        }
        if (PlainWords > 0)
            Readable = true;
        else if (!_hasAny)
            Take(IncludeChecks.All);
        parser.IncludeChecks = Checks;
    }

    private int PlainWords
        => (Spans.Readable.IsGiven ? 1 : 0) + (Spans.Match.IsGiven ? 1 : 0) + (Spans.WildcardMatch.IsGiven ? 1 : 0) + (Spans.BraceMatch.IsGiven ? 1 : 0);

    private IncludeChecks Checks
        => (Readable ? IncludeChecks.Read : 0) | (Match ? IncludeChecks.Match : 0)
            | (WildcardMatch ? IncludeChecks.WildcardMatch : 0) | (BraceMatch ? IncludeChecks.BraceMatch : 0);

    private void Take(IncludeChecks checks)
    {
        Readable = checks.HasFlag(IncludeChecks.Read);
        Match = checks.HasFlag(IncludeChecks.Match);
        WildcardMatch = checks.HasFlag(IncludeChecks.WildcardMatch);
        BraceMatch = checks.HasFlag(IncludeChecks.BraceMatch);
    }

    private static bool IsCheck(ReadOnlySpan<byte> name)
        => name.SequenceEqual("read"u8) || name.SequenceEqual("match"u8) || name.SequenceEqual("wildcard_match"u8) || name.SequenceEqual("brace_match"u8);

    private void Set(ReadOnlySpan<byte> name, bool value)
    {
        if (name.SequenceEqual("read"u8))
            Readable = value;
        else if (name.SequenceEqual("match"u8))
            Match = value;
        else if (name.SequenceEqual("wildcard_match"u8))
            WildcardMatch = value;
        else
            BraceMatch = value;
    }
}
