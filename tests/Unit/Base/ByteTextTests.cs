using System.Text;
using KeepalivedAot.Base;

namespace KeepalivedAot.Tests.Unit.Base;

public sealed class ByteTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("636166c3a9", "café")]
    [InlineData("636166e9", "caf\uEFE9")]
    [InlineData("e2 82", "\uEFE2\uEF82")]
    [InlineData("f09f9880", "😀")]
    [InlineData("ee8080", "\uE000")]
    [InlineData("eebea9", "\uEFEE\uEFBE\uEFA9")]
    [InlineData("edb080", "\uEFED\uEFB0\uEF80")]
    public void Bytes_become_text_and_text_the_same_bytes(string hex, string text)
    {
        byte[] bytes = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal(text, ByteText.Decode(bytes));
        Assert.Equal(bytes, ByteText.Encode(text));
    }

    [Fact]
    public void All_pairs_of_bytes_come_back_and_are_kept_apart()
    {
        HashSet<string> seen = [];
        for (int first = 0; first < 256; first++)
        {
            for (int second = 0; second < 256; second++)
            {
                byte[] bytes = [(byte)first, (byte)second];
                string text = ByteText.Decode(bytes);
                Assert.True(seen.Add(text));
                Assert.Equal(bytes, ByteText.Encode(text));
            }
        }
    }

    [Fact]
    public void Text_that_does_not_fit_is_not_encoded()
    {
        Assert.False(ByteText.TryEncode("caf\uEFE9", new byte[3], out _));
        Assert.True(ByteText.TryEncode("caf\uEFE9", new byte[4], out int length));
        Assert.Equal(4, length);
    }

    [Theory]
    [InlineData("caf\uEFE9", "caf\uFFFD")]
    [InlineData("café", "café")]
    public void Text_for_people_has_no_private_characters(string text, string shown) => Assert.Equal(shown, ByteText.Show(text));

    [Fact]
    public void Plain_text_is_UTF8() => Assert.Equal(Encoding.UTF8.GetBytes("a é € 😀"), ByteText.Encode("a é € 😀"));
}
