namespace KeepalivedAot.Tracking.Processes;

/// <summary>How many processes must run, and may (<c>quorum</c>, <c>quorum_max</c>).</summary>
/// <param name="Least">At least 1; not looked at when <paramref name="Most"/> is 0.</param>
/// <param name="Most">Null for no limit; 0: the process must not run at all.</param>
public readonly record struct ProcessQuorum(int Least, int? Most)
{
    public bool IsMetBy(int count) => Most switch
    {
        0 => count == 0,
        int most => count >= Least && count <= most,
        null => count >= Least,
    };
}
