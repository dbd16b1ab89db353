namespace KeepalivedAot.Linux.Process;

/// <summary>What to start and as whom.</summary>
public sealed class SpawnRequest
{
    /// <summary>The file to execute, as execve wants it: no search along PATH.</summary>
    public required string Path { get; init; }

    /// <summary>argv, the program's own name first.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>envp, each <c>NAME=value</c>: all of it, nothing is inherited.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    /// <summary>User and group to become, with no supplementary groups but <see cref="Groups"/>; null: stay who we are.</summary>
    public (uint Uid, uint Gid)? User { get; init; }

    public IReadOnlyList<uint> Groups { get; init; } = [];

    /// <summary>True: a session of its own (setsid), as a daemon has; false: a process group of its own, to be killed as one.</summary>
    public bool NewSession { get; init; }

    /// <summary>True: stdout and stderr stay ours; false: all three are /dev/null. stdin is /dev/null always.</summary>
    public bool InheritOutput { get; init; }

    /// <summary>A descriptor that the child keeps under the same number; -1 for none. All others from 3 up are closed at execve.</summary>
    public int KeepDescriptor { get; init; } = -1;

    /// <summary>The signal mask of the child as bits, signal 1 lowest; normally nothing is blocked.</summary>
    public ulong BlockedSignals { get; init; }

    /// <summary>The signal that the child gets when we end (PR_SET_PDEATHSIG); 0 for none.</summary>
    public int ParentDeathSignal { get; init; }

    /// <summary>The working directory; null: ours.</summary>
    public string? WorkingDirectory { get; init; }
}
