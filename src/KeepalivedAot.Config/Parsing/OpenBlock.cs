using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Parsing;

/// <summary>A block that has been opened and not closed yet.</summary>
/// <param name="Block">Null for a value block, whose lines have no keywords, and for a block that is skipped.</param>
/// <param name="Header">The keyword with its name.</param>
/// <param name="Indentation">Blanks in front of the line with the keyword.</param>
internal readonly record struct OpenBlock(IConfigBlock? Block, SourceSpan Header, Word Word, int Indentation)
{
    /// <summary>Braces without a block that were open around it.</summary>
    public int OuterStrayBraces { get; init; }
}
