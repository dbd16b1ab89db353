namespace KeepalivedAot.Config.Text;

internal enum LogicalLineKind : byte
{
    /// <summary>One word or more.</summary>
    Words,
    OpeningBrace,
    ClosingBrace,
    EndOfFile,
}
