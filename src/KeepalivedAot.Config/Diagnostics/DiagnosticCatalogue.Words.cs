namespace KeepalivedAot.Config.Diagnostics;

// KA02xx: blocks, words and braces.
public static partial class DiagnosticCatalogue
{
    public static readonly DiagnosticKind UnknownKeyword = Misread(
        201, ConfigErrorClass.UnknownKeyword, "unknown keyword", "The line, with its block if it has one, is ignored.");

    public static readonly DiagnosticKind NotYet = Warning(
        202, ConfigErrorClass.Ok, "keyword that is not done yet", "It is read and checked as keepalived does, and nothing comes of it in this release.");

    public static readonly DiagnosticKind UnexpectedOpeningBrace = Misread(
        203, ConfigErrorClass.UnexpectedOpeningBrace, "'{' where no block begins", null);

    public static readonly DiagnosticKind MissingOpeningBrace = Misread(
        204, ConfigErrorClass.MissingOpeningBrace, "missing '{'", null);

    public static readonly DiagnosticKind UnexpectedClosingBrace = Misread(
        205, ConfigErrorClass.UnexpectedClosingBrace, "'}' where no block is open", null);

    public static readonly DiagnosticKind MissingClosingBrace = Misread(
        206, ConfigErrorClass.MissingClosingBrace, "missing '}'", "What follows would be read as part of the block that was left open.");

    public static readonly DiagnosticKind ExtraWords = Warning(
        207, ConfigErrorClass.Ok, "words that nobody reads", "keepalived ignores such words in silence.");

    public static readonly DiagnosticKind Repeated = Warning(
        208, ConfigErrorClass.Ok, "keyword given twice", null);

    public static readonly DiagnosticKind BlockName = Misread(
        209, ConfigErrorClass.GeneralError, "block without exactly one name", "The block is ignored.");

    public static readonly DiagnosticKind DuplicateName = Misread(
        210, ConfigErrorClass.GeneralError, "two blocks of one name", null);

    public static readonly DiagnosticKind DeprecatedWord = Warning(
        211, ConfigErrorClass.Ok, "deprecated keyword", null);

    public static readonly DiagnosticKind DeprecatedCounts = Warning(
        212, ConfigErrorClass.Deprecated, "deprecated keyword that a config test counts", null);

    public static readonly DiagnosticKind NoEffect = Warning(
        213, ConfigErrorClass.Ok, "keyword without effect", "keepalived accepts it and does nothing either.");

    public static readonly DiagnosticKind MissingBlock = Misread(
        214, ConfigErrorClass.MissingOpeningBrace, "block keyword without its block", null);

    public static readonly DiagnosticKind MissingOpeningBraceOfLines = Misread(
        215, ConfigErrorClass.UnexpectedClosingBrace, "missing '{' of a list",
        "keepalived reads on as if it were there, and then takes the '}' for one too many.");

    public static readonly DiagnosticKind ExtraWordsBeforeBrace = Misread(
        216, ConfigErrorClass.GeneralError, "words between a keyword and its '{'", "Such words are ignored.");

    public static readonly DiagnosticKind NotHere = Warning(
        218, ConfigErrorClass.Ok, "keyword for something that is not here", "The file may be shared with keepalived, for which it means something.");

    public static readonly DiagnosticKind Iptables = Warning(
        219, ConfigErrorClass.Ok, "iptables where nftables is used", "The rules are in a table of their own, and not in the chains that are named.");
}
