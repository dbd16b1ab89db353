using System.Runtime.InteropServices;
using System.Text;
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

    // By their first bytes, so that a long file is looked through once and not once for each.
    private Dictionary<uint, List<byte[]>>? _byStart;
    private string[]? _longestFirst;

    public bool IsEmpty => _texts.Count == 0;

    /// <param name="isWritten">It is the text of a file, and so may stand in the lines that are shown.</param>
    public void Add(string text, bool isWritten)
    {
        if (text.Length < Shortest || _texts.Count >= Most || !_texts.Add(text))
            return;
        _longestFirst = null;
        _byStart = null;
        if (isWritten)
            _written.Add(Encoding.UTF8.GetBytes(text));
    }

    public void AddAll(HiddenTexts others)
    {
        foreach (byte[] text in others._written)
            Add(Encoding.UTF8.GetString(text), isWritten: true);
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
        _byStart ??= ByStart();
        for (int at = 0; at + Shortest <= line.Length; at++)
        {
            if (!_byStart.TryGetValue(MemoryMarshal.Read<uint>(line[at..]), out List<byte[]>? candidates))
                continue;
            foreach (byte[] text in candidates)
            {
                if (line[at..].StartsWith(text) && !IsOrdinary(Encoding.UTF8.GetString(text)))
                    masked.Slice(at, text.Length).Fill(true);
            }
        }
    }

    private Dictionary<uint, List<byte[]>> ByStart()
    {
        Dictionary<uint, List<byte[]>> byStart = [];
        foreach (byte[] text in _written)
        {
            // What is no UTF-8 has other bytes now, but never fewer.
            ref List<byte[]>? texts = ref CollectionsMarshal.GetValueRefOrAddDefault(byStart, MemoryMarshal.Read<uint>(text), out _);
            (texts ??= []).Add(text);
        }
        return byStart;
    }

    // A part of a word of the language stands in messages anyway; a gap in its place would tell what the password is.
    private bool IsOrdinary(string text)
    {
        if (!_ordinary.TryGetValue(text, out bool isOrdinary))
            _ordinary.Add(text, isOrdinary = WordIndex.IsPartOfAWord(text));
        return isOrdinary;
    }
}
