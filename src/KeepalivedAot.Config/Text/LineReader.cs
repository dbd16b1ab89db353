using System.Buffers;
using KeepalivedAot.Config.Diagnostics;

namespace KeepalivedAot.Config.Text;

/// <summary>Physical lines of one file, comments and surrounding blanks removed (grammar 2 and 3).</summary>
/// <param name="diagnostics">Null for a run that only looks ahead.</param>
internal sealed class LineReader(SourceFile file, DiagnosticBag? diagnostics)
{
    /// <summary>keepalived's buffer holds so many bytes of a line.</summary>
    public const int LongestLine = 1022;

    private static readonly SearchValues<byte> CommentBytes = SearchValues.Create("\"\\#!"u8);

    // Not more than this is looked at ahead of its line: whoever reads in slices between other work wants short ones.
    private const int Lookahead = 16 << 10;

    // Whatever has a meaning anywhere in a line, but for braces; most lines have none of it.
    private static readonly SearchValues<byte> SpecialBytes = SearchValues.Create("\0\"\\#!$"u8);

    private readonly PlacedText _text = new(file.Content, file.Start);
    private int _offset = StartOf(file.Content);

    // From the line that was read last up to here there is none of them.
    private int _plainUntil;
    private bool _hasMark = StartOf(file.Content) > 0;

    /// <summary>The line that <see cref="TryRead"/> read had a quote without partner, and that has been said.</summary>
    public bool HasOpenQuote { get; private set; }

    /// <summary>The line has nothing in it but words and braces: no comment, quote or name.</summary>
    public bool IsPlain { get; private set; }

    /// <summary>The comment that was taken off the line, if it left nothing, or had a backslash at its end.</summary>
    public SourceSpan HidingComment { get; private set; }

    /// <summary>Blanks in front of the line's text.</summary>
    public int Indentation { get; private set; }

    public SourceSpan EndOfFile => new(file.End, 0);

    /// <summary>The next line that is not empty.</summary>
    /// <param name="keepsEmpty">An empty line is a line too: it ends a definition.</param>
    public bool TryRead(out TextSlice line, bool keepsEmpty = false)
    {
        byte[] content = file.Content;
        if (_hasMark)
            ReportMark();
        while (_offset < content.Length)
        {
            int start = _offset;
            int length = content.AsSpan(start).IndexOf((byte)'\n');
            if (length < 0)
                length = content.Length - start;
            _offset = start + length + 1;
            line = new TextSlice(_text, start, length);
            IsPlain = IsPlainBetween(start, start + length);
            HasOpenQuote = false;
            HidingComment = default;
            if ((length > LongestLine || !IsPlain) && !IsUsable(line))
                continue;
            line = line.Trim();
            if (!IsPlain)
            {
                TextSlice whole = line;
                line = StripComment(line, diagnostics, out bool hasOpenQuote);
                HasOpenQuote = hasOpenQuote;
                if (keepsEmpty || whole.Bytes is [(byte)'$', ..])
                    HidingComment = FindHidingComment(whole, line);
            }
            if (line.IsEmpty)
            {
                if (keepsEmpty)
                    return true;
                continue;
            }
            Indentation = line.Span.Position - file.Start - start;
            return true;
        }
        line = default;
        return false;
    }

    // Many lines are looked at together.
    private bool IsPlainBetween(int start, int end)
    {
        if (_plainUntil >= end)
            return true;
        int from = Math.Max(start, _plainUntil);
        int to = Math.Max(end, Math.Min(from + Lookahead, file.Content.Length));
        int found = file.Content.AsSpan(from..to).IndexOfAny(SpecialBytes);
        _plainUntil = found < 0 ? to : from + found;
        return _plainUntil >= end;
    }

    private void ReportMark()
    {
        _hasMark = false;
        diagnostics?.Report(
            DiagnosticCatalogue.ByteOrderMark, new SourceSpan(file.Start, _offset), "the file begins with a byte order mark, which is passed over",
            "save the file as UTF-8 without it");
    }

