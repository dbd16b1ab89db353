using KeepalivedAot.Config.Values;

namespace KeepalivedAot.Config.Toml;

/// <summary>The table <c>[watch]</c>: what others on the segment do wrong.</summary>
public sealed record WatchSettings
{
    /// <summary>Whether it is looked for at all.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>Run for each that is told of; null: nothing is.</summary>
    public ConfigScript? Notify { get; init; }
}
