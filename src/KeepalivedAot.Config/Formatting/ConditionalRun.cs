namespace KeepalivedAot.Config.Formatting;

/// <summary>Conditional lines that follow one another: alternatives, of which one or another is read.</summary>
/// <remarks>
/// <c>@main vrrp_instance A {</c> and <c>@backup vrrp_instance B {</c> open one block together, so the levels of each condition are
/// counted by themselves. It only decides about indentation.
/// </remarks>
internal sealed class ConditionalRun
{
    private const int MostConditions = 32;

    private readonly List<(byte[] Condition, int Balance)> _balances = [];
    private int _base;

    public bool IsActive { get; private set; }

    /// <summary>Takes a line in.</summary>
    /// <param name="level">Where the run begins, if this line begins it.</param>
    /// <returns>The level of this line.</returns>
    public int Add(ReadOnlySpan<byte> condition, int balance, int level)
    {
        if (!IsActive)
        {
            IsActive = true;
            _base = level;
        }
        for (int i = 0; i < _balances.Count; i++)
        {
            if (condition.SequenceEqual(_balances[i].Condition))
            {
                int before = _balances[i].Balance;
                _balances[i] = (_balances[i].Condition, before + balance);
                return _base + before;
            }
        }
        if (_balances.Count < MostConditions)
            _balances.Add((condition.ToArray(), balance));
        return _base;
    }

    /// <summary>By how many levels the run leads on: those of the alternative that changes the most.</summary>
    public int Balance
    {
        get
        {
            int most = 0;
            foreach ((_, int balance) in _balances)
            {
                if (Math.Abs(balance) > Math.Abs(most))
                    most = balance;
            }
            return most;
        }
    }

    public void End()
    {
        IsActive = false;
        _balances.Clear();
    }
}
