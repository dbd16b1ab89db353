using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Values;

namespace KeepalivedAot.Config.Global;

// Scripts and who runs them.
public sealed partial class GlobalDefsBlock
{
    /// <summary>A script that runs once before anything else starts.</summary>
    [Keyword("startup_script", Since = "2.1.0", Default = "none", SurvivesMissingValue = true, FirstWins = true)]
    public ConfigScript? StartupScript { get; private set; }

    /// <summary>How many seconds the startup script may take before it is killed.</summary>
    [Keyword("startup_script_timeout", Since = "2.1.0", SurvivesMissingValue = true), Seconds, Range(1, 1000)]
    public Duration StartupScriptTimeout { get; private set; } = Duration.FromSeconds(10);

    /// <summary>A script that runs once when everything else has ended.</summary>
    [Keyword("shutdown_script", Since = "2.1.0", Default = "none", SurvivesMissingValue = true, FirstWins = true)]
    public ConfigScript? ShutdownScript { get; private set; }

    /// <summary>How many seconds the shutdown script may take before it is killed.</summary>
    [Keyword("shutdown_script_timeout", Since = "2.1.0", SurvivesMissingValue = true), Seconds, Range(1, 1000)]
    public Duration ShutdownScriptTimeout { get; private set; } = Duration.FromSeconds(10);

    /// <summary>The user, and perhaps group, that runs scripts with no user of their own.</summary>
    [Keyword("script_user", Since = "1.3.0", Default = "keepalived_script if it exists, else own uid/gid", SurvivesMissingValue = true)]
    public ConfigUser? ScriptUser { get; private set; }

    /// <summary>Refuse to run scripts as root when another user could change any part of their path.</summary>
    [Sets("enable_script_security", Since = "1.3.0")]
    public bool EnableScriptSecurity { get; private set; }

    /// <summary>Start scripts by the path as it is written, symbolic links and all, in place of what it leads to.</summary>
    [Keyword("use_symlink_paths", Since = "2.3.0", Optional = true)]
    public bool UseSymlinkPaths { get; private set; }

    /// <summary>Run scripts with all groups of their user, and not the main one only.</summary>
    [Keyword("set_supplementary_groups", Since = "unreleased (after 2.4.3)", Optional = true)]
    public bool SetSupplementaryGroups { get; private set; }
}
