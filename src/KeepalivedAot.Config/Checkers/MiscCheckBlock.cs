using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Values;

namespace KeepalivedAot.Config.Checkers;

/// <summary>A <c>MISC_CHECK { … }</c>: a script says so.</summary>
[Block("MISC_CHECK")]
[InheritedDefault("retry", "real server's value, else 0")]
public sealed partial class MiscCheckBlock : CheckerBlock
{
    /// <summary>The script; with arguments, all in double quotes. Exit status 0 is success.</summary>
    [Keyword("misc_path", Since = "0.5.3", Default = "required", SurvivesMissingValue = true)]
    public ConfigCommand? Script { get; private set; }

    /// <summary>Seconds after which the script is killed and counts as failed; 0 is the delay_loop of the virtual server.</summary>
    [Keyword("misc_timeout", Since = "1.1.0", Default = "0 = virtual server's delay_loop"), Seconds, Range(0, 4294)]
    public Duration Timeout { get; private set; }

    /// <summary>When the script is killed, known after loading; delay_loop may have fractions of a second.</summary>
    public Duration KillAfter { get; private set; }

    /// <summary>Let the exit status set the weight: 0 keeps it, 1 is a failure, 2 to 255 are the weights 0 to 253.</summary>
    [Sets("misc_dynamic", Since = "1.1.8")]
    public bool IsDynamic { get; private set; }

    /// <summary>The user, and perhaps group, that runs the script.</summary>
    [Keyword("user", Since = "1.3.0", Default = "script_user", SurvivesMissingValue = true)]
    public ConfigUser? User { get; private set; }

    internal bool IsUsable => Script is not null;

    partial void OnClosed(Parser parser)
    {
        if (!IsUsable)
        {
            CheckerReports.DropUnless(
                _spans.HasMistake(nameof(Script)), parser.Diagnostics, Spans.Block,
                "No script path has been specified for MISC_CHECKER - skipping", "add 'misc_path \"SCRIPT ARGUMENTS\"'");
        }
    }

    private protected override long UsualRetry => 0;

    internal override void Inherit(in Enclosing from)
    {
        base.Inherit(from);
        KillAfter = Timeout == Duration.Zero ? from.Service.DelayLoop : Timeout;
    }
}
