using KeepalivedAot.Base;

namespace KeepalivedAot.Vrrp.Authentication;

/// <summary>The bytes of a key. They are wiped when it is disposed of, and never become text.</summary>
/// <remarks>
/// The bytes are copied into pinned memory, so that the collector leaves no second copy behind when it moves things. Who makes one
/// disposes of it, as soon as a <see cref="KeyedHash"/> has been made from it.
/// </remarks>
public sealed class SecretKey : IDisposable
{
    private readonly byte[] _bytes;

    public SecretKey(ReadOnlySpan<byte> bytes) => _bytes = PinnedBytes.Copy(bytes);

    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Wiped: <see cref="Bytes"/> are all 0, and no key any more.</summary>
    public bool IsWiped { get; private set; }

    /// <summary>Compares in a time that does not depend on where the keys differ.</summary>
    public bool HasSameBytes(SecretKey other) => ConstantTime.AreEqual(_bytes, other._bytes);

    public void Dispose()
    {
        Array.Clear(_bytes);
        IsWiped = true;
    }

    public override string ToString() => "********";
}
