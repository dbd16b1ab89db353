using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink;
using KeepalivedAot.Linux.Netlink.Routing;

namespace KeepalivedAot.Daemon.Worlds;

/// <summary>The kernel's tables, as far as the daemon changes them. Requests are gathered; the answers come with the flush.</summary>
internal interface IKernel
{
    /// <summary>Who is told what became of each request. A batch that is full is sent early.</summary>
    void SetAddressResults(INetlinkResults results);

    void AddAddress(in InterfaceAddress address, int tag);

    void DeleteAddress(in InterfaceAddress address, int tag);

    void FlushAddresses();

    /// <summary>Addresses say who put them there (IFA_PROTO, Linux 5.18).</summary>
    bool TellsWhoAddedAddresses { get; }

    /// <summary>Who is told what became of each request about routes and rules.</summary>
    void SetRoutingResults(INetlinkResults results);

    void AddRoute(KernelRoute route, RouteInsertion insertion, int tag);

    void DeleteRoute(KernelRoute route, int tag);

    void AddRule(KernelRule rule, int tag);

    void DeleteRule(KernelRule rule, int tag);

    void FlushRouting();

    /// <summary>Starts to report what others take away; again: nothing.</summary>
    /// <param name="protocol">Of the routes (RTPROT_*).</param>
    OsError ObserveRouting(IRoutingObserver observer, byte protocol);
}
