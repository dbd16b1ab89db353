using System.Globalization;
using System.Text;
using KeepalivedAot.Base.Net;

namespace KeepalivedAot.Config.Toml;

/// <summary>Where the daemon listens: at an address and a port, or at the path of a Unix socket.</summary>
/// <param name="Path">Absolute; null for an address.</param>
public sealed record ListenAddress(IpAddress Address, ushort Port, string? Path)
{
    // sun_path (unix(7)) without its NUL.
    private const int LongestPath = 107;

    /// <param name="listen">Null when the text is empty: nowhere.</param>
    /// <returns>False for what is no such place: a name, a port that is missing or 0, a path that is relative or too long.</returns>
    public static bool TryParse(string text, out ListenAddress? listen)
    {
        listen = null;
        if (text.Length == 0)
            return true;
        if (text[0] == '/')
        {
            if (text[^1] == '/' || text.Any(char.IsControl) || Encoding.UTF8.GetByteCount(text) > LongestPath)
                return false;
            listen = new ListenAddress(default, 0, text);
            return true;
        }
        int colon = text.LastIndexOf(':');
        if (colon < 0 || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port) || port == 0)
            return false;
        ReadOnlySpan<char> host = text.AsSpan(0, colon);
        bool isBracketed = host is ['[', .., ']'];
        if (!IpAddress.TryParse(isBracketed ? host[1..^1] : host, out IpAddress address) || address.IsMulticast
            || isBracketed != (address.Family == AddressFamily.IPv6))
        {
            return false;
        }
        listen = new ListenAddress(address, port, null);
        return true;
    }

    public override string ToString()
        => Path ?? string.Create(CultureInfo.InvariantCulture, $"{(Address.Family == AddressFamily.IPv6 ? $"[{Address}]" : $"{Address}")}:{Port}");
}
