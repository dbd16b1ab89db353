using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Routing;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Parsing;

/// <summary>Feeds the logical lines of a file to the blocks, whose generated code asks it for values and nested blocks.</summary>
/// <remarks>
/// Partial files: blocks (<c>Parser.Blocks.cs</c>, <c>Parser.Names.cs</c>), value blocks (<c>Parser.Lines.cs</c>), what to do when braces
/// or words are wrong (<c>Parser.Recovery.cs</c>, <c>Parser.Refusal.cs</c>), words (<c>Parser.Taking.cs</c>) and values (<c>Parser.Values.cs</c>,
/// <c>Parser.Numbers.cs</c>, <c>Parser.Addresses.cs</c>).
/// </remarks>
internal sealed partial class Parser(LogicalReader reader, DiagnosticBag diagnostics, Configuration configuration, LoadOptions options)
{
    // The words of the current line that have been taken; the keyword is the last one that was not a value.
    private int _cursor;
    private int _keyword;

    // The word with which the line's content begins: the keyword, of which the last one may be an option.
    private int _lineKeyword;
    private SourceSpan _value;
    private bool _isMissingValueFatal;

    public DiagnosticBag Diagnostics => diagnostics;

    /// <summary>What has been read so far; some defaults are what <c>global_defs</c> says at that moment.</summary>
    public Configuration Configuration => configuration;

    /// <summary>What the reading depends on.</summary>
    public LoadOptions Options => options;

    /// <summary>Which mistakes of include lines count from here to the end of the current file.</summary>
    public IncludeChecks IncludeChecks
    {
        get => reader.Checks;
        set
        {
            if (!IsIgnored)
                reader.Checks = value;
        }
    }

    /// <summary>An object of so many bytes was made of the current line.</summary>
    public void Built(int bytes) => reader.Built(bytes);

    private ReadOnlySpan<Word> Words => reader.Current.Words;

    private string Keyword => Words[_keyword].ToString();

    /// <summary>Begins to read the file into its root block.</summary>
    public void BeginFile(IConfigBlock root) => Enter(new OpenBlock(root, SourceSpan.None, default, -1));

    /// <summary>Reads a line of the top level with the block that it opens.</summary>
    /// <returns>False: that was all, and the root block is complete.</returns>
    public bool ParseNext()
    {
        IConfigBlock root = _open.Peek().Block!;
        if (ParseLine(root, isRoot: true))
            return true;
        Leave();
        root.Close(this);
        return false;
    }

    /// <summary>Remembers where the value that was read last was written; says so when it was given before.</summary>
    /// <param name="place">The setting's number in the table.</param>
    /// <param name="counts">keepalived counts it as an error when it is given twice.</param>
    public void Given(ref SpanTable table, int place, bool counts = false)
    {
        SourceSpan keyword = Words[_keyword].Span;
        NoteGiven(ref table, place, keyword, _value.IsGiven ? _value : keyword, counts);
    }

    /// <summary>The same for a block of which the last one counts.</summary>
    public void GivenBlock(ref SpanTable table, int place) => NoteGiven(ref table, place, Words[_keyword].Span, Header, counts: true);

    /// <summary>The same for a keyword with options: all of them are the value.</summary>
    /// <param name="adds">They were added to those of the lines before, of which the first is remembered.</param>
    public void GivenLine(ref SpanTable table, int place, bool adds = false)
    {
        if (adds && table[place].IsGiven)
            return;
        SourceSpan keyword = Words[_lineKeyword].Span;
        NoteGiven(ref table, place, keyword, keyword.Through(Words[^1].Span));
    }

    /// <summary>The same for an action of a rule, which may have one only: with another one the line is of no use.</summary>
    public void GivenAction(ref SpanTable table, int place)
    {
        SourceSpan before = table[place];
        if (!before.IsGiven)
        {
            Given(ref table, place);
            return;
        }
        Rule.ReportSecondAction(diagnostics, before, Words[_keyword].Span);
        DropLine();
    }

