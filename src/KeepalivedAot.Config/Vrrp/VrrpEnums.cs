using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Vrrp;

/// <summary>The word after <c>state</c>.</summary>
public enum ConfiguredState : byte
{
    [Word("BACKUP")] Backup,
    [Word("MASTER")] Master,
}

/// <summary>The word after <c>auth_type</c>.</summary>
public enum AuthenticationType : byte
{
    None,
    [Word("PASS")] Password,
    [Word("AH")] AuthenticationHeader,
}

/// <summary>How checksums of VRRPv3 unicast advertisements are made and checked (keepalived before 1.3.7 did it wrong).</summary>
public enum OldUnicastChecksum : byte
{
    /// <summary>Right, until a peer is heard that does it the old way.</summary>
    Detect,

    /// <summary>Right, always.</summary>
    [Word("never")] Never,

    /// <summary>The old way, with the multicast group as destination.</summary>
    [Word("")] Always,
}

/// <summary>The broadcast address of a virtual address.</summary>
public enum BroadcastKind : byte
{
    None,

    /// <summary><c>brd +</c>: the host bits set.</summary>
    HostBitsSet,

    /// <summary><c>brd -</c>: the host bits cleared.</summary>
    HostBitsClear,

    /// <summary>An address of its own.</summary>
    Address,
}
