using System.Runtime.InteropServices;
using System.Text;
using KeepalivedAot.Base;
using KeepalivedAot.Config.Parsing;

namespace KeepalivedAot.Config.Text;

/// <summary>Texts that must not be shown, wherever they turn up: passwords and keys, and values from outside the files.</summary>
/// <remarks>
/// A password is masked where it is one (<c>SourceMap.Secrets.cs</c>). This is for the same text elsewhere: a definition that is used at
/// <c>auth_pass</c> may be used at <c>priority</c> too, and the message about that holds what it stands for. What comes from a file is
/// kept where the collector does not move it, so that nothing is left of it when it is wiped.
/// </remarks>
internal sealed class HiddenTexts
{
    // What is shorter is no secret, and stands in every file: 1, eth, 100. To hide it everywhere would hide everything.
    public const int Shortest = 4;

    private const int Most = 1000;
    private const string Mask = "***";

    // Values from outside the files: strings of the environment's own.
    private readonly HashSet<string> _given = [];

    // Texts of the files: as they stand there, and as a message has them.
    private readonly List<byte[]> _written = [];
    private readonly List<char[]> _shown = [];

    // What has been found out of each text, by its characters.
    private readonly List<(ReadOnlyMemory<char> Text, bool? IsOrdinary)> _all = [];

    // All texts of the files at once, byte by byte: from a node and a byte to the next node. A long file is looked through once and not
    // once for each.
    private readonly Dictionary<(int Node, byte Byte), int> _next = [];
    private readonly Dictionary<int, int> _ends = [];
    private int[]? _longestFirst;

    public bool IsEmpty => _all.Count == 0;

    /// <summary>A value from outside the files.</summary>
    public void Add(string text)
    {
        if (text.Length >= Shortest && _all.Count < Most && _given.Add(text))
            AddText(text.AsMemory());
    }

    /// <summary>A text of a file, which may stand in the lines that are shown.</summary>
    public void AddWritten(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Shortest || _all.Count >= Most)
            return;
        int node = 0;
        foreach (byte next in bytes)
        {
            ref int to = ref CollectionsMarshal.GetValueRefOrAddDefault(_next, (node, next), out bool isKnown);
            if (!isKnown)
                to = _next.Count;
            node = to;
        }
        if (!_ends.TryAdd(node, _all.Count))
            return;
        char[] shown = GC.AllocateArray<char>(bytes.Length, pinned: true);
        int length = ByteText.Decode(bytes, shown);
        ByteText.Show(shown.AsSpan(0, length));
        _written.Add(PinnedBytes.Copy(bytes));
        _shown.Add(shown);
        AddText(shown.AsMemory(0, length));
    }

    public void AddAll(HiddenTexts others)
    {
        foreach (byte[] text in others._written)
            AddWritten(text);
    }

    /// <summary>Nothing more will be shown: keys and passwords do not stay in memory for it.</summary>
    public void Wipe()
    {
        foreach (byte[] text in _written)
            Array.Clear(text);
        foreach (char[] text in _shown)
            Array.Clear(text);
        _given.Clear();
        _written.Clear();
        _shown.Clear();
        _all.Clear();
        _next.Clear();
        _ends.Clear();
        _longestFirst = null;
    }

    /// <summary>A message without them.</summary>
    public string Conceal(string message)
    {
        // A text that holds another one goes first.
        foreach (int text in _longestFirst ??= [.. Enumerable.Range(0, _all.Count).OrderByDescending(text => _all[text].Text.Length)])
        {
            if (message.AsSpan().IndexOf(_all[text].Text.Span, StringComparison.Ordinal) >= 0 && !IsOrdinary(text))
                message = Without(message, _all[text].Text.Span);
        }
        return message;
    }

    /// <summary>Sets what of a line of a file is one of them.</summary>
    public void MarkIn(ReadOnlySpan<byte> line, Span<bool> masked)
    {
        if (_written.Count == 0)
            return;
        for (int start = 0; start < line.Length; start++)
        {
            int node = 0;
            for (int at = start; at < line.Length && _next.TryGetValue((node, line[at]), out node); at++)
            {
                if (_ends.TryGetValue(node, out int text) && !IsOrdinary(text))
                    masked[start..(at + 1)].Fill(true);
            }
        }
    }

    private void AddText(ReadOnlyMemory<char> text)
    {
        _all.Add((text, null));
        _longestFirst = null;
    }

    private static string Without(ReadOnlySpan<char> message, ReadOnlySpan<char> text)
    {
        StringBuilder shown = new(message.Length);
        for (int at = message.IndexOf(text, StringComparison.Ordinal); at >= 0; at = message.IndexOf(text, StringComparison.Ordinal))
        {
            shown.Append(message[..at]).Append(Mask);
            message = message[(at + text.Length)..];
        }
        return shown.Append(message).ToString();
    }

    // A part of a word of the language stands in messages anyway; a gap in its place would tell what the password is.
    private bool IsOrdinary(int text)
    {
        (ReadOnlyMemory<char> characters, bool? isOrdinary) = _all[text];
        if (isOrdinary is { } known)
            return known;
        bool found = WordIndex.IsPartOfAWord(characters.Span);
        _all[text] = (characters, found);
        return found;
    }
}
