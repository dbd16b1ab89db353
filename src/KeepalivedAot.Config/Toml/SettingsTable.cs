using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Text;
using KeepalivedAot.Config.Values;

namespace KeepalivedAot.Config.Toml;

/// <summary>Every setting there is. Reading, <c>explain</c> and the sample file come from this table.</summary>
internal static class SettingsTable
{
    private const int LongestHost = 253;

    public static readonly Setting[] Rows =
    [
        new NumberSetting("memory", "trim", TomlKind.Boolean, "true",
            "Gives memory back to the host once a start or a reload has settled. The next change of state then costs a few page faults; "
            + "turn it off where memory is plenty and every microsecond of a takeover counts.",
            0, 1, static (settings, value) => settings with { TrimsMemory = value != 0 }),
        new NumberSetting("memory", "trim_delay", TomlKind.Integer, $"{Settings.DefaultTrimDelaySeconds}",
            "How many seconds after a start or a reload memory is given back. Elections and announcements should be over by then.",
            1, 3600, static (settings, value) => settings with { TrimDelay = Duration.FromSeconds(value) }),
        new NumberSetting("scripts", "notify_patience", TomlKind.Integer, $"{Settings.DefaultNotifyPatienceSeconds}",
            "How many seconds a notify script may run while another script of the same instance or group waits for its end. "
            + "Then it is ended, first with SIGTERM and 2 seconds later with SIGKILL. A script that nobody waits for is left alone.",
            1, 86400, static (settings, value) => settings with { NotifyPatience = Duration.FromSeconds(value) }),
        new NumberSetting("vrrp", "reassert", TomlKind.Boolean, "false",
            "What becomes of a virtual address, route or rule that somebody else removes from a master: as with keepalived (false) the role is "
            + "given up, and taken again after an election; or (true) it is put back at once and announced, and the role stays. What is removed again and "
            + "again is put back later and later, at most 10 seconds later, and the log says when and how often.",
            0, 1, static (settings, value) => settings with { Reasserts = value != 0 }),
        new NumberSetting("reload", "watch", TomlKind.Boolean, "false",
            "Whether a reload comes by itself a second after a file of the configuration was changed: keepalived.conf, what it includes, and this file. For "
            + "containers, whose files are changed from outside. A wrong configuration changes nothing. Files with keys and passwords are not watched.",
            0, 1, static (settings, value) => settings with { WatchesFiles = value != 0 }),
        new NumberSetting("control", "enabled", TomlKind.Boolean, "true",
            "Whether there is a control socket, /run/keepalived/control.sock, by which 'keepalived-aot status', 'why', 'failover' and others ask the daemon.",
            0, 1, static (settings, value) => settings with { Control = settings.Control with { IsEnabled = value != 0 } }),
        new TextSetting("control", "group", "\"\"",
            "The group whose members may look at the daemon through the control socket. Changes are for root. Empty: nobody but root.",
            "the name of a group, or empty",
            static (settings, text, _) => IsName(text) ? settings with { Control = settings.Control with { Group = text } } : null),
        new NumberSetting("journal", "enabled", TomlKind.Boolean, "true",
            "Whether what happens, with its reasons, is also kept in a file in /var/lib/keepalived-aot/journal, for 'keepalived-aot why' and 'events' after a restart.",
            0, 1, static (settings, value) => settings with { Journal = settings.Journal with { IsEnabled = value != 0 } }),
        new NumberSetting("journal", "size", TomlKind.Integer, $"{JournalSettings.DefaultKibibytes}",
            "How many KiB the journal's files may take together. An event takes some 300 bytes.",
            64, 1 << 20, static (settings, value) => settings with { Journal = settings.Journal with { Kibibytes = (int)value } }),
        new NumberSetting("watch", "enabled", TomlKind.Boolean, "true",
            "Whether the daemon notices what others on the segment do wrong: a second master, its address or its VRID used by somebody else, its virtual "
            + "addresses answered by another host. It is told in the log, in the journal and by 'keepalived-aot status', and changes nothing of the protocol.",
            0, 1, static (settings, value) => settings with { Watch = settings.Watch with { IsEnabled = value != 0 } }),
        new TextSetting("watch", "notify", "\"\"",
            "A script that is run for each thing that is noticed, as notify scripts are (script_user, enable_script_security). Behind its own arguments it gets: what "
            + "it is, the instance, its VRID, the other's address, his MAC address or -, and how many packets have shown it. Empty: none.",
            "the absolute path of a program, with arguments, or empty",
            static (settings, text, span) => TryReadScript(text, span, out ConfigScript? script) ? settings with { Watch = settings.Watch with { Notify = script } } : null),
        new TextSetting("smtp", "tls", "\"none\"",
            "When connections with smtp_server are encrypted: never, after STARTTLS, or from the first byte on (usually port 465). Without the "
            + "encryption that was asked for no mail is sent.",
            "\"none\", \"starttls\" or \"tls\"",
            static (settings, text, _) => TlsOf(text) is { } tls ? settings with { Smtp = settings.Smtp with { Tls = tls } } : null),
        new TextSetting("smtp", "tls_ca", "\"\"",
            "A file with the certificates (PEM) that the mail server's certificate must come from. Empty: those that the host believes. That "
            + "list is long, and takes almost a megabyte of memory; a file with the one that matters does not.",
            "the absolute path of a file, or empty",
            static (settings, text, span) => IsPath(text) ? settings with { Smtp = settings.Smtp with { Authorities = text, AuthoritiesSpan = text.Length > 0 ? span : default } } : null),
        new TextSetting("smtp", "tls_name", "\"\"",
            "The host name, or address, that the mail server's certificate must be for. Empty: what smtp_server says.",
            "a host name or an address, or empty",
            static (settings, text, _) => IsHost(text) ? settings with { Smtp = settings.Smtp with { ServerName = text } } : null),
        new NumberSetting("smtp", "tls_verify", TomlKind.Boolean, "true",
            "Whether the mail server's certificate is looked at. Without, whoever can answer in its place gets the mail, and the password.",
            0, 1, static (settings, value) => settings with { Smtp = settings.Smtp with { Verifies = value != 0 } }),
        new TextSetting("smtp", "user", "\"\"",
            "Who logs in at the mail server, with AUTH PLAIN or AUTH LOGIN as it offers them. Empty: nobody does. It takes tls, for a password is "
            + "not sent in the open.",
            "a name, or empty",
            static (settings, text, _) => text.Any(char.IsControl) ? null : settings with { Smtp = settings.Smtp with { User = text } }),
        new TextSetting("smtp", "password_file", "\"\"",
            "A file with the password of smtp.user and nothing else, that nobody but its owner may read (mode 0600). It is read at start and at reload.",
            "the absolute path of a file, or empty",
            static (settings, text, span) => IsPath(text) ? settings with { Smtp = settings.Smtp with { PasswordFile = text, PasswordFileSpan = text.Length > 0 ? span : default } } : null),
        new TextSetting("metrics", "listen", "\"\"",
            "Where metrics are served over HTTP, for Prometheus and whatever else reads its formats: at an address and a port, or at a Unix socket. "
            + "Empty: nowhere. Whoever can connect can read them, so an address of the host itself, such as 127.0.0.1:9650, is the best one.",
            "\"ADDRESS:PORT\", \"[IPV6]:PORT\", the absolute path of a socket, or empty",
            static (settings, text, _) => ListenAddress.TryParse(text, out ListenAddress? listen) ? settings with { MetricsListen = listen } : null),
        new TextSetting("log", "format", "\"plain\"",
            "How lines are written on the console (-l) and in the log file (-g): as keepalived writes them, or each as a JSON object with time, level, "
            + "program, process, number of the event, instance, VRID and text. The option --log-format comes first.",
            "\"plain\" or \"json\"",
            static (settings, text, _) => LogFormatOf(text) is { } format ? settings with { Log = settings.Log with { Format = format } } : null),
        new TextSetting("log", "syslog", "\"rfc3164\"",
            "How lines go to the host's log: to /dev/log as keepalived's do (rfc3164), or with microseconds and structured data (rfc5424), or to systemd's "
            + "journal with fields of their own. Where there is no journal they go to /dev/log.",
            "\"rfc3164\", \"rfc5424\" or \"journal\"",
            static (settings, text, _) => SyslogFormatOf(text) is { } format ? settings with { Log = settings.Log with { Syslog = format } } : null),
    ];

