namespace KeepalivedAot.Config.Text;

/// <summary>Where the settings of one block were written; it costs memory only for those that were.</summary>
/// <remarks>
/// A configuration may have tens of thousands of blocks with two dozen possible settings, of which the user writes four or five.
/// An entry is the setting's number (8 bits), the length (24 bits) and the position (32 bits).
/// </remarks>
internal struct SpanTable
{
    private const int LongestSpan = (1 << 24) - 1;
    private const int Smallest = 4;

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
        {
            _entries![at] = entry;
            return;
        }
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
