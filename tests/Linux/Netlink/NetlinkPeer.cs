using KeepalivedAot.Linux.Interop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Tests.Linux.Netlink;

/// <summary>Sends from one netlink socket to another, as a process with bad intentions might.</summary>
internal static unsafe class NetlinkPeer
{
    public static bool TrySend(int from, int to, ReadOnlySpan<byte> message)
    {
        sockaddr_nl address = default;
        socklen_t length = (uint)sizeof(sockaddr_nl);
        if (getsockname(to, (sockaddr*)&address, &length) != 0)
            return false;
        address.nl_groups = 0;
        fixed (byte* bytes = message)
            return sendto(from, bytes, (size_t)message.Length, 0, (sockaddr*)&address, length) == message.Length;
    }
}
