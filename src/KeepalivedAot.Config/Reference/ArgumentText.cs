using System.Globalization;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Reference;

/// <summary>What may follow a word, in words. <see cref="WordSchema.Arguments"/> is the short notation of the same.</summary>
internal static class ArgumentText
{
    /// <summary>"a whole number of seconds, 0 to 4294"; null when nothing may follow.</summary>
    public static string? Describe(WordSchema word) => word.Kind switch
    {
        WordKind.Flag => null,
        WordKind.Boolean => IsOptional(word) ? "a switch: nothing, true, on or yes; or false, off or no" : "a switch: true, on or yes; or false, off or no",
        WordKind.Integer => Number(word, "a whole number"),
        WordKind.Decimal => Number(word, "a number"),
        WordKind.Address => Address(word),
        WordKind.Prefix => "an IP address, with or without /LENGTH",
        WordKind.Interface => "the name of a network interface",
        WordKind.Choice when word.Choices.Length > 0 => $"{OneOf(word.Choices)}{(IsOptional(word) ? "; or nothing" : "")}",
        WordKind.Block when word.Child?.Label is { } label => $"{ConfigNotation.InWords(label)} and a block {"{ … }"}",
        WordKind.Block => "a block { … }",
        WordKind.Lines when word.Child?.Label is { } name => $"{name} and a block of lines {"{ … }"}",
        WordKind.Lines => "a block of lines { … }",
        WordKind.Text when word.Arguments == "[string]" => "nothing, or a word",
        WordKind.Text when word.Arguments.StartsWith("string", StringComparison.Ordinal) => Text(word.Arguments),
        WordKind.Names => "a block of names { … }",
        _ => Notation(word.Arguments),
    };

    // A list of literal words is a sentence of its own, so that none of them begins it.
    private static string Notation(string notation)
    {
        string words = ConfigNotation.InWords(notation);
        bool isList = words != notation && notation.Contains('|', StringComparison.Ordinal);
        return isList && words.StartsWith(notation[..notation.IndexOf('|', StringComparison.Ordinal)], StringComparison.Ordinal) ? $"one of {words}" : words;
    }

    /// <summary>What stands for the argument in a line of syntax: SECONDS; empty when nothing may follow.</summary>
    public static string Placeholder(WordSchema word) => word.Kind switch
    {
        WordKind.Flag => "",
        WordKind.Boolean => IsOptional(word) ? "[true|false]" : "true|false",
        WordKind.Integer or WordKind.Decimal => Unit(word) switch { "seconds" => "SECONDS", "milliseconds" => "MILLISECONDS", _ => "NUMBER" },
        WordKind.Address => "ADDRESS",
        WordKind.Prefix => "ADDRESS[/LENGTH]",
        WordKind.Interface => "INTERFACE",
        WordKind.Choice when word.Choices.Length > 0 => IsOptional(word) ? $"[{string.Join('|', word.Choices)}]" : string.Join('|', word.Choices),
        WordKind.Block when word.Child?.Label is { } label => $"{SyntaxText.Of(label)} {{ … }}",
        WordKind.Block or WordKind.Lines or WordKind.Names => "{ … }",
        WordKind.Text => "TEXT",
        WordKind.Arguments or WordKind.Options => SyntaxText.Of(IsInParentheses(word.Arguments) ? word.Arguments[1..^1] : word.Arguments),
        _ => "VALUE",
    };

    /// <summary>A bound in the unit in which the user writes it.</summary>
    public static string Scaled(long value, int decimals)
    {
        decimal scaled = value;
        for (int i = 0; i < decimals; i++)
            scaled /= 10;
        return scaled.ToString("0.######", CultureInfo.InvariantCulture);
    }

    private static bool IsInParentheses(string notation) => notation.StartsWith('(') && notation.IndexOf(')', StringComparison.Ordinal) == notation.Length - 1;

    private static bool IsOptional(WordSchema word) => word.Arguments.StartsWith('[') || word.Arguments.EndsWith('?');

    private static string Number(WordSchema word, string what)
    {
        string unit = Unit(word) is { } known ? $" of {known}" : "";
        string range = word is { Minimum: { } minimum, Maximum: { } maximum }
            ? $", {Scaled(minimum, word.Decimals)} to {Scaled(maximum, word.Decimals)}"
            : "";
        string decimals = word.Decimals > 0 ? $", with up to {word.Decimals} decimals" : "";
        return $"{what}{unit}{range}{decimals}";
    }

    private static string? Unit(WordSchema word)
    {
        if (word.Arguments.EndsWith("(sec)", StringComparison.Ordinal))
            return "seconds";
        return word.Arguments.EndsWith("(msec)", StringComparison.Ordinal) ? "milliseconds" : null;
    }

    private static string Address(WordSchema word)
    {
        string family = word.Arguments.StartsWith("ip4", StringComparison.Ordinal) || word.Arguments.StartsWith("ipv4", StringComparison.OrdinalIgnoreCase)
            ? "IPv4"
            : word.Arguments.StartsWith("ip6", StringComparison.Ordinal) || word.Arguments.StartsWith("ipv6", StringComparison.OrdinalIgnoreCase) ? "IPv6" : "IP";
        return word.Arguments.Contains("multicast", StringComparison.Ordinal) ? $"an {family} address of a multicast group" : $"an {family} address";
    }

    private static string OneOf(string[] choices)
        => choices.Length == 1 ? choices[0] : $"{string.Join(", ", choices[..^1])} or {choices[^1]}";

    private static string Text(string arguments)
    {
        int limit = arguments.IndexOf("<=", StringComparison.Ordinal);
        return limit < 0 ? "a word, or several in double quotes" : $"a word of at most {arguments[(limit + 2)..].TrimEnd(')')} bytes";
    }
}
