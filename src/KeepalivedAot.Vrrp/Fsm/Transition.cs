namespace KeepalivedAot.Vrrp.Fsm;

/// <summary>What a decision makes the router do, in the order in which it is done.</summary>
[Flags]
public enum VrrpActions : byte
{
    None = 0,

    /// <summary>Remember who is active, with its priority and (v3) its interval.</summary>
    Follow = 1,

    /// <summary>Send our advertisement now.</summary>
    Advertise = 2,

    /// <summary>Send priority 0: the others need not wait for their timers.</summary>
    Release = 4,

    /// <summary>The next advertisement is one interval from now.</summary>
    RestartAdver = 8,

    /// <summary>Announce the addresses, because switches may have learned them elsewhere, and say so.</summary>
    Reclaim = 16,

    /// <summary>Announce our own source address (unicast).</summary>
    AnnounceSource = 32,

    /// <summary>Send priority 0 (once more), which is neither counted nor logged.</summary>
    ReleaseQuietly = 64,

    /// <summary>Announce the addresses: somebody may have announced them elsewhere, unheard.</summary>
    Reannounce = 128,
}

/// <summary>One decision: from which state to which, what is done on the way, and why.</summary>
public readonly record struct Transition(VrrpState From, VrrpState To, TransitionReason Reason)
{
    public VrrpActions Actions { get; init; }

    /// <summary>For what the Backup's timer is started; it is stopped in every other state.</summary>
    public BackupWait Wait { get; init; }

    /// <summary>False: the state stays, only actions were called for (perhaps none).</summary>
    public bool IsChange => From != To;

    public bool Does(VrrpActions action) => (Actions & action) != VrrpActions.None;
}
