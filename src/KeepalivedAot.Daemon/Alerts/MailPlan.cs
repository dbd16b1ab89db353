using KeepalivedAot.Base.Net;
using KeepalivedAot.Mail;

namespace KeepalivedAot.Daemon.Alerts;

/// <summary>All that sending alerts needs, worked out from a configuration.</summary>
/// <param name="Host">As configured: a name, or an address.</param>
/// <param name="Tls">Null: connections are not encrypted.</param>
internal sealed record MailPlan(string RouterId, MailEnvelope Envelope, string Host, ushort Port, SmtpOptions Smtp, TlsPlan? Tls)
{
    /// <summary>In log lines, as keepalived writes it.</summary>
    public string Label(IpAddress address) => $"[{address}]:{Port}";
}

/// <summary>How the mail server is recognised.</summary>
/// <param name="Authorities">A file with the certificates that are believed; null: any certificate will do.</param>
/// <param name="ServerName">What the certificate must be for.</param>
internal sealed record TlsPlan(string? Authorities, string ServerName);
