using System.Buffers.Text;
using System.Globalization;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Parsing;

// Grammar 13.2 and 13.3: which numbers are valid, and which of the others are used all the same.
internal sealed partial class Parser
{
    // Of keywords in seconds, which go down to a microsecond, and of those in milliseconds.
    private const int SecondDecimals = 6;
    private const int MillisecondDecimals = 3;

    /// <summary>A decimal integer.</summary>
    /// <param name="isStrict">Nothing may follow the digits; else they are used, though not under a config test.</param>
    /// <param name="what">What to call it in a message, such as "the port"; the keyword when that says it.</param>
    public bool TryInteger(long minimum, long maximum, bool isStrict, out long value, string? what = null)
    {
        value = 0;
        if (!TryTake(out Word word))
            return false;
        ReadOnlySpan<byte> text = TrimStart(word.Text);
        bool isNegative = !text.IsEmpty && text[0] == (byte)'-';
        ReadOnlySpan<byte> digits = text.IsEmpty || text[0] is not ((byte)'-' or (byte)'+') ? text : text[1..];
        int length = ReadDigits(digits, out ulong magnitude);
        // An empty word is 0 to keepalived; a word without a digit is nothing.
        if (length == 0 && !text.IsEmpty)
            return RejectNumber(word, minimum, maximum, 0, what);
        bool isInRange = magnitude <= long.MaxValue;
        value = isNegative ? -(long)(magnitude & long.MaxValue) : (long)(magnitude & long.MaxValue);
        if (length != digits.Length)
        {
            bool used = !isStrict && !options.IsConfigTest && isInRange && value >= minimum && value <= maximum;
            diagnostics.Report(
                DiagnosticCatalogue.TrailingCharacters, word.Span,
                used ? $"'{word}' is no number; read as {value}" : $"{what ?? $"'{Keyword}'"} takes a number, not '{word}'",
                Instead(word, digits[length..], value));
            return used;
        }
        if (isInRange && value >= minimum && value <= maximum)
            return true;
        return RejectRange(word, minimum, maximum, 0, what);
    }

    // The unit may be another one than the keyword's, and half of something is not it without its half.
    private string Instead(Word word, ReadOnlySpan<byte> rest, long value)
    {
        if (rest is [(byte)'.' or (byte)',', >= (byte)'0' and <= (byte)'9', ..])
            return "write a whole number";
        return Hexadecimal(word.Text) is not { } number && UnitOf(rest, SecondDecimals) is not (1, 1)
            ? $"write it in the unit that 'keepalived-aot explain {Keyword}' names" : $"write {Hexadecimal(word.Text) ?? value}";
    }

    // How often the keyword's own unit, seconds or milliseconds, goes into that of the user. What is no unit counts as the keyword's own.
    private static (uint Numerator, uint Denominator) UnitOf(ReadOnlySpan<byte> suffix, int decimals)
    {
        (uint Numerator, uint Denominator) ofSecond = suffix switch
        {
            [(byte)'u', (byte)'s', ..] => (1, 1_000_000),
            [(byte)'m', (byte)'s', ..] => (1, 1000),
            [(byte)'m', ..] => (60, 1),
            [(byte)'h', ..] => (3600, 1),
            [(byte)'d', ..] => (86_400, 1),
            [(byte)'s', ..] => (1, 1),
            _ => (0, 0),
        };
        return ofSecond.Denominator == 0 || decimals is not (SecondDecimals or MillisecondDecimals) ? (1, 1)
            : decimals == SecondDecimals ? ofSecond : (ofSecond.Numerator * 1000, ofSecond.Denominator);
    }

    // What 0x10 was meant to be, which is no decimal number.
    private static long? Hexadecimal(ReadOnlySpan<byte> text)
        => text.StartsWith("0x"u8) && Utf8Parser.TryParse(text[2..], out uint number, out int length, 'x') && length == text.Length - 2 ? number : null;

