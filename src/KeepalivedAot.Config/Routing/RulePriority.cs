using System.Globalization;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Routing;

/// <summary>The preference of a rule; rules are tried from the smallest to the largest.</summary>
public readonly record struct RulePriority(uint Value) : IConfigValue<RulePriority>
{
    public static string Expects => "uint! 0..4294967295 (base 0)";

    public static bool TryParse(ReadOnlySpan<byte> text, out RulePriority value)
    {
        bool valid = ConfigNumber.TryParseAnyBase(text, uint.MaxValue, out uint number);
        value = new RulePriority(number);
        return valid;
    }

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
