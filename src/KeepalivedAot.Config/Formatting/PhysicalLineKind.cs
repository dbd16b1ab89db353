namespace KeepalivedAot.Config.Formatting;

/// <summary>How freely a physical line may be laid out anew.</summary>
internal enum PhysicalLineKind : byte
{
    /// <summary>Nothing but blanks.</summary>
    Empty,

    /// <summary>Nothing but a comment.</summary>
    Comment,

    /// <summary>Words and braces; blanks between them mean nothing.</summary>
    Words,

    /// <summary>Blanks within it may mean something; those around it do not.</summary>
    Fixed,

    /// <summary>Of the value of a definition over several lines: not a byte is touched.</summary>
    Verbatim,
}
