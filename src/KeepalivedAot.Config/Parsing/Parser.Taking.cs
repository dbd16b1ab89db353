using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Parsing;

// The words of the current line, one after the other.
internal sealed partial class Parser
{
    // Equal words become one string.
    private readonly StringPool _strings = new();

    /// <summary>Whether the keyword is followed by a value.</summary>
    public bool HasNext => _cursor < Words.Length;

    /// <summary>Where the current line of a value block stands.</summary>
    public SourceSpan LineSpan => reader.Current.Span;

    /// <summary>The current keyword is ignored when it has no value.</summary>
    public void ForgiveMissingValue() => _isMissingValueFatal = false;

    /// <summary>The next word of the line, whatever it is; when there is none, that is reported.</summary>
    public bool TryTake(out Word word)
    {
        if (!HasNext)
        {
            word = default;
            // A value that a lone quote has swallowed is not missed a second time.
            if (_isMissingValueFatal)
                diagnostics.Report(DiagnosticCatalogue.MissingParameter, Words[_keyword].Span, $"'{Keyword}' needs a value");
            else if (!reader.Current.HasOpenQuote)
                diagnostics.Report(DiagnosticCatalogue.OptionWithoutValue, Words[_keyword].Span, $"'{Keyword}' needs a value");
            _isLineUsable = false;
            return false;
        }
        word = Words[_cursor++];
        _value = word.Span;
        return true;
    }

    /// <summary>The next word of the line, which stays where it is; empty when there is none.</summary>
    public ReadOnlySpan<byte> NextText => HasNext ? Words[_cursor].Text : default;

    /// <summary>How many words have been taken since the keyword with which the line begins.</summary>
    public int WordsTaken => _cursor - _lineKeyword - 1;

    /// <summary>Where the next word stands; not given when there is none.</summary>
    public SourceSpan NextSpan => HasNext ? Words[_cursor].Span : SourceSpan.None;

    /// <summary>How the current keyword or option is spelt.</summary>
    public string CurrentKeyword => Keyword;

    /// <summary>Takes the next word if it is this one.</summary>
    public bool Takes(ReadOnlySpan<byte> text)
    {
        if (!HasNext || !Words[_cursor].Text.SequenceEqual(text))
            return false;
        _value = Words[_cursor++].Span;
        return true;
    }

    /// <summary>Takes all the words that are left.</summary>
    public ReadOnlySpan<Word> TakeRest()
    {
        ReadOnlySpan<Word> rest = Words[_cursor..];
        if (!rest.IsEmpty)
            _value = rest[0].Span.Through(rest[^1].Span);
        _cursor = Words.Length;
        return rest;
    }

    /// <summary>One string for all words that are equal.</summary>
    public string Intern(ReadOnlySpan<byte> text)
    {
        string known = _strings.Get(text, out int made);
        Built(made);
        return known;
    }

    /// <summary>A string of its own was made of the current line.</summary>
    public void BuiltText(string text) => Built(StringPool.EmptyWeight + sizeof(char) * text.Length);

    /// <summary>The logical line as it stands, for values with a quoting of their own (grammar 10.2), and takes all its words.</summary>
    public TextSlice TakeRawLine()
    {
        TakeRest();
        return reader.Current.Raw;
    }
}
