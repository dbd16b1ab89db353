namespace KeepalivedAot.Daemon.Kernel.Links;

/// <summary>Which names of interfaces are spoken for, so that one that is made up anew is nobody's.</summary>
internal sealed class DeviceNames
{
    private readonly HashSet<string> _configured = [];
    private readonly HashSet<string> _chosen = [];
    private readonly HashSet<string> _leftover = [];

    /// <summary>An instance has it, in the configuration or because its own name was in use.</summary>
    public bool IsTaken(string name) => _configured.Contains(name) || _chosen.Contains(name);

    public void Take(string name) => _chosen.Add(name);

    /// <summary>An earlier run made it; it goes, or is taken over.</summary>
    public bool IsLeftover(string name) => _leftover.Contains(name);

    public void Adopt(IEnumerable<string> configured)
    {
        _configured.Clear();
        _configured.UnionWith(configured);
    }

    public void AddLeftover(string name) => _leftover.Add(name);

    /// <summary>They have been dealt with.</summary>
    public void ForgetLeftovers() => _leftover.Clear();
}
