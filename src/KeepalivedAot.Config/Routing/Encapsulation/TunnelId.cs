using System.Buffers.Text;
using System.Globalization;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Routing.Encapsulation;

/// <summary>The 64-bit identifier of a tunnel, in decimal.</summary>
public readonly record struct TunnelId(ulong Value) : IConfigValue<TunnelId>
{
    public static string Expects => "uint! 0..18446744073709551615";

    public static bool TryParse(ReadOnlySpan<byte> text, out TunnelId value)
    {
        bool valid = Utf8Parser.TryParse(text, out ulong number, out int length) && length == text.Length;
        value = new TunnelId(number);
        return valid;
    }

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
