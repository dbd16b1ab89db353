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
}
