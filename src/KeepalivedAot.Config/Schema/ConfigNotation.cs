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
        _ when notation.AsSpan().ContainsAny('[', '{', '(') => notation,
        _ => OneOf(notation.Split('|')),
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
        return dots < 0 ? "a number" : $"a number from {parts[^1][..dots]} to {parts[^1][(dots + 2)..]}";
    }
}
