using System.Globalization;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Routing;

/// <summary>How much an IPv6 route is preferred to others of the same length (RFC 4191, 2.1).</summary>
/// <param name="Value">The two bits of the RFC as the kernel takes them: 0 medium, 1 high, 3 low.</param>
public readonly record struct RouterPreference(byte Value) : IConfigValue<RouterPreference>
{
    public static string Expects => "low|medium|high|uint! 0..255";

    public static bool TryParse(ReadOnlySpan<byte> text, out RouterPreference value)
    {
        (bool valid, byte preference) = text switch
        {
            _ when text.SequenceEqual("low"u8) => (true, (byte)3),
            _ when text.SequenceEqual("medium"u8) => (true, (byte)0),
            _ when text.SequenceEqual("high"u8) => (true, (byte)1),
            _ => (ConfigNumber.TryParse(text, byte.MaxValue, out uint number), (byte)number),
        };
        value = new RouterPreference(preference);
        return valid;
    }

    public override string ToString() => Value switch
    {
        0 => "medium",
        1 => "high",
        3 => "low",
        _ => Value.ToString(CultureInfo.InvariantCulture),
    };
}
