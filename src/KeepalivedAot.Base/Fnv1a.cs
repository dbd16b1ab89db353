namespace KeepalivedAot.Base;

/// <summary>FNV-1a with 64 bits: the same in every run, on every machine and in every release. Not for what an enemy may choose.</summary>
public struct Fnv1a
{
    private const ulong OffsetBasis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    public Fnv1a() => Value = OffsetBasis;

    public ulong Value { get; private set; }

    public void Add(byte value) => Value = unchecked((Value ^ value) * Prime);

    public void Add(ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
            Add(value);
    }

    /// <summary>Each character as one step, unlike its UTF-8.</summary>
    public void Add(ReadOnlySpan<char> text)
    {
        foreach (char value in text)
            Value = unchecked((Value ^ value) * Prime);
    }
}
