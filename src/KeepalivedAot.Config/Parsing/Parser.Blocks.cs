using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Parsing;

internal sealed partial class Parser
{
    private readonly Stack<OpenBlock> _open = new();
    private readonly Dictionary<(string Block, string Name), SourceSpan> _names = [];

    // Opening braces that belong to no block and whose partners must not close one: in the innermost block, and in all.
    private int _strayBraces;
    private int _allStrayBraces;

    // Where on the line of the keyword the content begins, when the brace between them is missing.
    private int _contentFrom;

    // The rest of the current line still has to be looked at when a keyword has been dealt with.
    private bool _isLineOpen;

    /// <summary>Reads <c>{ … }</c> behind the current keyword, and its name if it has one, into a block.</summary>
    /// <returns>False when there is no block.</returns>
    public bool ParseBlock(IConfigBlock block)
    {
        OpenBlock open = OpenHere(block, Header);
        if (!TryOpen(open, DiagnosticCatalogue.MissingOpeningBrace))
            return false;
        ParseContent(open);
        block.Close(this);
        return true;
    }

    /// <summary>The name of the block that the current keyword opens. When there is none, or not a new one, the block is skipped.</summary>
    /// <param name="longest">How many bytes it may have; null when there is no limit.</param>
    /// <param name="exactlyOne">More words are a mistake, too; else they are passed over, and a name is what keepalived stops without.</param>
    public bool TryName(int? longest, bool exactlyOne, out string name)
    {
        ReadOnlySpan<Word> words = Words;
        SourceSpan keyword = words[_keyword].Span;
        name = "";
        bool isMissing = words.Length == _cursor;
        if (isMissing || (exactlyOne && words.Length > _cursor + 1))
        {
            diagnostics.Report(
                exactlyOne ? DiagnosticCatalogue.BlockName : DiagnosticCatalogue.MissingParameter, isMissing ? keyword : words[_cursor].Span.Through(words[^1].Span),
                isMissing ? $"'{Keyword}' needs a name" : $"'{Keyword}' takes one name, not {words.Length - _cursor} words",
                isMissing ? $"write '{Keyword} NAME {{'" : "put a name with blanks in double quotes");
            SkipBlock();
            return false;
        }
        if (words[_cursor].Text.Length > longest)
        {
            diagnostics.Report(
                DiagnosticCatalogue.TooLong, words[_cursor].Span, $"the name of a '{Keyword}' has at most {longest} bytes, not {words[_cursor].Text.Length}");
            SkipBlock();
            return false;
        }
        name = _strings.Get(words[_cursor].Text);
        _value = words[_cursor++].Span;
        if (_names.TryAdd((Keyword, name), _value))
            return true;
        Diagnostic duplicate = diagnostics.Report(
            DiagnosticCatalogue.DuplicateName, _value, $"there is a '{Keyword} {name}' already; this one is ignored");
        diagnostics.Relate(duplicate, _names[(Keyword, name)], "first defined here");
        SkipBlock();
        return false;
    }

    /// <summary>A block of this keyword and name has been read, or is being read.</summary>
    public bool HasBlock(string keyword, string name) => _names.ContainsKey((keyword, name));

    /// <summary>What stands before the brace has been rejected, and that has been said: passes over the block.</summary>
    public void SkipRejectedBlock()
    {
        _isLineOpen = false;
        if (reader.Peek().Kind == LogicalLineKind.OpeningBrace)
            SkipBlock();
    }

    /// <summary>All words of the current line of a value block are names.</summary>
    public void TakeNames(List<ConfigName> names)
    {
        ReadOnlySpan<Word> words = Words;
        while (_cursor < words.Length)
        {
            Word word = words[_cursor++];
            names.Add(new ConfigName(_strings.Get(word.Text), word.Span));
        }
    }

    /// <summary>Where the current block's header was written: the keyword, with the name if it has one.</summary>
    public SourceSpan Header => Words[_lineKeyword].Span.Through(_value);

    /// <summary>Where the value that was read last was written.</summary>
    public SourceSpan ValueSpan => _value;

    /// <summary>Enters the value block behind the current keyword.</summary>
    public bool TryOpenLines()
    {
        OpenBlock open = OpenHere(null, Words[_keyword].Span);
        if (!TryOpen(open, DiagnosticCatalogue.MissingOpeningBraceOfLines))
            return false;
        Enter(open);
        return true;
    }

    /// <summary>Moves to the next line of a value block; at its end leaves it and returns false.</summary>
    public bool TryNextLine()
    {
        if (_isLineOpen)
            ReportExtraWords();
        _isLineOpen = false;
        if (_contentFrom > 0)
            return BeginLine(TakeContentFrom());
        while (true)
        {
            LogicalLine line = reader.Read();
            switch (line.Kind)
            {
                case LogicalLineKind.EndOfFile:
                    ReportMissingClosingBrace(line.Span);
                    reader.Unread();
                    break;
                case LogicalLineKind.ClosingBrace when _strayBraces > 0:
                    CloseStrayBrace();
                    continue;
                case LogicalLineKind.ClosingBrace:
                    NoteClosing(line);
                    break;
                case LogicalLineKind.OpeningBrace:
                    ReportStrayBrace(line);
                    continue;
                case LogicalLineKind.Words when IsForEnclosingBlock(line):
                    ReportMissingClosingBrace(line.Span);
                    reader.Unread();
                    break;
                default:
                    return BeginLine(0);
            }
            Leave();
            return false;
        }
    }

