namespace KeepalivedAot.Config.Diagnostics;

// 01xx: texts, before they are keywords. 105 was "not done yet", and is not used again.
public static partial class DiagnosticCatalogue
{
    public static readonly DiagnosticKind DefinitionLoop = Misread(
        106, ConfigErrorClass.GeneralError, "definition that leads back to itself", "It would be replaced for ever; the line is used as far as it got.");

    public static readonly DiagnosticKind ResultTooLong = Warning(
        107, ConfigErrorClass.Ok, "line too long with its definitions", "keepalived's buffer holds 1024 bytes.");

    public static readonly DiagnosticKind DefinitionParameters = Misread(
        108, ConfigErrorClass.GeneralError, "wrong parameters of a definition", null);

    public static readonly DiagnosticKind UndefinedName = Misread(
        109, ConfigErrorClass.UnexpectedOpeningBrace, "name without definition", "Definitions hold from the line behind them on; keepalived takes the braces of an unknown one for those of a block.");

    public static readonly DiagnosticKind InvalidSequence = Misread(
        110, ConfigErrorClass.GeneralError, "~SEQ or ~LST that makes no sense", "The line is left out.");

    public static readonly DiagnosticKind LimitReached = FatalMisread(
        111, ConfigErrorClass.GeneralError, "more than fits", "What comes beyond it is not read, so the configuration cannot be run.");

    public static readonly DiagnosticKind NotReplaced = Hint(
        112, "name that is not replaced", "What is no use of a definition stays as it is written, dollar sign and all.");

    public static readonly DiagnosticKind CommentEndsDefinition = Warning(
        113, ConfigErrorClass.Ok, "definition that a comment ends", "A comment takes the backslash at its end with it, and a line of nothing but a comment is empty.");

    public static readonly DiagnosticKind ByteOrderMark = Warning(
        114, ConfigErrorClass.Ok, "byte order mark", "keepalived takes it for a part of the first word, which it does not know then.");

    public static readonly DiagnosticKind IncludeLoop = FatalMisread(
        503, ConfigErrorClass.FileNotFound, "file that includes itself", "It would be read for ever.");

    public static readonly DiagnosticKind IncludeFailed = FatalMisread(
        504, ConfigErrorClass.FileNotFound, "include that leads nowhere", "A check of includes is on, so a configuration without the file is not run.");

    public static readonly DiagnosticKind IncludeSkipped = Warning(
        505, ConfigErrorClass.Ok, "include that leads nowhere, without a check", "The rest is read without it; 'includea' or 'include_check' make it an error.");

    public static readonly DiagnosticKind SeveralFiles = Warning(
        506, ConfigErrorClass.MultipleFiles, "several configuration files", null);
}
