using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Global;

// Files.
public sealed partial class GlobalDefsBlock
{
    /// <summary>
    /// Permissions that files written by the program do not get: a number such as 0177, or names such as IRWXG joined by |.
    /// </summary>
    [Keyword("umask", Since = "2.0.9", Default = "0177", Arguments = "NUMBER|{I{R,W,X}{USR,GRP,OTH}|IRWX{U,G,O}} joined by pipe")]
    public FileModeMask? Umask { get; private set; }

    /// <summary>
    /// Check a changed configuration before it is loaded, and write what is found to this file. Here every reload is checked.
    /// </summary>
    [Keyword("reload_check_config", Since = "2.2.0", Default = "off; without a path /dev/null", Bare = "/dev/null"), NotHere("every new configuration is checked before it is taken, and what is wrong with it is logged")]
    public string? ReloadCheckConfig { get; private set; }

    /// <summary>A file with the time of the next reload: HH:MM:SS, or a date and a time, with Z for UTC.</summary>
    [Keyword("reload_time_file", Since = "2.1.0", Default = "none", ExactlyOne = true)]
    public string? ReloadTimeFile { get; private set; }

    /// <summary>Keep the file of reload_time_file after the reload, so that it is done again each day.</summary>
    [Sets("reload_repeat", Since = "2.1.0")]
    public bool ReloadRepeat { get; private set; }

    /// <summary>
    /// A file that exists while the configuration is being read, for tools that change it; without a path, keepalived.reload beside
    /// the pid files.
    /// </summary>
    [Keyword("reload_file", Since = "2.2.0", Default = "off", Optional = true)]
    public string? ReloadFile { get; private set; }

    /// <summary>
    /// Which problems of include lines are errors from here on; with no word, all of them. A + or - in front adds or removes one.
    /// </summary>
    [Keyword("include_check", Since = "2.2.0", Default = "none", Arguments = "[+|-]{read|match|wildcard_match|brace_match}...")]
    public IncludeCheckWords? IncludeCheck { get; private set; }

    /// <summary>A directory that gets copies of the configuration before and after each reload, for finding faults.</summary>
    [Keyword("config_save_dir", Since = "2.2.3", Default = "none"), NotYet]
    public string? ConfigSaveDirectory { get; private set; }

    /// <summary>The directory in which keepalived keeps its working copy of the configuration.</summary>
    [Keyword("tmp_config_directory", Since = "2.2.0", Default = "memory file", SurvivesMissingValue = true, FirstWins = true), NotHere("it makes no copy of the configuration")]
    public string? TemporaryConfigDirectory { get; private set; }

    /// <summary>
    /// Put the network namespace and the instance into the names of dump files, so that several processes do not share them.
    /// </summary>
    [Keyword("data_use_instance", Since = "2.2.3", Optional = true)]
    public bool DataUseInstance { get; private set; }

    /// <summary>The layout of the JSON dump: 1 is a list of instances, 2 an object with the instances (vrrp) and the tracked processes (track_process).</summary>
    [Keyword("json_version", Since = "2.2.8"), Range(1, 2)]
    public byte JsonVersion { get; private set; } = 1;

    /// <summary>The directory with the names of routing tables, scopes and so on that came with iproute2.</summary>
    [Keyword("iproute_usr_dir", Since = "2.3.2", Default = "/usr/share/iproute2", ExactlyOne = true)]
    public string? IprouteUsrDirectory { get; private set; }

    /// <summary>The directory with this host's own names of routing tables, scopes and so on.</summary>
    [Keyword("iproute_etc_dir", Since = "2.3.2", Default = "/etc/iproute2", ExactlyOne = true)]
    public string? IprouteEtcDirectory { get; private set; }

    /// <summary>
    /// The path of state dumps, or their directory when it ends with a slash. keepalived's manual calls the keyword
    /// state_file_location.
    /// </summary>
    [Keyword("state_dump_file", Since = "2.3.3", Default = "keepalived.data in tmp dir")]
    public string? StateDumpFile { get; private set; }

    /// <summary>Accepted and never used, also by keepalived.</summary>
    [Keyword("stats_dump_file", Since = "2.3.3", Default = "keepalived.stats in tmp dir"), NoEffect]
    public string? StatisticsDumpFile { get; private set; }

    /// <summary>Accepted and never used, also by keepalived.</summary>
    [Keyword("json_dump_file", Since = "2.3.3", Default = "keepalived.json in tmp dir"), NoEffect]
    public string? JsonDumpFile { get; private set; }
}
