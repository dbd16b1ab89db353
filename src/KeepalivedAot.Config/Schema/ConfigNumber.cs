namespace KeepalivedAot.Config.Schema;

/// <summary>Numbers as words of a configuration, where a value reads itself.</summary>
public static class ConfigNumber
{
    /// <summary>Decimal digits only, up to <paramref name="maximum"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, uint maximum, out uint value) => TryParse(text, 10, maximum, out value);

    /// <summary>As strtoul(3) with base 0: 0x is hexadecimal, a leading 0 octal.</summary>
    public static bool TryParseAnyBase(ReadOnlySpan<byte> text, uint maximum, out uint value)
    {
        if (text.Length > 2 && text[0] == (byte)'0' && (text[1] | 0x20) == (byte)'x')
            return TryParse(text[2..], 16, maximum, out value);
        return TryParse(text, text.Length > 1 && text[0] == (byte)'0' ? 8u : 10u, maximum, out value);
    }

    private static bool TryParse(ReadOnlySpan<byte> text, uint radix, uint maximum, out uint value)
    {
        value = 0;
        ulong sum = 0;
        foreach (byte c in text)
        {
            uint digit = c switch
            {
                >= (byte)'0' and <= (byte)'9' => (uint)(c - '0'),
                >= (byte)'a' and <= (byte)'f' => (uint)(c - 'a' + 10),
                >= (byte)'A' and <= (byte)'F' => (uint)(c - 'A' + 10),
                _ => uint.MaxValue,
            };
            if (digit >= radix)
                return false;
            sum = sum * radix + digit;
            if (sum > maximum)
                return false;
        }
        value = (uint)sum;
        return !text.IsEmpty;
    }
}
