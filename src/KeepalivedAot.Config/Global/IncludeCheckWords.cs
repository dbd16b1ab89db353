using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Global;

/// <summary>
/// Which mistakes of <c>include</c> lines count from here on, to the end of the file (grammar 8.2). A first word without sign starts a
/// new set with read and that check, words with + or - add and remove one; nothing at all means every check.
/// </summary>
[LineBlock(ReadsItself = true, FormatsItself = true)]
public sealed partial class IncludeCheckWords
{
    private static readonly string[] s_names = ["read", "match", "wildcard_match", "brace_match"];

    /// <summary>What is checked behind this line.</summary>
    public IncludeChecks Checks { get; private set; }

    /// <summary>It is an error when an included file cannot be read, is a directory, or is executable.</summary>
    [Sets("read", Since = "2.2.0")]
    public bool Readable { get; private set; }

    /// <summary>It is an error when a name without wildcards does not exist.</summary>
    [Sets("match", Since = "2.2.0")]
    public bool Match { get; private set; }

    /// <summary>It is an error when a name with wildcards matches nothing.</summary>
    [Sets("wildcard_match", Since = "2.2.0")]
    public bool WildcardMatch { get; private set; }

    /// <summary>It is an error when an alternative in braces matches nothing.</summary>
    [Sets("brace_match", Since = "2.2.0")]
    public bool BraceMatch { get; private set; }

    // Each check with its sign: the line means the same whatever was checked before it.
    internal partial string Format(bool showsSecrets)
        => Checks == IncludeChecks.All ? "" : string.Join(' ', s_names.Select(n => (Checks.HasFlag(CheckOf(n)) ? "+" : "-") + n));

    private partial bool ReadWords(Parser parser)
    {
        IncludeChecks checks = parser.HasNext ? parser.IncludeChecks : IncludeChecks.All;
        for (bool isFirst = true; parser.HasNext; isFirst = false)
        {
            if (parser.TryTake(out Word word))
                checks = Read(parser, word, checks, isFirst);
        }
        Checks = checks;
        Readable = checks.HasFlag(IncludeChecks.Read);
        Match = checks.HasFlag(IncludeChecks.Match);
        WildcardMatch = checks.HasFlag(IncludeChecks.WildcardMatch);
        BraceMatch = checks.HasFlag(IncludeChecks.BraceMatch);
        parser.IncludeChecks = checks;
        return true;
    }

    // A word that is wrong changes nothing.
    private static IncludeChecks Read(Parser parser, Word word, IncludeChecks checks, bool isFirst)
    {
        string text = parser.Intern(word.Text);
        char sign = text.Length > 0 && text[0] is '+' or '-' ? text[0] : '\0';
        if (sign == '\0' && !isFirst)
        {
            parser.Reject(
                DiagnosticCatalogue.InvalidWord, $"only the first word of 'include_check' may be without + or -; '{text}' is ignored", $"write +{text}");
            return checks;
        }
        string name = sign == '\0' ? text : text[1..];
        IncludeChecks check = CheckOf(name);
        if (check == IncludeChecks.None)
        {
            string? near = name == "readable" ? "read" : Spelling.Nearest(name, s_names);
            parser.Reject(
                DiagnosticCatalogue.InvalidWord, $"'include_check' knows {string.Join(", ", s_names)}, not '{name}'", near is null ? null : $"did you mean '{near}'?");
            return checks;
        }
        return sign switch
        {
            '+' => checks | check,
            '-' => checks & ~check,
            _ => IncludeChecks.Read | check,
        };
    }

    private static IncludeChecks CheckOf(string name) => name switch
    {
        "read" => IncludeChecks.Read,
        "match" => IncludeChecks.Match,
        "wildcard_match" => IncludeChecks.WildcardMatch,
        "brace_match" => IncludeChecks.BraceMatch,
        _ => IncludeChecks.None,
    };
}
