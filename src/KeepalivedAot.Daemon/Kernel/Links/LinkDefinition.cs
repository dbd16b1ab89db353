using KeepalivedAot.Base.Net;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Linux.Netlink;

namespace KeepalivedAot.Daemon.Kernel.Links;

/// <summary>An interface as the configuration has it made.</summary>
/// <param name="Base">The interface that it stands on.</param>
/// <param name="Address">Of a macvlan.</param>
/// <param name="Group">Null = that of the base.</param>
/// <param name="CarriesIPv4">IPv4 addresses are put on it: it answers ARP for them, and the base does not.</param>
/// <param name="CarriesIPv6">IPv6 addresses are put on it; otherwise IPv6 is switched off there.</param>
/// <param name="NotifiesBase">The base is reported once more after it was made (<c>netlink_notify_msg</c>).</param>
internal sealed record LinkDefinition(
    NetworkInterface Base, VirtualLinkKind Kind, MacAddress Address, uint? Group, bool CarriesIPv4, bool CarriesIPv6, bool NotifiesBase)
{
    public bool IsMacvlan => Kind == VirtualLinkKind.MacvlanPrivate;

    /// <summary>For the log, as keepalived calls it.</summary>
    public string Noun => IsMacvlan ? "VMAC" : "ipvlan";

    /// <summary>Whether an interface of the kernel is such a one.</summary>
    public bool Is(in LinkInfo link)
        => link.LinkIndex == Base.Index && Base.Exists && !link.IsLinkElsewhere && (IsMacvlan
            ? link.Kind == LinkKinds.Macvlan && link.Address == Address && link.MacvlanMode == LinkKinds.MacvlanPrivateMode
            : link.Kind == LinkKinds.Ipvlan && link.IpvlanMode == LinkKinds.IpvlanLayer2Mode && link.IpvlanFlags == LinkKinds.IpvlanFlagsOf(Kind));
}
