using System.Globalization;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Reference;

/// <summary>Values that look as they do in a configuration, for examples: from RFC 5737 and RFC 3849, which reserve addresses for that.</summary>
internal static class SampleValue
{
    public const string Name = "NAME";

    // For words whose type does not say enough.
    private static readonly Dictionary<string, string> s_byWord = new()
    {
        ["brd"] = "+",
        ["broadcast"] = "+",
        ["scope"] = "link",
        ["preferred_lft"] = "forever",
        ["vrrp_mcast_group4"] = "224.0.0.18",
        ["vrrp_mcast_group6"] = "ff02::12",
        ["mcast_dst_ip"] = "224.0.0.18",
        ["router_id"] = "r1",
        ["umask"] = "0177",
        ["regex_options"] = "caseless",
        ["nftables_ipvs"] = "keepalived_ipvs",
        ["label"] = "eth0:1",
        ["auth_pass"] = "s3cr3t",
        ["group"] = "224.0.0.81",
        ["lvs_method"] = "NAT",
        ["lb_kind"] = "NAT",
        ["sorry_server_lvs_method"] = "NAT",
        ["lvs_timeouts"] = "tcp 900",
        ["lvs_sync_daemon"] = "eth0",
        ["static_routes"] = "198.51.100.0/24 via 192.0.2.1",
        ["virtual_routes"] = "198.51.100.0/24 via 192.0.2.1",
        ["static_rules"] = "from 192.0.2.0/24 table 100 preference 1000",
        ["virtual_rules"] = "from 192.0.2.0/24 table 100 preference 1000",
    };

    // For values of several words, by the beginning of their notation.
    private static readonly (string Notation, string Value)[] s_byNotation =
    [
        ("cmd-script", "\"/etc/keepalived/script.sh argument\""),
        ("[cmd-script", "\"/etc/keepalived/script.sh argument\""),
        ("user", "keepalived_script"),
        ("path", "/run/keepalived/events"),
        ("flag", "from"),
        ("destination", "198.51.100.0/24"),
        ("{ip|hostname}", "192.0.2.25 25"),
        ("ip|ip-N", "192.0.2.80-89 80"),
        ("ip [port]", "198.51.100.81 80"),
        ("ip[/len]", "198.51.100.0/24"),
        ("ip6[/len]", "2001:db8::/32"),
        ("[inet|inet6] ip", "192.0.2.1"),
        ("nexthop options", "via 192.0.2.1 dev eth0 weight 1"),
        ("ip|ip6|mpls|ila", "mpls 100"),
        ("action word", "blackhole"),
        ("LO-HI", "1000-1999"),
        ("low|medium|high", "high"),
        ("[from/]to", "5"),
        ("[lock] rtt-time", "300ms"),
        ("[lock] string", "cubic"),
        ("[lock] uint", "10"),
        ("netmask4|", "255.255.255.0"),
        ("TCP|UDP", "TCP"),
        ("A|NS", "A"),
        ("{MTU|", "MTU"),
        ("[name(<=27)", "VRRP_IN VRRP_OUT"),
        ("[name(<=30)", "vrrp4 vrrp6"),
        ("[all] uint", "60"),
        ("[int] [overwrite]", "0"),
        ("hex32", "0123456789abcdef0123456789abcdef"),
        ("hexstr", "0a1b2c"),
        ("[hexstr", "0a1b2c"),
        ("{uint 100", "200-299"),
        ("uint 0..127|protocol name", "tcp"),
        ("uint! 1..255 {string", "1 hex:000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"),
        ("uint|rt_tables", "100"),
        ("uint 1..|rt_tables", "100"),
        ("uint uint", "64 256"),
        ("uint", "1"),
        ("int", "10"),
        ("string(<=16)", "sip"),
        ("string", "example"),
    ];

    // What stands between a word and its brace, where that is more than a name.
    private static readonly Dictionary<string, string> s_headers = new()
    {
        ["virtual_server"] = "192.0.2.80 80",
        ["real_server"] = "198.51.100.80 80",
        ["sorry_server"] = "198.51.100.81 80",
    };

    /// <summary>Null when there is none.</summary>
    public static string? Of(WordSchema word)
    {
        if (s_byWord.TryGetValue(word.Word, out string? known))
            return known;
        return word.Kind switch
        {
            WordKind.Boolean => "true",
            WordKind.Integer or WordKind.Decimal => Number(word),
            WordKind.Address => word.Arguments.Contains('6', StringComparison.Ordinal) ? "2001:db8::1" : "192.0.2.1",
            WordKind.Prefix => "192.0.2.100/24",
            WordKind.Interface => "eth0",
            WordKind.Choice => word.Choices.FirstOrDefault() ?? ByNotation(word),
            WordKind.Text => Name,
            _ => ByNotation(word),
        };
    }

    /// <summary>The options of a keyword, or a line of a list, where those that must be there would say nothing; null where they do.</summary>
    public static string? OfOptions(WordSchema word) => s_byWord.GetValueOrDefault(word.Word);

    /// <summary>The word begins a line in place of what is known by its place.</summary>
    public static bool BeginsLine(WordSchema word) => word.Word is "fwmark" && word.Arguments.EndsWith("[inet|inet6]", StringComparison.Ordinal);

    private static string? ByNotation(WordSchema word)
        => s_byNotation.FirstOrDefault(row => word.Arguments.StartsWith(row.Notation, StringComparison.Ordinal)).Value;

    /// <summary>What stands between the word of a block and its brace; null when there is no sample.</summary>
    public static string? OfHeader(BlockSchema block)
        => s_headers.GetValueOrDefault(block.Word) ?? (block.Header is null && block.Label == Name ? Name : null);

    // The default when it is a number that says something; else one well within the range.
    private static string Number(WordSchema word)
    {
        const decimal Usual = 10;
        const long NoLimit = 100;
        decimal minimum = Bound(word.Minimum ?? 0, word.Decimals);
        decimal maximum = Bound(word.Maximum ?? NoLimit, word.Decimals);
        string first = word.Default?.Split(',', ' ')[0] ?? "";
        if (decimal.TryParse(first, NumberStyles.Number, CultureInfo.InvariantCulture, out decimal byDefault)
            && byDefault > 0 && byDefault >= minimum && byDefault <= maximum)
        {
            return first;
        }
        return Math.Clamp(Usual, minimum, maximum).ToString("0.######", CultureInfo.InvariantCulture);
    }

    private static decimal Bound(long value, int decimals) => decimal.Parse(ArgumentText.Scaled(value, decimals), CultureInfo.InvariantCulture);
}
