using System.Globalization;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Text;
using KeepalivedAot.Config.Tracking;

namespace KeepalivedAot.Config.Bfd;

public sealed partial class BfdInstanceBlock
{
    private const byte UsualTtl4 = 255;
    private const byte UsualTtl6 = 64;
    private const byte LargestSensibleMultiplier = 10;
    private static readonly Duration LongestSensibleInterval = Duration.FromMilliseconds(10000);

    // Done at the end of the block: lines that follow track it only when it can be run.
    partial void OnClosed(Parser parser)
    {
        DiagnosticBag diagnostics = parser.Diagnostics;
        if (!IsRunnable(parser))
        {
            parser.Configuration.Lost.Add("bfd_instance", Name);
            return;
        }
        Ttl ??= Neighbor.Family == AddressFamily.IPv6 ? UsualTtl6 : UsualTtl4;
        if (MaxHops > Ttl)
        {
            diagnostics.Report(
                DiagnosticCatalogue.BfdHops, _spans.MaxHops,
                $"BFD instance {Name}: max_hops exceeds ttl/hoplimit - setting to ttl/hoplimit", $"write at most 'max_hops {Ttl}'");
            MaxHops = (short)Ttl;
        }
        WarnIfLong("min_rx", RequiredMinRxInterval, _spans.RequiredMinRxInterval, diagnostics);
        WarnIfLong("min_tx", DesiredMinTxInterval, _spans.DesiredMinTxInterval, diagnostics);
        WarnIfLong("idle_tx", IdleTxInterval, _spans.IdleTxInterval, diagnostics);
        if (DetectMultiplier > LargestSensibleMultiplier)
        {
            diagnostics.Report(
                DiagnosticCatalogue.BfdSlow, _spans.DetectMultiplier, $"({Name}) multiplier {DetectMultiplier}: a lost neighbour is noticed late");
        }
        if (!TrackerWeights.IsInRange(Weight, TrackerWeights.Largest, DiagnosticCatalogue.NumberOutOfRange, "bfd_instance", Name, parser))
            Weight = default;
        IsUsable = true;
        parser.Built(Trackers.SessionWeight);
        parser.Configuration.Trackers.Add(this);
    }

    private bool IsRunnable(Parser parser)
    {
        if (Neighbor.IsNone)
        {
            parser.Diagnostics.ReportUnless(
                _spans.HasMistake(nameof(Neighbor)), DiagnosticCatalogue.TrackerIncomplete, _spans.Block, $"BFD instance {Name} has no neighbor address set, disabling instance",
                "add 'neighbor_ip ADDRESS'");
            return false;
        }
        if (!Source.IsNone && Source.Family != Neighbor.Family)
        {
            Diagnostic other = parser.Diagnostics.Report(
                DiagnosticCatalogue.BfdFamily, _spans.Source, $"BFD instance {Name} source address {Source} and neighbor address {Neighbor} are not of the same family, disabling instance");
            parser.Diagnostics.Relate(other, _spans.Neighbor, "the neighbour");
            return false;
        }
        if (parser.Configuration.Trackers.FindLike(this) is not { } same)
            return true;
        Diagnostic duplicate = parser.Diagnostics.Report(
            DiagnosticCatalogue.BfdDuplicate, _spans.Neighbor, $"BFD instance {Name} has duplicate neighbor address {Neighbor}, ignoring instance");
        parser.Diagnostics.Relate(duplicate, same.Spans.Neighbor, "the other one");
        return false;
    }

    private void WarnIfLong(string word, Duration interval, SourceSpan span, DiagnosticBag diagnostics)
    {
        if (interval <= LongestSensibleInterval)
            return;
        diagnostics.Report(
            DiagnosticCatalogue.BfdSlow, span,
            string.Create(CultureInfo.InvariantCulture, $"({Name}) {word} of {interval.WholeMilliseconds} ms is larger than 10000 ms; it is in milliseconds"));
    }
}
