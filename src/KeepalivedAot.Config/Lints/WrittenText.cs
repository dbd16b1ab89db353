using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Lints;

/// <summary>What the user wrote at a place, where that matters beyond its value.</summary>
internal static class WrittenText
{
    /// <summary>The bytes of the file; empty where the value was put together from several places, as definitions can do.</summary>
    public static ReadOnlySpan<byte> At(SourceMap sources, SourceSpan span)
    {
        if (!span.IsGiven || sources.Locate(span).File is not SourceFile file)
            return default;
        int offset = span.Position - file.Start;
        return offset >= 0 && offset + span.Length <= file.Content.Length ? file.Content.AsSpan(offset, span.Length) : default;
    }

    /// <summary>The line where it begins.</summary>
    public static ReadOnlySpan<byte> LineOf(SourceMap sources, SourceSpan span)
        => sources.Locate(span) is { File: SourceFile file, Line: > 0 and var line } ? file.Line(line) : default;

    /// <summary>Whether the one stands above the other in the same file; of two files nothing is said.</summary>
    public static bool IsAbove(SourceMap sources, SourceSpan first, SourceSpan second)
    {
        if (!first.IsGiven || !second.IsGiven)
            return false;
        (SourceLocation one, SourceLocation other) = (sources.Locate(first), sources.Locate(second));
        return one.File == other.File && (one.Line, one.Column).CompareTo((other.Line, other.Column)) < 0;
    }
}
