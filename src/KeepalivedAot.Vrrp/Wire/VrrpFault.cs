namespace KeepalivedAot.Vrrp.Wire;

/// <summary>What is wrong with a received advertisement, in the order in which it is checked.</summary>
public enum VrrpFault : byte
{
    None,

    /// <summary>An Authentication Header, though the instance has none.</summary>
    UnexpectedAuthenticationHeader,

    /// <summary>No Authentication Header, though the instance has one.</summary>
    MissingAuthenticationHeader,
    TooShort,
    TooLong,

    /// <summary>TTL or hop limit of a multicast advertisement is not 255 (RFC 9568, 5.1.1.3 and 5.1.2.3).</summary>
    HopLimit,
    Version,

    /// <summary><c>auth_hmac</c>: no trailer, though it is enforced.</summary>
    TrailerMissing,

    /// <summary><c>auth_hmac</c>: no trailer, which the mode allows. Counted, logged in permissive mode; the packet is accepted.</summary>
    TrailerMissingAllowed,
    TrailerMalformed,

    /// <summary>The sender's clock, or the packet, is from another time.</summary>
    TrailerStale,
    TrailerUnknownKey,

    /// <summary>The authentication code of the trailer is wrong.</summary>
    TrailerCode,

    /// <summary>Genuine, but no newer than what its sender sent before.</summary>
    TrailerReplay,

    /// <summary>v2: an authentication type that does not exist.</summary>
    InvalidAuthenticationType,

    /// <summary>v2: an authentication type that is not ours.</summary>
    AuthenticationTypeMismatch,
    Password,

    /// <summary>AH: the integrity check value is wrong.</summary>
    HeaderCheckValue,

    /// <summary>AH: the Security Parameters Index is not the source address.</summary>
    HeaderIndex,

    /// <summary>AH: the sequence number is no larger than the last one.</summary>
    HeaderSequence,

    /// <summary>v2: an interval that is not ours. The packet is dropped, not wrong.</summary>
    AdvertisementInterval,

    /// <summary>Not an ADVERTISEMENT.</summary>
    Type,

    /// <summary>The IPv4 header's total length is not what was received.</summary>
    TotalLength,
    Checksum,

    /// <summary>Unicast though multicast is configured, or the other way round.</summary>
    Cast,

    // The router's own checks, on packets that are well-formed and counted as received.

    /// <summary>We own the addresses and listen to nobody.</summary>
    AddressOwner,

    /// <summary>The number of addresses is not ours. Logged and counted; the packet is accepted.</summary>
    AddressCount,

    /// <summary>One of our addresses is not listed. Logged and counted; the packet is accepted.</summary>
    AddressMissing,

    /// <summary>Unicast from somebody who is not a peer.</summary>
    NotAPeer,

    /// <summary>The TTL is outside the peer's limits.</summary>
    PeerHopLimit,
}
