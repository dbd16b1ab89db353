namespace KeepalivedAot.Config.Toml;

internal enum TomlKind : byte
{
    Boolean,
    Integer,
    Float,
    Text,
    Date,
    Array,

    /// <summary>A [table], or one in braces.</summary>
    Table,

    /// <summary>[[table]]</summary>
    TableArray,
}
