using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Sockets;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Netlink;

/// <summary>A netlink socket, non-blocking and close-on-exec.</summary>
internal static unsafe class NetlinkSocket
{
    /// <param name="groups">Those to hear (RTMGRP_*), a bit for each; 0 for a socket that only asks.</param>
    /// <param name="receiveBufferBytes">As asked for: the kernel doubles it.</param>
    /// <param name="protocol">NETLINK_*. EPROTONOSUPPORT when the kernel has no such part.</param>
    public static OsError Open(uint groups, int receiveBufferBytes, out int descriptor, int protocol = Libc.NETLINK_ROUTE)
    {
        descriptor = socket(Libc.AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, protocol);
        if (descriptor < 0)
            return OsError.Last("socket(AF_NETLINK)");
        OsError failure = Prepare(descriptor, groups, receiveBufferBytes);
        if (failure.IsError)
        {
            close(descriptor);
            descriptor = -1;
        }
        return failure;
    }

    private static OsError Prepare(int descriptor, uint groups, int receiveBufferBytes)
    {
        OsError failure = SocketOptions.SetReceiveBuffer(descriptor, receiveBufferBytes);
        // Short answers (4.3), sentences for errors (4.12), filters in dump requests (4.20): all can be done without.
        ReadOnlySpan<int> options = [Libc.NETLINK_CAP_ACK, Libc.NETLINK_EXT_ACK, Libc.NETLINK_GET_STRICT_CHK];
        foreach (int option in options)
        {
            if (!failure.IsError)
                failure = SocketOptions.SetIfKnown(descriptor, Libc.SOL_NETLINK, option, 1, "setsockopt(SOL_NETLINK)");
        }
        if (failure.IsError)
            return failure;
        sockaddr_nl address = new() { nl_family = Libc.AF_NETLINK, nl_groups = groups };
        int result = bind(descriptor, (sockaddr*)&address, (uint)sizeof(sockaddr_nl));
        return result == 0 ? default : OsError.Last("bind(AF_NETLINK)");
    }

    /// <summary>The address that the kernel gave the socket; 0, the kernel's own, if it does not tell.</summary>
    public static uint PortOf(int descriptor)
    {
        sockaddr_nl address = default;
        socklen_t length = (uint)sizeof(sockaddr_nl);
        return getsockname(descriptor, (sockaddr*)&address, &length) == 0 ? address.nl_pid : 0;
    }

    /// <summary>Sends messages to the kernel in one datagram; it works on them before the call returns.</summary>
    public static Errno Send(int descriptor, ReadOnlySpan<byte> messages)
    {
        sockaddr_nl kernel = new() { nl_family = Libc.AF_NETLINK };
        fixed (byte* bytes = messages)
        {
            while (true)
            {
                long sent = sendto(
                    descriptor, bytes, (size_t)messages.Length, MSG_DONTWAIT, (sockaddr*)&kernel, (uint)sizeof(sockaddr_nl));
                if (sent >= 0)
                    return Errno.None;
                Errno error = Libc.LastErrno;
                if (error != Errno.EINTR)
                    return error;
            }
        }
    }

    /// <summary>Receives one datagram.</summary>
    /// <param name="length">As the kernel had it: larger than the buffer when the datagram was cut.</param>
    /// <param name="isFromKernel">False for what another process sent to us.</param>
    public static Errno Receive(int descriptor, Span<byte> buffer, out int length, out bool isFromKernel)
    {
        sockaddr_nl sender = default;
        socklen_t senderLength = (uint)sizeof(sockaddr_nl);
        length = 0;
        isFromKernel = false;
        fixed (byte* bytes = buffer)
        {
            while (true)
            {
                long received = recvfrom(
                    descriptor, bytes, (size_t)buffer.Length, MSG_DONTWAIT | MSG_TRUNC, (sockaddr*)&sender, &senderLength);
                if (received >= 0)
                {
                    length = (int)received;
                    isFromKernel = sender.nl_pid == 0;
                    return Errno.None;
                }
                Errno error = Libc.LastErrno;
                if (error != Errno.EINTR)
                    return error;
            }
        }
    }
}
