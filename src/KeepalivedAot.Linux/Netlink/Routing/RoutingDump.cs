using KeepalivedAot.Linux.Interop;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Netlink.Routing;

/// <summary>All routes and rules of one protocol as they are in the kernel now: for whoever looks once, and not for a daemon.</summary>
public static class RoutingDump
{
    private const int ReceiveBufferBytes = 1 << 20;

    // The kernel fills at most 32 KiB for each read.
    private const int BufferBytes = 64 << 10;

    // A table that changes while it is read is read again.
    private const int MostRepeats = 16;

    /// <param name="protocol">RTPROT_* of both.</param>
    /// <returns>EINTR: the tables never stood still. Other errors are those of netlink(7).</returns>
    public static OsError Read(byte protocol, List<ReportedRoute> routes, List<ReportedRule> rules)
    {
        OsError failure = NetlinkSocket.Open(groups: 0, ReceiveBufferBytes, out int descriptor);
        if (failure.IsError)
            return failure;
        Errno error = Errno.None;
        uint sequence = 0;
        foreach (ushort type in (ReadOnlySpan<ushort>)[Libc.RTM_GETROUTE, Libc.RTM_GETRULE])
        {
            foreach (byte family in (ReadOnlySpan<byte>)[AddressMessage.AF_INET, AddressMessage.AF_INET6])
            {
                int repeats = 0;
                (int knownRoutes, int knownRules) = (routes.Count, rules.Count);
                do
                {
                    routes.RemoveRange(knownRoutes, routes.Count - knownRoutes);
                    rules.RemoveRange(knownRules, rules.Count - knownRules);
                    if (error is Errno.None or Errno.EINTR)
                        error = Ask(descriptor, type, family, ++sequence, protocol, routes, rules);
                }
                while (error == Errno.EINTR && ++repeats < MostRepeats);
                // A kernel without this family has none of it.
                if (error is Errno.EAFNOSUPPORT or Errno.EOPNOTSUPP)
                    error = Errno.None;
            }
        }
        close(descriptor);
        return new OsError("netlink dump", null, error);
    }

    private static Errno Ask(int descriptor, ushort type, byte family, uint sequence, byte protocol, List<ReportedRoute> routes, List<ReportedRule> rules)
    {
        Span<byte> request = stackalloc byte[64];
        NetlinkMessageWriter writer = new(request, type, Libc.NLM_F_REQUEST | Libc.NLM_F_DUMP, sequence);
        if (type == Libc.RTM_GETROUTE)
            writer.Append(new rtmsg { rtm_family = family });
        else
            writer.Append(new fib_rule_hdr { family = family });
        Base.Invariant.Require(writer.TryFinish(out int length), "a dump request fits into its buffer");
        Errno error = NetlinkSocket.Send(descriptor, request[..length]);
        byte[] buffer = new byte[BufferBytes];
        bool isInterrupted = false;
        while (error == Errno.None)
        {
            error = NetlinkSocket.Receive(descriptor, buffer, out int received, out bool isFromKernel);
            if (error != Errno.None || !isFromKernel)
                continue;
            if (received > BufferBytes)
                return Errno.EMSGSIZE;
            NetlinkMessageReader reader = new(buffer.AsSpan(0, received));
            while (reader.TryRead(out NetlinkMessage message))
            {
                if (message.Sequence != sequence)
                    continue;
                isInterrupted |= (message.Flags & Libc.NLM_F_DUMP_INTR) != 0;
                if (message.Type is Libc.NLMSG_DONE or Libc.NLMSG_ERROR)
                {
                    message.TryReadErrno(out Errno end);
                    return end != Errno.None ? end : isInterrupted ? Errno.EINTR : Errno.None;
                }
                Take(message, protocol, routes, rules);
            }
        }
        return error;
    }

    private static void Take(NetlinkMessage message, byte protocol, List<ReportedRoute> routes, List<ReportedRule> rules)
    {
        if (message.Type == Libc.RTM_NEWROUTE && RouteMessage.TryParse(message.Payload, out ReportedRoute route) == NetlinkFault.None && route.Protocol == protocol)
            routes.Add(route);
        else if (message.Type == Libc.RTM_NEWRULE && RuleMessage.TryParse(message.Payload, out ReportedRule rule) == NetlinkFault.None && rule.Protocol == protocol)
            rules.Add(rule);
    }
}
