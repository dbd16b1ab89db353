using KeepalivedAot.Base.Logging;
using KeepalivedAot.Daemon.Options;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Logging;

namespace KeepalivedAot.Daemon.Hosting;

/// <summary>Where the daemon's lines go: syslog unless told otherwise, and standard error where asked for.</summary>
internal sealed class DaemonLog
{
    /// <summary>The name that keepalived's VRRP process logs under.</summary>
    private const string VrrpIdent = "Keepalived_vrrp";

    private const string DaemonIdent = "Keepalived";

    private const string UsualFile = "keepalived.log";

    private readonly DaemonOptions _options;
    private readonly List<SyslogSink> _syslogs = [];
    private readonly ConsoleSink? _console;
    private readonly FileSink? _daemonFile;
    private readonly FileSink? _vrrpFile;

    public DaemonLog(DaemonOptions options)
    {
        _options = options;
        LogLevel threshold = options.LogDetail switch { 0 => LogLevel.Info, 1 => LogLevel.Detail, _ => LogLevel.ExtraDetail };
        _console = options.LogToConsole && options.Foreground ? ConsoleSink.Open() : null;
        _vrrpFile = options.LogFile is null ? null : new FileSink();
        _daemonFile = options.LogFile is null ? null : new FileSink();
        Vrrp = new Log(Lines.Before(SinkOf(_console, VrrpIdent, _vrrpFile)), threshold);
        Daemon = new Log(Lines.Before(SinkOf(_console, DaemonIdent, _daemonFile)), threshold);
    }

    /// <summary>Holds lines back until a turn's output has left.</summary>
    public DeferredLines Lines { get; } = new();

    public Log Daemon { get; }

    /// <summary>The VRRP module's: the same places, under the name of keepalived's VRRP process.</summary>
    public Log Vrrp { get; }

    /// <summary>Lines that were written and have arrived nowhere, of all places together.</summary>
    public long DroppedCount
    {
        get
        {
            long dropped = (_console?.DroppedCount ?? 0) + (_daemonFile?.DroppedCount ?? 0) + (_vrrpFile?.DroppedCount ?? 0);
            foreach (SyslogSink syslog in _syslogs)
                dropped += syslog.DroppedCount;
            return dropped;
        }
    }

    /// <summary>Lines come under another name from now on: that of a namespace, an instance.</summary>
    public void AppendToIdent(string suffix)
    {
        Daemon.Write(LogLevel.Info, EventIds.Namespace, $"Changing syslog ident to {DaemonIdent}{suffix}");
        foreach (SyslogSink syslog in _syslogs)
        {
            syslog.Ident += suffix;
            // The socket belongs to the network namespace that it was opened in, and would keep that alive.
            syslog.Reconnect();
        }
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

    private ILogSink SinkOf(ConsoleSink? console, string ident, FileSink? file)
    {
        SyslogSink? syslog = _options.NoSyslog ? null : new SyslogSink(ident, _options.Facility);
        if (syslog is not null)
            _syslogs.Add(syslog);
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
