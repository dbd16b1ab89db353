namespace KeepalivedAot.Daemon.Dumps;

/// <summary>What can be asked for with a signal (daemon.md, section 3).</summary>
internal enum DumpKind
{
    /// <summary>SIGUSR1: the configuration in force and the state of everything, as text.</summary>
    Data,

    /// <summary>SIGUSR2: the counters, as text.</summary>
    Statistics,

    /// <summary>SIGRTMAX-1: the counters, which are 0 afterwards.</summary>
    StatisticsThenClear,

    /// <summary>SIGRTMIN+2: instances and their counters, as JSON.</summary>
    Json,
}
