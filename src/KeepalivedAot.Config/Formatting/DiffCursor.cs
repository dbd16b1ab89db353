using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Formatting;

/// <summary>A place in a file and the one in its layout that belongs to it; between them, all before is dealt with.</summary>
/// <remarks>The formatter says which line each new one was made of, so nothing has to be searched for and nothing remembered.</remarks>
internal struct DiffCursor(SourceFile before, SourceFile after, IReadOnlyList<int> origins)
{
    /// <summary>How many lines of the file are behind.</summary>
    public int LinesBefore { get; private set; }

    /// <summary>How many lines of the layout are behind.</summary>
    public int LinesAfter { get; private set; }

    /// <summary>Where the next line of the file begins.</summary>
    public int BeforeAt { get; private set; }

    /// <summary>Where the next line of the layout begins.</summary>
    public int AfterAt { get; private set; }

    public readonly bool IsEnd => BeforeAt >= before.Content.Length;

    /// <summary>The next line of the file, with its end.</summary>
    public readonly ReadOnlySpan<byte> Line => WithEnd(before.Content.AsSpan(BeforeAt));

    /// <summary>Passes over a line of the file and those that were made of it.</summary>
    /// <returns>True when it became one line of the same bytes.</returns>
    public bool Pass()
    {
        ReadOnlySpan<byte> line = Line;
        int start = AfterAt;
        int made = 0;
        LinesBefore++;
        while (LinesAfter < origins.Count && origins[LinesAfter] <= LinesBefore)
        {
            AfterAt += WithEnd(after.Content.AsSpan(AfterAt)).Length;
            LinesAfter++;
            made++;
        }
        BeforeAt += line.Length;
        return made == 1 && line.SequenceEqual(after.Content.AsSpan(start..AfterAt));
    }

    internal static ReadOnlySpan<byte> WithEnd(ReadOnlySpan<byte> text)
    {
        int length = text.IndexOf((byte)'\n');
        return length < 0 ? text : text[..(length + 1)];
    }
}
