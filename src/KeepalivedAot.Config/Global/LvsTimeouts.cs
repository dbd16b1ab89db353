using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Global;

/// <summary>IPVS timeouts: <c>lvs_timeouts tcp 900 tcpfin 120 udp 300</c>; what is not given stays as the kernel has it.</summary>
[LineBlock]
public sealed partial class LvsTimeouts
{
    /// <summary>How many seconds an idle TCP connection is remembered; 0 leaves the timeout as it is.</summary>
    [Keyword("tcp", Since = "1.2.24", Default = "unchanged"), Seconds, Range(0, 2678400), Strict]
    public Duration? Tcp { get; private set; }

    /// <summary>How many seconds a TCP connection is remembered after a FIN; 0 leaves the timeout as it is.</summary>
    [Keyword("tcpfin", Since = "1.2.24", Default = "unchanged"), Seconds, Range(0, 2678400), Strict]
    public Duration? TcpFin { get; private set; }

    /// <summary>How many seconds a UDP flow is remembered after its last packet; 0 leaves the timeout as it is.</summary>
    [Keyword("udp", Since = "1.2.24", Default = "unchanged"), Seconds, Range(0, 2678400), Strict]
    public Duration? Udp { get; private set; }

    partial void OnRead(Parser parser)
    {
        if (Tcp is not null || TcpFin is not null || Udp is not null)
        {
            parser.KeepLine();
            return;
        }
        if (!parser.IsLineUsable)
            return;
        parser.Diagnostics.Report(
            DiagnosticCatalogue.OptionWithoutValue, parser.LineSpan, "'lvs_timeouts' needs at least one timeout", "write 'lvs_timeouts tcp SECONDS'");
        parser.DropLine();
    }
}
