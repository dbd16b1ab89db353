using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Mail;

/// <summary>How to speak with the mail server.</summary>
/// <param name="HeloName">Who we say we are (<c>smtp_helo_name</c>).</param>
/// <param name="Timeout">For each answer of the server (<c>smtp_connect_timeout</c>); connecting and a handshake count as one each.</param>
/// <param name="Security">When the connection is encrypted, if ever.</param>
/// <param name="Credentials">Null: we do not log in. They are only given away over an encrypted connection.</param>
public sealed record SmtpOptions(string HeloName, Duration Timeout, SmtpSecurity Security = SmtpSecurity.None, SmtpCredentials? Credentials = null);

/// <summary>When a connection with a mail server is encrypted.</summary>
public enum SmtpSecurity : byte
{
    None,

    /// <summary>Once the server has been asked to (RFC 3207); without it there is no mail.</summary>
    StartTls,

    /// <summary>From the first byte on (RFC 8314, 3.3).</summary>
    Tls,
}
