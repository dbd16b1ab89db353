using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Vrrp;

/// <summary>The scope of an IPv4 address (rtnetlink's <c>ifa_scope</c>), a number or one of iproute2's names.</summary>
public readonly record struct AddressScope(byte Value) : IConfigValue<AddressScope>
{
    public static string Expects => "global, site, link, host, nowhere or a number from 0 to 255";

    public static bool TryParse(ReadOnlySpan<byte> text, out AddressScope value)
    {
        (bool known, byte scope) = text switch
        {
            _ when text.SequenceEqual("global"u8) => (true, (byte)0),
            _ when text.SequenceEqual("site"u8) => (true, (byte)200),
            _ when text.SequenceEqual("link"u8) => (true, (byte)253),
            _ when text.SequenceEqual("host"u8) => (true, (byte)254),
            _ when text.SequenceEqual("nowhere"u8) => (true, (byte)255),
            _ => (ConfigNumber.TryParseAnyBase(text, byte.MaxValue, out uint number), (byte)number),
        };
        value = new AddressScope(scope);
        return known;
    }

    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
