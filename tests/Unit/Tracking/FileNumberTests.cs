using KeepalivedAot.Tracking.Files;

namespace KeepalivedAot.Tests.Unit.Tracking;

/// <summary>Numbers as strtol(3) reads them with base 0.</summary>
public sealed class FileNumberTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("\n", 0)]
    [InlineData("up", 0)]
    [InlineData("12\n", 12)]
    [InlineData("  \t\v\f\r\n-3 4", -3)]
    [InlineData("+7", 7)]
    [InlineData("- 7", 0)]
    [InlineData("--7", 0)]
    [InlineData("0x1f", 31)]
    [InlineData("-0X1Fg", -31)]
    [InlineData("0x", 0)]
    [InlineData("0xg", 0)]
    [InlineData("017", 15)]
    [InlineData("019", 1)]
    [InlineData("12abc", 12)]
    [InlineData("1.9", 1)]
    [InlineData("2147483647", int.MaxValue)]
    [InlineData("-2147483648", int.MinValue)]
    public void TryParse_text_isReadAsInC(string text, int expected)
    {
        Assert.True(FileNumber.TryParse(System.Text.Encoding.Latin1.GetBytes(text), out int value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("2147483648")]
    [InlineData("-2147483649")]
    [InlineData("0x80000000")]
    [InlineData("99999999999999999999999999999999999999999")]
    public void TryParse_numberOfMoreThan32Bits_isRefused(string text)
        => Assert.False(FileNumber.TryParse(System.Text.Encoding.Latin1.GetBytes(text), out _));

    [Fact]
    public void TryParse_everyByteAfterADigit_endsTheNumberOrBelongsToIt()
    {
        for (int letter = 0; letter < 256; letter++)
        {
            Assert.True(FileNumber.TryParse([(byte)'4', (byte)letter], out int value));
            Assert.Equal(letter is >= '0' and <= '9' ? 40 + letter - '0' : 4, value);
        }
    }
}
