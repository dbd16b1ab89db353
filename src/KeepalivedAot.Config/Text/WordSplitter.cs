namespace KeepalivedAot.Config.Text;

/// <summary>Splits text into words the standard way (grammar 10.1): blanks separate, double quotes hold together, nothing escapes.</summary>
internal static class WordSplitter
{
    /// <returns>The offset of a double quote without partner, else -1. What follows it is lost, as in keepalived.</returns>
    public static int Split(TextSlice text, LogicalLine into)
    {
        ReadOnlySpan<byte> bytes = text.Bytes;
        int i = 0;
        while (true)
        {
            while (i < bytes.Length && Blank.Is(bytes[i]))
                i++;
            if (i == bytes.Length)
                return -1;
            int start = i;
            if (bytes[i] == (byte)'"')
            {
                int length = bytes[(i + 1)..].IndexOf((byte)'"');
                if (length < 0)
                    return i;
                into.Add(new Word(text.Buffer, text.Start + start + 1, length, text.SpanOf(start, length + 2), isQuoted: true));
                i += length + 2;
                continue;
            }
            while (i < bytes.Length && bytes[i] != (byte)'"' && !Blank.Is(bytes[i]))
                i++;
            into.Add(new Word(text.Buffer, text.Start + start, i - start, text.SpanOf(start, i - start), isQuoted: false));
        }
    }
}
