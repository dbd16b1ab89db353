using System.Security.Cryptography;
using KeepalivedAot.Vrrp.Authentication;

namespace KeepalivedAot.Tests.Unit.Vrrp.Authentication;

/// <summary>HMAC against the vectors of the RFCs and against the framework's.</summary>
public class KeyedHashTests
{
    // RFC 2202, 2: cases 1, 2 and 5 (cut to 96 bits).
    [Theory]
    [InlineData("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "4869205468657265", "9294727a3638bb1c13f48ef8158bfc9d")]
    [InlineData("4a656665", "7768617420646f2079612077616e7420666f72206e6f7468696e673f", "750c783e6ab0b503eaa86e310a5db738")]
    [InlineData("0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c", "546573742057697468205472756e636174696f6e", "56461ef2342edc00f9bab995")]
    public void Md5_vectors_of_rfc_2202(string key, string message, string code) => Check(KeyedHash.Md5(Secret(key)), message, code);

    // RFC 4231, 4.2, 4.3 and 4.6 (cut to 128 bits).
    [Theory]
    [InlineData("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "4869205468657265", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")]
    [InlineData("4a656665", "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")]
    [InlineData("0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c", "546573742057697468205472756e636174696f6e", "a3b6167473100ee06e0c796c2955552b")]
    public void Sha256_vectors_of_rfc_4231(string key, string message, string code) => Check(KeyedHash.Sha256(Secret(key)), message, code);

    [Fact]
    public void Both_agree_with_the_framework_for_every_length()
    {
        for (int length = 0; length <= 200; length++)
        {
            byte[] key = [.. Enumerable.Range(1, length % 64 + 1).Select(i => (byte)(i * 7))];
            byte[] message = [.. Enumerable.Range(0, length).Select(i => (byte)(i * 13))];
            Check(KeyedHash.Md5(new SecretKey(key)), Convert.ToHexString(message), Convert.ToHexStringLower(HMACMD5.HashData(key, message)));
            Check(KeyedHash.Sha256(new SecretKey(key)), Convert.ToHexString(message), Convert.ToHexStringLower(HMACSHA256.HashData(key, message)));
        }
    }

    [Fact]
    public void Message_in_pieces_is_the_same_message()
    {
        KeyedHash hash = KeyedHash.Sha256(new SecretKey(Signed.Key1));
        Span<byte> code = stackalloc byte[16];
        hash.Begin();
        hash.Add("a message "u8);
        hash.Add(""u8);
        hash.Add("in pieces"u8);
        hash.Finish(code);
        Assert.Equal(HMACSHA256.HashData(Signed.Key1, "a message in pieces"u8)[..16], code.ToArray());
    }

    [Fact]
    public void Code_with_any_bit_flipped_does_not_match()
    {
        KeyedHash hash = KeyedHash.Md5(new SecretKey("secret"u8));
        byte[] code = HMACMD5.HashData("secret"u8, "message"u8)[..12];
        for (int bit = -1; bit < code.Length * 8; bit++)
        {
            byte[] claimed = [.. code];
            if (bit >= 0)
                claimed[bit / 8] ^= (byte)(1 << bit % 8);
            hash.Begin();
            hash.Add("message"u8);
            Assert.Equal(bit < 0, hash.Matches(claimed));
        }
    }

    [Fact]
    public void Key_is_recognised_and_no_other()
    {
        KeyedHash hash = KeyedHash.Md5(new SecretKey("secret"u8));
        Assert.True(hash.IsOf(new SecretKey("secret"u8)));
        Assert.True(hash.IsOf(new SecretKey("secret\0\0"u8)));
        Assert.False(hash.IsOf(new SecretKey("secreT"u8)));
    }

    [Fact]
    public void Key_that_was_disposed_of_is_all_zeros_and_never_text()
    {
        SecretKey key = new(Signed.Key1);
        Assert.Equal("********", key.ToString());
        KeyedHash hash = KeyedHash.Sha256(key);
        key.Dispose();
        Assert.True(key.IsWiped);
        Assert.DoesNotContain(key.Bytes.ToArray(), static b => b != 0);
        // The hash has its own copy.
        Check(hash, "00", Convert.ToHexStringLower(HMACSHA256.HashData(Signed.Key1, new byte[1])));
        Assert.Equal("********", hash.ToString());
        hash.Dispose();
        Span<byte> code = stackalloc byte[32];
        hash.Begin();
        hash.Finish(code);
        Assert.NotEqual(HMACSHA256.HashData(Signed.Key1, Array.Empty<byte>()), code.ToArray());
    }

    [Fact]
    public void Hashing_allocates_nothing()
    {
        KeyedHash[] hashes = [KeyedHash.Md5(new SecretKey(Signed.Key1)), KeyedHash.Sha256(new SecretKey(Signed.Key1))];
        byte[] message = new byte[300];
        byte[] code = new byte[12];
        for (int i = 0; i < 200; i++)
            Hash();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
            Hash();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Hash()
        {
            foreach (KeyedHash hash in hashes)
            {
                hash.Begin();
                hash.Add(message);
                hash.Finish(code);
                hash.Begin();
                hash.Add(message);
                hash.Matches(code);
            }
        }
    }

    private static SecretKey Secret(string hex) => new(Convert.FromHexString(hex));

    private static void Check(KeyedHash hash, string message, string code)
    {
        byte[] result = new byte[code.Length / 2];
        // Twice: nothing of one message is left for the next.
        for (int i = 0; i < 2; i++)
        {
            hash.Begin();
            hash.Add(Convert.FromHexString(message));
            hash.Finish(result);
            Assert.Equal(code, Convert.ToHexStringLower(result));
        }
    }
}
