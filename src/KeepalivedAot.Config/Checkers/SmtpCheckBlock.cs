using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Checkers;

/// <summary>An <c>SMTP_CHECK { … }</c>: a mail server greets and answers HELO.</summary>
[Block("SMTP_CHECK")]
[InheritedSince(
    "retry", "1.1.8", "delay_before_retry", "1.1.8", "connect_ip", "1.2.17", "connect_port", "1.2.17", "bindto", "1.2.17", "bind_port", "1.2.17", "connect_timeout", "1.1.8", "fwmark", "1.2.17")]
public sealed partial class SmtpCheckBlock : ConnectCheckerBlock
{
    /// <summary>The host name in the greeting to the server (HELO).</summary>
    [Keyword("helo_name", Since = "1.1.8", Default = "smtpchecker.keepalived.org", SurvivesMissingValue = true)]
    public string? HeloName { get; private set; }

    /// <summary>The old way to name the server to connect to. Its settings become those of the checker.</summary>
    /// <remarks>After loading there is none.</remarks>
    [Keyword("host", Since = "1.1.8"), Deprecated("its lines in SMTP_CHECK itself")]
    public List<SmtpHostBlock>? Hosts { get; private set; }
}
