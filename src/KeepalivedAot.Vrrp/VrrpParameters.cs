using System.Collections.Immutable;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Vrrp.Authentication;

namespace KeepalivedAot.Vrrp;

/// <summary>What one VRRP instance was configured to do: a normalised value, never changed.</summary>
/// <remarks>
/// Normalised means: defaults filled in and contradictions resolved as keepalived resolves them (state without
/// priority, nopreempt of an owner, strict mode ...). The router obeys what stands here without a second opinion.
/// </remarks>
public sealed record VrrpParameters
{
    /// <summary>The instance's name, as it stands in every log line.</summary>
    public required string Name { get; init; }

    /// <summary>For log lines only.</summary>
    public string InterfaceName { get; init; } = "";

    public VrrpVersion Version { get; init; } = VrrpVersion.V2;

    public AddressFamily Family { get; init; } = AddressFamily.IPv4;

    public required Vrid Vrid { get; init; }

    /// <summary>1 to 254, or 255 for the owner of the addresses.</summary>
    public Priority BasePriority { get; init; } = Priority.Default;

    /// <summary><c>state MASTER</c>. It makes an owner active at once and changes nothing else for a router alone.</summary>
    public bool ConfiguredActive { get; init; }

    /// <summary>v2: whole seconds 1 to 255. v3: steps of 10 ms, 0.01 to 40.95 s.</summary>
    public Duration AdvertisementInterval { get; init; } = Duration.FromSeconds(1);

    /// <summary>False for <c>nopreempt</c>.</summary>
    public bool PreemptMode { get; init; } = true;

    /// <summary>How long a lower-priority Active Router is tolerated after it is first heard; 0 = not at all.</summary>
    public Duration PreemptDelay { get; init; }

    /// <summary>Advertisements that may be missed, 1 to 100; the standard's is 3.</summary>
    public int DownTimerAdverts { get; init; } = 3;

    /// <summary>Advertised addresses, in this order.</summary>
    public ImmutableArray<IpAddress> VirtualAddresses { get; init; } = [];

    /// <summary>Held and announced, but not listed in advertisements (<c>virtual_ipaddress_excluded</c>).</summary>
    public ImmutableArray<IpAddress> ExcludedAddresses { get; init; } = [];

    /// <summary>Accept_Mode (RFC 9568, 6.1): the active router answers packets to the virtual addresses. False has somebody drop them.</summary>
    public bool AcceptMode { get; init; } = true;

    /// <summary>VRRPv2 only.</summary>
    public VrrpAuthentication Authentication { get; init; }

    /// <summary><c>auth_hmac</c>, for either version; null = none. Not together with <see cref="Authentication"/>.</summary>
    public HmacParameters? Hmac { get; init; }

    /// <summary><c>mcast_src_ip</c> or <c>unicast_src_ip</c>; none = the interface's address.</summary>
    public IpAddress SourceAddress { get; init; }

    /// <summary>None given = multicast.</summary>
    public ImmutableArray<UnicastPeer> UnicastPeers { get; init; } = [];

    /// <summary>TTL of unicast IPv4 datagrams. (An IPv6 hop limit is a matter of the socket.)</summary>
    public byte UnicastTtl { get; init; } = 255;

    /// <summary>Unicast advertisements must come from a peer. Limits on a peer's TTL imply it.</summary>
    public bool CheckUnicastSource { get; init; }

    /// <summary>None = 224.0.0.18 or ff02::12.</summary>
    public IpAddress MulticastGroup { get; init; }

    /// <summary>The checksum of VRRPv3 over IPv4 leaves the pseudo header out; both forms are accepted then.</summary>
    public bool V3ChecksumAsV2 { get; init; }

    public UnicastChecksumMode UnicastChecksum { get; init; }

    /// <summary>A Backup checks the address list only of an Active Router that is new to it.</summary>
    public bool SkipCheckAdvAddr { get; init; }

    /// <summary>A lower-priority advertisement is not answered at once.</summary>
    public bool LowerPrioNoAdvert { get; init; }

    /// <summary>One more advertisement is sent before yielding to a higher priority.</summary>
    public bool HigherPrioSendAdvert { get; init; }

    /// <summary>An address owner drops all advertisements.</summary>
    public bool OwnerIgnoreAdverts { get; init; }

    /// <summary>
    /// <c>timer_expired_backup</c>: an Active Router without preemption whose event loop slept so long that a Backup of
    /// this priority has taken over yields instead of advertising. Null = off.
    /// </summary>
    public Priority? TimerExpiredBackup { get; init; }

    public AnnouncementSchedule Announcements { get; init; } = AnnouncementSchedule.Default;

    public bool IsUnicast => !UnicastPeers.IsEmpty;

    /// <summary>The group that is spoken to, the default one filled in.</summary>
    public IpAddress Group => !MulticastGroup.IsNone ? MulticastGroup
        : Family == AddressFamily.IPv6 ? DefaultGroupIPv6 : DefaultGroupIPv4;

    /// <summary>224.0.0.18 (RFC 9568, 5.1.1.2).</summary>
    public static readonly IpAddress DefaultGroupIPv4 = IpAddress.FromIPv4(0xE0000012);

    /// <summary>ff02::12 (RFC 9568, 5.1.2.2).</summary>
    public static readonly IpAddress DefaultGroupIPv6
        = IpAddress.FromBytes([0xFF, 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x12]);

    /// <summary>Wipes the keys. A router that has adopted the parameters has its own copies.</summary>
    public void WipeSecrets()
    {
        Authentication.HeaderKey?.Dispose();
        Hmac?.Wipe();
    }

    /// <summary>A configured instance with this identity goes on as the same router after a reload.</summary>
    public bool HasIdentityOf(VrrpParameters other)
        => Vrid == other.Vrid && Family == other.Family && InterfaceName == other.InterfaceName
            && IsUnicast == other.IsUnicast && SourceAddress == other.SourceAddress && Group == other.Group;
}
