namespace KeepalivedAot.Daemon.Planning;

/// <summary>The kinds of what others notice of a reload.</summary>
internal enum ConsequenceKind
{
    /// <summary>Something in the new configuration cannot change while the daemon runs.</summary>
    Refused,
    AddressVanishes,
    AddressMoves,
    AddressAdded,

    /// <summary>An instance gives up its role, for good or to compete for it anew.</summary>
    RoleGivenUp,

    /// <summary>Who wins an election may be another router now.</summary>
    Election,
    CheckStartsAnew,

    /// <summary>A router that still has the old configuration discards the advertisements of the new one, or the other way round.</summary>
    PeerRejects,
}

/// <summary>What others notice of a reload, and what cannot be done.</summary>
/// <param name="Subject">The instance, address or check that it is about.</param>
internal sealed record PlanConsequence(ConsequenceKind Kind, string Subject, string Text)
{
    public bool IsDisruptive => Kind is not (ConsequenceKind.AddressAdded or ConsequenceKind.CheckStartsAnew);
}
