using KeepalivedAot.Base;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;

namespace KeepalivedAot.Vrrp.Authentication;

/// <summary>HMAC (RFC 2104) with MD5 (RFC 2403) or SHA-256 (RFC 4868), for one key.</summary>
/// <remarks>
/// The only file that knows where digests come from. <see cref="Begin"/>, <see cref="Add"/> as often as needed, then
/// <see cref="Finish"/> or <see cref="Matches"/>; after construction nothing is allocated. Not thread-safe.
/// </remarks>
public sealed class KeyedHash : IDisposable
{
    /// <summary>Of either digest, in bytes: what a key is padded to.</summary>
    private const int BlockLength = 64;

    private const int LongestDigest = 32;
    private const byte InnerPad = 0x36;
    private const byte OuterPad = 0x5C;

    private readonly IDigest _digest;
    private readonly byte[] _innerBlock = GC.AllocateArray<byte>(BlockLength, pinned: true);
    private readonly byte[] _outerBlock = GC.AllocateArray<byte>(BlockLength, pinned: true);

    private KeyedHash(IDigest digest, SecretKey key)
    {
        Invariant.Require(key.Bytes.Length <= BlockLength && !key.IsWiped, "a key fits one block of its digest, and is there");
        _digest = digest;
        key.Bytes.CopyTo(_innerBlock);
        key.Bytes.CopyTo(_outerBlock);
        for (int i = 0; i < BlockLength; i++)
        {
            _innerBlock[i] ^= InnerPad;
            _outerBlock[i] ^= OuterPad;
        }
    }

    /// <param name="key">At most 64 bytes. It is copied, and may be wiped afterwards.</param>
    public static KeyedHash Md5(SecretKey key) => new(new MD5Digest(), key);

    /// <inheritdoc cref="Md5"/>
    public static KeyedHash Sha256(SecretKey key) => new(new Sha256Digest(), key);

    /// <summary>A shorter key means the same as itself padded with zeros, and so it does here.</summary>
    public bool IsOf(SecretKey key)
    {
        Span<byte> block = stackalloc byte[BlockLength];
        block.Clear();
        key.Bytes.CopyTo(block);
        for (int i = 0; i < BlockLength; i++)
            block[i] ^= InnerPad;
        bool isSame = ConstantTime.AreEqual(block, _innerBlock);
        block.Clear();
        return isSame;
    }

    /// <summary>Starts a message.</summary>
    public void Begin()
    {
        _digest.Reset();
        _digest.BlockUpdate(_innerBlock);
    }

    /// <summary>The next bytes of the message.</summary>
    public void Add(ReadOnlySpan<byte> bytes) => _digest.BlockUpdate(bytes);

    /// <summary>Ends the message.</summary>
    /// <param name="code">Gets the first bytes of the authentication code, as many as it is long.</param>
    public void Finish(Span<byte> code)
    {
        Span<byte> digest = stackalloc byte[LongestDigest];
        int length = _digest.DoFinal(digest);
        Invariant.Require(code.Length <= length, "a code is no longer than its digest");
        _digest.BlockUpdate(_outerBlock);
        _digest.BlockUpdate(digest[..length]);
        _digest.DoFinal(digest);
        digest[..code.Length].CopyTo(code);
    }

    /// <summary>Ends the message, and compares in constant time.</summary>
    /// <param name="code">The first bytes of the authentication code, as somebody claims.</param>
    public bool Matches(ReadOnlySpan<byte> code)
    {
        Span<byte> right = stackalloc byte[LongestDigest];
        right = right[..code.Length];
        Finish(right);
        return ConstantTime.AreEqual(right, code);
    }

    /// <summary>Wipes the key.</summary>
    public void Dispose()
    {
        Array.Clear(_innerBlock);
        Array.Clear(_outerBlock);
        _digest.Reset();
    }

    public override string ToString() => "********";
}
