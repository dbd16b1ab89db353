using System.Runtime.InteropServices;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Linux.Netlink;

/// <summary>RTM_NEWADDR and RTM_DELADDR as bytes (linux/if_addr.h).</summary>
/// <remarks>
/// The kernel's two families disagree on how an address without peer is written: IPv4 sends the same value as IFA_LOCAL and
/// IFA_ADDRESS, IPv6 only IFA_ADDRESS. Both take the IPv4 way.
/// </remarks>
internal static class AddressMessage
{
    public const byte AF_INET = 2;
    public const byte AF_INET6 = 10;

    public static byte FamilyOf(IpAddress address) => address.Family == AddressFamily.IPv6 ? AF_INET6 : AF_INET;

    public static void Write(ref NetlinkMessageWriter writer, in InterfaceAddress address)
    {
        WriteIdentity(ref writer, address);
        if (!address.Broadcast.IsNone)
            writer.Attribute(Libc.IFA_BROADCAST, address.Broadcast);
        if (((uint)address.Flags & ~0xFFu) != 0)
            writer.Attribute(Libc.IFA_FLAGS, (uint)address.Flags);
        if ((address.ValidLifetimeSeconds & address.PreferredLifetimeSeconds) != InterfaceAddress.Forever)
        {
            writer.Attribute(Libc.IFA_CACHEINFO, new ifa_cacheinfo
            {
                ifa_valid = address.ValidLifetimeSeconds,
                ifa_prefered = address.PreferredLifetimeSeconds,
            });
        }
        if (address.Protocol != 0)
            writer.Attribute(Libc.IFA_PROTO, address.Protocol);
    }

    /// <summary>What a deletion is matched by: interface, prefix, addresses and, when set, the label.</summary>
    public static void WriteIdentity(ref NetlinkMessageWriter writer, in InterfaceAddress address)
    {
        writer.Append(new ifaddrmsg
        {
            ifa_family = FamilyOf(address.Address),
            ifa_prefixlen = address.PrefixLength,
            ifa_flags = (byte)address.Flags,
            ifa_scope = (byte)address.Scope,
            ifa_index = (uint)address.InterfaceIndex,
        });
        writer.Attribute(Libc.IFA_LOCAL, address.Address);
        writer.Attribute(Libc.IFA_ADDRESS, address.Peer.IsNone ? address.Address : address.Peer);
        if (!address.Label.IsNone)
            writer.Attribute(Libc.IFA_LABEL, address.Label);
    }

    /// <summary>Whether the message is about a family that has no place in an <see cref="InterfaceAddress"/>.</summary>
    public static bool IsForeign(ReadOnlySpan<byte> payload)
        => !payload.IsEmpty && payload[0] != AF_INET && payload[0] != AF_INET6;

    public static NetlinkFault TryParse(ReadOnlySpan<byte> payload, out InterfaceAddress address)
    {
        address = default;
        if (!NetlinkAttributes.TrySplit(payload, out ifaddrmsg message, out NetlinkAttributes attributes))
            return NetlinkFault.TruncatedPayload;
        int addressLength = message.ifa_family == AF_INET6 ? IpAddress.IPv6Length : IpAddress.IPv4Length;
        IpAddress local = default;
        IpAddress destination = default;
        IpAddress broadcast = default;
        KernelName label = default;
        ifa_cacheinfo lifetimes = new() { ifa_valid = InterfaceAddress.Forever, ifa_prefered = InterfaceAddress.Forever };
        uint flags = message.ifa_flags;
        byte protocol = 0;
        while (attributes.TryRead(out ushort type, out ReadOnlySpan<byte> value))
        {
            bool valid = type switch
            {
                Libc.IFA_LOCAL => TryReadAddress(value, addressLength, ref local),
                Libc.IFA_ADDRESS => TryReadAddress(value, addressLength, ref destination),
                Libc.IFA_BROADCAST => TryReadAddress(value, addressLength, ref broadcast),
                Libc.IFA_CACHEINFO => MemoryMarshal.TryRead(value, out lifetimes),
                Libc.IFA_FLAGS => MemoryMarshal.TryRead(value, out flags),
                Libc.IFA_PROTO => MemoryMarshal.TryRead(value, out protocol),
                _ => true,
            };
            if (!valid)
                return NetlinkFault.AttributeSize;
            if (type == Libc.IFA_LABEL)
                label = KernelName.FromBytes(value);
        }
        if (attributes.Fault != NetlinkFault.None)
            return attributes.Fault;
        if (local.IsNone && destination.IsNone)
            return NetlinkFault.MissingAttribute;
        address = new InterfaceAddress
        {
            InterfaceIndex = (int)message.ifa_index,
            Address = local.IsNone ? destination : local,
            PrefixLength = message.ifa_prefixlen,
            Peer = local.IsNone || local == destination ? default : destination,
            Broadcast = broadcast,
            Label = label,
            Scope = (AddressScope)message.ifa_scope,
            Flags = (AddressFlags)flags,
            ValidLifetimeSeconds = lifetimes.ifa_valid,
            PreferredLifetimeSeconds = lifetimes.ifa_prefered,
            Protocol = protocol,
        };
        return NetlinkFault.None;
    }

    private static bool TryReadAddress(ReadOnlySpan<byte> value, int length, ref IpAddress address)
    {
        if (value.Length != length)
            return false;
        address = IpAddress.FromBytes(value);
        return true;
    }
}
