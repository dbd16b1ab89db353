using System.Buffers.Binary;
using KeepalivedAot.Base;

namespace KeepalivedAot.Linux.Interop;

/// <summary>
/// A short name as the kernel keeps it: of an interface (IFNAMSIZ), an address label, a kind of link. At most 15 bytes.
/// </summary>
/// <remarks>A value without allocation. <c>default</c> is no name.</remarks>
public readonly record struct KernelName : IUtf8SpanFormattable
{
    /// <summary>With the terminating NUL: IFNAMSIZ.</summary>
    public const int Size = 16;
    public const int MaximumLength = Size - 1;

    // The bytes in memory order; those behind the name are 0, so that equal names are equal values.
    private readonly UInt128 _bytes;

    private KernelName(UInt128 bytes) => _bytes = bytes;

    public bool IsNone => _bytes == 0;

    public int Length => Size - (int)UInt128.LeadingZeroCount(_bytes) / 8;

    /// <summary>
    /// Reads up to the first NUL; what is longer than <see cref="MaximumLength"/> is cut, as the kernel does with kinds.
    /// </summary>
    public static KernelName FromBytes(ReadOnlySpan<byte> name)
    {
        int end = name.IndexOf((byte)0);
        if (end >= 0)
            name = name[..end];
        Span<byte> bytes = stackalloc byte[Size];
        bytes.Clear();
        name[..Math.Min(name.Length, MaximumLength)].CopyTo(bytes);
        return new KernelName(BinaryPrimitives.ReadUInt128LittleEndian(bytes));
    }

    /// <summary>False when the text is longer than a name can be.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out KernelName name)
    {
        name = default;
        Span<byte> bytes = stackalloc byte[Size];
        bytes.Clear();
        if (!ByteText.TryEncode(text, bytes[..MaximumLength], out _))
            return false;
        name = FromBytes(bytes);
        return true;
    }

    /// <summary>Writes all <see cref="Size"/> bytes, NUL padded.</summary>
    public void CopyTo(Span<byte> destination) => BinaryPrimitives.WriteUInt128LittleEndian(destination, _bytes);

    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        bool fits = bytes[..Length].TryCopyTo(utf8Destination);
        bytesWritten = fits ? Length : 0;
        return fits;
    }

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        return ByteText.Decode(bytes[..Length]);
    }
}
