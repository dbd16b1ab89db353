namespace KeepalivedAot.Mail;

/// <summary>An address as the configuration has it: <c>ops@example.org</c>, or <c>Operations &lt;ops@example.org&gt;</c>.</summary>
public static class MailAddress
{
    // What may stand in a display name without quotes, besides letters and digits (RFC 5322, 3.2.3), and the blanks between its words.
    private const string AtomCharacters = "!#$%&'*+-/=?^_`{|}~ ";

    /// <summary>For MAIL FROM and RCPT TO: without display name and brackets.</summary>
    public static string OfEnvelope(string written)
    {
        string text = Clean(written).Trim();
        int open = text.LastIndexOf('<');
        return open >= 0 && text.EndsWith('>') ? text[(open + 1)..^1].Trim() : text;
    }

    /// <summary>For the header: a display name with special characters in it is quoted.</summary>
    public static string OfHeader(string written)
    {
        string text = Clean(written).Trim();
        int open = text.LastIndexOf('<');
        if (open < 0 || !text.EndsWith('>'))
            return text;
        string name = text[..open].TrimEnd();
        if (name.Length == 0)
            return text[open..];
        bool isQuoted = name.Length >= 2 && name[0] == '"' && name[^1] == '"';
        if (isQuoted || name.All(static c => char.IsAsciiLetterOrDigit(c) || c > '\x7F' || AtomCharacters.Contains(c)))
            return $"{name} {text[open..]}";
        return $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\" {text[open..]}";
    }

    /// <summary>Whatever could end a line, and begin a command or a header of its own, becomes a blank.</summary>
    internal static string Clean(string text) => text.Any(char.IsControl) ? string.Concat(text.Select(static c => char.IsControl(c) ? ' ' : c)) : text;
}
