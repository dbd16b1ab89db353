using KeepalivedAot.Daemon.Worlds;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink;
using KeepalivedAot.Linux.Netlink.Nftables;

namespace KeepalivedAot.Tests.Linux.Firewall;

/// <summary>nf_tables of the namespace in which it is first used, without the daemon's loop.</summary>
internal sealed class DirectFirewallKernel : IFirewallKernel, IDisposable
{
    private NftablesCommands? _commands;

    public bool TellsInterfaceKinds => true;

    public OsError OpenFirewall(INetlinkResults results) => _commands is null ? NftablesCommands.Open(results, out _commands) : OsError.None;

    public OsError ObserveRuleset(IRulesetObserver observer) => OsError.None;

    public Errno FindTable(NftablesTable table, out NftablesTableStatus status) => _commands!.FindTable(table, out status);

    public void AddTable(NftablesTable table, int tag) => _commands!.AddTable(table, tag);

    public void DeleteTable(NftablesTable table, int tag) => _commands!.DeleteTable(table, tag);

    public void AddChain(NftablesChain chain, int tag) => _commands!.AddChain(chain, tag);

    public void AddSet(NftablesSet set, int tag) => _commands!.AddSet(set, tag);

    public void AddRule(NftablesRule rule, int tag) => _commands!.AddRule(rule, tag);

    public void AddElement(NftablesSet set, in SetElement element, int tag) => _commands!.AddElement(set, element, tag);

    public void DeleteElement(NftablesSet set, in SetElement element, int tag) => _commands!.DeleteElement(set, element, tag);

    public void CommitRuleset() => _commands!.Commit();

    public void Dispose() => _commands?.Dispose();
}
