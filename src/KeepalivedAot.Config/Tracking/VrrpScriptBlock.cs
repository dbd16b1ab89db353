using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Values;

namespace KeepalivedAot.Config.Tracking;

/// <summary>One <c>vrrp_script NAME { … }</c>: a program that is run again and again, and whose exit status is tracked.</summary>
[Block("vrrp_script", Label = "NAME")]
public sealed partial class VrrpScriptBlock
{
    public string Name { get; private set; } = "";

    /// <summary>The program and its arguments; with arguments, all in double quotes. Exit status 0 is success.</summary>
    [Keyword("script", Since = "1.1.13", Default = "required")]
    public ConfigCommand? Script { get; private set; }

    /// <summary>Seconds between two runs.</summary>
    [Keyword("interval", Since = "1.1.13"), Seconds(Decimals = 3), Range(0, 4294)]
    public Duration Interval { get; private set; } = Duration.FromSeconds(1);

    /// <summary>Seconds after which a run is killed and counts as failed.</summary>
    [Keyword("timeout", Since = "1.2.6", Default = "interval"), Seconds(Decimals = 3), Range(0, 4294)]
    public Duration Timeout { get; private set; }

    /// <summary>How much the script changes the priority of instances that track it; with 0 they go to FAULT when it fails.</summary>
    [Keyword("weight", Since = "1.1.13", Default = "0", Arguments = "int -253..253 [reverse]")]
    public TrackerWeight Weight { get; private set; }

    /// <summary>How many successes in a row turn a failed script into a good one.</summary>
    [Keyword("rise", Since = "1.1.18"), Range(1, 2147483647)]
    public uint Rise { get; private set; } = 1;

    /// <summary>How many failures in a row turn a good script into a failed one.</summary>
    [Keyword("fall", Since = "1.1.18"), Range(1, 2147483647)]
    public uint Fall { get; private set; } = 1;

    /// <summary>The user, and perhaps group, that runs the script.</summary>
    [Keyword("user", Since = "1.3.0", Default = "script_user")]
    public ConfigUser? User { get; private set; }

    /// <summary>The script counts as failed until its first result. In keepalived, a track_script line for it undoes that.</summary>
    [Sets("init_fail", Since = "1.3.2")]
    public bool InitiallyFailed { get; private set; }

    /// <summary>Somebody tracks it; what nobody tracks is not run.</summary>
    public bool IsUsed { get; private set; }

    /// <summary>It can be tracked; those that cannot are left out after loading.</summary>
    internal bool IsUsable { get; private set; }

    internal void NoteUse() => IsUsed = true;

    partial void OnClosed(Parser parser)
    {
        if (Script is null)
        {
            parser.Configuration.Lost.Add("vrrp_script", Name);
            parser.Diagnostics.ReportUnless(
                _spans.HasMistake(nameof(Script)), DiagnosticCatalogue.TrackerIncomplete, _spans.Block, $"No script set for vrrp_script {Name} - removing", "add 'script \"/path/to/program\"'");
            return;
        }
        if (Interval == Duration.Zero)
        {
            Interval = Duration.FromSeconds(1);
            parser.Diagnostics.Report(
                DiagnosticCatalogue.ZeroTime, _spans.Interval, $"({Name}): vrrp script interval must be greater than 0, setting to 1");
        }
        if (Timeout == Duration.Zero && _spans.Timeout.IsGiven)
        {
            Timeout = Duration.FromSeconds(1);
            parser.Diagnostics.Report(
                DiagnosticCatalogue.ZeroTime, _spans.Timeout, $"({Name}): vrrp script timeout must be greater than 0, setting to 1");
        }
        if (!_spans.Timeout.IsGiven)
            Timeout = Interval;
        // keepalived uses it all the same, so it is not reset.
        TrackerWeights.IsInRange(Weight, TrackerWeights.Largest, DiagnosticCatalogue.WeightTooLarge, "vrrp_script", Name, parser);
        IsUsable = true;
        parser.Configuration.Trackers.Add(this);
    }
}
