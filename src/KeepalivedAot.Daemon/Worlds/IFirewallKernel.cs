using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink;
using KeepalivedAot.Linux.Netlink.Nftables;

namespace KeepalivedAot.Daemon.Worlds;

/// <summary>The packet filter, as far as the daemon changes it. Requests are gathered into a transaction; the answers come with its end.</summary>
internal interface IFirewallKernel
{
    /// <summary>Rules can ask what kind an interface is (NFT_META_OIFKIND, Linux 5.1).</summary>
    bool TellsInterfaceKinds { get; }

    /// <summary>Opens what the requests below need; again: nothing. Most configurations never get here.</summary>
    /// <param name="results">Who is told what became of each request.</param>
    OsError OpenFirewall(INetlinkResults results);

    /// <summary>Starts to report what others change; again: nothing.</summary>
    OsError ObserveRuleset(IRulesetObserver observer);

    /// <summary>Asks for a table, outside of a transaction. ENOENT when there is none.</summary>
    Errno FindTable(NftablesTable table, out NftablesTableStatus status);

    void AddTable(NftablesTable table, int tag);

    void DeleteTable(NftablesTable table, int tag);

    void AddChain(NftablesChain chain, int tag);

    void AddSet(NftablesSet set, int tag);

    void AddRule(NftablesRule rule, int tag);

    void AddElement(NftablesSet set, in SetElement element, int tag);

    void DeleteElement(NftablesSet set, in SetElement element, int tag);

    void CommitRuleset();
}
