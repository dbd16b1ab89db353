namespace KeepalivedAot.Config.Lints;

/// <summary>Every sum that some of several weights can have. A bit for each, so that adding a weight is to shift all of them.</summary>
internal readonly struct WeightSums
{
    private const int BitsPerWord = 64;

    private readonly ulong[] _bits;

    // Of bit 0: all weights below zero together.
    private readonly int _smallest;

    /// <param name="except">The place of a weight that is left out; -1 for none.</param>
    public WeightSums(ReadOnlySpan<int> weights, int except)
    {
        int largest = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            if (i == except)
                continue;
            _smallest += Math.Min(0, weights[i]);
            largest += Math.Max(0, weights[i]);
        }
        _bits = new ulong[(largest - _smallest) / BitsPerWord + 1];
        Set(-_smallest);
        for (int i = 0; i < weights.Length; i++)
        {
            if (i == except)
                continue;
            if (weights[i] > 0)
                AddShiftedUp(weights[i]);
            else
                AddShiftedDown(-weights[i]);
        }
    }

    /// <summary>One of the sums is neither below the one nor above the other.</summary>
    public bool HasAnyOf(int lowest, int highest)
    {
        int last = Math.Min(highest - _smallest, _bits.Length * BitsPerWord - 1);
        for (int bit = Math.Max(0, lowest - _smallest); bit <= last; bit++)
        {
            if (IsSet(bit))
                return true;
        }
        return false;
    }

    /// <summary>All of them, the smallest first.</summary>
    public IEnumerable<int> All()
    {
        for (int bit = 0; bit < _bits.Length * BitsPerWord; bit++)
        {
            if (IsSet(bit))
                yield return bit + _smallest;
        }
    }

    private void Set(int bit) => _bits[bit / BitsPerWord] |= 1UL << (bit % BitsPerWord);

    private bool IsSet(int bit) => (_bits[bit / BitsPerWord] >> (bit % BitsPerWord) & 1) != 0;

    // From the end that the bits move to, so that each is shifted once.
    private void AddShiftedUp(int count)
    {
        (int words, int bits) = Math.DivRem(count, BitsPerWord);
        for (int to = _bits.Length - 1; to >= words; to--)
        {
            ulong moved = _bits[to - words] << bits;
            if (bits > 0 && to > words)
                moved |= _bits[to - words - 1] >> (BitsPerWord - bits);
            _bits[to] |= moved;
        }
    }

    private void AddShiftedDown(int count)
    {
        (int words, int bits) = Math.DivRem(count, BitsPerWord);
        for (int to = 0; to + words < _bits.Length; to++)
        {
            ulong moved = _bits[to + words] >> bits;
            if (bits > 0 && to + words + 1 < _bits.Length)
                moved |= _bits[to + words + 1] << (BitsPerWord - bits);
            _bits[to] |= moved;
        }
    }
}
