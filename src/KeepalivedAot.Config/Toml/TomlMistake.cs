namespace KeepalivedAot.Config.Toml;

/// <summary>What the library found, in our words.</summary>
internal static class TomlMistake
{
    /// <param name="found">The library's sentence.</param>
    public static (string Message, string? Help) Of(string found)
    {
        if (Has("string literal") || Has("newline in") || Has("unterminated") || Has("multi-line"))
            return ("the text has no closing quote", "close it with the quote that it began with, on the same line");
        if (Has("control character"))
            return ("a control character has no place here", null);
        if (Has("escape") || Has("Unicode scalar"))
            return ("this escape means nothing in TOML", @"write \\ for a backslash");
        if (Has("Expecting `=`"))
            return ("there is no '=' behind the key", "write KEY = VALUE");
        if (Has("a value"))
            return ("here a value is missing, or this is none", "write a number, true, false, or text in double quotes");
        if (Has("closebracket"))
            return ("the closing bracket is missing", "write [TABLE]");
        if (Has("token `newline`"))
            return ("the line should end here", "write one KEY = VALUE on a line");
        return ("here a KEY = VALUE or a [TABLE] should begin", null);

        bool Has(string part) => found.Contains(part, StringComparison.OrdinalIgnoreCase);
    }
}
