namespace KeepalivedAot.Config.Text;

/// <summary>Where the settings of one block were written; it costs memory only for those that were.</summary>
/// <remarks>
/// A configuration may have tens of thousands of blocks with two dozen possible settings, of which the user writes four or five.
/// An entry is the setting's number (8 bits), whether something of it was rejected (1 bit), the length (23 bits) and the position (32 bits).
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
            int at = Find(setting);
            return at < 0 ? SourceSpan.None : new SourceSpan((int)(uint)_entries![at], (int)((_entries[at] >> 32) & LongestSpan));
        }
    }

    public void Set(int setting, SourceSpan span)
    {
        ulong entry = ((ulong)setting << 56) | ((ulong)Math.Min(span.Length, LongestSpan) << 32) | (uint)span.Position;
        int at = Find(setting);
        if (at >= 0)
            _entries![at] = entry | (_entries[at] & Mistake);
        else
            Add(entry);
    }

    /// <summary>The setting was written, and something of it was rejected; when nothing of it was right it is not given.</summary>
    public void NoteMistake(int setting)
    {
        int at = Find(setting);
        if (at >= 0)
            _entries![at] |= Mistake;
        else
            Add(((ulong)setting << 56) | Mistake);
    }

    /// <summary>Something of the setting was rejected, and that has been said.</summary>
    public readonly bool HasMistake(int setting)
    {
        int at = Find(setting);
        return at >= 0 && (_entries![at] & Mistake) != 0;
    }

    private void Add(ulong entry)
    {
        if (_entries is null)
            _entries = new ulong[Smallest];
        else if (_count == _entries.Length)
            Array.Resize(ref _entries, _count * 2);
        _entries[_count++] = entry;
    }

    private readonly int Find(int setting)
    {
        for (int i = 0; i < _count; i++)
        {
            if ((int)(_entries![i] >> 56) == setting)
                return i;
        }
        return -1;
    }
}
