using System.Globalization;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Routing;

/// <summary>What the numbers of a range count.</summary>
public interface IRangeKind
{
    static abstract uint Maximum { get; }
}

/// <summary>Ports of TCP, UDP and so on.</summary>
public readonly struct PortKind : IRangeKind
{
    public static uint Maximum => ushort.MaxValue;
}

/// <summary>User ids.</summary>
public readonly struct UserIdKind : IRangeKind
{
    public static uint Maximum => uint.MaxValue;
}

/// <summary>Two numbers, both included: <c>LO-HI</c>. A single number is rejected, as keepalived does.</summary>
public readonly record struct NumberRange<TKind>(uint First, uint Last) : IConfigValue<NumberRange<TKind>>
    where TKind : struct, IRangeKind
{
    public static string Expects => "LO-HI";

    public static bool TryParse(ReadOnlySpan<byte> text, out NumberRange<TKind> value)
    {
        value = default;
        int dash = text.IndexOf((byte)'-');
        if (dash < 0 || !ConfigNumber.TryParse(text[..dash], TKind.Maximum, out uint first)
            || !ConfigNumber.TryParse(text[(dash + 1)..], TKind.Maximum, out uint last))
        {
            return false;
        }
        value = new NumberRange<TKind>(first, last);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{First}-{Last}");
}
