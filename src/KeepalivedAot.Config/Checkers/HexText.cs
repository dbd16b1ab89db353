namespace KeepalivedAot.Config.Checkers;

/// <summary>Bytes in hexadecimal, with blanks where anybody likes them (grammar 13.5).</summary>
internal static class HexText
{
    private const int Wildcard = 16;

    /// <summary>Pairs of digits are bytes, and so is a digit before a blank or the end; X is four bits that do not matter.</summary>
    /// <param name="mask">What must be equal; null when wildcards are not allowed.</param>
    public static bool TryParse(string text, List<byte> bytes, List<byte>? mask)
    {
        int i = 0;
        while (i < text.Length)
        {
            if (char.IsWhiteSpace(text[i]))
            {
                i++;
                continue;
            }
            int value = Digit(text[i++]);
            bool isPair = i < text.Length && !char.IsWhiteSpace(text[i]);
            int low = isPair ? Digit(text[i++]) : value;
            int high = isPair ? value : 0;
            if (low < 0 || high < 0 || (mask is null && (low == Wildcard || high == Wildcard)))
                return false;
            bytes.Add((byte)(((high & 15) << 4) | (low & 15)));
            mask?.Add((byte)((high == Wildcard ? 0 : 0xF0) | (low == Wildcard ? 0 : 0x0F)));
        }
        return bytes.Count > 0;
    }

    private static int Digit(char c)
        => c is 'x' or 'X' ? Wildcard : char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : -1;
}
