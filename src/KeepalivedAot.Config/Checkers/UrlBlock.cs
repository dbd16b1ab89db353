using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Checkers;

/// <summary>What is asked for over HTTP, and what the answer must be.</summary>
public abstract partial class UrlBlock
{
    /// <summary>The path of the page, such as /index.html.</summary>
    [Keyword("path", Since = "0.5.3", Default = "required", RepeatCounts = true)]
    public string? Path { get; protected set; }

    /// <summary>The MD5 digest that the page must have: 32 hexadecimal digits.</summary>
    [Keyword("digest", Since = "0.5.3", Default = "none", Arguments = "hex32", FirstWins = true)]
    public HexDigest? Digest
    {
        get => _page?.Digest;
        protected set => Page.Digest = value;
    }

    /// <summary>The status codes that are a success: numbers, and ranges such as 200-299.</summary>
    /// <remarks>Never null after loading.</remarks>
    [Keyword("status_code", Since = "0.7.6", Default = "200-299", SurvivesMissingValue = true)]
    public StatusCodes? StatusCodes { get; protected set; }

    /// <summary>The Host header of the request.</summary>
    [Keyword("virtualhost", Since = "1.3.6", Default = "checker, real, then virtual server's value", SurvivesMissingValue = true, RepeatCounts = true)]
    public string? VirtualHost { get; protected set; }

    /// <summary>A regular expression (PCRE2) that must match the page.</summary>
    [Keyword("regex", Since = "2.0.7", Default = "none", Arguments = "string (shell-like quoting and escapes)", SurvivesMissingValue = true)]
    public RegexText? Regex
    {
        get => _page?.Regex;
        protected set => Page.Regex = value;
    }

    /// <summary>The page is wrong when the regular expression matches.</summary>
    [Sets("regex_no_match", Since = "2.0.7")]
    public bool RegexNoMatch
    {
        get => _page?.RegexNoMatch ?? false;
        protected set => Page.RegexNoMatch = value;
    }

    /// <summary>Options of the regular expression, such as caseless.</summary>
    [Keyword("regex_options", Since = "2.0.7", Default = "none", Arguments = "word...")]
    public RegexOptions? RegexOptions
    {
        get => _page?.RegexOptions;
        protected set => Page.RegexOptions = value;
    }

    /// <summary>The first byte of the page at which a match may begin.</summary>
    [Keyword("regex_min_offset", Since = "2.0.7", Default = "0", Arguments = "uint")]
    public RegexOffset RegexMinOffset
    {
        get => _page?.RegexMinOffset ?? default;
        protected set => Page.RegexMinOffset = value;
    }

    /// <summary>The last byte of the page at which a match may begin.</summary>
    [Keyword("regex_max_offset", Since = "2.0.7", Default = "unlimited", Arguments = "uint")]
    public RegexOffset? RegexMaxOffset
    {
        get => _page?.RegexMaxOffset;
        protected set => Page.RegexMaxOffset = value;
    }

    /// <summary>The stack of the regular expression: its size at first and at most, in bytes.</summary>
    [Keyword("regex_stack", Since = "2.0.7", Default = "library default", Arguments = "uint uint")]
    public RegexStack? RegexStack
    {
        get => _page?.RegexStack;
        protected set => Page.RegexStack = value;
    }

    private protected void RequirePath(SourceSpan block, Said said, DiagnosticBag diagnostics)
    {
        if (Path is null)
            CheckerReports.DropUnless(said, diagnostics, block, "HTTP/SSL_GET checker url has no path - ignoring", "add 'path /'");
    }

    internal void Inherit(HttpCheckBlock checker)
    {
        VirtualHost ??= checker.VirtualHost;
        StatusCodes ??= Checkers.StatusCodes.Successful;
    }

    // Few look at the page itself.
    private PageSettings? _page;

    private PageSettings Page => _page ??= new();

    private sealed class PageSettings
    {
        public HexDigest? Digest { get; set; }
        public RegexText? Regex { get; set; }
        public bool RegexNoMatch { get; set; }
        public RegexOptions? RegexOptions { get; set; }
        public RegexOffset RegexMinOffset { get; set; }
        public RegexOffset? RegexMaxOffset { get; set; }
        public RegexStack? RegexStack { get; set; }
    }
}
