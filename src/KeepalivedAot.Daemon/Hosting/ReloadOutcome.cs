using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Daemon.Hosting;

/// <summary>What became of a reload that was asked for.</summary>
/// <param name="At">When it was over.</param>
/// <param name="Took">From its begin, with whatever the daemon did in between.</param>
/// <param name="Refusal">Why the running configuration stays; null when the new one was taken.</param>
/// <param name="Findings">What <c>check</c> would say of the new configuration, secrets masked; empty when there is nothing.</param>
/// <param name="Plan">The counts of what was kept, changed and so on, as the log has them; null when it did not come to a plan.</param>
internal sealed record ReloadOutcome(UnixTime At, Duration Took, string? Refusal, string Findings, string? Plan)
{
    public bool IsAccepted => Refusal is null;
}
