namespace KeepalivedAot.Simulation.Faults;

/// <summary>What several faults do to one thing at once: the last of those that are not over counts, and when all are over it is as usual.</summary>
/// <param name="usual">Makes it so.</param>
internal sealed class Overlay(Action usual)
{
    private readonly List<(object Fault, Action Do)> _at = [];

    public void Begin(object fault, Action what)
    {
        _at.Add((fault, what));
        what();
    }

    /// <summary>One is over; if it was taken back already, or another one is newer, nothing changes.</summary>
    public void End(object fault)
    {
        bool isLast = _at.Count > 0 && ReferenceEquals(_at[^1].Fault, fault);
        if (_at.RemoveAll(one => ReferenceEquals(one.Fault, fault)) == 0 || !isLast)
            return;
        if (_at.Count > 0)
            _at[^1].Do();
        else
            usual();
    }

    /// <summary>All of them are over, and it is as usual.</summary>
    public void Clear()
    {
        _at.Clear();
        usual();
    }

    /// <summary>They are over, and what they were about has ended: there is nothing to take back.</summary>
    public void Forget() => _at.Clear();
}
