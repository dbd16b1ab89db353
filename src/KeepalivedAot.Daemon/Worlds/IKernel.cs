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

    /// <summary>Who is told what became of each request about interfaces.</summary>
    void SetLinkResults(INetlinkResults results);

    void AddLink(VirtualLink link, int tag);

    void DeleteLink(KernelName name, int tag);

    /// <summary>The kernel makes no link-local address there by itself.</summary>
    void GenerateNoAddress(KernelName name, int tag);

    void SetIpv4(KernelName name, ReadOnlySpan<(Ipv4Setting Setting, int Value)> settings, int tag);

    /// <param name="master">Index of the interface that it becomes a port of; 0 = none.</param>
    void SetMaster(KernelName name, int master, int tag);

    void SetGroup(KernelName name, uint group, int tag);

    void SwitchOn(KernelName name, int tag);

    void FlushLinks();

    /// <summary>Whether there is an interface of that name, also one that nobody has asked to hear of.</summary>
    bool HasInterface(KernelName name);

    /// <summary>The kernel tells of a new name before the settings of the interface have it: returns when they do.</summary>
    void AwaitName(KernelName name);

    /// <param name="name">A path below /proc/sys.</param>
    Errno ReadSetting(string name, out int value);

    /// <param name="name">A path below /proc/sys.</param>
    Errno WriteSetting(string name, int value);

    /// <summary>The names below net.ipv4.conf: all, default, and those of interfaces.</summary>
    IReadOnlyList<string> ListInterfaceSettings();

    /// <summary>Who is told what became of each request about routes and rules.</summary>
    void SetRoutingResults(INetlinkResults results);

    void AddRoute(KernelRoute route, RouteInsertion insertion, int tag);

    void DeleteRoute(KernelRoute route, int tag);

    void AddRule(KernelRule rule, int tag);

    void DeleteRule(KernelRule rule, int tag);

    void FlushRouting();

    /// <summary>All routes and rules of one protocol, as they are now.</summary>
    /// <param name="protocol">RTPROT_* of both.</param>
    OsError ReadRouting(byte protocol, List<ReportedRoute> routes, List<ReportedRule> rules);

    /// <summary>Starts to report what others take away; again: nothing.</summary>
    /// <param name="protocol">Of the routes (RTPROT_*).</param>
    OsError ObserveRouting(IRoutingObserver observer, byte protocol);
}
