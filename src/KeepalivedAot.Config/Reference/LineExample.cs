using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Reference;

/// <summary>A whole route, rule or address with one option in it, since the option alone would not be accepted or say nothing.</summary>
internal static class LineExample
{
    private const string Address = "192.0.2.100/24";
    private const string Address6 = "2001:db8::100/64";
    private const string Route = "198.51.100.0/24 via 192.0.2.1 dev eth0";
    private const string Route6 = "2001:db8:1::/48 via 2001:db8::1 dev eth0";
    private const string Rule = "from 192.0.2.0/24";

    /// <summary>What must stand in front of a line with <c>track_group</c>.</summary>
    public const string TrackGroup = $"track_group {SampleValue.Name} {{\n    group {{\n        {SampleValue.Name}\n    }}\n}}\n";

    private static readonly Dictionary<string, string> s_addresses = new()
    {
        ["peer"] = "192.0.2.100 peer 192.0.2.1",
        ["home"] = $"{Address6} home",
        ["-nodad"] = $"{Address6} -nodad",
        ["mngtmpaddr"] = $"{Address6} mngtmpaddr",
        ["preferred_lft"] = $"{Address6} preferred_lft forever",
    };

    private static readonly Dictionary<string, string> s_routes = new()
    {
        ["to"] = $"to {Route}",
        ["src"] = $"{Route} src 192.0.2.10",
        ["via"] = Route,
        ["dev"] = Route,
        ["from"] = $"{Route6} from 2001:db8:2::/48",
        ["expires"] = $"{Route6} expires 600",
        ["pref"] = $"{Route6} pref high",
        ["protocol"] = $"{Route} protocol 4 no_track",
        ["vrf"] = $"{Route} vrf blue",
        ["encap"] = "198.51.100.0/24 encap ip id 100 dst 192.0.2.1 dev tunnel0",
        ["nexthop"] = "198.51.100.0/24 nexthop via 192.0.2.1 weight 2 nexthop via 192.0.2.2 weight 1",
    };

    private static readonly Dictionary<string, string> s_rules = new()
    {
        ["not"] = "not from 192.0.2.0/24 table 100 preference 1000",
        ["from"] = "from 192.0.2.0/24 table 100 preference 1000",
        ["to"] = "to 198.51.100.0/24 table 100 preference 1000",
        ["table"] = $"{Rule} table 100 preference 1000",
        ["l3mdev"] = "l3mdev preference 1000",
        ["type"] = $"{Rule} type blackhole preference 1000",
        ["goto"] = $"{Rule} goto 2000 preference 1000",
        ["nop"] = $"{Rule} nop preference 1000",
        ["blackhole"] = $"{Rule} blackhole preference 1000",
        ["unreachable"] = $"{Rule} unreachable preference 1000",
        ["prohibit"] = $"{Rule} prohibit preference 1000",
        ["preference"] = $"{Rule} table 100 preference 1000",
        ["protocol"] = $"{Rule} table 100 preference 1000 protocol 4 no_track",
        ["track_group"] = $"{Rule} iif eth0 table 100 preference 1000 track_group {SampleValue.Name}",
    };

    /// <param name="list">The list that the line stands in, such as <c>virtual_routes</c>.</param>
    /// <param name="within">What the option belongs to, such as <c>nexthop</c> or <c>encap ip</c>; null when it is the line.</param>
    /// <returns>Null where nothing certain can be made.</returns>
    public static string? Of(string list, string? within, WordSchema word)
    {
        // keepalived passes over the word behind them, so that no line with them is a good one.
        if (word.Word is "inet" or "inet6" || word.Status != WordStatus.Current)
            return null;
        if (list.EndsWith("_rules", StringComparison.Ordinal))
            return s_rules.GetValueOrDefault(word.Word) ?? With(Rule, word, " table 100 preference 1000");
        if (!list.EndsWith("_routes", StringComparison.Ordinal))
            return s_addresses.GetValueOrDefault(word.Word) ?? With(Address, word);
        return within switch
        {
            null => s_routes.GetValueOrDefault(word.Word) ?? With(Route, word),
            "nexthop" => Nexthop(word),
            _ => Encapsulated(within, word),
        };
    }

    private static string? Nexthop(WordSchema word)
    {
        const string Second = " nexthop via 192.0.2.2 dev eth0";
        return word.Word switch
        {
            "via" or "dev" => $"198.51.100.0/24 nexthop via 192.0.2.1 dev eth0{Second}",
            "encap" => $"198.51.100.0/24 nexthop via 192.0.2.1 dev eth0 encap mpls 100 nexthop via 192.0.2.2",
            _ => With("198.51.100.0/24 nexthop via 192.0.2.1 dev eth0", word, Second),
        };
    }

    private static string? Encapsulated(string kind, WordSchema word)
    {
        bool is6 = kind.EndsWith("ip6", StringComparison.Ordinal);
        if (word.Word is "dst" or "id")
            return $"198.51.100.0/24 {kind} {(is6 ? "" : "id 100 ")}dst {(is6 ? "2001:db8::1" : "192.0.2.1")} dev tunnel0";
        return With($"198.51.100.0/24 {kind} dst {(is6 ? "2001:db8::1" : "192.0.2.1")}", word, " dev tunnel0");
    }

    private static string? With(string before, WordSchema word, string after = "")
    {
        if (word.Kind == WordKind.Flag)
            return $"{before} {word.Word}{after}";
        return SampleValue.Of(word) is { } value ? $"{before} {word.Word} {value}{after}" : null;
    }
}