    private static int StartOf(byte[] content) => content.AsSpan().StartsWith("\uFEFF"u8) ? "\uFEFF"u8.Length : 0;

    private bool IsUsable(TextSlice line)
    {
        int nul = line.Bytes.IndexOf((byte)0);
        if (nul >= 0)
        {
            diagnostics?.Report(DiagnosticCatalogue.NulByte, line.SpanOf(nul, 1), "the line holds a NUL byte and is ignored");
            return false;
        }
        if (line.Length > LongestLine + 1 || (line.Length == LongestLine + 1 && line.Bytes[^1] != (byte)'\r'))
        {
            diagnostics?.Report(
                DiagnosticCatalogue.LongLine, line.SpanOf(LongestLine, line.Length - LongestLine),
                $"the line is longer than {LongestLine} bytes and is ignored");
            return false;
        }
        return true;
    }

    /// <summary>Takes the comment off a line without blanks at its ends, and the backslashes that kept it from being one (grammar 3).</summary>
    /// <remarks>A backslash at the end of the line stays there, without the blanks in front of it.</remarks>
    /// <param name="diagnostics">Null when nothing is to be said.</param>
    public static TextSlice StripComment(TextSlice line, DiagnosticBag? diagnostics, out bool hasOpenQuote)
    {
        hasOpenQuote = false;
        ReadOnlySpan<byte> bytes = line.Bytes;
        int first = bytes.IndexOfAny(CommentBytes);
        if (first < 0)
            return line;
        int quote = -1;
        int end = bytes.Length;
        bool isContinued = false;
        List<int>? removed = null;
        for (int i = first; i < end; i++)
        {
            switch (bytes[i])
            {
                case (byte)'"':
                    quote = quote < 0 ? i : -1;
                    break;
                case (byte)'\\' when i == bytes.Length - 1:
                    end = i;
                    isContinued = true;
                    break;
                case (byte)'\\':
                    if (quote < 0 && bytes[i + 1] is (byte)'#' or (byte)'!')
                        (removed ??= []).Add(i);
                    i++;
                    break;
                case (byte)'#' or (byte)'!' when quote < 0:
                    end = i;
                    break;
            }
        }
        if (quote >= 0)
        {
            hasOpenQuote = true;
            diagnostics?.Report(
                DiagnosticCatalogue.UnmatchedQuote, line.SpanOf(quote, end - quote), "the double quote has no partner on this line");
        }
        int textEnd = end;
        while (textEnd > 0 && Blank.Is(bytes[textEnd - 1]))
            textEnd--;
        if (isContinued && textEnd < end)
        {
            for (int i = textEnd; i < end; i++)
                (removed ??= []).Add(i);
        }
        line = line.Slice(0, isContinued ? end + 1 : textEnd);
        return removed is null ? line : Without(line, removed, diagnostics?.Sources);
    }

    private static SourceSpan FindHidingComment(TextSlice whole, TextSlice line)
    {
        if (whole.IsEmpty || (!line.IsEmpty && (whole.Bytes[^1] != (byte)'\\' || line.Bytes[^1] == (byte)'\\')))
            return default;
        int end = line.IsEmpty ? 0 : line.SpanOf(line.Length - 1, 1).End - whole.Span.Position;
        return whole.Slice(end).Trim().Span;
    }

    // Takes bytes out; from here on the others no longer follow one another in the file.
    private static TextSlice Without(TextSlice line, List<int> removed, SourceMap? sources)
    {
        int left = line.Length - removed.Count;
        byte[] buffer = sources?.MakeLine(line.Bytes, left) ?? new byte[left];
        int[] map = new int[buffer.Length];
        int next = 0;
        int length = 0;
        for (int i = 0; i < line.Length; i++)
        {
            if (next < removed.Count && removed[next] == i)
            {
                next++;
                continue;
            }
            buffer[length] = line.Bytes[i];
            map[length++] = line.SpanOf(i, 1).Position;
        }
        return new TextSlice(new PlacedText(buffer, 0, map));
    }
}
