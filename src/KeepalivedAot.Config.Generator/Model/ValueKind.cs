namespace KeepalivedAot.Config.Generator.Model;

internal enum ValueKind
{
    Flag,
    Boolean,
    Integer,
    Duration,
    Address,
    Prefix,
    Interface,
    String,
    Secret,
    Choice,
    SelfReading,
    Block,
    NamedBlocks,
    Lines,

    /// <summary>Blocks without a name, each made anew.</summary>
    Blocks,

    /// <summary>Blocks whose words before the brace are more than a name.</summary>
    HeadedBlocks,

    /// <summary>Named blocks that hold lines and no keywords.</summary>
    NamedLines,

    /// <summary>A value block of words.</summary>
    Names,

    /// <summary>A value of several words that reads itself.</summary>
    Arguments,

    /// <summary>A keyword that may be given any number of times, each a value of several words.</summary>
    RepeatedArguments,

    /// <summary>What is declared like a line, behind the keyword.</summary>
    Options,
}
