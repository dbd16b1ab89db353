using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Formatting;

/// <summary>What a file consists of when blanks are left out: words, braces and fixed lines, or its comments.</summary>
internal ref struct TokenStream(byte[] content, bool ofComments)
{
    private readonly PhysicalLexer _lexer = new(content);
    private ReadOnlySpan<byte> _code;
    private int _at;

    /// <summary>The word follows the one before it without a blank, which is one word to the shell.</summary>
    public bool IsGlued { get; private set; }

    public bool TryRead(out ReadOnlySpan<byte> token)
    {
        while (true)
        {
            Range next = LineText.NextToken(_code, _at);
            token = _code[next];
            if (!token.IsEmpty)
            {
                IsGlued = next.Start.Value == _at && _at > 0 && !IsBrace(token[0]) && !IsBrace(_code[_at - 1]);
                _at = next.End.Value;
                return true;
            }
            if (!_lexer.TryRead(out PhysicalLine line))
                return false;
            IsGlued = false;
            if (ofComments)
            {
                if (!line.HasComment)
                    continue;
                token = content.AsSpan(line.CommentStart, line.End - line.CommentStart);
                return true;
            }
            switch (line.Kind)
            {
                case PhysicalLineKind.Words:
                    _code = content.AsSpan(line.Start, line.CodeEnd - line.Start);
                    _at = 0;
                    break;
                case PhysicalLineKind.Fixed or PhysicalLineKind.Verbatim:
                    token = content.AsSpan(line.Start, line.End - line.Start);
                    return true;
            }
        }
    }

    public static bool AreEqual(byte[] before, byte[] after) => AreEqual(before, after, ofComments: false) && AreEqual(before, after, ofComments: true);

    private static bool AreEqual(byte[] before, byte[] after, bool ofComments)
    {
        TokenStream one = new(before, ofComments);
        TokenStream other = new(after, ofComments);
        while (one.TryRead(out ReadOnlySpan<byte> token))
        {
            if (!other.TryRead(out ReadOnlySpan<byte> counterpart) || !token.SequenceEqual(counterpart) || one.IsGlued != other.IsGlued)
                return false;
        }
        return !other.TryRead(out _);
    }

    private static bool IsBrace(byte c) => c is (byte)'{' or (byte)'}';
}
