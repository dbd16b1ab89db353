using KeepalivedAot.Base.Net;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Linux.Netlink;

/// <summary>An address of an interface: what RTM_NEWADDR says, in either direction.</summary>
/// <remarks>
/// Without further settings: universal scope, valid forever, no peer, no broadcast address, the kernel's own label.
/// </remarks>
public readonly record struct InterfaceAddress
{
    /// <summary>INFINITY_LIFE_TIME: the address does not age.</summary>
    public const uint Forever = uint.MaxValue;

    // Complements, so that default is forever.
    private readonly uint _validComplement;
    private readonly uint _preferredComplement;

    public int InterfaceIndex { get; init; }

    /// <summary>The address itself (IFA_LOCAL); IPv4 or IPv6.</summary>
    public IpAddress Address { get; init; }

    /// <summary>Of the address, or of the peer when there is one.</summary>
    public byte PrefixLength { get; init; }

    /// <summary>The other end of a point-to-point link (IFA_ADDRESS); no address when there is none.</summary>
    public IpAddress Peer { get; init; }

    /// <summary>IPv4 only; no address when there is none.</summary>
    public IpAddress Broadcast { get; init; }

    /// <summary>IPv4 only. The kernel reports the interface's name where none was given.</summary>
    public KernelName Label { get; init; }

    public AddressScope Scope { get; init; }

    public AddressFlags Flags { get; init; }

    /// <summary>In seconds; <see cref="Forever"/> unless set.</summary>
    public uint ValidLifetimeSeconds { get => ~_validComplement; init => _validComplement = ~value; }

    /// <summary>In seconds; <see cref="Forever"/> unless set. 0 makes the address deprecated: never chosen as a source.</summary>
    public uint PreferredLifetimeSeconds { get => ~_preferredComplement; init => _preferredComplement = ~value; }

    /// <summary>Who put the address there (IFA_PROTO, Linux 5.18; older kernels ignore it). 0 says nothing.</summary>
    public byte Protocol { get; init; }
}

/// <summary>rt_scope (linux/rtnetlink.h); values in between are the user's to define.</summary>
public enum AddressScope : byte
{
    Universe = 0,
    Site = 200,
    Link = 253,
    Host = 254,
    Nowhere = 255,
}

/// <summary>IFA_F_* (linux/if_addr.h).</summary>
[Flags]
public enum AddressFlags : uint
{
    None = 0,
    /// <summary>IFA_F_SECONDARY in IPv4, IFA_F_TEMPORARY in IPv6.</summary>
    Secondary = 0x01,
    /// <summary>No duplicate address detection.</summary>
    NoDad = 0x02,
    Optimistic = 0x04,
    /// <summary>Duplicate address detection found somebody else.</summary>
    DadFailed = 0x08,
    HomeAddress = 0x10,
    Deprecated = 0x20,
    /// <summary>Duplicate address detection is still running: the address cannot be a source yet.</summary>
    Tentative = 0x40,
    /// <summary>The kernel's word for: its lifetime is infinite.</summary>
    Permanent = 0x80,
    ManageTempAddress = 0x100,
    NoPrefixRoute = 0x200,
    McAutoJoin = 0x400,
    StablePrivacy = 0x800,
}
