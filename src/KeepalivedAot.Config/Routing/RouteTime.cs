using System.Globalization;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Routing;

/// <summary>In which fraction of a millisecond the kernel counts a time of a route.</summary>
public interface IRouteTimeUnit
{
    static abstract uint PerMillisecond { get; }
}

/// <summary>Of <c>rtt</c>.</summary>
public readonly struct EighthsOfMillisecond : IRouteTimeUnit
{
    public static uint PerMillisecond => 8;
}

/// <summary>Of <c>rttvar</c>.</summary>
public readonly struct QuartersOfMillisecond : IRouteTimeUnit
{
    public static uint PerMillisecond => 4;
}

/// <summary>Of <c>rto_min</c>.</summary>
public readonly struct WholeMilliseconds : IRouteTimeUnit
{
    public static uint PerMillisecond => 1;
}

/// <summary>A time of a route (grammar 13.4): raw in the kernel's unit, or with the unit <c>s</c> or <c>ms</c>; it may be locked.</summary>
/// <param name="Value">As the kernel takes it, in fractions of a millisecond.</param>
public readonly record struct RouteTime<TUnit>(uint Value, bool IsLocked) : IConfigArguments<RouteTime<TUnit>>
    where TUnit : struct, IRouteTimeUnit
{
    private const uint ShortestMilliseconds = 200;
    private const uint LongestMilliseconds = 120_000;

    static string IConfigArguments<RouteTime<TUnit>>.Expects => "[lock] rtt-time";

    static bool IConfigArguments<RouteTime<TUnit>>.TryRead(Parser parser, out RouteTime<TUnit> value)
    {
        value = default;
        bool isLocked = parser.Takes("lock"u8);
        if (!parser.TryTake(out Word word))
            return false;
        if (!TryParse(word.Text, out ulong raw))
        {
            parser.Diagnostics.Report(
                DiagnosticCatalogue.InvalidRouteTime, word.Span, $"Invalid {parser.CurrentKeyword} {word} for route",
                "write a time such as 300ms or 1.5s");
            return false;
        }
        ulong shortest = ShortestMilliseconds * TUnit.PerMillisecond;
        ulong longest = LongestMilliseconds * TUnit.PerMillisecond;
        ulong kept = Math.Clamp(raw, shortest, longest);
        if (kept != raw)
        {
            parser.Diagnostics.Report(
                DiagnosticCatalogue.RouteTimeLimited, word.Span,
                $"'{parser.CurrentKeyword}' is {ShortestMilliseconds} ms to {LongestMilliseconds / 1000} s; {(kept == shortest ? "200ms" : "120s")} is used instead of {word}");
        }
        value = new RouteTime<TUnit>((uint)kept, isLocked);
        return true;
    }

    // Digits with a decimal point only before a unit of seconds, then s, sec, secs, ms, msec, msecs or nothing.
    private static bool TryParse(ReadOnlySpan<byte> text, out ulong raw)
    {
        raw = 0;
        int length = 0;
        while (length < text.Length && text[length] is (>= (byte)'0' and <= (byte)'9') or (byte)'.')
            length++;
        Span<byte> unit = stackalloc byte[5];
        if (text.Length - length > unit.Length)
            return false;
        for (int i = length; i < text.Length; i++)
            unit[i - length] = (byte)(text[i] | 0x20);
        unit = unit[..(text.Length - length)];
        bool isSeconds = unit.SequenceEqual("s"u8) || unit.SequenceEqual("sec"u8) || unit.SequenceEqual("secs"u8);
        bool isMilliseconds = unit.SequenceEqual("ms"u8) || unit.SequenceEqual("msec"u8) || unit.SequenceEqual("msecs"u8);
        if (!isSeconds && !isMilliseconds && !unit.IsEmpty)
            return false;
        if (!TryThousandths(text[..length], out ulong thousandths, out bool hasFraction) || (hasFraction && !isSeconds))
            return false;
        raw = isSeconds ? thousandths * TUnit.PerMillisecond
            : isMilliseconds ? thousandths / 1000 * TUnit.PerMillisecond
            : thousandths / 1000;
        return true;
    }

    private static bool TryThousandths(ReadOnlySpan<byte> text, out ulong thousandths, out bool hasFraction)
    {
        thousandths = 0;
        int point = text.IndexOf((byte)'.');
        hasFraction = point >= 0;
        ReadOnlySpan<byte> whole = point < 0 ? text : text[..point];
        ReadOnlySpan<byte> fraction = point < 0 ? default : text[(point + 1)..];
        uint parts = 0;
        if (whole.Length + fraction.Length == 0 || fraction.Length > 3 || (fraction.Length > 0 && !ConfigNumber.TryParse(fraction, 999, out parts)))
            return false;
        uint units = 0;
        if (whole.Length > 0 && !ConfigNumber.TryParse(whole, uint.MaxValue, out units))
            return false;
        for (int i = fraction.Length; i < 3; i++)
            parts *= 10;
        thousandths = units * 1000UL + parts;
        return true;
    }

    string IConfigArguments<RouteTime<TUnit>>.Format(bool showsSecrets)
        => (IsLocked ? "lock " : "") + Value.ToString(CultureInfo.InvariantCulture);
}
