using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Checkers;

/// <summary>An <c>SMTP_CHECK { … }</c>: a mail server greets and answers HELO.</summary>
[Block("SMTP_CHECK")]
[InheritedSince(
    "retry", "1.1.8", "delay_before_retry", "1.1.8", "connect_ip", "1.2.17", "connect_port", "1.2.17", "bindto", "1.2.17", "bind_port", "1.2.17", "connect_timeout", "1.1.8", "fwmark", "1.2.17")]
public sealed partial class SmtpCheckBlock : ConnectCheckerBlock
{
    /// <summary>What the server is greeted with.</summary>
    [Keyword("helo_name", Since = "1.1.8", Default = "smtpchecker.keepalived.org", SurvivesMissingValue = true)]
    public string? HeloName { get; private set; }

    /// <summary>The old way to name a server to ask; its settings become those of the checker, and after loading there is none.</summary>
    [Keyword("host", Since = "1.1.8"), Deprecated("its lines in SMTP_CHECK itself")]
    public List<SmtpHostBlock>? Hosts { get; private set; }
}
