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
            if (i >= bytes.Length)
                return -1;
            int start = i;
            bool isQuoted = bytes[i] == (byte)'"';
            if (isQuoted)
            {
                int length = bytes[(i + 1)..].IndexOf((byte)'"');
                if (length < 0)
                    return i;
                i += length + 2;
            }
            else
            {
                do
                    i++;
                while (i < bytes.Length && !IsEnd(bytes[i]));
            }
            TextSlice word = text.Slice(start, i - start);
            bool isSecret = secrecy != LineSecrecy.None && (secrecy == LineSecrecy.All || sources.IsSecret(word.Span));
            into.Add(new Word(word, isQuoted, isSecret));
        }
    }

    // Blanks and the double quote are all below the characters that words are made of.
    private static bool IsEnd(byte c) => c <= (byte)'"' && (c == (byte)'"' || Blank.Is(c));
}
