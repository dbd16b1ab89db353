using System.Globalization;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Routing;

/// <summary>The mark that a packet must have: <c>MARK[/MASK]</c>, in base 0.</summary>
/// <param name="Mask">The bits that are compared; null is all of them.</param>
public readonly record struct FirewallMark(uint Mark, uint? Mask) : IConfigValue<FirewallMark>
{
    public static string Expects => "uint[/mask] (base 0)";

    public static bool TryParse(ReadOnlySpan<byte> text, out FirewallMark value)
    {
        value = default;
        int slash = text.IndexOf((byte)'/');
        if (!ConfigNumber.TryParseAnyBase(slash < 0 ? text : text[..slash], uint.MaxValue, out uint mark))
            return false;
        uint? mask = null;
        if (slash >= 0)
        {
            if (!ConfigNumber.TryParseAnyBase(text[(slash + 1)..], uint.MaxValue, out uint bits))
                return false;
            mask = bits;
        }
        value = new FirewallMark(mark, mask);
        return true;
    }

    public override string ToString()
        => string.Create(CultureInfo.InvariantCulture, $"0x{Mark:x}") + (Mask is uint mask ? string.Create(CultureInfo.InvariantCulture, $"/0x{mask:x}") : "");
}
