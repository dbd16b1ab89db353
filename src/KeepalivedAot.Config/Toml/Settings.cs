using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Config.Toml;

/// <summary>What keepalived has no word for: <c>/etc/keepalived/keepalived-aot.toml</c>. Everything has a default.</summary>
public sealed record Settings
{
    public const string DefaultPath = "/etc/keepalived/keepalived-aot.toml";

    /// <summary>What there is without a file.</summary>
    public static readonly Settings Default = new();

    /// <summary><c>memory.trim</c>: give memory back once a start or a reload has settled.</summary>
    public bool TrimsMemory { get; internal set; } = true;

    /// <summary><c>memory.trim_delay</c>: how long after it.</summary>
    public Duration TrimDelay { get; internal set; } = Duration.FromSeconds(12);
}
