namespace KeepalivedAot.Config.Schema;

/// <summary>What follows a word.</summary>
public enum WordKind : byte
{
    /// <summary>Nothing.</summary>
    Flag,

    /// <summary>Nothing or a boolean.</summary>
    Boolean,
    Integer,

    /// <summary>A number with decimals, or of seconds or milliseconds.</summary>
    Decimal,
    Address,
    Prefix,
    Interface,
    Text,

    /// <summary>One of a few words, or a value that reads itself.</summary>
    Choice,

    /// <summary>A block of keywords.</summary>
    Block,

    /// <summary>A block of lines.</summary>
    Lines,

    /// <summary>A block of words, such as the names of a group.</summary>
    Names,

    /// <summary>Several words, read by a rule of their own.</summary>
    Arguments,

    /// <summary>Several words on the line, options among them.</summary>
    Options,
}
