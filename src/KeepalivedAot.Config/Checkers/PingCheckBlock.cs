using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Checkers;

/// <summary>A <c>PING_CHECK { … }</c>: an ICMP echo is answered.</summary>
[Block("PING_CHECK")]
[InheritedSince(
    "retry", "2.1.0", "delay_before_retry", "2.1.0", "warmup", "2.1.0", "delay_loop", "2.1.0", "alpha", "2.1.0", "log_all_failures", "2.1.0", "connect_ip", "2.1.0", "connect_port", "2.1.0", "bindto", "2.1.0", "bind_port", "2.1.0", "bind_if", "2.1.0", "connect_timeout", "2.1.0", "fwmark", "2.1.0")]
public sealed partial class PingCheckBlock : ConnectCheckerBlock
{
}
