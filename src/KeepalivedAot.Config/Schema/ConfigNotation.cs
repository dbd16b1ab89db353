namespace KeepalivedAot.Config.Schema;

/// <summary>What a value looks like, for messages.</summary>
internal static class ConfigNotation
{
    /// <summary>The notation of the keyword table in words; as it is where that is no list of alternatives.</summary>
    public static string InWords(string notation) => notation switch
    {
        "LO-HI" => "two numbers joined by -, such as 1000-1999 or 80-80",
        "uint 0..1048575 joined by /" => "labels from 0 to 1048575 joined by /",
        "four hex groups joined by :" => "four groups of hexadecimal digits joined by :",
        "[from/]to" => "one realm, or two joined by /",
        "[lock] rtt-time" => "a time such as 300ms or 1.5s",
        "uint[/mask] (base 0)" => "a mark such as 7 or 0x10/0xff",
        _ when s_inWords.TryGetValue(notation, out string? words) => words,
        _ when notation.AsSpan().ContainsAny('[', '{', '(') => notation,
        _ => OneOf(notation.Split('|')),
    };

    // What is more than a list of alternatives.
    private static readonly Dictionary<string, string> s_inWords = new()
    {
        ["cmd-script"] = "a command: the program and its arguments, together in double quotes",
        ["cmd-script [user [group]]"] = "a command, the program and its arguments together in double quotes; then, if wanted, its user, and its group",
        ["[cmd-script [user [group]]]"] = "nothing; or a command in double quotes and, if wanted, its user, and its group",
        ["path [user [group]]"] = "a path; then, if wanted, the user who owns it, and the group",
        ["user [group]"] = "a user, and perhaps a group",
        ["string [string...]"] = "the name of the program, and perhaps its arguments",
        ["string (shell-like quoting and escapes)"] = "a regular expression; in quotes of either kind, a backslash in it is written twice",
        ["string(<=15)"] = "a word of at most 15 bytes",
        ["string(<=16)"] = "a word of at most 16 bytes",
        ["[name(<=254)]"] = "nothing, or a name of at most 254 bytes",
        ["[name(<=27) [name(<=27)]]"] = "nothing; or the names of one or two chains, each of at most 27 bytes",
        ["[name(<=30)]{0,6}"] = "up to six names of sets, each of at most 30 bytes",
        ["NUMBER|{I{R,W,X}{USR,GRP,OTH}|IRWX{U,G,O}} joined by pipe"] = "a number such as 0177; or names such as IRWXG and IROTH joined by |",
        ["[+|-]{read|match|wildcard_match|brace_match}..."]
            = "nothing, for all checks; or any of read, match, wildcard_match and brace_match, each perhaps with + or - in front",
        ["{tcp|tcpfin|udp uint! 0..2678400}..."] = "one or more of tcp, tcpfin and udp, each with a number of seconds from 0 to 2678400",
        ["iface [[inst] name] [id N] [maxlen N] [port N] [ttl N] [group ip]"]
            = "an interface; then, if wanted, the name of an instance, and id, maxlen, port, ttl and group, each with its value",
        ["{ip|hostname} [port 1..65535]"] = "an IP address or the name of a host; then, if wanted, a port from 1 to 65535",
        ["ip [port]"] = "an IP address, and perhaps a port",
        ["ip|ip-N|ip-ip|ip/len [port]"]
            = "an IP address, a range such as 192.0.2.1-9 or 192.0.2.1-192.0.2.9, or a network such as 192.0.2.0/28; then, if wanted, a port",
        ["ip[/len]|default|any|all|default6"] = "a prefix such as 198.51.100.0/24, or default, any or all",
        ["ip[/len]|default|any|all"] = "a prefix such as 198.51.100.0/24, or default, any or all",
        ["ip6[/len]"] = "an IPv6 prefix such as 2001:db8::/32",
        ["[inet|inet6] ip"] = "an IP address, perhaps with inet or inet6 in front",
        ["[to] word"] = "a word, perhaps with to in front",
        ["ip|ip6|mpls|ila ..."] = "ip, ip6, mpls or ila, and what belongs to it",
        ["NAT|DR|TUN [tunnel options]"] = "NAT, DR or TUN; behind TUN also type, port, nocsum, csum and remcsum",
        ["[lock] uint! 0..4294967295"] = "a number from 0 to 4294967295, perhaps with lock in front",
        ["[lock] string"] = "a word, perhaps with lock in front",
        ["[all] uint 1..86400 (sec)"] = "a number of seconds from 1 to 86400, perhaps with all in front",
        ["[all] uint 0..86400 (sec)"] = "a number of seconds from 0 to 86400, perhaps with all in front",
        ["{MTU|ADVERT|uint! 0..4294967295}..."] = "one or more of MTU, ADVERT and numbers from 0 to 4294967295",
        ["uint! 0..4294967295 (base 0)"] = "a number from 0 to 4294967295, also such as 0x10",
        ["uint 0..4294967295 [inet|inet6]"] = "a number from 0 to 4294967295, and perhaps inet or inet6",
        ["uint! 1..255 {string|hex:HEX|file:path}"] = "a number from 1 to 255, and the secret: text, hex: and its digits, or file: and a path",
        ["{uint 100..599|range}..."] = "one or more of codes from 100 to 599 and ranges such as 200-299",
        ["int 1..99 (clamped)"] = "a whole number, 1 to 99; beyond that the nearest of them holds",
        ["int -253..253 [reverse]"] = "a whole number, -253 to 253, and perhaps reverse",
        ["int -254..254 [reverse]"] = "a whole number, -254 to 254, and perhaps reverse",
        ["int -2147483647..2147483647 [reverse|noreverse]"] = "a whole number, -2147483647 to 2147483647, and perhaps reverse or noreverse",
        ["[int] [overwrite]"] = "nothing; or a whole number and, if wanted, overwrite",
        ["[[name] iface] [MAC] [netlink_notify_msg] [group ID]"]
            = "nothing; or any of the name of an interface, a MAC address, netlink_notify_msg, and group with its number or name",
        ["[[name] iface] [ip[/len]] [bridge|private|vepa] [group ID]"]
            = "nothing; or any of the name of an interface, an address, one of bridge, private and vepa, and group with its number or name",
        ["[hexstr]"] = "nothing, or hexadecimal digits",
        ["word..."] = "one or more of its words",
        ["{ip [port]}|{fwmark uint}|{group name}"] = "an IP address and perhaps a port, or fwmark and a number, or group and a name,",
        // Of the preprocessor.
        ["PATTERN"] = "the rest of the line: a file, or a pattern such as conf.d/*.conf",
        ["TEXT"] = "the rest of the line",
        ["[TEXT]"] = "the rest of the line, which may be empty",
        ["(VAR, [START, [STEP,]] END) TEXT"] = "in parentheses a name, perhaps where to start, perhaps a step, and where to end; then the text to repeat",
        ["(VAR, VALUE...) TEXT"]
            = "in parentheses a name and its values, or in braces several names and as many values in each further pair of braces; then the text to repeat",
        ["[MIN [MAX]]"] = "nothing; or the smallest number, and perhaps the largest, with a blank in front of each",
        ["VARIABLE"] = "the name of a variable of the environment, behind a blank",
    };

    private static string OneOf(string[] alternatives)
    {
        string[] words = [.. alternatives.Select(Alternative)];
        return words.Length == 1 ? words[0] : $"{string.Join(", ", words[..^1])} or {words[^1]}";
    }

    private static string Alternative(string notation)
    {
        const string Name = " name";
        if (notation.EndsWith(Name, StringComparison.Ordinal))
            return $"a name ({notation[..^Name.Length]})";
        string[] parts = notation.Split(' ');
        if (parts[0].TrimEnd('!') is not ("uint" or "int"))
            return notation;
        int dots = parts[^1].IndexOf("..", StringComparison.Ordinal);
        if (dots < 0)
            return "a number";
        (string first, string last) = (parts[^1][..dots], parts[^1][(dots + 2)..]);
        return last.Length == 0 ? $"a number from {first} on" : $"a number from {first} to {last}";
    }
}
