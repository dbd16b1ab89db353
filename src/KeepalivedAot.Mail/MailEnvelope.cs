namespace KeepalivedAot.Mail;

/// <summary>Who an alert comes from and whom it goes to (<c>notification_email_from</c>, <c>notification_email</c>).</summary>
/// <param name="From">The sender's address, for MAIL FROM and the header.</param>
/// <param name="Recipients">In the order of the configuration; at least one.</param>
public sealed record MailEnvelope(string From, IReadOnlyList<string> Recipients);
