using System.Buffers;
using System.Buffers.Text;
using System.Text;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Parsing;

/// <summary>Words that are no keywords, but that whoever writes them means something by.</summary>
internal static class OtherForms
{
    private const string Include = "include";

    private static readonly SearchValues<byte> NameBytes = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"u8);

    // keepalived's manual has these, and keepalived has others.
    private static readonly Dictionary<string, string> s_ofTheManual = new()
    {
        ["state_file_location"] = "state_dump_file",
        ["stats_file_location"] = "stats_dump_file",
        ["json_file_location"] = "json_dump_file",
        ["vrrp_nftables"] = "nftables",
    };

    /// <summary>What to write instead of a word between a block's header and its brace; null when nothing is known of it.</summary>
    public static string? SuggestBeforeBrace(string keyword, string word)
        => keyword == "virtual_server" && word is ("inet" or "inet6") ? $"write 'ip_family {word}' in the block" : null;

    // What other programs have for an authentication, so it is no password.
    private static readonly string[] s_authentications = ["none", "simple", "plain", "text", "password", "hmac", "ipsec", "sha1", "sha256"];

    /// <summary>A kind of authentication, though none of keepalived's.</summary>
    public static bool IsAuthentication(ReadOnlySpan<byte> word)
    {
        string text = Encoding.UTF8.GetString(word);
        return s_authentications.Contains(text, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>What to write for $NAME, of which nothing has become; null for another word.</summary>
    public static string? OfUndefined(ReadOnlySpan<byte> word)
    {
        if (word is not [(byte)'$', (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'a' and <= (byte)'z') or (byte)'_', ..])
            return null;
        int length = word[1..].IndexOfAnyExcept(NameBytes);
        string name = Encoding.ASCII.GetString(length < 0 ? word : word[..(1 + length)]);
        return $"there is no definition of '{name}' up to here that fits: write '{name}=VALUE' on a line before it";
    }

    /// <summary>What to write in place of a word that is no address; null when nothing is known of it.</summary>
    /// <param name="takesPort">A port may follow as a word of its own.</param>
    public static string? OfAddress(ReadOnlySpan<byte> word, bool takesPort)
    {
        ReadOnlySpan<byte> bare = word.TrimEnd(",;"u8);
        if (bare.Length < word.Length)
            return $"write '{Encoding.UTF8.GetString(bare)}': nothing stands between addresses but blanks";
        int colon = word.LastIndexOf((byte)':');
        if (colon > 0 && ConfigAddress.TryParse(word[..colon].TrimStart("["u8).TrimEnd("]"u8), out IpAddress address)
            && Utf8Parser.TryParse(word[(colon + 1)..], out ushort port, out int length) && length == word.Length - colon - 1)
        {
            return takesPort ? $"write '{address} {port}'" : $"write '{address}': there is no port here";
        }
        if (ConfigAddress.TryParse(word.TrimStart("["u8).TrimEnd("]"u8), out address))
            return $"write '{address}'";
        return IsName(word) ? "names are not looked up: write its address" : OfNumbers(word);
    }

    private static string? OfNumbers(ReadOnlySpan<byte> word)
    {
        int slash = word.IndexOf((byte)'/');
        ReadOnlySpan<byte> address = slash < 0 ? word : word[..slash];
        if (address.Contains((byte)':'))
            return "an IPv6 address has groups of up to four hexadecimal digits with a ':' between them, such as 2001:db8::1";
        if (address.IsEmpty || address.ContainsAnyExcept("0123456789."u8) || ConfigAddress.TryParse(address, out _))
            return null;
        return address.Count((byte)'.') != 3 ? "an IPv4 address has four numbers" : "each number of an IPv4 address is 0 to 255, without zeros in front";
    }

    // What begins with a letter that no number has, or has such a letter before the first dot.
    private static bool IsName(ReadOnlySpan<byte> word)
        => !word.IsEmpty && char.IsAsciiLetter((char)word[0]) && !word.ContainsAny(":/=,"u8) && word.ContainsAnyInRange((byte)'a', (byte)'z')
            && word.IndexOfAnyExceptInRange((byte)'-', (byte)'z') < 0;

    public const string Comments = "comments begin with # or !";

    /// <summary>With this comments begin in other languages.</summary>
    public static bool IsForeignComment(ReadOnlySpan<byte> word)
        => word.StartsWith("//"u8) || word.StartsWith("/*"u8) || word.StartsWith(";"u8) || word.SequenceEqual("--"u8);

    /// <summary>What to write instead; null when nothing is known of the word.</summary>
    public static string? Suggest(string word)
    {
        if (IsForeignComment(Encoding.UTF8.GetBytes(word)))
            return Comments;
        if (s_ofTheManual.TryGetValue(word, out string? keyword))
            return $"keepalived's manual calls it so; write '{keyword}'";
        if (word.StartsWith(Include, StringComparison.OrdinalIgnoreCase) && word.Length <= Include.Length + 1)
            return "write 'include FILE', or includer, includem, includew, includeb or includea for its checks";
        return word.StartsWith('$') ? "a definition is '$NAME=VALUE', without blanks before the '='; a name is replaced from the line behind it on" : null;
    }
}
