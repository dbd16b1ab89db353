using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Config.Toml;

/// <summary>What keepalived has no word for: the settings of <c>keepalived-aot.toml</c>. Each has a default.</summary>
/// <remarks><see cref="SettingsTable"/> says how they are written.</remarks>
public sealed record Settings
{
    public const string DefaultPath = "/etc/keepalived/keepalived-aot.toml";

    // Later than the first election and the second burst of announcements (5 s) of a usual configuration.
    internal const int DefaultTrimDelaySeconds = 12;

    internal const int DefaultNotifyPatienceSeconds = 60;

    /// <summary>What holds without a file.</summary>
    public static readonly Settings Default = new();

    /// <summary>Memory is given back once a start or a reload has settled.</summary>
    public bool TrimsMemory { get; init; } = true;

    /// <summary>How long after a start or a reload.</summary>
    public Duration TrimDelay { get; init; } = Duration.FromSeconds(DefaultTrimDelaySeconds);

    /// <summary>How long a notify script may run while another one of its instance waits for its end.</summary>
    public Duration NotifyPatience { get; init; } = Duration.FromSeconds(DefaultNotifyPatienceSeconds);

    /// <summary>Virtual addresses, routes and rules that others remove are put back at once, and the role stays.</summary>
    public bool Reasserts { get; init; }

    /// <summary>The daemon reloads when a file of its configuration has changed.</summary>
    public bool WatchesFiles { get; init; }

    public SmtpSettings Smtp { get; init; } = new();

    public ControlSettings Control { get; init; } = new();

    public JournalSettings Journal { get; init; } = new();

    public WatchSettings Watch { get; init; } = new();

    /// <summary>Where metrics are served; null: nowhere.</summary>
    public ListenAddress? MetricsListen { get; init; }

    public LogSettings Log { get; init; } = new();
}
