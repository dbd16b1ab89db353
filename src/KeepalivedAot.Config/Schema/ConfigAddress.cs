using KeepalivedAot.Base.Net;

namespace KeepalivedAot.Config.Schema;

/// <summary>Addresses as words of a configuration.</summary>
public static class ConfigAddress
{
    private const int LongestText = 45;

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
