namespace KeepalivedAot.Config.Text;

/// <summary>Which mistakes of an <c>include</c> are errors (grammar 8.2); the others are only mentioned.</summary>
[Flags]
public enum IncludeChecks : byte
{
    None = 0,

    /// <summary>Something that is there cannot be read, is no regular file, or may be executed.</summary>
    Read = 1,

    /// <summary>A path without wildcards leads nowhere.</summary>
    Match = 2,

    /// <summary>A pattern with wildcards matches nothing.</summary>
    WildcardMatch = 4,

    /// <summary>One of the alternatives in braces matches nothing.</summary>
    BraceMatch = 8,
    All = Read | Match | WildcardMatch | BraceMatch,
}
