using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Global;

// Files.
public sealed partial class GlobalDefsBlock
{
    /// <summary>Which permissions files that are made do not get: a number up to 0777 or names of bits joined by a pipe.</summary>
    [Keyword("umask", Since = "2.0.9", Default = "0177", Arguments = "NUMBER|{I{R,W,X}{USR,GRP,OTH}|IRWX{U,G,O}} joined by pipe"), NotYet]
    public FileModeMask? Umask { get; private set; }

    /// <summary>Check a new configuration before it is taken; the path gets what the check says. Here that is always done.</summary>
    [Keyword("reload_check_config", Since = "2.2.0", Default = "off; by itself /dev/null", Bare = "/dev/null"), NotHere("every new configuration is checked before it is taken, and what is wrong with it is logged")]
    public string? ReloadCheckConfig { get; private set; }

    /// <summary>A file that says when to reload.</summary>
    [Keyword("reload_time_file", Since = "2.1.0", Default = "none", ExactlyOne = true), NotYet]
    public string? ReloadTimeFile { get; private set; }

    /// <summary>The file that says when to reload is kept after it.</summary>
    [Sets("reload_repeat", Since = "2.1.0"), NotYet]
    public bool ReloadRepeat { get; private set; }

    /// <summary>A file that is there while the configuration is being read; by itself keepalived.reload beside the pid files.</summary>
    [Keyword("reload_file", Since = "2.2.0", Default = "off", Optional = true), NotYet]
    public string? ReloadFile { get; private set; }

    /// <summary>Which mistakes of include lines count from here on; by itself all of them.</summary>
    [Keyword("include_check", Since = "2.2.0", Default = "none", Arguments = "[+|-]{read|match|wildcard_match|brace_match}...")]
    public IncludeCheckWords? IncludeCheck { get; private set; }

    /// <summary>Where copies of the configuration go at each reload, to look for mistakes.</summary>
    [Keyword("config_save_dir", Since = "2.2.3", Default = "none"), NotYet]
    public string? ConfigSaveDirectory { get; private set; }

    /// <summary>Where keepalived puts its copy of the configuration.</summary>
    [Keyword("tmp_config_directory", Since = "2.2.0", Default = "memory file", SurvivesMissingValue = true, FirstWins = true), NotHere("it makes no copy of the configuration")]
    public string? TemporaryConfigDirectory { get; private set; }

    /// <summary>Names of dumps hold the network namespace and the instance.</summary>
    [Keyword("data_use_instance", Since = "2.2.3", Optional = true), NotYet]
    public bool DataUseInstance { get; private set; }

    /// <summary>The layout of the JSON dump.</summary>
    [Keyword("json_version", Since = "2.2.8"), Range(1, 2), NotYet]
    public byte JsonVersion { get; private set; } = 1;

    /// <summary>Where iproute2 keeps the names of tables, scopes and so on that came with it.</summary>
    [Keyword("iproute_usr_dir", Since = "2.3.2", Default = "/usr/share/iproute2", ExactlyOne = true)]
    public string? IprouteUsrDirectory { get; private set; }

    /// <summary>Where iproute2 keeps the names of tables, scopes and so on of this host.</summary>
    [Keyword("iproute_etc_dir", Since = "2.3.2", Default = "/etc/iproute2", ExactlyOne = true)]
    public string? IprouteEtcDirectory { get; private set; }

    /// <summary>What dumps of the state are called. keepalived's manual calls it state_file_location.</summary>
    [Keyword("state_dump_file", Since = "2.3.3", Default = "keepalived.data in tmp dir"), NotYet]
    public string? StateDumpFile { get; private set; }

    /// <summary>Kept and never used.</summary>
    [Keyword("stats_dump_file", Since = "2.3.3", Default = "keepalived.stats in tmp dir"), NoEffect]
    public string? StatisticsDumpFile { get; private set; }

    /// <summary>Kept and never used.</summary>
    [Keyword("json_dump_file", Since = "2.3.3", Default = "keepalived.json in tmp dir"), NoEffect]
    public string? JsonDumpFile { get; private set; }
}
