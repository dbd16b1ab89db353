namespace KeepalivedAot.Daemon.Planning;

/// <summary>What a reload makes of something that is configured.</summary>
internal enum PlannedFate
{
    /// <summary>Nothing of it differs: its timers, state and counters go on.</summary>
    Kept,

    /// <summary>It goes on as what it is, with other settings.</summary>
    Changed,

    /// <summary>It ends, and begins anew with the new settings.</summary>
    Restarted,
    Added,
    Removed,
}

/// <summary>A setting that differs.</summary>
/// <param name="Old">Null: it was not set, or at its default.</param>
/// <param name="New">Null: it is not set any more, or at its default.</param>
internal readonly record struct PlannedSetting(string Word, string? Old, string? New);

/// <summary>A block, or a line of a list of the top level, and what becomes of it.</summary>
/// <param name="Keyword">Empty for the keywords of the top level that open no block.</param>
/// <param name="Name">In the new configuration; of what is removed, in the old one.</param>
/// <param name="FormerName">When it is another one.</param>
/// <param name="Reason">Of a restart: what makes it another one.</param>
/// <param name="Settings">Of what is changed or restarted; empty in a plan without details.</param>
internal sealed record PlannedItem(
    string Keyword, string Name, PlannedFate Fate, string? FormerName, string? Reason, IReadOnlyList<PlannedSetting> Settings);
