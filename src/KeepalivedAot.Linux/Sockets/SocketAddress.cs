using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KeepalivedAot.Base.Net;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Sockets;

/// <summary>sockaddr_in and sockaddr_in6 as bytes.</summary>
internal static class SocketAddress
{
    private const int IPv4AddressOffset = 4;
    private const int IPv6AddressOffset = 8;

    /// <param name="scope">The interface, for IPv6 addresses that are only unique there.</param>
    /// <returns>The length of the sockaddr.</returns>
    public static int Write(Span<byte> destination, IpAddress address, int scope)
    {
        if (address.Family == AddressFamily.IPv4)
        {
            MemoryMarshal.Write(destination, new sockaddr_in { sin_family = AF_INET });
            address.CopyTo(destination[IPv4AddressOffset..]);
            return Unsafe.SizeOf<sockaddr_in>();
        }
        uint scopeId = address.IsLinkLocal || address.IsMulticast ? (uint)scope : 0;
        MemoryMarshal.Write(destination, new sockaddr_in6 { sin6_family = AF_INET6, sin6_scope_id = scopeId });
        address.CopyTo(destination[IPv6AddressOffset..]);
        return Unsafe.SizeOf<sockaddr_in6>();
    }

    /// <summary>No address when the bytes are neither.</summary>
    public static IpAddress Read(ReadOnlySpan<byte> name)
    {
        if (!MemoryMarshal.TryRead(name, out ushort family))
            return default;
        if (family == AF_INET && name.Length >= IPv4AddressOffset + IpAddress.IPv4Length)
            return IpAddress.FromBytes(name.Slice(IPv4AddressOffset, IpAddress.IPv4Length));
        if (family == AF_INET6 && name.Length >= IPv6AddressOffset + IpAddress.IPv6Length)
            return IpAddress.FromBytes(name.Slice(IPv6AddressOffset, IpAddress.IPv6Length));
        return default;
    }
}
