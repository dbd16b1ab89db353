using KeepalivedAot.Base;

namespace KeepalivedAot.Tests.Unit.Base;

public sealed class Fnv1aTests
{
    // Of the reference (draft-eastlake-fnv, appendix C).
    [Theory]
    [InlineData("", 0xcbf29ce484222325)]
    [InlineData("a", 0xaf63dc4c8601ec8c)]
    [InlineData("foobar", 0x85944171f73967e8)]
    public void Value_ofBytesAndOfText_isTheReferences(string text, ulong expected)
    {
        Fnv1a ofBytes = new();
        ofBytes.Add(System.Text.Encoding.UTF8.GetBytes(text));
        Assert.Equal(expected, ofBytes.Value);
        Fnv1a ofText = new();
        ofText.Add(text);
        Assert.Equal(expected, ofText.Value);
    }
}
