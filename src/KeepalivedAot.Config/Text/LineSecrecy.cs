namespace KeepalivedAot.Config.Text;

/// <summary>How much of a line came from outside the files.</summary>
internal enum LineSecrecy : byte
{
    None,

    /// <summary>Some of it; the <see cref="SourceMap"/> knows what.</summary>
    Some,

    /// <summary>Some of it, and nobody knows what any more.</summary>
    All,
}
