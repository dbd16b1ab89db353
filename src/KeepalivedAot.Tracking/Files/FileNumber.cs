namespace KeepalivedAot.Tracking.Files;

/// <summary>The number that a tracked file holds, read as C reads an integer: <c>12</c>, <c>-3</c>, <c>0x1f</c>, <c>017</c>.</summary>
/// <remarks>Only the first number of the file counts. What is empty, or begins with no number, is 0.</remarks>
public static class FileNumber
{
    /// <summary>More of a file need not be read: blanks before the number aside, no number of 32 bits is longer.</summary>
    public const int LongestText = 128;

    /// <returns>False when the number does not fit into 32 bits: whoever reads it keeps what it had.</returns>
    public static bool TryParse(ReadOnlySpan<byte> content, out int value)
    {
        value = 0;
        int at = 0;
        while (at < content.Length && IsBlank(content[at]))
            at++;
        bool isNegative = at < content.Length && content[at] == '-';
        if (isNegative || (at < content.Length && content[at] == '+'))
            at++;

        int numberBase = TakeBase(content, ref at);
        long magnitude = 0;
        while (at < content.Length && DigitOf(content[at]) is int digit && digit < numberBase)
        {
            magnitude = (magnitude * numberBase) + digit;
            // One more than the largest, as the smallest is one further from 0.
            if (magnitude > int.MaxValue + 1L)
                return false;
            at++;
        }
        long signed = isNegative ? -magnitude : magnitude;
        if (signed > int.MaxValue)
            return false;
        value = (int)signed;
        return true;
    }

    private static int TakeBase(ReadOnlySpan<byte> content, ref int at)
    {
        if (at >= content.Length || content[at] != '0')
            return 10;
        // "0x" without a digit behind it is the number 0 and then a word.
        if (at + 2 < content.Length && content[at + 1] is (byte)'x' or (byte)'X' && DigitOf(content[at + 2]) < 16)
        {
            at += 2;
            return 16;
        }
        return 8;
    }

    private static bool IsBlank(byte letter) => letter is (byte)' ' or (>= (byte)'\t' and <= (byte)'\r');

    private static int DigitOf(byte letter) => letter switch
    {
        >= (byte)'0' and <= (byte)'9' => letter - '0',
        >= (byte)'a' and <= (byte)'f' => letter - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => letter - 'A' + 10,
        _ => int.MaxValue,
    };
}
