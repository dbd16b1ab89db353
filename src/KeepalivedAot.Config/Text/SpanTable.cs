using KeepalivedAot.Config.Diagnostics;

namespace KeepalivedAot.Config.Text;

/// <summary>Where the settings of one block were written; it costs memory only for those that were.</summary>
/// <remarks>
/// A configuration may have tens of thousands of blocks with two dozen possible settings, of which the user writes four or five.
/// An entry is the setting's number (8 bits) and where it was written: length (23 bits) and position (32 bits). Another one, with
/// the bit between them, says that something of it was rejected, and who has said so.
/// </remarks>
internal struct SpanTable
{
    private const int LongestSpan = (1 << 23) - 1;
    private const ulong Mistake = 1UL << 55;
    private const int Smallest = 4;

    /// <summary>About so many bytes an entry takes, room for more included.</summary>
    public const int EntryWeight = 12;

    private ulong[]? _entries;
    private int _count;

    public readonly SourceSpan this[int setting]
    {
        get
        {
            int at = Find(PlaceKey(setting));
            return at < 0 ? SourceSpan.None : SpanOf(_entries![at]);
        }
    }

    public void Set(int setting, SourceSpan span) => Put(PlaceKey(setting), Packed(span));

    /// <summary>Sets the place of a setting.</summary>
    /// <returns>Where it was before.</returns>
    public SourceSpan Exchange(int setting, SourceSpan span) => SpanOf(Put(PlaceKey(setting), Packed(span)));

    /// <summary>Something of the setting was rejected, and that has been said; when nothing of it was right it is not given.</summary>
    public void NoteMistake(int setting, Said said)
    {
        // What an error has said needs no warning to become one.
        if (said && HasMistake(setting) != Said.Error)
            Put(MistakeKey(setting), (uint)said.Number);
    }

    /// <summary>Whether something of the setting was rejected, which has been said then.</summary>
    public readonly Said HasMistake(int setting)
    {
        int at = Find(MistakeKey(setting));
        return at < 0 ? Said.No : Said.Of((int)(uint)_entries![at]);
    }

    private static ulong PlaceKey(int setting) => (ulong)setting << 56;

    private static ulong MistakeKey(int setting) => PlaceKey(setting) | Mistake;

    private static ulong Packed(SourceSpan span) => ((ulong)Math.Min(span.Length, LongestSpan) << 32) | (uint)span.Position;

    private static SourceSpan SpanOf(ulong entry) => new((int)(uint)entry, (int)((entry >> 32) & LongestSpan));

    // Returns what was there, 0 for nothing.
    private ulong Put(ulong key, ulong value)
    {
        ulong before = 0;
        int at = Find(key);
        if (at >= 0)
        {
            before = _entries![at];
        }
        else
        {
            at = _count++;
            if (_entries is null)
                _entries = new ulong[Smallest];
            else if (at == _entries.Length)
                Array.Resize(ref _entries, at * 2);
        }
        _entries![at] = key | value;
        return before;
    }

    private readonly int Find(ulong key)
    {
        for (int i = 0; i < _count; i++)
        {
            if (_entries![i] >> 55 == key >> 55)
                return i;
        }
        return -1;
    }
}
