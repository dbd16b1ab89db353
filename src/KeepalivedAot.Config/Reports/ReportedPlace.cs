using System.Text;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Reports;

/// <summary>A place within one line, for programs.</summary>
/// <param name="Line">From 1; 0 when the whole file is meant, and then the columns are 0 too.</param>
/// <param name="Column">From 1.</param>
/// <param name="EndColumn">Behind the last one.</param>
internal readonly record struct ReportedPlace(string File, int Line, int Column, int EndColumn)
{
    /// <summary>Columns count characters (Unicode scalar values), as in the text report.</summary>
    public static ReportedPlace InCharacters(SourceLocation at)
        => at.Line == 0 ? new(at.Path, 0, 0, 0) : new(at.Path, at.Line, at.Column, at.Column + at.Length);

    /// <summary>Columns count UTF-16 code units, as SARIF has them by default (3.14.17).</summary>
    public static ReportedPlace InUtf16(SourceLocation at)
    {
        if (at.File is null || at.Line == 0)
            return InCharacters(at);
        ReadOnlySpan<byte> rest = at.File.Line(at.Line);
        int column = 1 + Units(ref rest, at.Column - 1);
        return new(at.Path, at.Line, column, column + Math.Max(1, Units(ref rest, at.Length)));
    }

    // A byte that is no UTF-8 is one character here and one in whatever replaces it.
    private static int Units(ref ReadOnlySpan<byte> utf8, int characters)
    {
        int units = 0;
        while (characters-- > 0 && !utf8.IsEmpty)
        {
            Rune.DecodeFromUtf8(utf8, out Rune rune, out int consumed);
            units += rune.Utf16SequenceLength;
            utf8 = utf8[consumed..];
        }
        return units;
    }
}
