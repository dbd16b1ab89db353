namespace KeepalivedAot.Config.Text;

/// <summary>What the block parser works on: the words of a line up to a brace, or a brace by itself (grammar 9 and 10.1).</summary>
/// <remarks>Two of these are used in turn by the <see cref="LogicalReader"/>, so a file of any length costs no more.</remarks>
internal sealed class LogicalLine
{
    private Word[] _words = new Word[16];
    private int _count;

    public LogicalLineKind Kind { get; private set; }

    /// <summary>The text before it was split into words; scripts and regular expressions are split by other rules.</summary>
    public TextSlice Raw { get; private set; }

    public SourceSpan Span { get; private set; }

    /// <summary>Blanks in front of the physical line.</summary>
    public int Indentation { get; private set; }

    /// <summary>Nothing stands before it on its physical line.</summary>
    public bool IsFirstOnLine { get; private set; }

    /// <summary>It is one of many that are made of one that the user wrote.</summary>
    public bool IsMultiplied { get; private set; }

    /// <summary>A double quote has no partner, and what follows it is lost; that has been reported.</summary>
    public bool HasOpenQuote { get; internal set; }

    /// <summary>A name in braces has no definition and stays as $NAME; that has been reported.</summary>
    public bool HasUndefined { get; internal set; }

    public ReadOnlySpan<Word> Words => _words.AsSpan(0, _count);

    internal void Reset(LogicalLineKind kind, TextSlice raw, SourceSpan span, int indentation, bool isFirstOnLine, bool isMultiplied)
    {
        Kind = kind;
        Raw = raw;
        Span = span;
        Indentation = indentation;
        IsFirstOnLine = isFirstOnLine;
        IsMultiplied = isMultiplied;
        HasOpenQuote = false;
        HasUndefined = false;
        _count = 0;
    }

    internal void Add(in Word word)
    {
        if (_count == _words.Length)
            Array.Resize(ref _words, _count * 2);
        _words[_count++] = word;
    }
}
