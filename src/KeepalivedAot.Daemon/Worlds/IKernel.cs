using KeepalivedAot.Linux.Netlink;

namespace KeepalivedAot.Daemon.Worlds;

/// <summary>The kernel's address table, as far as the daemon changes it. Requests are gathered; the answers come with the flush.</summary>
internal interface IKernel
{
    /// <summary>Who is told what became of each request. A batch that is full is sent early.</summary>
    void SetAddressResults(INetlinkResults results);

    void AddAddress(in InterfaceAddress address, int tag);

    void DeleteAddress(in InterfaceAddress address, int tag);

    void FlushAddresses();

    /// <summary>Addresses say who put them there (IFA_PROTO, Linux 5.18).</summary>
    bool TellsWhoAddedAddresses { get; }
}
