using System.Numerics;
using System.Text;

namespace KeepalivedAot.Config.Writing;

/// <summary>Cuts a configuration into the blocks of its top level: a print of each, or its settings.</summary>
/// <param name="wants">Whose settings are kept; null: nobody's, only prints are made.</param>
internal sealed class BlockWriter(Predicate<(string Keyword, string Name, int Occurrence)>? wants) : ConfigWriter(showsSecrets: false)
{
    // 2^64 / the golden ratio: odd, and its bits are well mixed.
    private const ulong Mixing = 0x9E3779B97F4A7C15;

    private readonly List<WrittenBlock> _blocks = [];
    private readonly Dictionary<(string, string), int> _occurrences = [];
    private readonly List<string> _prefix = [];
    private readonly StringBuilder _line = new();
    private readonly List<WrittenSetting> _ofRoot = [];
    private string? _lines;
    private ulong _print;
    private ulong _printOfRoot;
    private List<WrittenSetting>? _settings;
    private (string Keyword, string Name, int Occurrence) _current;
    private int _depth;
    private bool _isInline;

    /// <summary>Lists of the top level that are left out: their items come from outside, one by one.</summary>
    public HashSet<string> Apart { get; } = [];

    public override bool WritesDefaults => false;

    public override bool WantsList(string word) => _depth > 0 || !Apart.Contains(word);

    public List<WrittenBlock> Finish()
    {
        if (_printOfRoot != 0)
            _blocks.Add(new WrittenBlock("", "", 0, _printOfRoot, _ofRoot));
        return _blocks;
    }

    public override void BeginList(string word)
    {
    }

    public override void EndList()
    {
    }

    public override void BeginItem(string word, string? headerKey, string? header)
    {
        if (_depth++ == 0)
        {
            Open(word, header ?? "");
            return;
        }
        Emit(word, header ?? "");
        Enter(header is null ? word : $"{word} {header}");
    }

    public override void EndItem() => Leave();

    public override void BeginBlock(string word)
    {
        if (_depth++ == 0)
        {
            Open(word, "");
            return;
        }
        Emit(word, "{ … }");
        Enter(word);
    }

    public override void EndBlock() => Leave();

    public override void BeginLines(string word)
    {
        if (_depth == 0)
            _lines = word;
        else
            Enter(word);
    }

    public override void EndLines()
    {
        if (_lines is null)
            Exit();
        _lines = null;
    }

    public override void BeginContent(string key)
    {
    }

    public override void EndContent()
    {
    }

    public override void BeginLine() => _isInline = true;

    public override void EndLine() => Line(TakeLine());

    public override void Line(string text)
    {
        if (_lines is not null)
        {
            Open(_lines, text);
            Close();
        }
        else
        {
            Emit("", text);
        }
    }

    public override void BeginOptions(string word)
    {
        Enter(word);
        _isInline = true;
    }

    public override void EndOptions()
    {
        string text = TakeLine();
        string word = _prefix[^1];
        Exit();
        Emit(word, text);
    }

    public override void Positional(string what, string word) => Take("", word);

    public override void Flag(string word, string key, bool value) => Take(word, "");

    public override void Boolean(string word, bool value) => Take(word, value ? "true" : "false");

    public override void Number(string word, string text) => Take(word, text);

    public override void Value(string word, string words) => Take(word, words);

    public override void Repeated(string word, IEnumerable<string> values)
    {
        foreach (string value in values)
            Take(word, value);
    }

    private void Take(string word, string value)
    {
        if (!_isInline)
        {
            Emit(word, value);
            return;
        }
        foreach (string part in (ReadOnlySpan<string>)[word, value])
        {
            if (part.Length == 0)
                continue;
            if (_line.Length > 0)
                _line.Append(' ');
            _line.Append(part);
        }
    }

    private string TakeLine()
    {
        _isInline = false;
        string text = _line.ToString();
        _line.Clear();
        return text;
    }

    private void Enter(string word) => _prefix.Add(word);

    private void Exit() => _prefix.RemoveAt(_prefix.Count - 1);

    private void Leave()
    {
        if (--_depth == 0)
            Close();
        else
            Exit();
    }

    private void Open(string keyword, string name)
    {
        _occurrences.TryGetValue((keyword, name), out int before);
        _occurrences[(keyword, name)] = before + 1;
        _current = (keyword, name, before);
        _print = Mixing;
        _settings = wants?.Invoke(_current) == true ? [] : null;
    }

    private void Close()
    {
        if (wants is null || _settings is not null)
            _blocks.Add(new WrittenBlock(_current.Keyword, _current.Name, _current.Occurrence, _print, (IReadOnlyList<WrittenSetting>?)_settings ?? []));
        _settings = null;
    }

    private void Emit(string word, string value)
    {
        if (_depth == 0)
        {
            if (wants is not null)
                _ofRoot.Add(new WrittenSetting(word, value));
            _printOfRoot = Mix(Mix(_printOfRoot, word), value);
            return;
        }
        if (_settings is not null)
            _settings.Add(new WrittenSetting(string.Join(' ', word.Length == 0 ? _prefix : [.. _prefix, word]), value));
        if (wants is not null)
            return;
        foreach (string outer in _prefix)
            _print = Mix(_print, outer);
        _print = Mix(Mix(_print, word), value);
    }

    public override void Secret(string word, ReadOnlySpan<byte> value)
    {
        Value(word, Hidden);
        Secret(value);
    }

    /// <summary>What is secret counts without having been text for a moment: that would stay in memory.</summary>
    public void Secret(ReadOnlySpan<byte> secret)
    {
        HashCode hash = new();
        hash.AddBytes(secret);
        _print = BitOperations.RotateLeft((_print ^ (uint)hash.ToHashCode()) * Mixing, 29);
    }

    // The hash of a string has a seed of this process, so that a print tells nobody the secret in it.
    private static ulong Mix(ulong print, string text)
        => BitOperations.RotateLeft((print ^ (uint)text.GetHashCode(StringComparison.Ordinal)) * Mixing, 29);
}
