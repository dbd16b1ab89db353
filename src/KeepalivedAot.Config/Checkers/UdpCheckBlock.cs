using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Checkers;

/// <summary>A <c>UDP_CHECK { … }</c>: a datagram is not refused, or answered as it should be.</summary>
[Block("UDP_CHECK")]
[InheritedSince(
    "retry", "2.1.0", "delay_before_retry", "2.1.0", "warmup", "2.1.0", "delay_loop", "2.1.0", "alpha", "2.1.0", "log_all_failures", "2.1.0", "connect_ip", "2.1.0", "connect_port", "2.1.0", "bindto", "2.1.0", "bind_port", "2.1.0", "bind_if", "2.1.0", "connect_timeout", "2.1.0", "fwmark", "2.1.0")]
public sealed partial class UdpCheckBlock : ConnectCheckerBlock
{
    /// <summary>The bytes to send, as hexadecimal digits; blanks do not matter.</summary>
    [Keyword("payload", Since = "2.2.0", Default = "random data", Arguments = "hexstr", SurvivesMissingValue = true)]
    public HexPayload? Payload { get; private set; }

    /// <summary>
    /// Require an answer. With hexadecimal digits it must begin with these bytes; an X stands for a digit that does not matter.
    /// </summary>
    [Keyword("require_reply", Since = "2.1.0", Default = "off", Arguments = "[hexstr]")]
    public HexPattern? RequireReply { get; private set; }

    /// <summary>The shortest answer that is a success, in bytes.</summary>
    [Keyword("min_reply_length", Since = "2.2.0", Default = "0"), Range(0, 65535), Strict]
    public ushort MinReplyLength { get; private set; }

    /// <summary>The longest answer that is a success, in bytes.</summary>
    [Keyword("max_reply_length", Since = "2.2.0", Default = "255"), Range(0, 65535), Strict]
    public ushort MaxReplyLength { get; private set; } = 255;

    partial void OnClosed(Parser parser)
    {
        if (MinReplyLength <= MaxReplyLength)
            return;
        parser.Diagnostics.Report(
            DiagnosticCatalogue.CheckerSetting, Spans.MinReplyLength.IsGiven ? Spans.MinReplyLength : Spans.MaxReplyLength,
            $"UDP_CHECK min_reply length {MinReplyLength} > max_reply_length {MaxReplyLength} - will always fail", $"write 'max_reply_length {MinReplyLength}' or more");
    }
}
