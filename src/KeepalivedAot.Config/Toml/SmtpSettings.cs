using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Toml;

/// <summary>The table <c>[smtp]</c>: what keepalived has no word for when it sends mail.</summary>
public sealed record SmtpSettings
{
    /// <summary>When connections with the mail server are encrypted.</summary>
    public SmtpTls Tls { get; init; }

    /// <summary>A file with the certificates that are believed; empty: those of the host.</summary>
    public string Authorities { get; init; } = "";

    /// <summary>What the server's certificate must be for; empty: the name or address in <c>smtp_server</c>.</summary>
    public string ServerName { get; init; } = "";

    /// <summary>Whether the certificate is looked at.</summary>
    public bool Verifies { get; init; } = true;

    /// <summary>Who logs in; empty: nobody.</summary>
    public string User { get; init; } = "";

    /// <summary>A file with the password and nothing else.</summary>
    public string PasswordFile { get; init; } = "";

    /// <summary>Where <see cref="Authorities"/> was written.</summary>
    public SourceSpan AuthoritiesSpan { get; init; }

    /// <summary>Where <see cref="PasswordFile"/> was written.</summary>
    public SourceSpan PasswordFileSpan { get; init; }
}

/// <summary><c>smtp.tls</c></summary>
public enum SmtpTls : byte
{
    None,
    StartTls,
    Tls,
}
