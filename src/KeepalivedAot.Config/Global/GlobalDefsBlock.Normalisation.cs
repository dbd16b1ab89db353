using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;

namespace KeepalivedAot.Config.Global;

public sealed partial class GlobalDefsBlock
{
    private const uint ShortestRealTimeLimit = 2;

    // Done at every end of the block, because an instance that follows takes these over.
    partial void OnClosed(Parser parser)
    {
        if (GarpRepeat == 0)
        {
            GarpRepeat = 1;
            parser.Diagnostics.Report(
                DiagnosticCatalogue.ZeroRepeat, _spans.GarpRepeat, "vrrp_garp_master_repeat must be greater than 0, setting to 1");
        }
        if (GarpRefreshRepeat == 0)
        {
            GarpRefreshRepeat = 1;
            parser.Diagnostics.Report(
                DiagnosticCatalogue.ZeroRepeat, _spans.GarpRefreshRepeat, "vrrp_garp_master_refresh_repeat must be greater than 0, setting to 1");
        }
        if (_spans.MulticastGroup6.IsGiven && !IsLinkLocalGroup(MulticastGroup6))
        {
            parser.Diagnostics.Report(
                DiagnosticCatalogue.GroupScope, _spans.MulticastGroup6, $"vrrp_mcast_group6 {MulticastGroup6} is not of link-local scope",
                "write a group that begins with ff02:");
        }
        if (SmtpConnectTimeout == Duration.Zero)
        {
            SmtpConnectTimeout = Duration.FromSeconds(1);
            parser.Diagnostics.Report(
                DiagnosticCatalogue.ZeroTimeout, _spans.SmtpConnectTimeout, "smtp_connect_timeout must be greater than 0, setting to 1");
        }
        if (_spans.NotificationEmail.IsGiven && NotificationEmail.Count == 0)
        {
            parser.Diagnostics.Report(
                DiagnosticCatalogue.EmptyBlock, _spans.NotificationEmail, "'notification_email' names nobody", "write addresses between its braces");
        }
        VrrpRealTimeLimit = Math.Max(VrrpRealTimeLimit, ShortestRealTimeLimit);
        CheckerRealTimeLimit = Math.Max(CheckerRealTimeLimit, ShortestRealTimeLimit);
        BfdRealTimeLimit = Math.Max(BfdRealTimeLimit, ShortestRealTimeLimit);
        DropSharedFifos(parser);
        if (MinGarp)
            MinimiseGarp();
        if (!_spans.GarpLowerPriorityDelay.IsGiven)
            GarpLowerPriorityDelay = GarpDelay;
        if (!_spans.GarpLowerPriorityRepeat.IsGiven)
            GarpLowerPriorityRepeat = GarpRepeat;
    }

    // A FIFO has one kind of reader.
    private void DropSharedFifos(Parser parser)
    {
        if (VrrpNotifyFifo is not null && VrrpNotifyFifo.Path == NotifyFifo?.Path)
        {
            ReportShared(parser, "vrrp_notify_fifo", _spans.VrrpNotifyFifo);
            VrrpNotifyFifo = null;
        }
        if (LvsNotifyFifo is not null && LvsNotifyFifo.Path == NotifyFifo?.Path)
        {
            ReportShared(parser, "lvs_notify_fifo", _spans.LvsNotifyFifo);
            LvsNotifyFifo = null;
        }
        // Both kinds of events may go to one FIFO, and then one script reads it.
        if (LvsNotifyFifo is not null && LvsNotifyFifo.Path == VrrpNotifyFifo?.Path && VrrpNotifyFifoScript is not null && LvsNotifyFifoScript is not null)
        {
            Diagnostic second = parser.Diagnostics.Report(
                DiagnosticCatalogue.FifoTwice, _spans.LvsNotifyFifoScript, "lvs_notify_fifo has the path of vrrp_notify_fifo, which has a script - ignoring lvs_notify_fifo_script",
                "leave 'lvs_notify_fifo_script' out");
            parser.Diagnostics.Relate(second, _spans.VrrpNotifyFifoScript, "the script of vrrp_notify_fifo is here");
            LvsNotifyFifoScript = null;
        }
        if (LvsNotifyFifo is not null)
        {
            parser.Diagnostics.Report(
                DiagnosticCatalogue.NotYet, _spans.LvsNotifyFifo, "keepalived-aot makes the FIFO of 'lvs_notify_fifo', and does not write to it yet");
        }
    }

    private void ReportShared(Parser parser, string word, Text.SourceSpan span)
    {
        Diagnostic shared = parser.Diagnostics.Report(
            DiagnosticCatalogue.FifoTwice, span, $"{word} is the same as notify_fifo - ignoring {word}", "give it a path of its own");
        parser.Diagnostics.Relate(shared, _spans.NotifyFifo, "notify_fifo is here");
    }

    /// <summary>Scope 2 of RFC 4291, 2.7, whatever the flags.</summary>
    internal static bool IsLinkLocalGroup(Base.Net.IpAddress group)
    {
        if (group.Family != Base.Net.AddressFamily.IPv6 || !group.IsMulticast)
            return false;
        Span<byte> bytes = stackalloc byte[Base.Net.IpAddress.IPv6Length];
        group.CopyTo(bytes);
        return (bytes[1] & 0x0F) == 2;
    }

    // Only what nobody has given.
    private void MinimiseGarp()
    {
        if (!_spans.GarpRepeat.IsGiven)
            GarpRepeat = 1;
        if (!_spans.GarpDelay.IsGiven)
            GarpDelay = Duration.Zero;
        if (!_spans.GarpRefresh.IsGiven)
            GarpRefresh = Duration.Zero;
        if (!_spans.GarpRefreshRepeat.IsGiven)
            GarpRefreshRepeat = 1;
    }
}
