namespace KeepalivedAot.Config.Text;

/// <summary>Splits text into words the standard way (grammar 10.1): blanks separate, double quotes hold together, nothing escapes.</summary>
internal static class WordSplitter
{
    /// <param name="secrecy">Whether words are to be shown in messages.</param>
    /// <param name="sources">Asked about each word when some of the line is secret.</param>
    /// <returns>The offset of a double quote without partner, else -1. What follows it is lost, as in keepalived.</returns>
    public static int Split(TextSlice text, LogicalLine into, LineSecrecy secrecy, SourceMap sources)
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
                Add(start, start + 1, length, length + 2, true);
                i += length + 2;
                continue;
            }
            while (i < bytes.Length && bytes[i] != (byte)'"' && !Blank.Is(bytes[i]))
                i++;
            Add(start, start, i - start, i - start, false);
        }

        void Add(int start, int textStart, int length, int whole, bool isQuoted)
        {
            SourceSpan span = text.SpanOf(start, whole);
            bool isSecret = secrecy != LineSecrecy.None && (secrecy == LineSecrecy.All || sources.IsSecret(span));
            into.Add(new Word(text.Buffer, text.Start + textStart, length, span, isQuoted, isSecret));
        }
    }
}
