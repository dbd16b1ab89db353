using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Loop;
using KeepalivedAot.Linux.Netlink;
using KeepalivedAot.Linux.Netlink.Nftables;

namespace KeepalivedAot.Daemon.Worlds;

// The packet filter. Its two sockets are opened when a configuration needs them.
internal sealed partial class LinuxVrrpWorld
{
    private NftablesCommands? _ruleset;
    private RulesetMonitor? _rulesetMonitor;

    public OsError OpenFirewall(INetlinkResults results)
        => _ruleset is null ? NftablesCommands.Open(results, out _ruleset) : OsError.None;

    public OsError ObserveRuleset(IRulesetObserver observer)
    {
        if (_rulesetMonitor is not null)
            return OsError.None;
        OsError failure = RulesetMonitor.Open(observer, _ruleset!, out _rulesetMonitor);
        if (failure.IsError)
            return failure;
        return new OsError("epoll_ctl", "netlink", _loop.Add(_rulesetMonitor!.Descriptor, new RulesetSource(_rulesetMonitor)));
    }

    public Errno FindTable(NftablesTable table, out NftablesTableStatus status) => _ruleset!.FindTable(table, out status);

    public void AddTable(NftablesTable table, int tag) => _ruleset!.AddTable(table, tag);

    public void DeleteTable(NftablesTable table, int tag) => _ruleset!.DeleteTable(table, tag);

    public void AddChain(NftablesChain chain, int tag) => _ruleset!.AddChain(chain, tag);

    public void AddSet(NftablesSet set, int tag) => _ruleset!.AddSet(set, tag);

    public void AddRule(NftablesRule rule, int tag) => _ruleset!.AddRule(rule, tag);

    public void AddElement(NftablesSet set, in SetElement element, int tag) => _ruleset!.AddElement(set, element, tag);

    public void DeleteElement(NftablesSet set, in SetElement element, int tag) => _ruleset!.DeleteElement(set, element, tag);

    public void CommitRuleset() => _ruleset!.Commit();

    private void DisposeFirewall()
    {
        _ruleset?.Dispose();
        if (_rulesetMonitor is not null)
            _loop.Remove(_rulesetMonitor.Descriptor);
        _rulesetMonitor?.Dispose();
    }

    private sealed class RulesetSource(RulesetMonitor monitor) : IEventSource
    {
        public DrainResult OnReadable(Instant now, int budget)
        {
            bool isEmpty = monitor.Drain(budget, out int taken);
            return new DrainResult(taken, !isEmpty);
        }
    }
}
