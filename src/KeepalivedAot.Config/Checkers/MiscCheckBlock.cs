using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Values;

namespace KeepalivedAot.Config.Checkers;

/// <summary>A <c>MISC_CHECK { … }</c>: a script says so.</summary>
[Block("MISC_CHECK")]
[InheritedDefault("retry", "real server's value, else 0")]
public sealed partial class MiscCheckBlock : CheckerBlock
{
    /// <summary>The script, with its arguments in one pair of quotes.</summary>
    [Keyword("misc_path", Since = "0.5.3", Default = "required", SurvivesMissingValue = true)]
    public ConfigCommand? Script { get; private set; }

    /// <summary>When the script is killed; 0 is after the delay_loop of the virtual server.</summary>
    [Keyword("misc_timeout", Since = "1.1.0", Default = "0 = virtual server's delay_loop"), Seconds, Range(0, 4294)]
    public Duration Timeout { get; private set; }

    /// <summary>When the script is killed, known after loading; delay_loop may have fractions of a second.</summary>
    public Duration KillAfter { get; private set; }

    /// <summary>An exit status from 2 on is a weight, more by two.</summary>
    [Sets("misc_dynamic", Since = "1.1.8")]
    public bool IsDynamic { get; private set; }

    /// <summary>Who runs the script.</summary>
    [Keyword("user", Since = "1.3.0", Default = "script_user", SurvivesMissingValue = true)]
    public ConfigUser? User { get; private set; }
}
