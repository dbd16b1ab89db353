using KeepalivedAot.Base.Logging;
using KeepalivedAot.Daemon.Options;
using KeepalivedAot.Linux.Logging;

namespace KeepalivedAot.Daemon.Hosting;

/// <summary>Where the daemon's lines go: syslog unless told otherwise, and standard error where asked for.</summary>
internal sealed class DaemonLog
{
    /// <summary>The name that keepalived's VRRP process logs under.</summary>
    private const string VrrpIdent = "Keepalived_vrrp";

    private const string DaemonIdent = "Keepalived";

    public DaemonLog(DaemonOptions options)
    {
        LogLevel threshold = options.LogDetail switch { 0 => LogLevel.Info, 1 => LogLevel.Detail, _ => LogLevel.ExtraDetail };
        ConsoleSink? console = options.LogToConsole && options.Foreground ? ConsoleSink.Open() : null;
        Vrrp = new Log(Lines.Before(SinkOf(options, console, VrrpIdent)), threshold);
        Daemon = new Log(Lines.Before(SinkOf(options, console, DaemonIdent)), threshold);
    }

    /// <summary>Holds lines back until a turn's output has left.</summary>
    public DeferredLines Lines { get; } = new();

    public Log Daemon { get; }

    /// <summary>The VRRP module's: the same places, under the name of keepalived's VRRP process.</summary>
    public Log Vrrp { get; }

    private static ILogSink SinkOf(DaemonOptions options, ConsoleSink? console, string ident)
    {
        SyslogSink? syslog = options.NoSyslog ? null : new SyslogSink(ident, options.Facility);
        return (console, syslog) switch
        {
            (null, null) => NoSink.Instance,
            (null, _) => syslog,
            (_, null) => console,
            _ => new TeeSink(console, syslog),
        };
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
