namespace KeepalivedAot.Config.Text;

/// <summary>White space of the language: space, tab, line feed, vertical tab, form feed, carriage return.</summary>
internal static class Blank
{
    public static bool Is(byte c) => c == (byte)' ' || (c >= (byte)'\t' && c <= (byte)'\r');
}
