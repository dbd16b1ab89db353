namespace KeepalivedAot.CommandLine;

/// <summary>One of keepalived's options: the row from which both parsers, the help and the completion are made.</summary>
/// <param name="Short">The letter, or NUL for an option that has only a long form.</param>
/// <param name="Effective">False for what keepalived does and this release does not: accepted, and named in the log.</param>
internal sealed record DaemonOption(
    OptionId Id, char Short, string Long, ArgumentKind Argument, string ArgumentName, string Help, bool Effective = true)
{
    public bool HasShort => Short != '\0';
}
