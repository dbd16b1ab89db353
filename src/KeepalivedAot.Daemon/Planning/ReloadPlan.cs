using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Config.Writing;

namespace KeepalivedAot.Daemon.Planning;

/// <summary>What going over from one configuration to another comes to (DESIGN.md, decision 5): the daemon's reload applies it, <c>plan</c> shows it.</summary>
/// <remarks>A pure value of two configurations: nothing of the host is asked. Partial files: what others notice (<c>Consequences</c>).</remarks>
internal sealed partial class ReloadPlan
{
    /// <summary>The exit status of <c>plan</c>.</summary>
    public const int NothingToDo = 0;

    /// <inheritdoc cref="NothingToDo"/>
    public const int Harmless = 1;

    /// <inheritdoc cref="NothingToDo"/>
    public const int Disruptive = 2;

    private const string Instance = "vrrp_instance";
    private const string Globals = "global_defs";

    private readonly PlannedSide _old;
    private readonly PlannedSide _next;
    private readonly List<PlannedItem> _items = [];
    private readonly List<PlanConsequence> _consequences = [];
    private readonly int[] _counts = new int[5];
    private readonly bool[] _isSame;

    private ReloadPlan(PlannedSide old, PlannedSide next)
    {
        _old = old;
        _next = next;
        Matched = InstanceMatching.Match(old.Configuration.VrrpInstances, next.Configuration.VrrpInstances);
        _isSame = new bool[Matched.Count];
        Refusal = old.Identity.FixedDifference(next.Identity);
    }

    /// <summary>For each instance of the new configuration the one of the old that it goes on as, or -1 (<see cref="InstanceMatching"/>).</summary>
    public IReadOnlyList<int> Matched { get; }

    /// <summary>What the reload would have to change and cannot, in keepalived's words; null when there is nothing.</summary>
    public string? Refusal { get; }

    /// <summary>In the order of the new configuration, each kind followed by what is removed of it.</summary>
    public IReadOnlyList<PlannedItem> Items => _items;

    /// <summary>Empty in a plan without details.</summary>
    public IReadOnlyList<PlanConsequence> Consequences => _consequences;

    /// <summary>How many things there are of a fate.</summary>
    public int Count(PlannedFate fate) => _counts[(int)fate];

    public bool ChangesNothing => Refusal is null && Count(PlannedFate.Kept) == _items.Count;

    /// <summary>Of a plan with details.</summary>
    public int ExitStatus => ChangesNothing ? NothingToDo : Refusal is not null || _consequences.Exists(static it => it.IsDisruptive) ? Disruptive : Harmless;

    /// <summary>
    /// An instance of the new configuration need not be touched: nothing of it differs, and nothing that it depends on. Never so where a
    /// secret is kept outside the configuration, which may have changed there, and where interfaces are made for it.
    /// </summary>
    /// <param name="place">Its place in the new configuration.</param>
    public bool IsUntouched(int place) => _isSame[place];

    /// <summary>Only what the daemon needs: fates, and who is untouched.</summary>
    public static ReloadPlan Make(PlannedSide old, PlannedSide next)
    {
        ReloadPlan plan = new(old, next);
        plan.DecideFates(static _ => []);
        plan.DecideUntouched();
        return plan;
    }

    /// <summary>With the settings that differ and with what others notice.</summary>
    public static ReloadPlan MakeDetailed(PlannedSide old, PlannedSide next)
    {
        ReloadPlan plan = new(old, next);
        SettingComparison settings = new(old, next);
        plan.DecideFates(settings.Differences);
        plan.DecideUntouched();
        plan.FindConsequences();
        return plan;
    }

    /// <summary>The counts in a line: <c>253 kept, 1 changed in place, 1 added</c>.</summary>
    public string Summary
    {
        get
        {
            string text = $"{Count(PlannedFate.Kept)} kept";
            foreach (PlannedFate fate in (ReadOnlySpan<PlannedFate>)[PlannedFate.Changed, PlannedFate.Restarted, PlannedFate.Added, PlannedFate.Removed])
            {
                if (Count(fate) > 0)
                    text += $", {Count(fate)} {PlanText.NameOf(fate)}";
            }
            return text;
        }
    }

    private void DecideFates(Func<(WrittenBlock Old, WrittenBlock Next), IReadOnlyList<PlannedSetting>> differences)
    {
        Dictionary<string, int> places = [];
        for (int i = 0; i < _next.Configuration.VrrpInstances.Count; i++)
            places[_next.Configuration.VrrpInstances[i].Name] = i;
        HashSet<WrittenBlock> seen = new(ReferenceEqualityComparer.Instance);
        Dictionary<string, WrittenBlock> formerInstances = [];
        foreach (WrittenBlock block in _old.Blocks)
        {
            if (block.Keyword == Instance)
                formerInstances.TryAdd(NameOf(block), block);
        }
        // What a rename or another order leaves open is decided by identity first: a name may be somebody else's now.
        HashSet<int> taken = [.. Matched];
        string kind = "";
        foreach (WrittenBlock block in _next.Blocks)
        {
            if (block.Keyword != kind)
            {
                AddRemoved(kind, seen, taken);
                kind = block.Keyword;
            }
            if (kind == Instance)
                DecideInstance(block, places, formerInstances, seen, taken, differences);
            else
                DecideByName(block, seen, differences);
        }
        AddRemoved(kind, seen, taken);
        foreach (WrittenBlock block in _old.Blocks)
        {
            if (!seen.Contains(block))
                Add(block.Keyword, NameOf(block), PlannedFate.Removed);
        }
    }

