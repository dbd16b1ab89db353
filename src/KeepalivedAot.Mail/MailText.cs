using System.Text;
using KeepalivedAot.Base;

namespace KeepalivedAot.Mail;

/// <summary>A mail as it goes over the wire after DATA (RFC 5321, 4.1.1.4; RFC 5322): headers, body, and the dot that ends it.</summary>
public static class MailText
{
    private const string LineEnd = "\r\n";

    /// <param name="routerId">Stands in brackets before the subject.</param>
    /// <param name="date">As <see cref="MailDate"/> has it.</param>
    public static byte[] Compose(MailEnvelope envelope, string routerId, AlertMessage message, string date)
    {
        StringBuilder text = new();
        text.Append("Date: ").Append(date).Append(LineEnd);
        text.Append("From: ").Append(MailAddress.OfHeader(envelope.From)).Append(LineEnd);
        text.Append("Subject: [").Append(MailAddress.Clean(routerId)).Append("] ").Append(MailAddress.Clean(message.Subject)).Append(LineEnd);
        text.Append("X-Mailer: Keepalived").Append(LineEnd);
        text.Append("To: ").AppendJoin($",{LineEnd} ", envelope.Recipients.Select(MailAddress.OfHeader)).Append(LineEnd);
        text.Append(LineEnd);
        text.Append(message.Body.ReplaceLineEndings(LineEnd)).Append(LineEnd);
        // keepalived's empty line at the end, which archives of its mails have too.
        text.Append(LineEnd);
        return ByteText.Encode(Stuff(text.ToString()) + "." + LineEnd);
    }

    // A line that is a dot alone would end the mail (RFC 5321, 4.5.2).
    private static string Stuff(string text)
    {
        string stuffed = text.Replace(LineEnd + ".", LineEnd + "..", StringComparison.Ordinal);
        return stuffed.StartsWith('.') ? "." + stuffed : stuffed;
    }
}
