using System.Buffers;
using KeepalivedAot.Config.Diagnostics;

namespace KeepalivedAot.Config.Text;

/// <summary>The stream of logical lines of a configuration, with one line of lookahead.</summary>
/// <remarks>Includes, definitions and conditional lines will be evaluated here, between the physical lines and the braces.</remarks>
internal sealed class LogicalReader
{
    private static readonly SearchValues<byte> BraceBytes = SearchValues.Create("{}\""u8);

    private readonly SourceFile _file;
    private readonly LineReader _lines;
    private readonly DiagnosticBag? _diagnostics;

    private LogicalLine _current = new();
    private LogicalLine _next = new();
    private bool _hasNext;
    private TextSlice _residue;
    private bool _residueIsFirst;
    private int _opened;
    private int? _totalOpened;

    /// <param name="diagnostics">Null for a run that only looks ahead.</param>
    public LogicalReader(SourceFile file, DiagnosticBag? diagnostics)
    {
        _file = file;
        _lines = new LineReader(file, diagnostics);
        _diagnostics = diagnostics;
    }

    public LogicalLine Current => _current;

    /// <summary>Opening less closing braces that are still to come; worked out when first asked, which is at the first mistake.</summary>
    public int BracesLeftOpenByRest => (_totalOpened ??= CountBraces(_file)) - _opened;

    public LogicalLine Read()
    {
        if (!_hasNext)
            Fill(_next);
        _hasNext = false;
        (_current, _next) = (_next, _current);
        _opened += BraceValue(_current);
        return _current;
    }

    /// <summary>The line after <see cref="Current"/>.</summary>
    public LogicalLine Peek()
    {
        if (!_hasNext)
            Fill(_next);
        _hasNext = true;
        return _next;
    }

    /// <summary>Makes <see cref="Current"/> the next one again. Not after <see cref="Peek"/>.</summary>
    public void Unread()
    {
        Base.Invariant.Require(!_hasNext, "only one line is looked ahead");
        _opened -= BraceValue(_current);
        (_current, _next) = (_next, _current);
        _hasNext = true;
    }

    private static int BraceValue(LogicalLine line) => line.Kind switch
    {
        LogicalLineKind.OpeningBrace => 1,
        LogicalLineKind.ClosingBrace => -1,
        _ => 0,
    };

    private static int CountBraces(SourceFile file)
    {
        LogicalReader reader = new(file, null);
        while (reader.Read().Kind != LogicalLineKind.EndOfFile)
        {
        }
        return reader._opened;
    }

    private void Fill(LogicalLine line)
    {
        while (true)
        {
            if (_residue.IsEmpty)
            {
                if (!_lines.TryRead(out _residue))
                {
                    line.Reset(LogicalLineKind.EndOfFile, default, _lines.EndOfFile, 0, isFirstOnLine: true);
                    return;
                }
                _residueIsFirst = true;
                if (IsDirective(_residue))
                {
                    _residue = default;
                    continue;
                }
            }
            Split(line);
            // A line may turn out to hold no word at all: a lone quote without partner.
            if (line.Kind != LogicalLineKind.Words || !line.Words.IsEmpty)
                return;
        }
    }

    // Grammar 9: a brace outside double quotes ends the line and is one by itself.
    private void Split(LogicalLine line)
    {
        TextSlice text = _residue;
        int brace = FindBrace(text.Bytes);
        if (brace == 0)
        {
            LogicalLineKind kind = text.Bytes[0] == (byte)'{' ? LogicalLineKind.OpeningBrace : LogicalLineKind.ClosingBrace;
            TextSlice itself = text.Slice(0, 1);
            line.Reset(kind, itself, itself.Span, _lines.Indentation, _residueIsFirst);
            _residue = text.Slice(1).Trim();
        }
        else
        {
            TextSlice words = (brace < 0 ? text : text.Slice(0, brace)).Trim();
            line.Reset(LogicalLineKind.Words, words, words.Span, _lines.Indentation, _residueIsFirst);
            _residue = brace < 0 ? default : text.Slice(brace);
            int quote = WordSplitter.Split(words, line);
            if (quote >= 0 && !_lines.HasOpenQuote)
            {
                _diagnostics?.Report(
                    DiagnosticCatalogue.UnmatchedQuote, words.SpanOf(quote, words.Length - quote), "the double quote has no partner on this line");
            }
        }
        _residueIsFirst = false;
    }

    private static int FindBrace(ReadOnlySpan<byte> text)
    {
        int from = 0;
        while (true)
        {
            int found = text[from..].IndexOfAny(BraceBytes);
            if (found < 0)
                return -1;
            from += found;
            if (text[from] != (byte)'"')
                return from;
            int partner = text[(from + 1)..].IndexOf((byte)'"');
            if (partner < 0)
                return -1;
            from += partner + 2;
        }
    }

    // What the preprocessor will do is refused by name until it is there: read as plain text it would mean something else.
    private bool IsDirective(TextSlice line)
    {
        ReadOnlySpan<byte> text = line.Bytes;
        string? what = text[0] switch
        {
            (byte)'@' => "a conditional line",
            (byte)'~' when text.StartsWith("~SEQ"u8) || text.StartsWith("~LST"u8) => "a sequence",
            (byte)'$' when IsDefinition(text) => "a definition",
            (byte)'i' when IsInclude(text) => "include",
            _ => null,
        };
        if (what is null)
            return false;
        _diagnostics?.Report(
            DiagnosticCatalogue.DirectiveNotYet, line.Span, $"keepalived-aot does not do {what} yet; the configuration cannot be run");
        return true;
    }

    private static bool IsDefinition(ReadOnlySpan<byte> text)
    {
        int i = 1;
        while (i < text.Length && (char.IsAsciiLetterOrDigit((char)text[i]) || text[i] == (byte)'_'))
            i++;
        return i > 1 && i < text.Length && text[i] == (byte)'=' && !char.IsAsciiDigit((char)text[1]);
    }

    private static bool IsInclude(ReadOnlySpan<byte> text)
    {
        if (!text.StartsWith("include"u8))
            return false;
        ReadOnlySpan<byte> rest = text["include"u8.Length..];
        if (!rest.IsEmpty && rest[0] is (byte)'r' or (byte)'m' or (byte)'w' or (byte)'b' or (byte)'a')
            rest = rest[1..];
        return !rest.IsEmpty && Blank.Is(rest[0]);
    }
}
