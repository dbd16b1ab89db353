using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Parsing;

// Value blocks: whatever stands on a line there is content, and no keyword is looked for (grammar 12).
internal sealed partial class Parser
{
    // About so many bytes, with room for more in the list, and where it is looked up.
    private const int ListedNameWeight = 72;

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

    /// <summary>All words of the current line of a value block are names.</summary>
    public void TakeNames(List<ConfigName> names)
    {
        ReadOnlySpan<Word> words = Words;
        while (_cursor < words.Length)
        {
            Word word = words[_cursor++];
            names.Add(new ConfigName(Intern(word.Text), word.Span));
            Built(ListedNameWeight);
        }
    }
}