    /// <summary>Tables of later releases, so that whoever writes one early is told so, and not that it is a slip.</summary>
    public static readonly (string Table, string What)[] Later =
    [
        ("checkers", "settings for the checks of real servers"),
    ];

    public static Setting? Find(string fullName) => Array.Find(Rows, row => row.FullName == fullName);

    private static SmtpTls? TlsOf(string text) => text switch
    {
        "none" => SmtpTls.None,
        "starttls" => SmtpTls.StartTls,
        "tls" => SmtpTls.Tls,
        _ => null,
    };

    private static LogFormat? LogFormatOf(string text) => text switch
    {
        "plain" => LogFormat.Plain,
        "json" => LogFormat.Json,
        _ => null,
    };

    private static SyslogFormat? SyslogFormatOf(string text) => text switch
    {
        "rfc3164" => SyslogFormat.Rfc3164,
        "rfc5424" => SyslogFormat.Rfc5424,
        "journal" => SyslogFormat.Journal,
        _ => null,
    };

    private static bool TryReadScript(string text, SourceSpan span, out ConfigScript? script)
    {
        script = null;
        if (text.Length == 0)
            return true;
        if (text[0] != '/' || text.Any(char.IsControl) || !CommandWords.TrySplit(text, out _))
            return false;
        script = new ConfigScript(text, User: null, Group: null) { CommandSpan = span };
        return true;
    }

    private static bool IsPath(string text) => text.Length == 0 || (text[0] == '/' && !text.Any(char.IsControl));

    private static bool IsName(string text) => !text.Any(static c => char.IsControl(c) || char.IsWhiteSpace(c) || c == ':');

    private static bool IsHost(string text) => text.Length <= LongestHost && !text.Any(static c => char.IsControl(c) || char.IsWhiteSpace(c) || c > '\x7F');

    public static bool IsTable(string name) => Array.Exists(Rows, row => row.Table == name);
}
