using System.Text;
using KeepalivedAot.Base;

namespace KeepalivedAot.Config.Writing;

/// <summary>Writes a configuration as a <c>keepalived.conf</c>.</summary>
/// <param name="output">Where the text goes as it comes; null when all of it is asked for at the end.</param>
internal sealed class TextConfigWriter(bool showsSecrets, Stream? output = null) : ConfigWriter(showsSecrets)
{
    private const int Indent = 4;
    private const int MostWaiting = 16 << 10;

    private readonly StringBuilder _text = new();
    private int _depth;
    private bool _hasText;

    // Inside a line or behind a keyword with options: words follow one another.
    private bool _isInline;
    private bool _isFirstWord;

    public override string ToString() => _text.ToString();

    /// <summary>Hands over what is still here.</summary>
    public void Flush()
    {
        if (output is null)
            return;
        output.Write(ByteText.Encode(_text.ToString()));
        _text.Clear();
    }

    /// <summary>The words of one line or of the options behind a keyword.</summary>
    public static string Words(bool showsSecrets, Action<ConfigWriter> write)
    {
        TextConfigWriter writer = new(showsSecrets) { _isInline = true, _isFirstWord = true };
        write(writer);
        return writer.ToString();
    }

    public override void BeginList(string word)
    {
    }

    public override void EndList()
    {
    }

    public override void BeginItem(string word, string? headerKey, string? header) => Open(header is null ? word : $"{word} {header}");

    public override void EndItem() => Close();

    public override void BeginBlock(string word) => Open(word);

    public override void EndBlock() => Close();

    public override void BeginLines(string word) => Open(word);

    public override void EndLines() => Close();

    public override void BeginContent(string key)
    {
    }

    public override void EndContent()
    {
    }

    public override void BeginLine() => BeginWords();

    public override void EndLine() => EndWords();

    public override void Line(string text) => NewLine(text);

    public override void BeginOptions(string word)
    {
        BeginWords();
        Append(word);
    }

    public override void EndOptions() => EndWords();

    public override void Positional(string what, string word) => Append(word);

    public override void Flag(string word, string key, bool value) => Append(word);

    public override void Boolean(string word, bool value) => Append(value ? $"{word} true" : $"{word} false");

    public override void Number(string word, string text) => Append($"{word} {text}");

    public override void Repeated(string word, IEnumerable<string> values)
    {
        foreach (string value in values)
            Value(word, value);
    }

    public override void Value(string word, string words) => Append(words.Length == 0 ? word : $"{word} {words}");

    private void Open(string header)
    {
        if (_depth == 0 && _hasText)
            _text.Append('\n');
        NewLine(header + " {");
        _depth++;
    }

    private void Close()
    {
        _depth--;
        NewLine("}");
    }

    private void BeginWords()
    {
        _text.Append(' ', _depth * Indent);
        _isInline = true;
        _isFirstWord = true;
    }

    private void EndWords()
    {
        EndText();
        _isInline = false;
    }

    private void Append(string words)
    {
        if (!_isInline)
        {
            NewLine(words);
            return;
        }
        if (!_isFirstWord)
            _text.Append(' ');
        _isFirstWord = false;
        _text.Append(words);
    }

    private void NewLine(string text)
    {
        _text.Append(' ', _depth * Indent).Append(text);
        EndText();
    }

    private void EndText()
    {
        // It can be read again, but is another configuration.
        if (!ShowsSecrets && _text.Length > Hidden.Length && _text.ToString(_text.Length - Hidden.Length, Hidden.Length) == Hidden)
            _text.Append(" # masked; --show-secrets shows it");
        // A backslash at the end of a line would take the blank in front of it along (grammar 3).
        if (_text is [.., ' ', '\\'])
            _text.Append(" #");
        _text.Append('\n');
        _hasText = true;
        if (_text.Length > MostWaiting)
            Flush();
    }
}
