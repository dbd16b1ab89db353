using System.Text;
using System.Text.Json;
using KeepalivedAot.Base;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Dumps;

namespace KeepalivedAot.Tests.Unit.Daemon.Dumps;

/// <summary>The small pieces that dumps are put together from.</summary>
public sealed class TextTests
{
    private static string Json(string value)
    {
        DumpText text = new();
        JsonText json = new(text);
        json.Open("["u8);
        json.String(value);
        json.Close("]"u8);
        return Encoding.UTF8.GetString(text.Bytes);
    }

    [Theory]
    [InlineData("VI_1", "[\"VI_1\"]")]
    [InlineData("10.0.0.1/24", "[\"10.0.0.1\\/24\"]")]
    [InlineData("a\"b\\c", "[\"a\\\"b\\\\c\"]")]
    [InlineData("tab\there\nand", "[\"tab\\u0009here\\u000aand\"]")]
    [InlineData("Zürich ☃ \U0001F600", "[\"Zürich ☃ \U0001F600\"]")]
    [InlineData("", "[\"\"]")]
    public void String_isEscaped_andReadsBack(string value, string expected)
    {
        Assert.Equal(expected, Json(value));
        Assert.Equal(value, JsonDocument.Parse(Json(value)).RootElement[0].GetString());
    }

    [Fact]
    public void String_withBytesThatAreNoText_isStillJson()
    {
        string name = ByteText.Decode([(byte)'a', 0xFF, (byte)'b', 0xC3]);
        Assert.Equal("a\uFFFDb\uFFFD", JsonDocument.Parse(Json(name)).RootElement[0].GetString());
        DumpText text = new();
        JsonText json = new(text);
        json.Open("["u8);
        json.String([(byte)'a', 0xFF, (byte)'/', 0xE2, 0x98]);
        json.Close("]"u8);
        Assert.Equal("a\uFFFD/\uFFFD", JsonDocument.Parse(text.Bytes.ToArray()).RootElement[0].GetString());
    }

    [Fact]
    public void Text_ofNames_isTheirBytes()
    {
        DumpText text = new();
        text.Line($" VRRP Instance = {ByteText.Decode([(byte)'a', 0xFF])}");
        Assert.Equal(" VRRP Instance = a"u8.ToArray().Append((byte)0xFF).Append((byte)'\n'), text.Bytes.ToArray());
    }

    [Fact]
    public void Text_longerThanItsBuffer_isWhole()
    {
        DumpText text = new();
        string line = new('x', 1000);
        for (int i = 0; i < 300; i++)
            text.Line($"{i} {line}");
        string[] lines = Encoding.UTF8.GetString(text.Bytes).Split('\n');
        Assert.Equal(301, lines.Length);
        Assert.Equal($"299 {line}", lines[299]);
        text.Clear();
        Assert.True(text.Bytes.IsEmpty);
    }

    [Theory]
    [InlineData(0, "0", "0.000000")]
    [InlineData(500_000, "0.5", "0.500000")]
    [InlineData(1_000_000, "1", "1.000000")]
    [InlineData(40_950_000, "40.95", "40.950000")]
    [InlineData(10, "0.00001", "0.000010")]
    [InlineData(4_294_967_295, "4294.967295", "4294.967295")]
    public void Seconds_areShort_orHaveSixDecimals(long microseconds, string plain, string six)
    {
        DumpText text = new();
        PlainSeconds seconds = new(Duration.FromMicroseconds(microseconds));
        text.Add($"{seconds} {seconds:6}");
        Assert.Equal($"{plain} {six}", Encoding.UTF8.GetString(text.Bytes));
    }

    [Fact]
    public void Moment_isSecondsAndMicroseconds_andLocalTimeBehindThem()
    {
        DumpText text = new();
        Moment moment = new(new UnixTime(1_796_022_461_334_941_999));
        text.Add($"{moment} {moment:L}");
        Assert.Matches(@"^1796022461\.334941 1796022461\.334941 \(\w{3} Nov (29|30) \d\d:\d\d:41\.334941 2026\)$", Encoding.UTF8.GetString(text.Bytes));
    }
}
