using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Checkers;

/// <summary>The <c>host { … }</c> of an SMTP_CHECK.</summary>
[Block("host")]
[InheritedSince(
    "retry", "1.3.7", "delay_before_retry", "1.3.7", "connect_ip", "1.1.8", "connect_port", "1.1.8", "bindto", "1.1.8", "bind_port", "1.2.13", "connect_timeout", "1.2.13", "fwmark", "1.2.13", "warmup", "1.3.7")]
public sealed partial class SmtpHostBlock : ConnectCheckerBlock
{
}
