using System.Buffers.Binary;
using System.Numerics;
using KeepalivedAot.Base.Net;

namespace KeepalivedAot.Config.Schema;

/// <summary>Addresses as words of a configuration.</summary>
public static class ConfigAddress
{
    private const int LongestText = 45;

    /// <summary>The prefix length that an IPv4 netmask such as 255.255.255.0 stands for; null when it is none.</summary>
    public static int? LengthOfMask(ReadOnlySpan<byte> text)
    {
        Span<byte> bytes = stackalloc byte[4];
        if (!TryParse(text, out IpAddress mask) || mask.Family != AddressFamily.IPv4)
            return null;
        mask.CopyTo(bytes);
        uint bits = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        int length = BitOperations.LeadingZeroCount(~bits);
        return bits << length == 0 || length == 32 ? length : null;
    }

    /// <summary>Exactly an address as inet_pton(3) reads it.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out IpAddress address)
    {
        address = default;
        if (text.Length > LongestText)
            return false;
        Span<char> characters = stackalloc char[LongestText];
        for (int i = 0; i < text.Length; i++)
            characters[i] = (char)text[i];
        return IpAddress.TryParse(characters[..text.Length], out address);
    }
}
