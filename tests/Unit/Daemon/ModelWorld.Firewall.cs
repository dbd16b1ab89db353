using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink;
using KeepalivedAot.Linux.Netlink.Nftables;

namespace KeepalivedAot.Tests.Unit.Daemon;

// The packet filter: tables as lists of what is in them, changed by transactions.
internal sealed partial class ModelWorld
{
    private readonly List<(string Text, string Table, Func<Dictionary<string, ModelTable>, Errno> Do, int Tag)> _rulesetRequests = [];
    private INetlinkResults? _rulesetResults;
    private IRulesetObserver? _rulesetObserver;
    private Dictionary<string, ModelTable> _ruleset = [];
    private ulong _lastHandle;

    /// <summary>Of each table what it holds, in the order in which it came: "chain in", "set vips", "rule in ip daddr @vips drop", "vips HEX".</summary>
    public IReadOnlyDictionary<string, ModelTable> Ruleset => _ruleset;

    /// <summary>What opening is answered with.</summary>
    public Errno FirewallRefusal { get; set; }

    /// <summary>What the kernel answers to a request whose text begins so.</summary>
    public Dictionary<string, Errno> RulesetRefusals { get; } = [];

    /// <summary>The answers of the next transaction are lost, which the kernel has done.</summary>
    public bool LosesRulesetAnswers { get; set; }

    public bool IsFirewallOpen => _rulesetResults is not null;

    public bool IsRulesetObserved => _rulesetObserver is not null;

    /// <summary>The elements of all sets but the constant one: "ip keepalived vips 0A000064".</summary>
    public IEnumerable<string> RulesetElements
        => _ruleset.SelectMany(static table => table.Value.Elements.Select(element => $"{table.Key["table ".Length..]} {element}"))
            .Where(static text => !text.Contains("neighbor-discovery", StringComparison.Ordinal)).Order();

    public OsError OpenFirewall(INetlinkResults results)
    {
        if (FirewallRefusal == Errno.None)
            _rulesetResults = results;
        return new OsError("socket(AF_NETLINK)", null, FirewallRefusal);
    }

    public OsError ObserveRuleset(IRulesetObserver observer)
    {
        _rulesetObserver = observer;
        return OsError.None;
    }

    public Errno FindTable(NftablesTable table, out NftablesTableStatus status)
    {
        bool isThere = _ruleset.TryGetValue(table.ToString(), out ModelTable? found);
        status = isThere ? new NftablesTableStatus(found!.Handle, (uint)found.Objects.Count) : default;
        return isThere ? Errno.None : Errno.ENOENT;
    }

    public void AddTable(NftablesTable table, int tag) => Ask($"add {table}", table, tag, tables =>
    {
        if (!tables.ContainsKey(table.ToString()))
            tables.Add(table.ToString(), new ModelTable(++_lastHandle));
        return Errno.None;
    });

    public void DeleteTable(NftablesTable table, int tag)
        => Ask($"delete {table}", table, tag, tables => tables.Remove(table.ToString()) ? Errno.None : Errno.ENOENT);

    public void AddChain(NftablesChain chain, int tag)
        => Ask($"add {chain}", chain.Table, tag, tables => Put(tables, chain.Table, static table => table.Objects, $"chain {chain.Name}"));

    public void AddSet(NftablesSet set, int tag)
        => Ask($"add {set}", set.Table, tag, tables => Put(tables, set.Table, static table => table.Objects, $"{(set.IsMap ? "map" : "set")} {set.Name}"));

    public void AddRule(NftablesRule rule, int tag) => Ask($"add {rule}", rule.Chain.Table, tag, tables =>
    {
        if (!tables.TryGetValue(rule.Chain.Table.ToString(), out ModelTable? table) || !table.Objects.Contains($"chain {rule.Chain.Name}"))
            return Errno.ENOENT;
        table.Rules.Add(rule.ToString().Split('\'')[1]);
        return Errno.None;
    });

