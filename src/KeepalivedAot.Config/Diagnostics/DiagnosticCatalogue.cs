namespace KeepalivedAot.Config.Diagnostics;

/// <summary>Every kind of finding, with its stable code. Numbers are never reused.</summary>
/// <remarks>
/// One partial file for each area: KA01xx text (this file) and preprocessor, KA02xx blocks and words, KA03xx values, KA04xx VRRP,
/// KA05xx files and the system, KA06xx virtual servers and checkers, KA07xx BFD, trackers and scripts, KA08xx keepalived-aot.toml,
/// KA09xx lints. What <c>explain</c> says of each is in <c>Reference/Explanations/</c>.
/// </remarks>
public static partial class DiagnosticCatalogue
{
    // Without an initializer: the fields of all files register themselves here, in an order that the language leaves open.
    private static List<DiagnosticKind>? s_all;

    /// <summary>All kinds, by number.</summary>
    public static IReadOnlyList<DiagnosticKind> All => [.. s_all!.OrderBy(static kind => kind.Number)];

    /// <summary>The kind with a code such as KA0303, in upper or lower case; null when there is none.</summary>
    public static DiagnosticKind? Find(string code)
        => s_all!.Find(kind => string.Equals(kind.Code, code, StringComparison.OrdinalIgnoreCase));

    public static readonly DiagnosticKind UnmatchedQuote = Misread(
        101, ConfigErrorClass.UnmatchedQuote, "double quote without partner",
        "A quoted word ends on the line on which it begins; what follows the lone quote is lost.");

    public static readonly DiagnosticKind NulByte = Misread(
        102, ConfigErrorClass.GeneralError, "NUL byte in a line", "The file is damaged, or no text; keepalived drops such a line too.");

    public static readonly DiagnosticKind LongLine = Misread(
        103, ConfigErrorClass.GeneralError, "line too long", "keepalived's lines end there; it would take the rest for a line of its own.");

    public static readonly DiagnosticKind TrailingBackslash = Warning(
        104, ConfigErrorClass.Ok, "backslash at the end of a line", "Only definitions go on behind a backslash.");

    private static DiagnosticKind Fatal(int number, ConfigErrorClass errorClass, string title, string? why)
        => Register(new(number, Severity.Error, errorClass, true, title, why));

    private static DiagnosticKind Error(int number, ConfigErrorClass errorClass, string title, string? why)
        => Register(new(number, Severity.Error, errorClass, false, title, why));

    /// <summary>An error because of which something that was written is not known: a word, a value, a brace, a file.</summary>
    private static DiagnosticKind Misread(int number, ConfigErrorClass errorClass, string title, string? why)
        => Register(new(number, Severity.Error, errorClass, false, title, why) { IsOfReading = true });

    private static DiagnosticKind FatalMisread(int number, ConfigErrorClass errorClass, string title, string? why)
        => Register(new(number, Severity.Error, errorClass, true, title, why) { IsOfReading = true });

    private static DiagnosticKind Warning(int number, ConfigErrorClass errorClass, string title, string? why)
        => Register(new(number, Severity.Warning, errorClass, false, title, why));

    /// <summary>Advice: never changes an exit status.</summary>
    private static DiagnosticKind Hint(int number, string title, string? why)
        => Register(new(number, Severity.Hint, ConfigErrorClass.Ok, false, title, why));

    private static DiagnosticKind Register(DiagnosticKind kind)
    {
        (s_all ??= []).Add(kind);
        return kind;
    }
}
