using System.Globalization;
using System.Text;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Vrrp;

/// <summary>The MAC address of a VMAC: six octets, or five to which the VRID is added (grammar 13.8).</summary>
/// <param name="Octets">The octets as a number, the last one lowest.</param>
/// <param name="Count">5 or 6; 0 is no address.</param>
public readonly record struct VmacAddress(ulong Octets, byte Count) : IConfigValue<VmacAddress>
{
    // 00:00:5e:00:01 is that of IPv4 routers, 02 that of IPv6 routers (RFC 9568, 7.3).
    private const ulong VrrpIPv4 = 0x00005E0001;
    private const ulong VrrpIPv6 = 0x00005E0002;

    public static string Expects => "5 or 6 hex octets joined by :";

    public bool IsNone => Count == 0;

    public bool IsMulticast => (First5 >> 32 & 1) != 0;

    /// <summary>One of those that VRRP gives out itself.</summary>
    public bool IsVrrp => First5 is VrrpIPv4 or VrrpIPv6;

    private ulong First5 => Count == 5 ? Octets : Octets >> 8;

    /// <summary>The whole address.</summary>
    public MacAddress For(byte virtualRouterId) => new(Count == 5 ? Octets << 8 | virtualRouterId : Octets);

    public static bool TryParse(ReadOnlySpan<byte> text, out VmacAddress value)
    {
        value = default;
        ulong octets = 0;
        byte count = 0;
        while (!text.IsEmpty && count < MacAddress.Length)
        {
            int colon = text.IndexOf((byte)':');
            ReadOnlySpan<byte> digits = colon < 0 ? text : text[..colon];
            if (digits.Length is 0 or > 2 || !byte.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte octet))
                return false;
            octets = octets << 8 | octet;
            count++;
            // A colon may end five octets, not six.
            if (colon >= 0 && count == MacAddress.Length)
                return false;
            text = colon < 0 ? default : text[(colon + 1)..];
        }
        if (count < MacAddress.Length - 1 || !text.IsEmpty)
            return false;
        value = new VmacAddress(octets, count);
        return true;
    }

    public override string ToString()
    {
        StringBuilder text = new();
        for (int i = Count - 1; i >= 0; i--)
            text.Append(CultureInfo.InvariantCulture, $"{(byte)(Octets >> (8 * i)):x2}{(i > 0 ? ":" : "")}");
        return text.ToString();
    }
}
