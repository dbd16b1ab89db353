using KeepalivedAot.Base.Logging;
using KeepalivedAot.Daemon.Options;
using KeepalivedAot.Linux.Logging;

namespace KeepalivedAot.Daemon.Hosting;

/// <summary>Where the daemon's lines go: syslog unless told otherwise, and standard error where asked for.</summary>
internal static class DaemonLog
{
    /// <summary>The name that keepalived's VRRP process logs under.</summary>
    private const string VrrpIdent = "Keepalived_vrrp";

    private const string DaemonIdent = "Keepalived";

    /// <param name="vrrp">The log of the VRRP module: the same places, under that process's name.</param>
    public static Log Open(DaemonOptions options, out Log vrrp)
    {
        LogLevel threshold = options.LogDetail switch { 0 => LogLevel.Info, 1 => LogLevel.Detail, _ => LogLevel.ExtraDetail };
        ConsoleSink? console = options.LogToConsole && options.Foreground ? ConsoleSink.Open() : null;
        vrrp = new Log(SinkOf(options, console, VrrpIdent), threshold);
        return new Log(SinkOf(options, console, DaemonIdent), threshold);
    }

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
