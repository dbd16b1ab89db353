using System.Buffers;
using KeepalivedAot.Config.Diagnostics;

namespace KeepalivedAot.Config.Text;

/// <summary>The stream of logical lines of a configuration, with one line of lookahead.</summary>
/// <remarks>
/// Between the physical lines and the braces everything is worked out that the language has for texts: includes, conditional lines,
/// definitions, sequences (grammar 4 to 8). Partial files: <c>.Input</c> (where text comes from), <c>.Includes</c>,
/// <c>.Substitution</c>, <c>.Sequences</c>.
/// </remarks>
internal sealed partial class LogicalReader
{
    private static readonly SearchValues<byte> BraceBytes = SearchValues.Create("{}\""u8);

    private readonly LogicalSource _source;
    private readonly SourceMap _sources;
    private readonly DiagnosticBag? _diagnostics;
    private readonly DefinitionTable _definitions;

    private LogicalLine _current = new();
    private LogicalLine _next = new();
    private bool _hasNext;
    private TextSlice _residue;
    private int _opened;
    private int? _totalOpened;

    /// <param name="diagnostics">Null for a run that only looks ahead.</param>
    public LogicalReader(LogicalSource source, SourceMap sources, DiagnosticBag? diagnostics)
    {
        _source = source;
        _sources = sources;
        _diagnostics = diagnostics;
        _tally = new BuildTally(source.MostMemory);
        _definitions = new DefinitionTable(source.ConfigId, source.Seed, source.Files);
        _builder = new LineBuilder(sources);
        Checks = source.Checks;
        OpenMain();
    }

    public LogicalLine Current => _current;

    /// <summary>Opening less closing braces that are still to come; worked out when first asked, which is at the first mistake.</summary>
    public int BracesLeftOpenByRest => (_totalOpened ??= CountBraces()) - _opened;

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

    // The whole configuration once more, from the texts that were read already where they were.
    private int CountBraces()
    {
        SourceMap sources = new() { RecordsExpansions = false };
        LogicalReader reader = new(_source, sources, null);
        while (reader.Read().Kind != LogicalLineKind.EndOfFile)
        {
        }
        sources.WipeLines();
        return reader._opened;
    }

    private void Fill(LogicalLine line)
    {
        while (TryNextText(out TextSlice text))
        {
            Split(text, line);
            // A line may turn out to hold no word at all: a lone quote without partner.
            if (line.Kind != LogicalLineKind.Words || !line.Words.IsEmpty)
                return;
        }
        line.Reset(LogicalLineKind.EndOfFile, default, _endOfInput, 0, isFirstOnLine: true, isMultiplied: false);
    }

    // Grammar 9: a brace outside double quotes ends the line and is one by itself. What is behind it comes as if it were a line.
    private void Split(TextSlice text, LogicalLine line)
    {
        int brace = _isPlain ? text.Bytes.IndexOfAny((byte)'{', (byte)'}') : FindBrace(text.Bytes);
        if (brace == 0)
        {
            LogicalLineKind kind = text.Bytes[0] == (byte)'{' ? LogicalLineKind.OpeningBrace : LogicalLineKind.ClosingBrace;
            TextSlice itself = text.Slice(0, 1);
            line.Reset(kind, itself, itself.Span, _indentation, !_isResidue, _isMultiplied);
            _residue = text.Slice(1).Trim();
            return;
        }
        TextSlice words = (brace < 0 ? text : text.Slice(0, brace)).Trim();
        line.Reset(LogicalLineKind.Words, words, words.Span, _indentation, !_isResidue, _isMultiplied);
        _residue = brace < 0 ? default : text.Slice(brace);
        int quote = WordSplitter.Split(words, line, _secrecy, _sources);
        line.HasOpenQuote = quote >= 0;
        line.HasUndefined = _hasUndefined;
        if (quote >= 0 && !_hasOpenQuote)
        {
            _diagnostics?.Report(
                DiagnosticCatalogue.UnmatchedQuote, words.SpanOf(quote, words.Length - quote), "the double quote has no partner on this line");
        }
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
}
