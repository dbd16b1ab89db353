using System.Text;

namespace KeepalivedAot.Base;

/// <summary>Text of values that know how to write themselves as UTF-8, for the places that may allocate.</summary>
internal static class Utf8Formatting
{
    private const int LongestText = 64;

    public static string ToText<T>(T value) where T : IUtf8SpanFormattable
    {
        Span<byte> text = stackalloc byte[LongestText];
        Invariant.Require(value.TryFormat(text, out int length, default, null), "a value's text fits the buffer");
        return Encoding.UTF8.GetString(text[..length]);
    }
}
