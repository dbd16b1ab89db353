using System.Buffers.Text;
using System.Globalization;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Routing.Encapsulation;

/// <summary>A 64-bit locator of identifier-locator addressing, four groups of hexadecimal digits.</summary>
public readonly record struct IlaLocator(ulong Value) : IConfigValue<IlaLocator>
{
    private const int Groups = 4;
    private const int LongestGroup = 4;

    public static string Expects => "four hex groups joined by :";

    public static bool TryParse(ReadOnlySpan<byte> text, out IlaLocator value)
    {
        value = default;
        ulong locator = 0;
        int count = 0;
        foreach (Range part in text.Split((byte)':'))
        {
            ReadOnlySpan<byte> group = text[part];
            if (++count > Groups || group.Length is 0 or > LongestGroup)
                return false;
            if (!Utf8Parser.TryParse(group, out ushort number, out int length, 'x') || length != group.Length)
                return false;
            locator = (locator << 16) | number;
        }
        value = new IlaLocator(locator);
        return count == Groups;
    }

    public override string ToString()
        => string.Create(CultureInfo.InvariantCulture, $"{Value >> 48:x}:{(ushort)(Value >> 32):x}:{(ushort)(Value >> 16):x}:{(ushort)Value:x}");
}
