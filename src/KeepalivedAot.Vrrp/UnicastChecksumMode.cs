namespace KeepalivedAot.Vrrp;

/// <summary><c>old_unicast_checksum</c>, for unicast VRRPv3 over IPv4.</summary>
/// <remarks>keepalived before 1.3.6 put the multicast group into the pseudo header instead of the destination.</remarks>
public enum UnicastChecksumMode : byte
{
    /// <summary>Right checksums, until a peer is heard whose checksums are right only the old way.</summary>
    Auto,

    /// <summary>Right checksums only (<c>never</c>).</summary>
    Never,

    /// <summary>The old way is sent; both are accepted.</summary>
    Old,
}
