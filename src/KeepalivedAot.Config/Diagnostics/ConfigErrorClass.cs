namespace KeepalivedAot.Config.Diagnostics;

/// <summary>keepalived's classes of configuration errors, in its order: of several the highest decides the exit status of <c>-t</c>.</summary>
public enum ConfigErrorClass : byte
{
    /// <summary>keepalived says nothing, or only logs.</summary>
    Ok,
    FileNotFound,
    BadInterface,
    Fatal,
    MultipleFiles,
    UnknownKeyword,
    UnexpectedOpeningBrace,
    MissingOpeningBrace,
    UnexpectedClosingBrace,
    MissingClosingBrace,
    UnmatchedQuote,
    MissingParameter,
    InvalidNumber,
    GeneralError,
    Warning,
    Deprecated,
    SecurityError,
}
