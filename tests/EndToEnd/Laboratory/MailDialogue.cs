using System.Text.RegularExpressions;

namespace KeepalivedAot.Tests.EndToEnd.Laboratory;

/// <summary>One connection with a mail server, as far as it has come.</summary>
/// <param name="Lines">What the client said, line by line, without line ends.</param>
public sealed partial record MailDialogue(TimeSpan At, string[] Lines)
{
    public string Subject => Lines.FirstOrDefault(static line => line.StartsWith("Subject: ", StringComparison.Ordinal))?["Subject: ".Length..] ?? "";

    /// <summary>What two implementations must have in common: everything but the date, and where a long list of recipients is folded.</summary>
    public string Text => Fold().Replace(DateLine().Replace(string.Join("\r\n", Lines) + "\r\n", "Date: (some)"), ", ");

    [GeneratedRegex(@"(?m)^Date: [A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}(?=\r$)")]
    private static partial Regex DateLine();

    // keepalived 2.2.7 writes them on one line, 2.4.3 each on its own.
    [GeneratedRegex(@",\r\n ")]
    private static partial Regex Fold();
}
