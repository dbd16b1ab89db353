using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Tracking;

/// <summary>One <c>vrrp_track_process NAME { … }</c>: that processes of a name run is tracked.</summary>
[Block("vrrp_track_process", Label = "NAME")]
public sealed partial class VrrpTrackProcessBlock
{
    private const int LargestWeight = 254;

    public string Name { get; private set; } = "";

    /// <summary>The name of the process. Words after it are parameters, all of which must be the same; then full_command is on.</summary>
    [Keyword("process", Since = "2.0.11", Default = "required")]
    public ProcessCommand? Process { get; private set; }

    /// <summary>
    /// Compare the parameters, too: all of them, or only as many as are given (partial), the last of which may also be longer (initial).
    /// </summary>
    [Keyword("param_match", Since = "2.0.16", Default = "none", Optional = true)]
    public ParameterMatch ParameterMatch { get; private set; }

    /// <summary>How much the process changes the priority of instances that track it; with 0 they go to FAULT when it is missing.</summary>
    [Keyword("weight", Since = "2.0.11", Default = "0", FirstWins = true)]
    public TrackerWeight Weight { get; private set; }

    /// <summary>How many processes have to run at least.</summary>
    [Keyword("quorum", Since = "2.0.11"), Range(1, 65535)]
    public ushort Quorum { get; private set; } = 1;

    /// <summary>How many processes may run at most; with 0, none may.</summary>
    [Keyword("quorum_max", Since = "2.0.16", Default = "unlimited"), Range(0, 65535)]
    public ushort? QuorumMaximum { get; private set; }

    /// <summary>Seconds that a change must last before it counts: fork_delay and terminate_delay in one.</summary>
    [Keyword("delay", Since = "2.0.11", Default = "0"), Seconds(Decimals = 6), Range(0.000001, 3600)]
    public Duration Delay { get; private set; }

    /// <summary>Seconds that too few processes must run before they count as failed.</summary>
    [Keyword("terminate_delay", Since = "2.0.16", Default = "delay"), Seconds(Decimals = 6), Range(0.000001, 3600)]
    public Duration TerminateDelay { get; private set; }

    /// <summary>Seconds that enough processes must run before they count as running.</summary>
    [Keyword("fork_delay", Since = "2.0.16", Default = "delay"), Seconds(Decimals = 6), Range(0.000001, 3600)]
    public Duration ForkDelay { get; private set; }

    /// <summary>Compare with the command line, and not with the kernel's name of the process, which has at most 15 bytes.</summary>
    [Sets("full_command", Since = "2.0.11")]
    public bool FullCommand { get; private set; }

    /// <summary>It can be tracked; those that cannot are left out after loading.</summary>
    internal bool IsUsable { get; private set; }

    partial void OnClosed(Parser parser)
    {
        if (Process is null)
        {
            parser.Configuration.Lost.Add("vrrp_track_process", Name);
            parser.Diagnostics.ReportUnless(
                _spans.HasMistake(nameof(Process)), DiagnosticCatalogue.TrackerIncomplete, _spans.Block, $"track process '{Name}' process name not specified", "add 'process NAME'");
            return;
        }
        // What was given later holds: a delay after one of the others overrides it.
        TerminateDelay = Later(_spans.TerminateDelay, TerminateDelay);
        ForkDelay = Later(_spans.ForkDelay, ForkDelay);
        if (Process.Parameters.Count > 0 && ParameterMatch == ParameterMatch.None)
            ParameterMatch = ParameterMatch.Exact;
        FullCommand |= ParameterMatch != ParameterMatch.None;
        if (!TrackerWeights.IsInRange(Weight, LargestWeight, DiagnosticCatalogue.NumberOutOfRange, "vrrp_track_process", Name, parser))
            Weight = default;
        if (QuorumMaximum is ushort most && most > 0 && Quorum > most)
        {
            parser.Diagnostics.Report(
                DiagnosticCatalogue.QuorumMaximum, _spans.QuorumMaximum,
                $"vrrp_track_process {Name} quorum_max is less than quorum - ignoring", $"write at least 'quorum_max {Quorum}', or leave it out");
            QuorumMaximum = null;
        }
        IsUsable = true;
        parser.Configuration.Trackers.Add(this);
    }

    private Duration Later(Text.SourceSpan span, Duration given)
        => span.IsGiven && (!_spans.Delay.IsGiven || span.Position > _spans.Delay.Position) ? given : Delay;
}
