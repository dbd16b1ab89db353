using System.Runtime.InteropServices;
using KeepalivedAot.Base;
using KeepalivedAot.Config.Parsing;

namespace KeepalivedAot.Config.Text;

/// <summary>Texts that must not be shown, wherever they turn up: passwords and keys, and values from outside the files.</summary>
/// <remarks>
/// A password is masked where it is one (<c>SourceMap.Secrets.cs</c>). This is for the same text elsewhere: a definition that is used at
/// <c>auth_pass</c> may be used at <c>priority</c> too, and the message about that holds what it stands for.
/// </remarks>
internal sealed class HiddenTexts
{
    // What is shorter is no secret, and stands in every file: 1, eth, 100. To hide it everywhere would hide everything.
    public const int Shortest = 4;

    private const int Most = 1000;
    private const string Mask = "***";

    private readonly HashSet<string> _texts = [];
    private readonly List<byte[]> _written = [];
    private readonly Dictionary<string, bool> _ordinary = [];

    // All texts at once, byte by byte: from a node and a byte to the next node. A long file is looked through once and not once for each.
    private readonly Dictionary<(int Node, byte Byte), int> _next = [];
    private readonly Dictionary<int, string> _ends = [];
    private string[]? _longestFirst;

    public bool IsEmpty => _texts.Count == 0;

    /// <summary>A value from outside the files.</summary>
    public void Add(string text)
    {
        if (text.Length >= Shortest && _texts.Count < Most && _texts.Add(text))
            _longestFirst = null;
    }

    /// <summary>A text of a file, which may stand in the lines that are shown.</summary>
    public void AddWritten(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Shortest || _texts.Count >= Most)
            return;
        string text = ByteText.Show(ByteText.Decode(bytes));
        if (!_texts.Add(text))
        {
            Wipe(text);
            return;
        }
        _longestFirst = null;
        _written.Add(bytes.ToArray());
        int node = 0;
        foreach (byte next in bytes)
        {
            ref int to = ref CollectionsMarshal.GetValueRefOrAddDefault(_next, (node, next), out bool isKnown);
            if (!isKnown)
                to = _next.Count;
            node = to;
        }
        _ends[node] = text;
    }

    public void AddAll(HiddenTexts others)
    {
        foreach (byte[] text in others._written)
            AddWritten(text);
    }

    /// <summary>Nothing more will be shown: keys and passwords do not stay in memory for it.</summary>
    public void Wipe()
    {
        // Those of the files only: the others are strings of the environment's own.
        foreach (string text in _ends.Values)
            Wipe(text);
        foreach (byte[] text in _written)
            Array.Clear(text);
        _texts.Clear();
        _written.Clear();
        _ordinary.Clear();
        _next.Clear();
        _ends.Clear();
        _longestFirst = null;
    }

    /// <summary>A message without them.</summary>
    public string Conceal(string message)
    {
        // A text that holds another one goes first.
        foreach (string text in _longestFirst ??= [.. _texts.OrderByDescending(static text => text.Length)])
        {
            if (message.Contains(text, StringComparison.Ordinal) && !IsOrdinary(text))
                message = message.Replace(text, Mask, StringComparison.Ordinal);
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
                if (_ends.TryGetValue(node, out string? text) && !IsOrdinary(text))
                    masked[start..(at + 1)].Fill(true);
            }
        }
    }

    // They are made here and nobody else has them, so no other text changes.
    private static void Wipe(string text)
        => MemoryMarshal.CreateSpan(ref MemoryMarshal.GetReference(text.AsSpan()), text.Length).Clear();

    // A part of a word of the language stands in messages anyway; a gap in its place would tell what the password is.
    private bool IsOrdinary(string text)
    {
        if (!_ordinary.TryGetValue(text, out bool isOrdinary))
            _ordinary.Add(text, isOrdinary = WordIndex.IsPartOfAWord(text));
        return isOrdinary;
    }
}
