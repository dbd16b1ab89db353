using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Text;
using KeepalivedAot.Config.Toml;
using KeepalivedAot.Daemon.Options;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Logging;
using KeepalivedAot.Linux.Loop;

namespace KeepalivedAot.Daemon.Hosting;

/// <summary>Where the daemon's lines go: syslog unless told otherwise, and standard error where asked for.</summary>
internal sealed class DaemonLog
{
    /// <summary>The name that keepalived's VRRP process logs under.</summary>
    private const string VrrpIdent = "Keepalived_vrrp";

    private const string DaemonIdent = "Keepalived";

    private const string UsualFile = "keepalived.log";

    // Lines that wait for the host's log have so long to leave when the daemon ends.
    private static readonly Duration FlushAtEnd = Duration.FromMilliseconds(250);

    private readonly DaemonOptions _options;
    private readonly ConsoleSink? _console;
    private readonly SyslogSink? _syslog;
    private readonly LogIdent _daemonIdent = new(DaemonIdent);
    private readonly LogIdent _vrrpIdent = new(VrrpIdent);
    private readonly LineFormat _daemonFormat;
    private readonly LineFormat _vrrpFormat;
    private readonly FileSink? _daemonFile;
    private readonly FileSink? _vrrpFile;
    private bool _lacksJournal;

    /// <param name="settings">They are read before all else: the first line is written as all others are.</param>
    public DaemonLog(DaemonOptions options, LogSettings settings)
    {
        _options = options;
        _daemonFormat = new LineFormat(_daemonIdent);
        _vrrpFormat = new LineFormat(_vrrpIdent);
        LogLevel threshold = options.LogDetail switch { 0 => LogLevel.Info, 1 => LogLevel.Detail, _ => LogLevel.ExtraDetail };
        _console = options.LogToConsole && options.Foreground ? ConsoleSink.Open() : null;
        _vrrpFile = options.LogFile is null ? null : new FileSink(_vrrpFormat);
        _daemonFile = options.LogFile is null ? null : new FileSink(_daemonFormat);
        _syslog = options.NoSyslog ? null : new SyslogSink(_daemonIdent, options.Facility);
        Vrrp = new Log(Lines.Before(SinkOf(_console?.Named(_vrrpFormat), _vrrpFile, _syslog?.Named(_vrrpIdent))), threshold);
        Daemon = new Log(Lines.Before(SinkOf(_console?.Named(_daemonFormat), _daemonFile, _syslog)), threshold);
        Apply(settings);
    }

    /// <summary>The settings for the log alone, whatever else is in their file; its mistakes are told when the configuration is read.</summary>
    public static LogSettings SettingsFor(DaemonOptions options, IConfigFiles files)
        => files.Inspect(options.SettingsFile) == ConfigFileKind.Missing ? new LogSettings() : SettingsLoader.Load(options.SettingsFile, files).Settings.Log;

    /// <summary>Holds lines back until a turn's output has left.</summary>
    public DeferredLines Lines { get; } = new();

    public Log Daemon { get; }

    /// <summary>The VRRP module's: the same places, under the name of keepalived's VRRP process.</summary>
    public Log Vrrp { get; }

    /// <summary>Lines that were written and have arrived nowhere, of all places together.</summary>
    public long DroppedCount
        => (_console?.DroppedCount ?? 0) + (_daemonFile?.DroppedCount ?? 0) + (_vrrpFile?.DroppedCount ?? 0) + (_syslog?.DroppedCount ?? 0);

    /// <summary>How detailed lines may be; can be changed while running.</summary>
    public LogLevel Level
    {
        get => Daemon.Threshold;
        set
        {
            Daemon.Threshold = value;
            Vrrp.Threshold = value;
        }
    }

    /// <summary>Lines are written in these forms from now on; the command line comes first.</summary>
    public void Apply(LogSettings settings)
    {
        _daemonFormat.Kind = _vrrpFormat.Kind = _options.LogFormat ?? settings.Format;
        bool isThere = _syslog?.TryUse(settings.Syslog) ?? true;
        if (!isThere && !_lacksJournal)
            Daemon.Write(LogLevel.Warning, EventIds.LogTarget, $"There is no journal ({SyslogSink.DefaultJournalPath}): lines go to syslog");
        _lacksJournal = !isThere;
    }

    /// <summary>From now on lines leave at the end of a turn, behind all other output, and those that the host's log does not take wait for it.</summary>
    public void Join(EventLoop loop)
    {
        loop.AddTurnEnd(Lines);
        if (_syslog is not null)
            loop.AddTurnEnd(new LogFlush(_syslog, loop.Timers));
    }

    /// <summary>After the last line.</summary>
    public void End()
    {
        Lines.End();
        _syslog?.FlushWithin(FlushAtEnd);
    }

    /// <summary>Lines come under another name from now on: that of a namespace, an instance.</summary>
    public void AppendToIdent(string suffix)
    {
        Daemon.Write(LogLevel.Info, EventIds.Namespace, $"Changing syslog ident to {DaemonIdent}{suffix}");
        _daemonIdent.Name += suffix;
        _vrrpIdent.Name += suffix;
        // The socket belongs to the network namespace that it was opened in, and would keep that alive.
        _syslog?.Reconnect();
    }

    /// <summary>Opens the files of <c>-g</c>; at a reload anew, for whoever rotates them.</summary>
    public void OpenFiles(string suffix)
    {
        if (_options.LogFile is not { } given)
            return;
        string path = Path.GetFullPath(
            given.Length > 0 ? given : Path.Combine(Environment.GetEnvironmentVariable("TMPDIR") is { Length: > 0 } directory ? directory : "/tmp", UsualFile));
        Open(_daemonFile!, FileName(path, suffix));
        Open(_vrrpFile!, FileName(path, $"_vrrp{suffix}"));
    }

    private void Open(FileSink file, string path)
    {
        OsError failure = file.Open(path);
        if (!failure.IsError)
            return;
        file.GiveUp();
        Daemon.Write(LogLevel.Error, EventIds.System, $"No log file: {failure}");
    }

    // In front of what follows the last dot, if that is not in the name of a directory.
    private static string FileName(string path, string suffix)
    {
        int end = path.Length - Path.GetExtension(path).Length;
        return $"{path[..end]}{suffix}{path[end..]}";
    }

    private static ILogSink SinkOf(ILogSink? console, FileSink? file, ILogSink? syslog)
    {
        ILogSink? all = null;
        foreach (ILogSink? sink in (ReadOnlySpan<ILogSink?>)[console, file, syslog])
            all = all is null || sink is null ? all ?? sink : new TeeSink(all, sink);
        return all ?? NoSink.Instance;
    }

    private sealed class NoSink : ILogSink
    {
        public static readonly NoSink Instance = new();

        public void Write(LogLevel level, int eventId, ReadOnlySpan<byte> line)
        {
            // -G without -l: the user wants no log at all.
        }
    }
}