    private void NoteGiven(ref SpanTable table, int place, SourceSpan keyword, SourceSpan now, bool counts = false)
    {
        Built(SpanTable.EntryWeight);
        SourceSpan before = table.Exchange(place, now);
        if (before.IsGiven)
        {
            string word = Words[_lineKeyword].ToString();
            Diagnostic again = diagnostics.Report(
                counts ? DiagnosticCatalogue.RepeatedCounts : DiagnosticCatalogue.Repeated, keyword,
                $"'{(keyword == Words[_keyword].Span ? Keyword : word)}' is given again; the last one counts");
            diagnostics.Relate(again, before, "given before here");
        }
    }

    /// <summary>The keyword counts only where it is given first; when it was given before, the line or block is passed over.</summary>
    public bool RejectsSecond(SourceSpan first)
    {
        if (!RejectsOther(first))
            return false;
        // Behind an option stands its value, behind a keyword perhaps a block.
        if (_keyword != _lineKeyword)
            _cursor = Math.Min(_cursor + 1, Words.Length);
        else
            SkipRejectedBlock();
        return true;
    }

    /// <summary>The same for a keyword whose value has been read, and is another one than it was.</summary>
    public bool RejectsOther(SourceSpan first)
    {
        if (!first.IsGiven)
            return false;
        Diagnostic again = diagnostics.Report(
            DiagnosticCatalogue.SecondIgnored, Words[_keyword].Span, $"'{Keyword}' is given again; the first one counts", "leave one of them out");
        diagnostics.Relate(again, first, "given first here");
        return true;
    }

    /// <summary>Whether one word follows the current keyword, neither less nor more; if not, that is reported and the line is behind us.</summary>
    public bool HasExactlyOne()
    {
        ReadOnlySpan<Word> words = Words;
        if (words.Length == _keyword + 2)
            return true;
        if (words.Length == _keyword + 1)
            diagnostics.Report(DiagnosticCatalogue.OptionWithoutValue, words[_keyword].Span, $"'{Keyword}' needs a value");
        else
        {
            diagnostics.Report(
                DiagnosticCatalogue.NotOneValue, words[_keyword + 2].Span.Through(words[^1].Span),
                $"'{Keyword}' takes exactly one value; the line is ignored", "put a value with blanks in double quotes");
        }
        _isLineOpen = false;
        return false;
    }

    private void BeginKeyword(int index)
    {
        _keyword = index;
        _lineKeyword = index;
        _cursor = index + 1;
        _value = SourceSpan.None;
        // keepalived stops at a keyword without its value; a line of a value block it only drops.
        _isMissingValueFatal = _open.Peek().Block is not null;
    }

    private void ReportExtraWords()
    {
        ReadOnlySpan<Word> words = Words;
        if (_cursor >= words.Length)
            return;
        string? suggestion = null;
        if (_open.Peek().Block?.Schema.HasSecrets == true)
            MarkSecret(words[_cursor].Span);
        if (OtherForms.IsForeignComment(words[_cursor].Text))
            suggestion = OtherForms.Comments;
        else if (_open.Peek().Block?.FindWord(words[_cursor].Text) >= 0)
            suggestion = $"begin a new line with '{words[_cursor]}'";
        else if (words[_cursor - 1].Text.SequenceEqual("="u8))
            suggestion = _open.Peek().Block?.Schema.HasSecrets == true ? "leave the '=' out" : $"leave the '=' out: '{Keyword} {words[_cursor]}'";
        Diagnostic warning = diagnostics.Report(
            DiagnosticCatalogue.ExtraWords, words[_cursor].Span.Through(words[^1].Span),
            $"nothing more is read after '{Keyword}'{(_value.IsGiven ? " and its value" : "")}; the rest of the line is ignored", suggestion);
        NoteLost(words[_cursor..], diagnostics.SaidBy(warning));
    }

    /// <summary>Keywords among words that nobody reads were meant to be given.</summary>
    public void NoteLost(ReadOnlySpan<Word> words, Said said)
    {
        if (_open.Peek().Block is not IConfigBlock block)
            return;
        foreach (Word word in words)
        {
            int number = block.FindWord(word.Text);
            if (number >= 0)
                block.NoteMistake(number, said);
        }
    }
}
