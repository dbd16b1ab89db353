using System.Buffers;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Formatting;

/// <summary>Takes a file apart into physical lines and says of each how freely it may be laid out (grammar 2, 3, 6.3).</summary>
/// <remarks>Nothing is expanded: where the meaning of a line depends on what is elsewhere, the line counts as fixed.</remarks>
internal sealed class PhysicalLexer(byte[] content)
{
    // Quotes and backslashes of the shell, and what is replaced by a definition, may give blanks a meaning.
    private static readonly SearchValues<byte> FixingBytes = SearchValues.Create("$\\'"u8);

    private int _offset = BomLength(content);
    private int _number;
    private bool _isWithinDefinition;

    public static int BomLength(ReadOnlySpan<byte> content) => content.StartsWith("\uFEFF"u8) ? "\uFEFF"u8.Length : 0;

    public bool TryRead(out PhysicalLine line)
    {
        if (_offset >= content.Length)
        {
            line = default;
            return false;
        }
        int start = _offset;
        int length = content.AsSpan(start).IndexOf((byte)'\n');
        int end = length < 0 ? content.Length : start + length;
        _offset = end + 1;
        _number++;
        while (end > start && content[end - 1] == (byte)'\r')
            end--;
        line = Classify(start, end);
        return true;
    }

    private PhysicalLine Classify(int start, int end)
    {
        int first = start;
        while (first < end && Blank.Is(content[first]))
            first++;
        int comment = FindComment(first, end, out bool hasOpenQuote);
        int codeEnd = TrimEnd(first, comment);
        ReadOnlySpan<byte> code = content.AsSpan(first, codeEnd - first);
        bool goesOn = code.Length > 0 && code[^1] == (byte)'\\';
        if (_isWithinDefinition)
        {
            // Whether a comment by itself ends the definition is not the same in all of keepalived's processes: take more for its value.
            _isWithinDefinition = goesOn || (code.IsEmpty && comment < end);
            return new PhysicalLine(PhysicalLineKind.Verbatim, _number, start, end, end, end);
        }
        if (code.IsEmpty)
        {
            PhysicalLineKind kind = comment < end ? PhysicalLineKind.Comment : PhysicalLineKind.Empty;
            return new PhysicalLine(kind, _number, first, first, first, TrimEnd(first, end));
        }
        if (hasOpenQuote || code.ContainsAny(FixingBytes) || HasDirective(code))
        {
            _isWithinDefinition = goesOn && HasDirective(code);
            // Blanks behind a backslash decide whether it is the last byte of the line.
            int kept = goesOn ? end : TrimEnd(first, end);
            return new PhysicalLine(PhysicalLineKind.Fixed, _number, first, codeEnd, kept, kept);
        }
        return new PhysicalLine(PhysicalLineKind.Words, _number, first, codeEnd, comment, TrimEnd(first, end));
    }

    // Grammar 3: # or ! outside double quotes; a backslash takes the byte behind it along.
    private int FindComment(int start, int end, out bool hasOpenQuote)
    {
        hasOpenQuote = false;
        for (int i = start; i < end; i++)
        {
            switch (content[i])
            {
                case (byte)'"':
                    hasOpenQuote = !hasOpenQuote;
                    break;
                case (byte)'\\':
                    i++;
                    break;
                case (byte)'#' or (byte)'!' when !hasOpenQuote:
                    return i;
            }
        }
        return end;
    }

    // A line that is cut at its braces is read piece by piece, and a piece may be a directive as a line may.
    private static bool HasDirective(ReadOnlySpan<byte> code)
    {
        bool isFirst = true;
        for (Range token = LineText.NextToken(code, 0); code[token].Length > 0; token = LineText.NextToken(code, token.End.Value))
        {
            if (isFirst && LineText.IsDirective(code[token.Start..]))
                return true;
            isFirst = code[token.Start] is (byte)'{' or (byte)'}';
        }
        return false;
    }

    private int TrimEnd(int start, int end)
    {
        while (end > start && Blank.Is(content[end - 1]))
            end--;
        return end;
    }
}