    private bool BeginLine(int first)
    {
        BeginKeyword(first);
        _cursor = first;
        _isLineOpen = true;
        _isLineUsable = true;
        return true;
    }

    private int TakeContentFrom()
    {
        int first = _contentFrom;
        _contentFrom = 0;
        return first;
    }

    private void Enter(in OpenBlock open)
    {
        _open.Push(open with { OuterStrayBraces = _strayBraces });
        _strayBraces = 0;
    }

    private void Leave()
    {
        _allStrayBraces -= _strayBraces;
        _strayBraces = _open.Pop().OuterStrayBraces;
    }

    private void CloseStrayBrace()
    {
        _strayBraces--;
        _allStrayBraces--;
    }

    private OpenBlock OpenHere(IConfigBlock? block, SourceSpan header)
        => new(block, header, Keyword, reader.Current.Indentation);

    // keepalived minds them in front of a list only.
    private void ReportWordsBeforeBrace(bool isList)
    {
        ReadOnlySpan<Word> words = Words;
        if (_cursor < words.Length)
        {
            diagnostics.Report(
                isList ? DiagnosticCatalogue.ExtraWordsBeforeBrace : DiagnosticCatalogue.ExtraWords, words[_cursor].Span.Through(words[^1].Span),
                $"nothing may stand between '{Keyword}' and '{{'");
        }
    }

    private bool TryOpen(in OpenBlock open, DiagnosticKind whenMissing)
    {
        _isLineOpen = false;
        LogicalLine next = reader.Peek();
        if (next.Kind == LogicalLineKind.OpeningBrace)
        {
            ReportWordsBeforeBrace(open.Block is null);
            reader.Read();
            return true;
        }
        // With a partner for the brace that is not there the block is meant to be here; without one the keyword stands alone.
        bool hasPartner = BracesMissing + 1 <= 0;
        diagnostics.Report(
            hasPartner ? whenMissing : DiagnosticCatalogue.MissingBlock, open.Header,
            hasPartner ? $"'{{' is missing after '{open.Word}'" : $"'{open.Word}' needs a block",
            hasPartner ? $"write '{{' behind it" : $"write '{open.Word} {{ … }}'");
        if (hasPartner && HasNext)
            _contentFrom = _cursor;
        return hasPartner;
    }

    private void ParseContent(OpenBlock open)
    {
        IConfigBlock block = open.Block!;
        bool isRoot = _open.Count == 0;
        Enter(open);
        while (true)
        {
            int first = TakeContentFrom();
            LogicalLine line = first > 0 ? reader.Current : reader.Read();
            if (line.Kind == LogicalLineKind.Words)
            {
                int word = block.FindWord(line.Words[first].Text);
                if (word >= 0)
                {
                    BeginKeyword(first);
                    _isLineOpen = true;
                    _isSecretExpected = false;
                    block.Accept(word, this);
                    if (_isLineOpen)
                        ReportExtraWords();
                    _isLineOpen = false;
                }
                else if (!isRoot && first == 0 && IsForEnclosingBlock(line))
                {
                    ReportMissingClosingBrace(line.Span);
                    reader.Unread();
                    break;
                }
                else
                {
                    BeginKeyword(first);
                    ReportUnknown(block, line.Words[first]);
                    SkipBlock();
                }
                continue;
            }
            if (line.Kind == LogicalLineKind.EndOfFile)
            {
                if (!isRoot)
                    ReportMissingClosingBrace(line.Span);
                reader.Unread();
                break;
            }
            if (line.Kind == LogicalLineKind.OpeningBrace)
                ReportStrayBrace(line);
            else if (_strayBraces > 0)
                CloseStrayBrace();
            else if (isRoot || IsExtraBrace(block))
                ReportExtraBrace(line);
            else
            {
                NoteClosing(line);
                break;
            }
        }
        Leave();
    }

    /// <summary>Passes over the block behind the current keyword, if there is one.</summary>
    private void SkipBlock()
    {
        _isLineOpen = false;
        if (Words.IsEmpty)
            return;
        OpenBlock open = OpenHere(null, Words[_keyword].Span);
        LogicalLine next = reader.Peek();
        if (next.Kind == LogicalLineKind.OpeningBrace)
            reader.Read();
        else if (IsBlockWithoutBrace(next))
            diagnostics.Report(DiagnosticCatalogue.MissingOpeningBrace, open.Header, $"'{{' is missing after '{open.Word}'");
        else
            return;
        Enter(open);
        int depth = 1;
        while (depth > 0)
        {
            LogicalLine line = reader.Read();
            if (line.Kind == LogicalLineKind.Words)
                MarkSkipped(line.Words);
            if (line.Kind == LogicalLineKind.OpeningBrace)
                depth++;
            else if (line.Kind == LogicalLineKind.ClosingBrace && --depth == 0)
                NoteClosing(line);
            else if (line.Kind == LogicalLineKind.EndOfFile || (line.Kind == LogicalLineKind.Words && IsForEnclosingBlock(line, depth)))
            {
                ReportMissingClosingBrace(line.Span);
                reader.Unread();
                break;
            }
        }
        Leave();
    }
}
