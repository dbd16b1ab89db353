using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Checkers;

/// <summary>A <c>DNS_CHECK { … }</c>: a query is answered.</summary>
[Block("DNS_CHECK")]
[InheritedSince(
    "retry", "1.3.0", "connect_ip", "1.3.0", "connect_port", "1.3.0", "bindto", "1.3.0", "bind_port", "1.3.0", "connect_timeout", "1.3.0", "fwmark", "1.3.0", "warmup", "1.3.7")]
[InheritedDefault("retry", "real server's value, else 3", "delay_before_retry", "real server's value, else delay_loop")]
public sealed partial class DnsCheckBlock : ConnectCheckerBlock
{
    /// <summary>The type of record to ask for.</summary>
    [Keyword("type", Since = "1.3.0", Default = "SOA")]
    public DnsType Type { get; private set; } = new(DnsType.Soa);

    /// <summary>The domain name whose records to ask for.</summary>
    [Keyword("name", Since = "1.3.0", Default = "root (empty)", FirstWins = true)]
    public DnsName? Name { get; private set; }

    private protected override long UsualRetry => 3;

    private protected override Duration UsualDelayBeforeRetry => DelayLoop;
}