    private void DecideInstance(
        WrittenBlock block, Dictionary<string, int> places, Dictionary<string, WrittenBlock> formerInstances, HashSet<WrittenBlock> seen, HashSet<int> taken,
        Func<(WrittenBlock Old, WrittenBlock Next), IReadOnlyList<PlannedSetting>> differences)
    {
        string name = NameOf(block);
        int matched = Matched[places[name]];
        if (matched >= 0)
        {
            string formerName = _old.Configuration.VrrpInstances[matched].Name;
            WrittenBlock former = formerInstances[formerName];
            seen.Add(former);
            bool isRenamed = formerName != name;
            bool isSame = former.Print == block.Print;
            _isSame[places[name]] = isSame && !isRenamed;
            Add(
                Instance, name, isSame && !isRenamed ? PlannedFate.Kept : PlannedFate.Changed, isRenamed ? formerName : null, null,
                isSame ? [] : differences((former, block)));
            return;
        }
        VrrpInstanceBlock next = _next.Configuration.VrrpInstances[places[name]];
        int namesake = _old.Configuration.VrrpInstances.FindIndex(other => other.Name == name);
        if (namesake < 0 || taken.Contains(namesake))
        {
            Add(Instance, name, PlannedFate.Added);
            return;
        }
        WrittenBlock leaving = formerInstances[name];
        seen.Add(leaving);
        string reason = RouterIdentity.Of(_old.Configuration.VrrpInstances[namesake]).DifferenceTo(RouterIdentity.Of(next)) ?? "place";
        Add(Instance, name, PlannedFate.Restarted, null, $"another {reason}", differences((leaving, block)));
    }

    private void DecideByName(
        WrittenBlock block, HashSet<WrittenBlock> seen, Func<(WrittenBlock Old, WrittenBlock Next), IReadOnlyList<PlannedSetting>> differences)
    {
        if (_old.Find(block.Key) is not { } former)
        {
            Add(block.Keyword, NameOf(block), PlannedFate.Added);
            return;
        }
        seen.Add(former);
        if (former.Print == block.Print)
            Add(block.Keyword, NameOf(block), PlannedFate.Kept);
        else
            Add(block.Keyword, NameOf(block), PlannedFate.Changed, null, null, differences((former, block)));
    }

    private void AddRemoved(string kind, HashSet<WrittenBlock> seen, HashSet<int> taken)
    {
        if (kind.Length == 0)
            return;
        foreach (WrittenBlock block in _old.Blocks)
        {
            if (block.Keyword != kind || seen.Contains(block))
                continue;
            // One whose identity somebody has is met there, wherever that stands.
            if (kind == Instance && taken.Contains(_old.Configuration.VrrpInstances.FindIndex(other => other.Name == NameOf(block))))
                continue;
            seen.Add(block);
            Add(kind, NameOf(block), PlannedFate.Removed);
        }
    }

    private void Add(string keyword, string name, PlannedFate fate, string? formerName = null, string? reason = null, IReadOnlyList<PlannedSetting>? settings = null)
    {
        _items.Add(new PlannedItem(keyword, name, fate, formerName, reason, settings ?? []));
        _counts[(int)fate]++;
    }

    // Global settings, the group and the group's lists reach into an instance in ways that its own block does not show.
    private void DecideUntouched()
    {
        bool globalsDiffer = _items.Exists(static item => item.Fate != PlannedFate.Kept && item.Keyword.Length + item.Name.Length > 0 && item.Keyword == Globals);
        HashSet<string> otherGroups = [.. _items.Where(static item => item.Keyword == "vrrp_sync_group" && item.Fate != PlannedFate.Kept).Select(static item => item.Name)];
        bool trackersDiffer = _items.Exists(static item => item.Fate != PlannedFate.Kept && item.Keyword is "vrrp_script" or "track_file" or "vrrp_track_process" or "bfd_instance");
        for (int i = 0; i < _isSame.Length; i++)
        {
            if (!_isSame[i])
                continue;
            VrrpInstanceBlock block = _next.Configuration.VrrpInstances[i];
            VrrpInstanceBlock former = _old.Configuration.VrrpInstances[Matched[i]];
            _isSame[i] = !globalsDiffer && !trackersDiffer && !block.UsesHmac && block.AuthenticationType != AuthenticationType.AuthenticationHeader
                && block.OwnDevices.Count == 0 && block.SyncGroup?.Name == former.SyncGroup?.Name
                && (block.SyncGroup is not { } group || !otherGroups.Contains(group.Name));
        }
    }

    // A quoted name is what is between the quotes; of instances that is what they are called elsewhere.
    private static string NameOf(WrittenBlock block)
        => block.Name is ['"', .. var inner, '"'] && !inner.Contains('"') ? inner : block.Name;
}
