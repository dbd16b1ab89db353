namespace KeepalivedAot.Config.Parsing;

/// <summary>In what the number behind a keyword is.</summary>
internal enum NumberUnit
{
    /// <summary>It counts something, or is a name.</summary>
    None,
    Seconds,
    Milliseconds,
}
