namespace KeepalivedAot.Simulation.Hosts;

/// <summary>What a simulated host and its daemon are doing.</summary>
internal enum HostState
{
    /// <summary>There is no daemon; the kernel keeps what the last one has left there.</summary>
    Down,
    Running,

    /// <summary>The daemon does not get the processor; clocks go on.</summary>
    Stalled,

    /// <summary>The whole host stands still, its clock too.</summary>
    Asleep,
}
