using System.Buffers;

namespace KeepalivedAot.Config.Values;

/// <summary>Text as words of a configuration file.</summary>
public static class ConfigWords
{
    // What would end the word, or begin a comment, a block, a directive or a variable.
    private static readonly SearchValues<char> Special = SearchValues.Create(" \t\n\v\f\r\"#!{}$");

    // Of these the ones that can stand in a word without quotes.
    private static readonly SearchValues<char> OnlyQuoted = SearchValues.Create(" \t\n\v\f\r\"{}$");

    /// <summary>The text so that it is read as one word: in double quotes where it needs them (grammar 10.1).</summary>
    /// <remarks>
    /// The language cannot write a double quote into a quoted word: such a text could not have been read, unless by the rules of
    /// scripts. A backslash is data, but would protect a quote behind it, so it needs no quotes by itself.
    /// </remarks>
    public static string Quote(string text)
    {
        if (text.Length > 0 && text[0] is not ('@' or '~') && !text.AsSpan().ContainsAny(Special))
            return text;
        // Who looks for comments takes a backslash and the closing quote behind it for a pair, and finds the quotes unbalanced
        // (grammar 3); two backslashes are a pair themselves.
        bool keepsQuoteOpen = (text.Length - text.AsSpan().TrimEnd('\\').Length) % 2 != 0;
        return keepsQuoteOpen && CanStandBare(text) ? Escape(text) : $"\"{text}\"";
    }

    private static bool CanStandBare(string text)
        => text[0] is not ('@' or '~') && !text.AsSpan().ContainsAny(OnlyQuoted)
            && !text.Contains("\\#", StringComparison.Ordinal) && !text.Contains("\\!", StringComparison.Ordinal);

    private static string Escape(string text) => text.Replace("#", "\\#", StringComparison.Ordinal).Replace("!", "\\!", StringComparison.Ordinal);
}
