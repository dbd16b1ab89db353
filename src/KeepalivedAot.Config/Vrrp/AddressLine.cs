using KeepalivedAot.Base.Net;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Vrrp;

/// <summary>What <c>virtual_ipaddress</c>, <c>virtual_ipaddress_excluded</c> and <c>static_ipaddress</c> have in common: one line, one address.</summary>
/// <remarks>What contradicts itself: <c>AddressLine.Checks.cs</c>.</remarks>
public abstract partial class AddressLine
{
    /// <summary>The address, with its prefix length; without one, /32 or /128.</summary>
    [Positional("address")]
    public IpPrefix Address { get; protected set; }

    /// <summary>The length of its prefix was given, here or in a definition; else it is that of one host.</summary>
    internal bool HasPrefixLength { get; private set; }

    /// <summary>The interface that gets the address.</summary>
    /// <remarks>Null is the interface of the instance.</remarks>
    [Keyword("dev", Since = "1.0.1", Default = "the instance's interface; for static_ipaddress default_interface"), InterfaceName]
    public string? Device { get; protected set; }

    /// <summary>How far the address is valid, such as global or link; IPv4 only.</summary>
    [Keyword("scope", Since = "1.0.3", Default = "global")]
    public AddressScope Scope { get; protected set; }

    /// <summary>The broadcast address: + sets all host bits of the prefix, - clears them; IPv4 only.</summary>
    [Keyword("broadcast", Since = "1.1.3", Default = "none"), Alias("brd", Since = "1.1.3")]
    public Broadcast Broadcast { get; protected set; }

    /// <summary>The label of the address, such as eth0:1, which 'ip address' shows; IPv4 only.</summary>
    [Keyword("label", Since = "1.1.14", Default = "none"), MaxLength(15)]
    public string? Label { get; protected set; }

    /// <summary>The address at the other end of a point-to-point link.</summary>
    /// <remarks>No address when not given.</remarks>
    [Keyword("peer", Since = "2.0.0", Default = "none")]
    public IpPrefix Peer { get; protected set; }

    /// <summary>Mark the address as an IPv6 home address (Mobile IPv6, RFC 6275).</summary>
    [Sets("home", Since = "1.3.6")]
    public bool Home { get; protected set; }

    /// <summary>
    /// Have the kernel look for duplicates of the IPv6 address before it is used, which is otherwise left out for virtual addresses.
    /// </summary>
    [Sets("-nodad", Since = "1.3.6")]
    public bool DuplicateAddressDetection { get; protected set; }

    /// <summary>Have the kernel make temporary addresses from this IPv6 address (RFC 8981).</summary>
    [Sets("mngtmpaddr", Since = "1.3.6")]
    public bool ManageTemporaryAddresses { get; protected set; }

    /// <summary>Have the kernel add no route for the prefix of the address.</summary>
    [Sets("noprefixroute", Since = "1.3.6")]
    public bool NoPrefixRoute { get; protected set; }

    /// <summary>Have the kernel join the multicast group that the address names.</summary>
    [Sets("autojoin", Since = "1.3.6")]
    public bool AutoJoin { get; protected set; }

    /// <summary>Do not react when somebody removes the address, or when its interface goes down.</summary>
    [Sets("no_track", Since = "2.0.3")]
    public bool NoTrack { get; protected set; }

    /// <summary>How many seconds an IPv6 address is preferred as the source of new connections; 0 is never, forever without end.</summary>
    [Keyword("preferred_lft", Since = "2.0.20", Default = "forever; 0 for IPv6 /128")]
    public Lifetime PreferredLifetime { get; protected set; } = Lifetime.Forever;

    /// <summary>Else a virtual address of one host is never preferred.</summary>
    public bool IsPreferredLifetimeGiven => SpanOf(nameof(PreferredLifetime)).IsGiven;

    /// <summary>The broadcast address to set, or no address.</summary>
    public IpAddress BroadcastAddress => Broadcast.For(Address);

    /// <summary>Where the setting was written; the derived class knows.</summary>
    protected abstract SourceSpan SpanOf(string setting);

    /// <summary>The setting is as if it had not been written.</summary>
    protected abstract void Forget(string setting);
}
