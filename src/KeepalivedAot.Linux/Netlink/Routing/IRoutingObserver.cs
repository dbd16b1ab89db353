using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Linux.Netlink.Routing;

/// <summary>Is told which of our routes and rules somebody else took away.</summary>
public interface IRoutingObserver
{
    void OnRouteGone(in ReportedRoute route);

    /// <summary>Of any protocol: a rule's is not in a place where the kernel could be asked to look.</summary>
    void OnRuleGone(in ReportedRule rule);

    /// <summary>Notifications were lost: any of ours may be gone.</summary>
    /// <param name="why">ENOBUFS: the receive buffer was too small for the burst. EMSGSIZE: a message was longer than our buffer.</param>
    void OnRoutingLost(Errno why);

    /// <param name="fault">The kernel's bytes make no sense to us; the message was skipped.</param>
    void OnRoutingMalformed(NetlinkFault fault);
}
