namespace KeepalivedAot.Daemon.Hosting;

/// <summary>What became of reloads since the start.</summary>
internal sealed class ReloadCounts
{
    public ulong Accepted { get; private set; }

    public ulong Refused { get; private set; }

    /// <summary>Null before the first one.</summary>
    public ReloadOutcome? Last { get; private set; }

    public void Add(ReloadOutcome outcome)
    {
        Last = outcome;
        if (outcome.IsAccepted)
            Accepted++;
        else
            Refused++;
    }
}
