using KeepalivedAot.Base;

namespace KeepalivedAot.Config.Text;

/// <summary>One string for all equal words: a configuration repeats its paths, interfaces and host names thousands of times.</summary>
internal sealed class StringPool
{
    private const int Smallest = 64;

    // Nobody writes longer words often enough for this to pay.
    private const int LongestPooled = 64;

    /// <summary>About so many bytes a string without characters takes, and its slots here.</summary>
    public const int EmptyWeight = 56;

    private string?[] _slots = new string?[Smallest];
    private int _count;

    /// <param name="made">How many bytes this takes, about; 0 when the string is there already.</param>
    public string Get(ReadOnlySpan<byte> bytes, out int made)
    {
        made = EmptyWeight + sizeof(char) * bytes.Length;
        if (bytes.Length > LongestPooled)
            return ByteText.Decode(bytes);
        Span<char> characters = stackalloc char[LongestPooled];
        characters = characters[..ByteText.Decode(bytes, characters)];
        int slot = Find(_slots, characters);
        if (_slots[slot] is string known)
        {
            made = 0;
            return known;
        }
        string text = characters.ToString();
        _slots[slot] = text;
        if (++_count * 2 > _slots.Length)
            Grow();
        return text;
    }

    private static int Find(string?[] slots, ReadOnlySpan<char> text)
    {
        int slot = string.GetHashCode(text) & (slots.Length - 1);
        while (slots[slot] is string other && !text.SequenceEqual(other))
            slot = (slot + 1) & (slots.Length - 1);
        return slot;
    }

    private void Grow()
    {
        string?[] larger = new string?[_slots.Length * 2];
        foreach (string? text in _slots)
        {
            if (text is not null)
                larger[Find(larger, text)] = text;
        }
        _slots = larger;
    }
}
