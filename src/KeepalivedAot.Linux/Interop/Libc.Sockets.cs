using System.Runtime.InteropServices;
using Tmds.Linux;

namespace KeepalivedAot.Linux.Interop;

// bits/socket.h, asm-generic/socket.h, linux/in6.h: what Tmds.LibC lacks.
internal static unsafe partial class Libc
{
    public const int SO_PEERCRED = 17;
    public const int SO_BINDTOIFINDEX = 62;
    public const int IPV6_MULTICAST_ALL = 29;

    /// <summary>
    /// Returns how many datagrams were sent; an error of a later one is told by the next call, at which it is the first.
    /// </summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int sendmmsg(int sockfd, mmsghdr* msgvec, uint vlen, int flags);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int recvmmsg(int sockfd, mmsghdr* msgvec, uint vlen, int flags, void* timeout);

    /// <summary>
    /// Needs <see cref="KernelName.Size"/> bytes at <paramref name="ifname"/>; null when there is no such interface.
    /// </summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial byte* if_indextoname(uint ifindex, byte* ifname);
}
