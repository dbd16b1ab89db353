namespace KeepalivedAot.Config.Diagnostics;

// KA04xx: VRRP instances.
public static partial class DiagnosticCatalogue
{
    public static readonly DiagnosticKind InterfaceMissing = Fatal(
        401, ConfigErrorClass.GeneralError, "instance without an interface",
        "Only unicast can do without, and then only with peers.");

    public static readonly DiagnosticKind DuplicateVrid = Fatal(
        402, ConfigErrorClass.GeneralError, "one VRID twice on an interface",
        "Each would take the other's advertisements for those of its own virtual router.");

    public static readonly DiagnosticKind NoAddresses = Fatal(
        403, ConfigErrorClass.GeneralError, "no virtual address", "VRRP version 3 and strict mode demand one.");

    public static readonly DiagnosticKind NoAddressesInV2 = Error(
        404, ConfigErrorClass.GeneralError, "no virtual address with version 2",
        "The instance elects a router, and nothing moves with it. If that is meant, 'no_virtual_ipaddress' says so.");

    public static readonly DiagnosticKind FirstAddressNotLinkLocal = Warning(
        405, ConfigErrorClass.Ok, "first IPv6 address not link-local", "RFC 9568, 5.2.9: hosts use it as their next hop.");

    public static readonly DiagnosticKind TooManyAddresses = Error(
        406, ConfigErrorClass.GeneralError, "more addresses than an advertisement holds",
        "They come and go with the others all the same, but peers are not told of them.");

    public static readonly DiagnosticKind AddressOfOtherFamily = Error(
        407, ConfigErrorClass.GeneralError, "address of the other family",
        "An instance is IPv4 or IPv6, whichever is written first; other addresses go into virtual_ipaddress_excluded.");

    public static readonly DiagnosticKind VersionConflict = Error(
        408, ConfigErrorClass.GeneralError, "version 2 over IPv6",
        "VRRP version 2 is for IPv4; keepalived does it over IPv6 only when 'version 2' is written before the first IPv6 address.");

    public static readonly DiagnosticKind IntervalNotWhole = Error(
        409, ConfigErrorClass.GeneralError, "interval that is not a whole number of seconds", "VRRP version 2 has whole seconds only.");

    public static readonly DiagnosticKind IntervalTooFine = Error(
        410, ConfigErrorClass.GeneralError, "interval that is not a whole number of centiseconds", "VRRP version 3 has centiseconds.");

    public static readonly DiagnosticKind IntervalTooLong = Error(
        411, ConfigErrorClass.GeneralError, "interval too long for version 3", "The packet has 12 bits for centiseconds.");

    public static readonly DiagnosticKind NopreemptCleared = Error(
        412, ConfigErrorClass.GeneralError, "nopreempt that cannot hold", "'nopreempt' needs state BACKUP and a priority below 255.");

    public static readonly DiagnosticKind PreemptDelayCleared = Error(
        413, ConfigErrorClass.GeneralError, "preempt_delay that cannot hold", "It delays a preemption that does not happen, or that may not be delayed.");

    public static readonly DiagnosticKind StrictMode = Error(
        414, ConfigErrorClass.GeneralError, "setting against strict mode", "Strict mode allows only what the standard has.");

    public static readonly DiagnosticKind StrictUnicast = Fatal(
        415, ConfigErrorClass.GeneralError, "unicast in strict mode", "The standard knows multicast only.");

    public static readonly DiagnosticKind AuthenticationIgnored = Error(
        416, ConfigErrorClass.GeneralError, "authentication that is not used", "No password is sent or compared.");

    public static readonly DiagnosticKind PasswordTruncated = Error(
        417, ConfigErrorClass.GeneralError, "password longer than 8 characters", "Only the first 8 are sent and compared.");

    public static readonly DiagnosticKind UnicastWithoutPeers = Error(
        418, ConfigErrorClass.Deprecated, "unicast without peers", "keepalived falls back to multicast, and will not do so for ever.");

    public static readonly DiagnosticKind NoPeersFault = Warning(
        419, ConfigErrorClass.Ok, "unicast without peers that is a fault", "'unicast_fault_no_peer' makes it one.");

    public static readonly DiagnosticKind UnicastTtlWithoutPeers = Error(
        420, ConfigErrorClass.GeneralError, "unicast_ttl without unicast", "Multicast advertisements are always sent with a TTL of 255.");

    public static readonly DiagnosticKind DuplicatePeer = Error(
        421, ConfigErrorClass.GeneralError, "peer given twice", "It is used once.");

    public static readonly DiagnosticKind OwnerOnly = Error(
        422, ConfigErrorClass.GeneralError, "setting for the address owner only", "Only an instance with priority 255 has it.");

    public static readonly DiagnosticKind GroupScope = Warning(
        423, ConfigErrorClass.Warning, "multicast group that is not link-local", "VRRP stays on the link.");

    public static readonly DiagnosticKind InitialStateReset = Error(
        424, ConfigErrorClass.GeneralError, "state that cannot hold", null);

    public static readonly DiagnosticKind PeerTtlRange = Error(
        426, ConfigErrorClass.GeneralError, "min_ttl above max_ttl", "No packet has such a TTL, so this router hears nothing of that peer and becomes master.");

    /// <summary>keepalived runs without, and says nothing.</summary>
    public static readonly DiagnosticKind AuthenticationWithoutType = Warning(
        427, ConfigErrorClass.Ok, "authentication without auth_type", "No password is sent or compared.");
}
