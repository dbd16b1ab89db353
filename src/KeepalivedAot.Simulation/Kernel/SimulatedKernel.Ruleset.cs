using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink;
using KeepalivedAot.Linux.Netlink.Nftables;

namespace KeepalivedAot.Simulation.Kernel;

// The packet filter: tables as lists of what is in them, changed by transactions.
internal sealed partial class SimulatedKernel
{
    private readonly List<(Func<Dictionary<string, FilterTable>, Errno> Do, int Tag)> _rulesetRequests = [];
    private readonly Dictionary<string, FilterTable> _ruleset = [];
    private INetlinkResults? _rulesetResults;
    private ulong _lastHandle;

    public OsError OpenFirewall(INetlinkResults results)
    {
        _rulesetResults = results;
        return OsError.None;
    }

    /// <summary>Nobody else changes it here.</summary>
    public OsError ObserveRuleset(IRulesetObserver observer) => OsError.None;

    public Errno FindTable(NftablesTable table, out NftablesTableStatus status)
    {
        bool isThere = _ruleset.TryGetValue(table.ToString(), out FilterTable? found);
        status = isThere ? new NftablesTableStatus(found!.Handle, (uint)found.Objects.Count) : default;
        return isThere ? Errno.None : Errno.ENOENT;
    }

    public void AddTable(NftablesTable table, int tag) => AskFilter(tag, tables =>
    {
        if (!tables.ContainsKey(table.ToString()))
            tables.Add(table.ToString(), new FilterTable(++_lastHandle, [], []));
        return Errno.None;
    });

    public void DeleteTable(NftablesTable table, int tag) => AskFilter(tag, tables => tables.Remove(table.ToString()) ? Errno.None : Errno.ENOENT);

    public void AddChain(NftablesChain chain, int tag) => AskFilter(tag, tables => Put(tables, chain.Table, $"chain {chain.Name}"));

    public void AddSet(NftablesSet set, int tag) => AskFilter(tag, tables => Put(tables, set.Table, $"set {set.Name}"));

    public void AddRule(NftablesRule rule, int tag)
        => AskFilter(tag, tables => tables.TryGetValue(rule.Chain.Table.ToString(), out FilterTable? table) && table.Objects.Contains($"chain {rule.Chain.Name}") ? Errno.None : Errno.ENOENT);

    public void AddElement(NftablesSet set, in SetElement element, int tag)
    {
        string text = $"{set.Name} {element}";
        AskFilter(tag, tables =>
        {
            if (SetsOf(tables, set) is not { } table)
                return Errno.ENOENT;
            table.Elements.Add(text);
            return Errno.None;
        });
    }

    public void DeleteElement(NftablesSet set, in SetElement element, int tag)
    {
        string text = $"{set.Name} {element}";
        AskFilter(tag, tables => SetsOf(tables, set) is { } table && table.Elements.Remove(text) ? Errno.None : Errno.ENOENT);
    }

    public void CommitRuleset()
    {
        if (_rulesetRequests.Count == 0)
            return;
        Dictionary<string, FilterTable> next = _ruleset.ToDictionary(static table => table.Key, static table => table.Value with { Objects = [.. table.Value.Objects], Elements = [.. table.Value.Elements] });
        Errno[] answers = [.. _rulesetRequests.Select(asked => Refusal != Errno.None ? Refusal : asked.Do(next))];
        bool isDone = Array.TrueForAll(answers, static answer => answer == Errno.None);
        if (isDone)
        {
            _ruleset.Clear();
            foreach ((string name, FilterTable table) in next)
                _ruleset.Add(name, table);
        }
        for (int i = 0; i < answers.Length; i++)
            _rulesetResults!.OnResult(_rulesetRequests[i].Tag, answers[i] == Errno.None && !isDone ? Errno.ECANCELED : answers[i], default);
        _rulesetRequests.Clear();
    }

    private void AskFilter(int tag, Func<Dictionary<string, FilterTable>, Errno> request) => _rulesetRequests.Add((request, tag));

    private static Errno Put(Dictionary<string, FilterTable> tables, NftablesTable table, string what)
    {
        if (!tables.TryGetValue(table.ToString(), out FilterTable? found))
            return Errno.ENOENT;
        found.Objects.Add(what);
        return Errno.None;
    }

    private static FilterTable? SetsOf(Dictionary<string, FilterTable> tables, NftablesSet set)
        => tables.TryGetValue(set.Table.ToString(), out FilterTable? table) && table.Objects.Contains($"set {set.Name}") ? table : null;

    private sealed record FilterTable(ulong Handle, HashSet<string> Objects, HashSet<string> Elements);
}
