using System.Globalization;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.VirtualServers;

/// <summary>Addresses from one to another, both included, and a port (grammar 13.6): A, A-N, A-B or A/LEN.</summary>
public readonly record struct AddressRange(IpAddress First, IpAddress Last, ushort Port) : IConfigArguments<AddressRange>
{
    static string IConfigArguments<AddressRange>.Expects => "ip|ip-N|ip-ip|ip/len [port]";

    static bool IConfigArguments<AddressRange>.TryRead(Parser parser, out AddressRange value)
    {
        value = default;
        if (!parser.TryTake(out Text.Word word))
            return false;
        string? problem = Parse(word.Text, out IpAddress first, out IpAddress last);
        if (problem is not null)
        {
            parser.Reject(DiagnosticCatalogue.InvalidRange, $"'{word}' {problem}", OtherForms.OfAddress(word.Text, takesPort: true) ?? "write ADDRESS, ADDRESS-N, ADDRESS-ADDRESS or ADDRESS/LENGTH");
            parser.TakeRest();
            return false;
        }
        long port = 0;
        if (parser.HasNext && !parser.TryInteger(0, ushort.MaxValue, true, out port, "the port"))
            return false;
        value = new AddressRange(first, last, (ushort)port);
        return true;
    }

    string IConfigArguments<AddressRange>.Format(bool showsSecrets) => ToString();

    public override string ToString()
    {
        string addresses = First.ToString();
        if (First != Last)
            addresses += ShortEnd() ?? $"-{Last}";
        return Port == 0 ? addresses : string.Create(CultureInfo.InvariantCulture, $"{addresses} {Port}");
    }

    // N stands for the last byte of an IPv4 address, and in hexadecimal for the last 16 bits of an IPv6 one.
    private string? ShortEnd()
    {
        (UInt128 first, UInt128 last) = (Number(First), Number(Last));
        UInt128 part = First.Family == AddressFamily.IPv4 ? 0xFFu : 0xFFFFu;
        if ((first & ~part) != (last & ~part))
            return null;
        return "-" + ((uint)(last & part)).ToString(First.Family == AddressFamily.IPv4 ? "d" : "x", CultureInfo.InvariantCulture);
    }

    private static string? Parse(ReadOnlySpan<byte> text, out IpAddress first, out IpAddress last)
    {
        last = default;
        int mark = text.IndexOfAny((byte)'-', (byte)'/');
        if (!ConfigAddress.TryParse(mark < 0 ? text : text[..mark], out first))
            return "is no IP address";
        last = first;
        if (mark < 0)
            return null;
        ReadOnlySpan<byte> rest = text[(mark + 1)..];
        if (text[mark] == (byte)'/')
            return ByLength(rest, first, out last);
        if (ConfigAddress.TryParse(rest, out IpAddress end))
        {
            last = end;
            return end.Family == first.Family && Number(end) >= Number(first) ? null : "ends before it begins";
        }
        bool isIPv4 = first.Family == AddressFamily.IPv4;
        UInt128 part = isIPv4 ? 0xFFu : 0xFFFFu;
        if (!uint.TryParse(rest, isIPv4 ? NumberStyles.None : NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint number) || number > part)
            return "ends with no address and no number";
        if (number <= (Number(first) & part))
            return "ends before it begins";
        last = Address(first, (Number(first) & ~part) | number);
        return null;
    }

    private static string? ByLength(ReadOnlySpan<byte> rest, IpAddress first, out IpAddress last)
    {
        last = first;
        if (!ConfigNumber.TryParse(rest, (uint)first.HostPrefixLength, out uint length) || length == 0)
            return $"has a prefix length that is none of 1 to {first.HostPrefixLength}";
        UInt128 host = length == first.HostPrefixLength ? 0 : (UInt128.One << (int)(first.HostPrefixLength - length)) - 1;
        if ((Number(first) & host) != 0)
            return "has host bits that are not zero";
        last = Address(first, Number(first) | host);
        return null;
    }

    private static UInt128 Number(IpAddress address)
    {
        Span<byte> bytes = stackalloc byte[IpAddress.IPv6Length];
        bytes.Clear();
        if (address.Family == AddressFamily.IPv4)
            return address.ToUInt32();
        address.CopyTo(bytes);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    private static IpAddress Address(IpAddress like, UInt128 number)
    {
        if (like.Family == AddressFamily.IPv4)
            return IpAddress.FromIPv4((uint)number);
        Span<byte> bytes = stackalloc byte[IpAddress.IPv6Length];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, number);
        return IpAddress.FromBytes(bytes);
    }
}
