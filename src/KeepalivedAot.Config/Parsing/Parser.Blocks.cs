using System.Text;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Parsing;

internal sealed partial class Parser
{
    private readonly Stack<OpenBlock> _open = new();

    // Opening braces that belong to no block and whose partners must not close one: in the innermost block, and in all.
    private int _strayBraces;
    private int _allStrayBraces;

    // Where on the line of the keyword the content begins, when the brace between them is missing.
    private int _contentFrom;

    // The rest of the current line still has to be looked at when a keyword has been dealt with.
    private bool _isLineOpen;

    /// <summary>How many bytes were built of virtual servers, about.</summary>
    public long BytesOfServers { get; private set; }

    /// <summary>Reads <c>{ … }</c> behind the current keyword, and its name if it has one, into a block.</summary>
    /// <returns>False when there is no block.</returns>
    public bool ParseBlock(IConfigBlock block)
    {
        OpenBlock open = OpenHere(block, Header);
        if (!TryOpen(open, DiagnosticCatalogue.MissingOpeningBrace))
            return false;
        ParseContent(open);
        // Of half a block nobody knows what is missing.
        if (!reader.IsCutShort)
            block.Close(this);
        return true;
    }

    /// <summary>What stands before the brace has been rejected, and that has been said: passes over the block.</summary>
    public void SkipRejectedBlock()
    {
        _isLineOpen = false;
        if (reader.Peek().Kind == LogicalLineKind.OpeningBrace)
            SkipBlock();
    }

    /// <summary>Where the current block's header was written: the keyword, with the name if it has one.</summary>
    public SourceSpan Header => Words[_lineKeyword].Span.Through(_value);

    /// <summary>Where the value that was read last was written.</summary>
    public SourceSpan ValueSpan => _value;

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

    private OpenBlock OpenHere(IConfigBlock? block, SourceSpan header) => new(block, header, Words[_keyword], reader.Current.Indentation);

    // keepalived minds them in front of a list only.
    private void ReportWordsBeforeBrace(bool isList)
    {
        ReadOnlySpan<Word> words = Words;
        if (_cursor >= words.Length)
            return;
        StringBuilder header = new(words[_lineKeyword].ToString());
        foreach (Word word in words[(_lineKeyword + 1).._cursor])
            header.Append(' ').Append(word.ToString());
        diagnostics.Report(
            isList ? DiagnosticCatalogue.ExtraWordsBeforeBrace : DiagnosticCatalogue.ExtraWords, words[_cursor].Span.Through(words[^1].Span),
            $"nothing may stand between '{header}' and '{{'", OtherForms.SuggestBeforeBrace(words[_lineKeyword].ToString(), words[_cursor].ToString()));
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
        bool isRoot = _open.Count == 0;
        Enter(open);
        while (ParseLine(open.Block!, isRoot))
        {
        }
        Leave();
    }

    /// <summary>A line of a block, with the block that it opens, if so.</summary>
    /// <returns>False: the block is over.</returns>
    private bool ParseLine(IConfigBlock block, bool isRoot)
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
                // What a lone quote has swallowed, or a name without definition, was reported when the line was read.
                bool isSpoilt = line.HasOpenQuote || line.HasUndefined;
                int mistakes = diagnostics.Mistakes;
                if (isRoot)
                    AcceptSection(block, word, line.Words[first]);
                else
                    block.Accept(word, this);
                if (_isLineOpen)
                    ReportExtraWords();
                _isLineOpen = false;
                if (isSpoilt || diagnostics.Mistakes != mistakes)
                    block.NoteMistake(word, Said.Error);
            }
            else if (!isRoot && first == 0 && IsForEnclosingBlock(line))
            {
                ReportMissingClosingBrace(line.Span);
                reader.Unread();
                return false;
            }
            else
            {
                BeginKeyword(first);
                PassUnknown(block, line.Words[first]);
            }
            return true;
        }
        if (line.Kind == LogicalLineKind.EndOfFile)
        {
            if (!isRoot)
                ReportMissingClosingBrace(line.Span);
            reader.Unread();
            return false;
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
            return false;
        }
        return true;
    }

    private void AcceptSection(IConfigBlock root, int word, Word keyword)
    {
        bool isOfServers = keyword.Text.SequenceEqual("virtual_server"u8);
        diagnostics.Sources.NoteSection(keyword.Span, isOfServers);
        long before = reader.BytesBuilt;
        root.Accept(word, this);
        BytesOfServers += isOfServers ? reader.BytesBuilt - before : 0;
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