    /// <summary>A decimal number that is not negative, in units of its last decimal.</summary>
    public bool TryDecimal(int decimals, long minimum, long maximum, bool isStrict, out long scaled)
    {
        scaled = 0;
        if (!TryTake(out Word word))
            return false;
        ReadOnlySpan<byte> text = TrimStart(word.Text);
        int length = ReadDigits(text, out ulong whole);
        ReadOnlySpan<byte> rest = text[length..];
        ulong fraction = 0;
        int fractionLength = 0;
        if (!rest.IsEmpty && rest[0] == (byte)'.')
        {
            fractionLength = ReadFraction(rest[1..], decimals, out fraction);
            rest = rest[(1 + fractionLength)..];
        }
        if (length + fractionLength == 0 && !text.IsEmpty)
            return RejectNumber(word, minimum, maximum, decimals);
        ulong unit = PowerOfTen(decimals);
        UInt128 sum = (UInt128)whole * unit + fraction;
        if (!rest.IsEmpty)
        {
            // The digits before something else count as units of the last decimal, so that "5s" is 5 microseconds.
            bool used = !isStrict && text[length] != (byte)'.' && whole <= long.MaxValue && (long)whole >= minimum && (long)whole <= maximum;
            scaled = used ? (long)whole : 0;
            UInt128 meant = sum * UnitOf(rest, decimals).Numerator / UnitOf(rest, decimals).Denominator;
            diagnostics.Report(
                DiagnosticCatalogue.TrailingCharacters, word.Span,
                used ? $"'{word}' is no number; keepalived reads it as {Format(scaled, decimals)}" : $"'{Keyword}' takes a number, not '{word}'",
                $"write {Format((long)UInt128.Min(meant, long.MaxValue), decimals)}");
            return used;
        }
        if (fractionLength > decimals)
        {
            diagnostics.Report(
                DiagnosticCatalogue.TooManyDecimals, word.Span,
                $"'{Keyword}' takes at most {decimals} decimals; read as {Format((long)UInt128.Min(sum, long.MaxValue), decimals)}");
        }
        if (sum < (UInt128)minimum || sum > (UInt128)maximum)
            return RejectRange(word, minimum, maximum, decimals);
        scaled = (long)sum;
        return true;
    }

    private bool RejectNumber(Word word, long minimum, long maximum, int decimals, string? what = null)
    {
        diagnostics.Report(
            DiagnosticCatalogue.InvalidNumber, word.Span, $"{what ?? $"'{Keyword}'"} takes a number, not '{word}'",
            WithoutEqualsSign(word) ?? $"write a number from {Format(minimum, decimals)} to {Format(maximum, decimals)}");
        return false;
    }

    private bool RejectRange(Word word, long minimum, long maximum, int decimals, string? what = null)
    {
        diagnostics.Report(
            DiagnosticCatalogue.NumberOutOfRange, word.Span,
            $"{what ?? $"'{Keyword}'"} is {Format(minimum, decimals)} to {Format(maximum, decimals)}, not {word}");
        return false;
    }

    private static ReadOnlySpan<byte> TrimStart(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty && Blank.Is(text[0]))
            text = text[1..];
        return text;
    }

    // Too large a number stays at the largest, which is out of every range.
    private static int ReadDigits(ReadOnlySpan<byte> text, out ulong value)
    {
        value = 0;
        int i = 0;
        for (; i < text.Length && text[i] is >= (byte)'0' and <= (byte)'9'; i++)
        {
            uint digit = (uint)(text[i] - '0');
            value = value > (ulong.MaxValue - digit) / 10 ? ulong.MaxValue : value * 10 + digit;
        }
        return i;
    }

    // Beyond the decimals that count, the first digit rounds.
    private static int ReadFraction(ReadOnlySpan<byte> text, int decimals, out ulong value)
    {
        value = 0;
        int i = 0;
        for (; i < text.Length && text[i] is >= (byte)'0' and <= (byte)'9'; i++)
        {
            if (i < decimals)
                value = value * 10 + (uint)(text[i] - '0');
            else if (i == decimals && text[i] >= (byte)'5')
                value++;
        }
        for (int missing = i; missing < decimals; missing++)
            value *= 10;
        return i;
    }

    private static ulong PowerOfTen(int exponent)
    {
        ulong power = 1;
        for (int i = 0; i < exponent; i++)
            power *= 10;
        return power;
    }

    /// <summary>The number as a user would write it.</summary>
    internal static string Format(long scaled, int decimals)
    {
        if (decimals == 0)
            return scaled.ToString(CultureInfo.InvariantCulture);
        long unit = (long)PowerOfTen(decimals);
        string whole = (scaled / unit).ToString(CultureInfo.InvariantCulture);
        string fraction = (scaled % unit).ToString(CultureInfo.InvariantCulture).PadLeft(decimals, '0').TrimEnd('0');
        return fraction.Length == 0 ? whole : $"{whole}.{fraction}";
    }
}
