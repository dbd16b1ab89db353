namespace KeepalivedAot.Tracking;

/// <summary>All that one instance tracks, summed up.</summary>
/// <param name="count">How many things; they are numbered from 0. Each contributes nothing before it is first set.</param>
public sealed class TrackerTally(int count)
{
    private readonly TrackerContribution[] _contributions = new TrackerContribution[count];
    private int _faults;
    private int _awaited;

    /// <summary>Added to the base priority; not clamped, so that what is beyond the limits now counts again after the next change.</summary>
    public int Adjustment { get; private set; }

    /// <summary>At least one of them is a fault.</summary>
    public bool HasFault => _faults > 0;

    /// <summary>At least one of them has not been heard of yet, and it matters.</summary>
    public bool IsAwaiting => _awaited > 0;

    /// <summary>How many of them are a fault.</summary>
    public int FaultCount => _faults;

    /// <summary>How many of them are awaited.</summary>
    public int AwaitedCount => _awaited;

    public TrackerContribution this[int tracker] => _contributions[tracker];

    /// <summary>One of them contributes this now.</summary>
    /// <returns>Whether that is anything new.</returns>
    public bool Set(int tracker, TrackerContribution contribution)
    {
        TrackerContribution before = _contributions[tracker];
        if (before == contribution)
            return false;
        _contributions[tracker] = contribution;
        Adjustment += contribution.Adjustment - before.Adjustment;
        _faults += (contribution.IsFault ? 1 : 0) - (before.IsFault ? 1 : 0);
        _awaited += (contribution.IsAwaited ? 1 : 0) - (before.IsAwaited ? 1 : 0);
        return true;
    }
}