    public void AddElement(NftablesSet set, in SetElement element, int tag)
    {
        string text = $"{set.Name} {element}";
        Ask($"add {text}", set.Table, tag, tables =>
        {
            if (!HasSet(tables, set))
                return Errno.ENOENT;
            tables[set.Table.ToString()].Elements.Add(text);
            return Errno.None;
        });
    }

    public void DeleteElement(NftablesSet set, in SetElement element, int tag)
    {
        string text = $"{set.Name} {element}";
        Ask($"delete {text}", set.Table, tag, tables => HasSet(tables, set) && tables[set.Table.ToString()].Elements.Remove(text) ? Errno.None : Errno.ENOENT);
    }

    public void CommitRuleset()
    {
        if (_rulesetRequests.Count == 0)
            return;
        Dictionary<string, ModelTable> next = _ruleset.ToDictionary(static table => table.Key, static table => table.Value.Copy());
        Errno[] answers = [.. _rulesetRequests.Select(asked => Answer(asked.Text, asked.Do, next))];
        Output.Add($"{string.Join(' ', _rulesetRequests.Select(static asked => asked.Table).Distinct())}: {string.Join("; ", _rulesetRequests.Select(static asked => asked.Text))}");
        bool isDone = answers.All(static answer => answer == Errno.None);
        if (isDone)
            _ruleset = next;
        for (int i = 0; i < answers.Length; i++)
        {
            Errno answer = LosesRulesetAnswers ? Errno.ENOBUFS : answers[i] == Errno.None && !isDone ? Errno.ECANCELED : answers[i];
            _rulesetResults!.OnResult(_rulesetRequests[i].Tag, answer, default);
        }
        LosesRulesetAnswers = false;
        _rulesetRequests.Clear();
    }

    /// <summary>Somebody else makes a table with a chain of its own.</summary>
    public void AddForeignTable(string table)
    {
        _ruleset[table] = new ModelTable(++_lastHandle);
        _ruleset[table].Objects.Add("chain foreign");
        NotifyRuleset();
    }

    /// <summary><c>nft flush ruleset</c>.</summary>
    public void FlushRuleset()
    {
        _ruleset = [];
        NotifyRuleset();
    }

    /// <summary>Somebody else removes an element, of which nobody here hears more than that something has changed.</summary>
    public void RemoveForeignElement(string table, string element)
    {
        Assert.True(_ruleset[table].Elements.Remove(element));
        NotifyRuleset();
    }

    private void NotifyRuleset() => _notifications.Enqueue(() => _rulesetObserver?.OnRulesetChanged());

    private Errno Answer(string text, Func<Dictionary<string, ModelTable>, Errno> request, Dictionary<string, ModelTable> tables)
    {
        foreach ((string begin, Errno refusal) in RulesetRefusals)
        {
            if (text.StartsWith(begin, StringComparison.Ordinal))
                return refusal;
        }
        return request(tables);
    }

    private void Ask(string text, NftablesTable table, int tag, Func<Dictionary<string, ModelTable>, Errno> request)
    {
        Assert.True(IsFirewallOpen, "it is opened first");
        _rulesetRequests.Add((text.Replace($" of {table}", "", StringComparison.Ordinal), table.ToString()["table ".Length..], request, tag));
    }

    private static Errno Put(Dictionary<string, ModelTable> tables, NftablesTable table, Func<ModelTable, List<string>> list, string what)
    {
        if (!tables.TryGetValue(table.ToString(), out ModelTable? found))
            return Errno.ENOENT;
        if (!list(found).Contains(what))
            list(found).Add(what);
        return Errno.None;
    }

    private static bool HasSet(Dictionary<string, ModelTable> tables, NftablesSet set)
        => tables.TryGetValue(set.Table.ToString(), out ModelTable? table) && table.Objects.Exists(text => text.EndsWith($" {set.Name}", StringComparison.Ordinal));

    internal sealed record ModelTable(ulong Handle)
    {
        public List<string> Objects { get; init; } = [];

        public List<string> Rules { get; init; } = [];

        public SortedSet<string> Elements { get; init; } = [];

        public ModelTable Copy() => new(Handle) { Objects = [.. Objects], Rules = [.. Rules], Elements = [.. Elements] };
    }
}
