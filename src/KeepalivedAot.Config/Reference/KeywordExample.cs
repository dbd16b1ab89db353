using System.Globalization;
using System.Text;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Reference;

/// <summary>A line with a word, in its blocks, that the loader accepts; a test sees to it.</summary>
internal static class KeywordExample
{
    private const string LineSuffix = "<line>";

    // What a name says about the value, for words whose type does not say enough; the first that fits.
    private static readonly (string Part, string Value)[] s_texts =
    [
        ("router_id", "r1"),
        ("label", "eth0:1"),
        ("auth_pass", "s3cr3t"),
    ];

    // The first words of a line, by the block that it stands in.
    private static readonly (string Block, string First)[] s_lines =
    [
        ("virtual_ipaddress", "192.0.2.100/24"),
        ("virtual_ipaddress_excluded", "198.51.100.100/24"),
        ("static_ipaddress", "192.0.2.100/24"),
        ("unicast_peer", "192.0.2.2"),
    ];

    // What stands after a word whose value reads itself.
    private static readonly Dictionary<string, string> s_values = new()
    {
        ["brd"] = "+",
        ["broadcast"] = "+",
        ["scope"] = "link",
        ["preferred_lft"] = "forever",
        ["vrrp_mcast_group4"] = "224.0.0.18",
        ["vrrp_mcast_group6"] = "ff02::12",
        ["mcast_dst_ip"] = "224.0.0.18",
    };

    /// <summary>Null where nothing certain can be made: for what is not read yet, and for values that nobody gave a sample of.</summary>
    public static string? Of(KeywordReference reference, ReferenceEntry entry)
    {
        string? line = Line(entry.Word);
        if (line is null)
            return null;
        string[] path = entry.Block.IsRoot ? [] : entry.BlockPath.Split('/');
        // Options of a line stand on one line, behind its first word.
        if (path.Length > 0 && path[^1] == LineSuffix)
        {
            string? first = s_lines.FirstOrDefault(row => path.Length > 1 && row.Block == path[^2]).First;
            if (first is null)
                return null;
            line = $"{first} {line}";
            path = path[..^1];
        }
        // Deeper than one line in a block the way is not known.
        return path.Any(static part => part.StartsWith('<')) ? null : Nest(reference, path, line);
    }

    private static string Nest(KeywordReference reference, string[] path, string line)
    {
        StringBuilder text = new();
        for (int i = 0; i < path.Length; i++)
        {
            string below = string.Join('/', path[..(i + 1)]);
            string? label = reference.Blocks.FirstOrDefault(found => found.Path == below).Block?.Label;
            text.Append(' ', 4 * i).Append(path[i]).Append(label is null ? "" : $" {label}").Append(" {\n");
        }
        foreach (string part in line.Split('\n'))
            text.Append(' ', 4 * path.Length).Append(part).Append('\n');
        for (int i = path.Length - 1; i >= 0; i--)
            text.Append(' ', 4 * i).Append("}\n");
        return text.ToString();
    }

    private static string? Line(WordSchema word)
    {
        if (word.Status is WordStatus.NotYet || word.Kind == WordKind.Unread)
            return word.Status == WordStatus.NoEffect ? word.Word : null;
        if (word.Kind == WordKind.Flag)
            return word.Word;
        if (word.Kind == WordKind.Block)
            return Block(word);
        if (word.Kind == WordKind.Lines)
        {
            string? first = s_lines.FirstOrDefault(row => row.Block == word.Word).First;
            return first is null ? null : $"{word.Word} {{\n    {first}\n}}";
        }
        return Value(word) is { } value ? $"{word.Word} {value}" : null;
    }

    // With the words that it must have, or else its first ones.
    private static string Block(WordSchema word)
    {
        const int Shown = 2;
        WordSchema[] words = [.. (word.Child?.Words ?? []).Where(static inner => inner.Status == WordStatus.Current && inner.Kind != WordKind.Block)];
        IEnumerable<WordSchema> needed = words.Any(static inner => inner.IsRequired) ? words.Where(static inner => inner.IsRequired) : words.Take(Shown);
        StringBuilder text = new();
        text.Append(word.Word).Append(word.Child?.Label is { } label ? $" {label}" : "").Append(" {\n");
        foreach (string line in needed.Select(Line).OfType<string>())
            text.Append("    ").Append(line.Replace("\n", "\n    ", StringComparison.Ordinal)).Append('\n');
        return text.Append('}').ToString();
    }

    private static string? Value(WordSchema word)
    {
        if (s_values.TryGetValue(word.Word, out string? known))
            return known;
        return word.Kind switch
        {
            WordKind.Boolean => "true",
            WordKind.Integer or WordKind.Decimal => Number(word),
            WordKind.Address => word.Arguments.Contains('6', StringComparison.Ordinal) ? "2001:db8::1" : "192.0.2.1",
            WordKind.Prefix => "192.0.2.1/24",
            WordKind.Interface => "eth0",
            WordKind.Choice => word.Choices.FirstOrDefault(),
            WordKind.Text => s_texts.FirstOrDefault(row => word.Word.Contains(row.Part, StringComparison.Ordinal)).Value,
            _ => null,
        };
    }

    // The default when it is a number that says something; else one well within the range.
    private static string Number(WordSchema word)
    {
        decimal minimum = Bound(word.Minimum ?? 0, word.Decimals);
        decimal maximum = Bound(word.Maximum ?? 100, word.Decimals);
        string first = word.Default?.Split(',', ' ')[0] ?? "";
        if (decimal.TryParse(first, NumberStyles.Number, CultureInfo.InvariantCulture, out decimal byDefault)
            && byDefault > 0 && byDefault >= minimum && byDefault <= maximum)
        {
            return first;
        }
        const decimal Usual = 10;
        return Math.Clamp(Usual, minimum, maximum).ToString("0.######", CultureInfo.InvariantCulture);
    }

    private static decimal Bound(long value, int decimals) => decimal.Parse(ArgumentText.Scaled(value, decimals), CultureInfo.InvariantCulture);
}
