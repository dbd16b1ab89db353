using System.Globalization;
using KeepalivedAot.Base;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Values;

namespace KeepalivedAot.Config.Vrrp;

/// <summary>A group of interfaces, as a number or as a name from iproute2's file <c>group</c>.</summary>
/// <param name="Name">Null for a number. What number it means is for whoever knows the host.</param>
public readonly record struct InterfaceGroup(string? Name, uint Number) : IConfigValue<InterfaceGroup>
{
    public static string Expects => "uint|group name";

    public static bool TryParse(ReadOnlySpan<byte> text, out InterfaceGroup value)
    {
        if (ConfigNumber.TryParseAnyBase(text, uint.MaxValue, out uint number))
            value = new InterfaceGroup(null, number);
        else
            value = new InterfaceGroup(ByteText.Decode(text), 0);
        return !text.IsEmpty;
    }

    public override string ToString() => Name is null ? Number.ToString(CultureInfo.InvariantCulture) : ConfigWords.Quote(Name);
}
