using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Checkers;

/// <summary>The options of a regular expression, as PCRE2 has them.</summary>
[LineBlock(TakesOthers = true)]
public sealed partial class RegexOptions
{
    /// <summary>[] matches nothing and [^] anything, in place of ] being part of the class.</summary>
    [Sets("allow_empty_class", Since = "2.0.7")]
    public bool AllowEmptyClass { get; private set; }

    /// <summary>\u, \U and \x mean what they mean in JavaScript.</summary>
    [Sets("alt_bsux", Since = "2.0.7")]
    public bool AltBsux { get; private set; }

    /// <summary>Automatic callouts (PCRE2_AUTO_CALLOUT), which nothing here uses.</summary>
    [Sets("auto_callout", Since = "2.0.7")]
    public bool AutoCallout { get; private set; }

    /// <summary>Upper and lower case are alike.</summary>
    [Sets("caseless", Since = "2.0.7")]
    public bool Caseless { get; private set; }

    /// <summary>$ matches at the end of the page only, and not before a last line end.</summary>
    [Sets("dollar_endonly", Since = "2.0.7")]
    public bool DollarEndonly { get; private set; }

    /// <summary>A dot matches line ends as well.</summary>
    [Sets("dotall", Since = "2.0.7")]
    public bool Dotall { get; private set; }

    /// <summary>Several groups may have the same name.</summary>
    [Sets("dupnames", Since = "2.0.7")]
    public bool Dupnames { get; private set; }

    /// <summary>White space and comments in the expression are ignored.</summary>
    [Sets("extended", Since = "2.0.7")]
    public bool Extended { get; private set; }

    /// <summary>The match must begin in the first line.</summary>
    [Sets("firstline", Since = "2.0.7")]
    public bool Firstline { get; private set; }

    /// <summary>A reference to a group that has not matched matches the empty string.</summary>
    [Sets("match_unset_backref", Since = "2.0.7")]
    public bool MatchUnsetBackref { get; private set; }

    /// <summary>^ and $ match at every line.</summary>
    [Sets("multiline", Since = "2.0.7")]
    public bool Multiline { get; private set; }

    /// <summary>Forbid the expression to switch ucp on.</summary>
    [Sets("never_ucp", Since = "2.0.7")]
    public bool NeverUcp { get; private set; }

    /// <summary>Forbid the expression to switch utf on.</summary>
    [Sets("never_utf", Since = "2.0.7")]
    public bool NeverUtf { get; private set; }

    /// <summary>Plain parentheses group and do not capture.</summary>
    [Sets("no_auto_capture", Since = "2.0.7")]
    public bool NoAutoCapture { get; private set; }

    /// <summary>Switch off the optimisation of repetitions (PCRE2_NO_AUTO_POSSESS).</summary>
    [Sets("no_auto_possess", Since = "2.0.7")]
    public bool NoAutoPossess { get; private set; }

    /// <summary>Switch off the optimisation of expressions that begin with .* (PCRE2_NO_DOTSTAR_ANCHOR).</summary>
    [Sets("no_dotstar_anchor", Since = "2.0.7")]
    public bool NoDotstarAnchor { get; private set; }

    /// <summary>Switch off optimisations at the start of a match (PCRE2_NO_START_OPTIMIZE).</summary>
    [Sets("no_start_optimize", Since = "2.0.7")]
    public bool NoStartOptimize { get; private set; }

    /// <summary>\d, \w and classes go by Unicode properties.</summary>
    [Sets("ucp", Since = "2.0.7")]
    public bool Ucp { get; private set; }

    /// <summary>Quantifiers match as little as they can.</summary>
    [Sets("ungreedy", Since = "2.0.7")]
    public bool Ungreedy { get; private set; }

    /// <summary>Expression and page are UTF-8.</summary>
    [Sets("utf", Since = "2.0.7")]
    public bool Utf { get; private set; }

    /// <summary>Forbid \C, which matches a single byte, in the expression.</summary>
    [Sets("never_backslash_c", Since = "2.0.7")]
    public bool NeverBackslashC { get; private set; }

    /// <summary>With multiline, ^ matches after a line end at the end of the page, too.</summary>
    [Sets("alt_circumflex", Since = "2.0.7")]
    public bool AltCircumflex { get; private set; }

    /// <summary>Names of verbs such as (*MARK) may hold escapes.</summary>
    [Sets("alt_verbnames", Since = "2.0.7")]
    public bool AltVerbnames { get; private set; }

    /// <summary>Allow an offset limit (PCRE2_USE_OFFSET_LIMIT); regex_max_offset switches it on itself.</summary>
    [Sets("use_offset_limit", Since = "2.0.7")]
    public bool UseOffsetLimit { get; private set; }

    // keepalived passes over words that it does not know.
    private partial bool TakeOther(Parser parser)
    {
        if (!parser.TryTake(out Word word))
            return false;
        string? near = Spelling.Nearest(word.ToString(), Schema.Words.Select(static w => w.Word));
        parser.Diagnostics.Report(
            DiagnosticCatalogue.RegexSetting, word.Span, $"'{word}' is no option of a regular expression; it is ignored", near is null ? null : $"did you mean '{near}'?");
        return true;
    }
}
