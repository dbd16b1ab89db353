namespace KeepalivedAot.CommandLine;

/// <summary>keepalived's options in the order of its own help (daemon.md, "Command line").</summary>
internal static class OptionTable
{
    private const char None = '\0';

    public static readonly DaemonOption[] Rows =
    [
        new(OptionId.UseFile, 'f', "use-file", ArgumentKind.Required, "FILE", "Use this configuration file"),
        new(OptionId.VrrpOnly, 'P', "vrrp", ArgumentKind.None, "", "Run VRRP without the health checkers"),
        new(OptionId.CheckOnly, 'C', "check", ArgumentKind.None, "", "Run the health checkers without VRRP"),
        new(OptionId.NoBfd, 'B', "no_bfd", ArgumentKind.None, "", "Run without BFD"),
        new(OptionId.All, None, "all", ArgumentKind.None, "", "Run every module even without configuration for it"),
        new(OptionId.LogConsole, 'l', "log-console", ArgumentKind.None, "", "Log to standard error too"),
        new(OptionId.LogDetail, 'D', "log-detail", ArgumentKind.None, "", "Log in detail; twice for more"),
        new(OptionId.LogFacility, 'S', "log-facility", ArgumentKind.Required, "FACILITY", "Syslog facility: 0-7, local0-local7, user, daemon"),
        new(OptionId.LogFile, 'g', "log-file", ArgumentKind.Optional, "FILE", "Log to a file, too"),
        new(OptionId.FlushLogFile, None, "flush-log-file", ArgumentKind.None, "", "Accepted: each line is in the file at once"),
        new(OptionId.LogFormat, None, "log-format", ArgumentKind.Required, "FORMAT", "How lines on the console and in the file are written: plain, json"),
        new(OptionId.Record, None, "record", ArgumentKind.Required, "FILE", "Write down what VRRP takes from outside, for 'replay'"),
        new(OptionId.RecordLimit, None, "record-limit", ArgumentKind.Required, "MIB", "End the record at this size: 1-1024 (64)"),
        new(OptionId.NoSyslog, 'G', "no-syslog", ArgumentKind.None, "", "Leave syslog alone"),
        new(OptionId.Umask, 'u', "umask", ArgumentKind.Required, "MASK", "File mode creation mask (0177)"),
        new(OptionId.ReleaseVips, 'X', "release-vips", ArgumentKind.None, "", "Drop virtual addresses when stopped by a signal (always so here)"),
        new(OptionId.DontReleaseVrrp, 'V', "dont-release-vrrp", ArgumentKind.None, "", "Keep virtual addresses at stop"),
        new(OptionId.DontReleaseIpvs, 'I', "dont-release-ipvs", ArgumentKind.None, "", "Keep the IPVS table at stop", Effective: false),
        new(OptionId.DontRespawn, 'R', "dont-respawn", ArgumentKind.None, "", "Accepted: there are no children to start again"),
        new(OptionId.DontFork, 'n', "dont-fork", ArgumentKind.None, "", "Stay in the foreground"),
        new(OptionId.DumpConf, 'd', "dump-conf", ArgumentKind.None, "", "Log what was understood of the configuration"),
        new(OptionId.Pid, 'p', "pid", ArgumentKind.Required, "FILE", "Pid file of the daemon"),
        new(OptionId.VrrpPid, 'r', "vrrp_pid", ArgumentKind.Required, "FILE", "Pid file for VRRP"),
        new(OptionId.CheckersPid, 'c', "checkers_pid", ArgumentKind.Required, "FILE", "Pid file for the health checkers"),
        new(OptionId.BfdPid, 'b', "bfd_pid", ArgumentKind.Required, "FILE", "Pid file for BFD"),
        new(OptionId.AddressMonitoring, 'a', "address-monitoring", ArgumentKind.None, "", "Log every address change the kernel reports"),
        new(OptionId.Snmp, 'x', "snmp", ArgumentKind.None, "", "Enable SNMP", Effective: false),
        new(OptionId.SnmpAgentSocket, 'A', "snmp-agent-socket", ArgumentKind.Required, "SOCKET", "SNMP master agent", Effective: false),
        new(OptionId.Namespace, 's', "namespace", ArgumentKind.Required, "NAME", "Work in this network namespace, by name or path"),
        new(OptionId.CoreDump, 'm', "core-dump", ArgumentKind.None, "", "Allow core dumps", Effective: false),
        new(OptionId.CoreDumpPattern, 'M', "core-dump-pattern", ArgumentKind.Optional, "PATTERN", "Core dump file name", Effective: false),
        new(OptionId.AllConfig, 'e', "all-config", ArgumentKind.None, "", "Missing include files are errors"),
        new(OptionId.ConfigId, 'i', "config-id", ArgumentKind.Required, "ID", "Id for lines that begin with @"),
        new(OptionId.SigNum, None, "signum", ArgumentKind.Required, "NAME", "Print the number of a signal: STOP, RELOAD, DATA, STATS, STATS_CLEAR, JSON"),
        new(OptionId.ConfigTest, 't', "config-test", ArgumentKind.Optional, "FILE", "Test the configuration; messages go to FILE"),
        new(OptionId.IgnoreSigint, None, "ignore-sigint", ArgumentKind.None, "", "Ignore SIGINT"),
        new(OptionId.Version, 'v', "version", ArgumentKind.None, "", "Print the version"),
    ];

    public static DaemonOption? FindShort(char letter)
    {
        foreach (DaemonOption row in Rows)
        {
            if (row.Short == letter)
                return row;
        }
        return null;
    }

    /// <summary>The row of a long name; an abbreviation that fits one row only will do, as getopt_long(3) has it.</summary>
    public static DaemonOption? FindLong(ReadOnlySpan<char> name)
    {
        DaemonOption? found = null;
        foreach (DaemonOption row in Rows)
        {
            if (name.SequenceEqual(row.Long))
                return row;
            if (!name.IsEmpty && row.Long.AsSpan().StartsWith(name))
            {
                if (found is not null)
                    return null;
                found = row;
            }
        }
        return found;
    }
}
