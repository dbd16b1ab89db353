using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Vrrp;

/// <summary>A lifetime of an address in whole seconds; the kernel's largest number means forever.</summary>
public readonly record struct Lifetime(uint Seconds) : IConfigValue<Lifetime>
{
    public static readonly Lifetime Forever = new(uint.MaxValue);

    public static string Expects => "seconds from 0 to 4294967295, or forever";

    public static bool TryParse(ReadOnlySpan<byte> text, out Lifetime value)
    {
        value = Forever;
        if (text.SequenceEqual("forever"u8))
            return true;
        bool valid = ConfigNumber.TryParse(text, uint.MaxValue, out uint seconds);
        value = new Lifetime(seconds);
        return valid;
    }

    public override string ToString() => this == Forever ? "forever" : Seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
