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
        ["label"] = "eth0:1",
        ["auth_pass"] = "s3cr3t",
    };

    // For values of several words, by the beginning of their notation.
    private static readonly (string Notation, string Value)[] s_byNotation =
    [
        ("cmd-script", "\"/etc/keepalived/script.sh argument\""),
        ("user", "keepalived_script"),
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
            WordKind.Choice => word.Choices.FirstOrDefault(),
            WordKind.Text => Name,
            WordKind.Arguments => s_byNotation.FirstOrDefault(row => word.Arguments.StartsWith(row.Notation, StringComparison.Ordinal)).Value,
            _ => null,
        };
    }

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
