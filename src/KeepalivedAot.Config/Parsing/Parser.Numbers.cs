using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Parsing;

// Grammar 13.2 and 13.3: which numbers are valid, and which of the others are used all the same.
internal sealed partial class Parser
{
    // Nobody means more, and it can be multiplied and scaled without an overflow.
    private const decimal LargestMeant = 1_000_000_000_000;

    private static readonly SearchValues<byte> NumberBytes = SearchValues.Create("+-.,0123456789"u8);

    /// <summary>A decimal integer.</summary>
    /// <param name="isStrict">Nothing may follow the digits; else they are used, though not under a config test.</param>
    /// <param name="what">What to call it in a message, such as "the port"; the keyword when that says it.</param>
    public bool TryInteger(long minimum, long maximum, bool isStrict, out long value, string? what = null, NumberUnit unit = NumberUnit.None)
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
            return RejectNumber(word, minimum, maximum, 0, unit, what);
        bool isInRange = magnitude <= long.MaxValue;
        value = isNegative ? -(long)(magnitude & long.MaxValue) : (long)(magnitude & long.MaxValue);
        if (length != digits.Length)
        {
            bool used = !isStrict && !options.IsConfigTest && isInRange && value >= minimum && value <= maximum;
            Refuse(
                DiagnosticCatalogue.TrailingCharacters, word,
                used ? $"'{word}' is no number; read as {value}" : $"{what ?? $"'{Keyword}'"} takes a number, not '{word}'",
                Instead(word, new NumberForm(unit, 0, minimum, maximum)));
            return used;
        }
        if (isInRange && value >= minimum && value <= maximum)
            return true;
        return RejectRange(word, isNegative || (isInRange && value < minimum), minimum, maximum, 0, what);
    }

    // What was meant, in the unit of the keyword; a value that is not exactly that is no advice.
    private static string Instead(Word word, in NumberForm form)
    {
        decimal? meant = word.IsSecret ? null : Hexadecimal(word.Text) ?? Meant(word.Text, form.Unit);
        decimal? scaled = meant * PowerOfTen(form.Decimals);
        return scaled >= form.Minimum && scaled <= form.Maximum && scaled == decimal.Truncate(scaled.Value)
            ? $"write {Format((long)scaled, form.Decimals)}" : form.InWords(isWhole: form.Decimals == 0);
    }

    // Digits, perhaps with a comma for the point or an exponent, and perhaps a unit. What is no unit is taken off.
    private static decimal? Meant(ReadOnlySpan<byte> text, NumberUnit unit)
    {
        int length = text.IndexOfAnyExcept(NumberBytes);
        string number = Encoding.ASCII.GetString(length < 0 ? text : text[..length]).TrimEnd(',').Replace(',', '.');
        ReadOnlySpan<byte> suffix = length < 0 ? default : text[length..];
        if (suffix is [(byte)'e' or (byte)'E', >= (byte)'0' and <= (byte)'9', ..] && suffix[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0)
        {
            number += Encoding.ASCII.GetString(suffix);
            suffix = default;
        }
        return decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal written)
            && written <= LargestMeant ? written * (NumberUnits.RatioOf(suffix, unit) ?? 1) : null;
    }

    // What 0x10 was meant to be, which is no decimal number.
    private static long? Hexadecimal(ReadOnlySpan<byte> text)
        => text.StartsWith("0x"u8) && Utf8Parser.TryParse(text[2..], out uint number, out int length, 'x') && length == text.Length - 2 ? number : null;

    /// <summary>A decimal number that is not negative, in units of its last decimal.</summary>
    public bool TryDecimal(NumberUnit unit, int decimals, long minimum, long maximum, bool isStrict, out long scaled)
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
            return RejectNumber(word, minimum, maximum, decimals, unit);
        UInt128 sum = (UInt128)whole * PowerOfTen(decimals) + fraction;
        if (!rest.IsEmpty)
        {
            // The digits before something else count as units of the last decimal, so that "5s" is 5 microseconds.
            bool used = !isStrict && text[length] != (byte)'.' && whole <= long.MaxValue && (long)whole >= minimum && (long)whole <= maximum;
            scaled = used ? (long)whole : 0;
            Refuse(
                DiagnosticCatalogue.TrailingCharacters, word,
                used ? $"'{word}' is no number; keepalived reads it as {Format(scaled, decimals)}" : $"'{Keyword}' takes a number, not '{word}'",
                Instead(word, new NumberForm(unit, decimals, minimum, maximum)));
            return used;
        }
        if (fractionLength > decimals)
        {
            diagnostics.Report(
                DiagnosticCatalogue.TooManyDecimals, word.Span,
                $"'{Keyword}' takes at most {decimals} decimals; read as {Format((long)UInt128.Min(sum, long.MaxValue), decimals)}");
        }
        if (sum < (UInt128)minimum || sum > (UInt128)maximum)
            return RejectRange(word, sum < (UInt128)minimum, minimum, maximum, decimals);
        scaled = (long)sum;
        return true;
    }

    private bool RejectNumber(Word word, long minimum, long maximum, int decimals, NumberUnit unit, string? what = null)
        => Refuse(
            DiagnosticCatalogue.InvalidNumber, word, $"{what ?? $"'{Keyword}'"} takes a number, not '{word}'",
            new NumberForm(unit, decimals, minimum, maximum).InWords(isWhole: false), what);

    private bool RejectRange(Word word, bool isTooLow, long minimum, long maximum, int decimals, string? what = null)
        => Refuse(
            DiagnosticCatalogue.NumberOutOfRange, word, $"{what ?? $"'{Keyword}'"} is {Format(minimum, decimals)} to {Format(maximum, decimals)}, not {word}",
            isTooLow ? $"write {Format(minimum, decimals)} or more" : $"write {Format(maximum, decimals)} or less", what);

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

    // What the keyword takes: in units of the last decimal.
    private readonly record struct NumberForm(NumberUnit Unit, int Decimals, long Minimum, long Maximum)
    {
        public string InWords(bool isWhole)
            => $"write a {(isWhole ? "whole " : "")}number{NumberUnits.NameOf(Unit)} from {Format(Minimum, Decimals)} to {Format(Maximum, Decimals)}";
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
