using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Checkers;

/// <summary>A <c>TCP_CHECK { … }</c>: a connection can be made.</summary>
[Block("TCP_CHECK")]
[InheritedSince(
    "retry", "1.2.20", "delay_before_retry", "1.2.20")]
public sealed partial class TcpCheckBlock : ConnectCheckerBlock
{
}
