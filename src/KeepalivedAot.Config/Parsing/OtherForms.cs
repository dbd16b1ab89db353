namespace KeepalivedAot.Config.Parsing;

/// <summary>Words that are no keywords, but that whoever writes them means something by.</summary>
internal static class OtherForms
{
    private const string Include = "include";

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

    /// <summary>What to write instead; null when nothing is known of the word.</summary>
    public static string? Suggest(string word)
    {
        if (s_ofTheManual.TryGetValue(word, out string? keyword))
            return $"keepalived's manual calls it so; write '{keyword}'";
        if (word.StartsWith(Include, StringComparison.OrdinalIgnoreCase) && word.Length <= Include.Length + 1)
            return "write 'include FILE', or includer, includem, includew, includeb or includea for its checks";
        return word.StartsWith('$') ? "a definition is '$NAME=VALUE', without blanks before the '='; a name is replaced from the line behind it on" : null;
    }
}
