using KeepalivedAot.Base.Net;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Vrrp;

/// <summary>What <c>virtual_ipaddress</c>, <c>virtual_ipaddress_excluded</c> and <c>static_ipaddress</c> have in common: one line, one address.</summary>
/// <remarks>What contradicts itself: <c>AddressLine.Checks.cs</c>.</remarks>
public abstract partial class AddressLine
{
    /// <summary>The address; without a prefix length it is that of a single host.</summary>
    [Positional("address")]
    public IpPrefix Address { get; protected set; }

    /// <summary>The interface that gets the address; null is the interface of the instance.</summary>
    [Keyword("dev", Since = "1.0.1", Default = "the instance's interface"), InterfaceName]
    public string? Device { get; protected set; }

    /// <summary>IPv4 only.</summary>
    [Keyword("scope", Since = "1.0.3", Default = "global")]
    public AddressScope Scope { get; protected set; }

    /// <summary>IPv4 only.</summary>
    [Keyword("broadcast", Since = "1.1.3", Default = "none"), Alias("brd", Since = "1.1.3")]
    public Broadcast Broadcast { get; protected set; }

    /// <summary>Label of the address, as ifconfig shows it; IPv4 only.</summary>
    [Keyword("label", Since = "1.1.14", Default = "none"), MaxLength(15)]
    public string? Label { get; protected set; }

    /// <summary>The other end of a point-to-point address; no address when not given.</summary>
    [Keyword("peer", Since = "2.0.0", Default = "none")]
    public IpPrefix Peer { get; protected set; }

    /// <summary>The address is an IPv6 home address (RFC 6275).</summary>
    [Sets("home", Since = "1.3.6")]
    public bool Home { get; protected set; }

    /// <summary>Let the kernel do duplicate address detection, which it otherwise does not for a virtual address.</summary>
    [Sets("-nodad", Since = "1.3.6")]
    public bool DuplicateAddressDetection { get; protected set; }

    /// <summary>The kernel makes temporary addresses from this one (RFC 8981).</summary>
    [Sets("mngtmpaddr", Since = "1.3.6")]
    public bool ManageTemporaryAddresses { get; protected set; }

    /// <summary>The kernel adds no route for the prefix.</summary>
    [Sets("noprefixroute", Since = "1.3.6")]
    public bool NoPrefixRoute { get; protected set; }

    /// <summary>The kernel joins the multicast group that the address is.</summary>
    [Sets("autojoin", Since = "1.3.6")]
    public bool AutoJoin { get; protected set; }

    /// <summary>Somebody else's removal of the address, and its interface going down, do not matter.</summary>
    [Sets("no_track", Since = "2.0.3")]
    public bool NoTrack { get; protected set; }

    /// <summary>How long the address is preferred as a source; used for IPv6 only.</summary>
    [Keyword("preferred_lft", Since = "2.0.20", Default = "forever; 0 for IPv6 /128")]
    public Lifetime PreferredLifetime { get; protected set; } = Lifetime.Forever;

    /// <summary>The broadcast address to set, or no address.</summary>
    public IpAddress BroadcastAddress => Broadcast.For(Address);

    /// <summary>Where the setting was written; the derived class knows.</summary>
    protected abstract SourceSpan SpanOf(string setting);

    /// <summary>The setting is as if it had not been written.</summary>
    protected abstract void Forget(string setting);
}
