namespace KeepalivedAot.Daemon.Options;

/// <summary>What the command line asks of the daemon: keepalived's own options (daemon.md, "Command line").</summary>
public sealed record DaemonOptions
{
    public const string DefaultConfigurationFile = "/etc/keepalived/keepalived.conf";
    public const int DefaultUmask = 0x7F; // 0177

    /// <summary>Days of a pair with one instance.</summary>
    public const int DefaultRecordLimit = 64;

    /// <summary>A record is one file that is written from its beginning to its end; more could not be looked at anyway.</summary>
    public const int LargestRecordLimit = 1024;

    public string ConfigurationFile { get; init; } = DefaultConfigurationFile;

    /// <summary>What keepalived has no word for; a file that is not there is fine.</summary>
    public string SettingsFile { get; init; } = Config.Toml.Settings.DefaultPath;

    /// <summary>Which of keepalived's three engines run here (<c>-P</c>, <c>-C</c>, <c>-B</c>).</summary>
    public DaemonModules Modules { get; init; } = DaemonModules.All;

    /// <summary><c>-n</c>: stay in the foreground.</summary>
    public bool Foreground { get; init; }

    /// <summary><c>-l</c>: log to standard error too, as long as there is one.</summary>
    public bool LogToConsole { get; init; }

    /// <summary>How often <c>-D</c> was given.</summary>
    public int LogDetail { get; init; }

    /// <summary><c>-G</c>: leave syslog alone.</summary>
    public bool NoSyslog { get; init; }

    /// <summary><c>-g</c>: log to a file, too; empty is the usual one, null none.</summary>
    public string? LogFile { get; init; }

    /// <summary><c>--log-format</c>: how console and file are written; null leaves it to <see cref="SettingsFile"/>.</summary>
    public Base.Logging.LogFormat? LogFormat { get; init; }

    public Linux.Logging.SyslogFacility Facility { get; init; } = Linux.Logging.SyslogFacility.Daemon;

    /// <summary><c>-d</c>: write what was understood of the configuration to the log.</summary>
    public bool DumpConfiguration { get; init; }

    /// <summary><c>-t</c>: only test the configuration.</summary>
    public bool ConfigurationTest { get; init; }

    /// <summary>Where <c>-t</c> appends its messages; null is standard error.</summary>
    public string? ConfigurationTestLog { get; init; }

    /// <summary><c>-i</c>: what lines that begin with @ are compared with; null is the host's name up to its first dot.</summary>
    public string? ConfigId { get; init; }

    /// <summary><c>-e</c>: all checks of includes are on from the start.</summary>
    public bool ChecksIncludes { get; init; }

    /// <summary><c>-s</c>: the network namespace, whatever the configuration says; null leaves it to that.</summary>
    public string? NetworkNamespace { get; init; }

    /// <summary>Pid files as given; null is the default place.</summary>
    public string? PidFile { get; init; }

    public string? VrrpPidFile { get; init; }

    public string? CheckersPidFile { get; init; }

    public string? BfdPidFile { get; init; }

    /// <summary>File mode creation mask (<c>-u</c>), which the configuration's does not override; null when not given.</summary>
    public int? Umask { get; init; }

    /// <summary><c>-V</c>: leave virtual addresses where they are at stop.</summary>
    public bool KeepAddressesAtStop { get; init; }

    /// <summary><c>-a</c>: log every address change the kernel reports.</summary>
    public bool LogAddressChanges { get; init; }

    public bool IgnoreInterrupt { get; init; }

    /// <summary><c>--record</c>: what VRRP takes from outside is written there; null is nowhere.</summary>
    public string? RecordFile { get; init; }

    /// <summary><c>--record-limit</c>: how much of it, in MiB.</summary>
    public int RecordLimit { get; init; } = DefaultRecordLimit;

    /// <summary>Options that were accepted for compatibility and do nothing yet, as the user wrote them.</summary>
    public IReadOnlyList<string> WithoutEffect { get; init; } = [];

    /// <summary>The words of the command line, for the log's first lines.</summary>
    public IReadOnlyList<string> CommandLine { get; init; } = [];
}
