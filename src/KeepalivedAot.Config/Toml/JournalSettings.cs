namespace KeepalivedAot.Config.Toml;

/// <summary>The table <c>[journal]</c>: what is kept of what has happened.</summary>
public sealed record JournalSettings
{
    internal const int DefaultKibibytes = 1024;

    /// <summary>Whether it is written to a disk at all; the last events are in memory either way.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>What the file and the one before it may take together.</summary>
    public int Kibibytes { get; init; } = DefaultKibibytes;
}
