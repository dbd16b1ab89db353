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

    private readonly bool _isDetailed;

    private ReloadPlan(PlannedSide old, PlannedSide next, bool isDetailed)
    {
        _isDetailed = isDetailed;
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

    /// <summary>
    /// In the order of the new configuration, each kind followed by what is removed of it. A plan without details lists nothing of what is kept.
    /// </summary>
    public IReadOnlyList<PlannedItem> Items => _items;

    /// <summary>Empty in a plan without details.</summary>
    public IReadOnlyList<PlanConsequence> Consequences => _consequences;

    /// <summary>How many things there are of a fate.</summary>
    public int Count(PlannedFate fate) => _counts[(int)fate];

    public bool ChangesNothing => Refusal is null && !_items.Exists(static item => item.Fate != PlannedFate.Kept);

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
        ReloadPlan plan = new(old, next, isDetailed: false);
        plan.DecideFates(static _ => []);
        plan.DecideUntouched();
        return plan;
    }

    /// <summary>With the settings that differ and with what others notice.</summary>
    public static ReloadPlan MakeDetailed(PlannedSide old, PlannedSide next)
    {
        ReloadPlan plan = new(old, next, isDetailed: true);
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
        HashSet<WrittenBlock> seen = new(_old.Blocks.Count, ReferenceEqualityComparer.Instance);
        // Blocks of a keyword stand in the order of the configuration; an instance is found by its place, as a name may be written in several ways.
        List<WrittenBlock> formerInstances = _old.Blocks.FindAll(static block => block.Keyword == Instance);
        // What a rename or another order leaves open is decided by identity first: a name may be somebody else's now.
        HashSet<WrittenBlock> taken = new(Matched.Count, ReferenceEqualityComparer.Instance);
        foreach (int place in Matched)
        {
            if (place >= 0)
                taken.Add(formerInstances[place]);
        }
        string kind = "";
        int instances = 0;
        foreach (WrittenBlock block in _next.Blocks)
        {
            if (block.Keyword != kind)
            {
                AddRemoved(kind, seen, taken);
                kind = block.Keyword;
            }
            if (kind == Instance)
                DecideInstance(block, instances++, formerInstances, seen, taken, differences);
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
        WrittenBlock block, int place, List<WrittenBlock> formerInstances, HashSet<WrittenBlock> seen, HashSet<WrittenBlock> taken,
        Func<(WrittenBlock Old, WrittenBlock Next), IReadOnlyList<PlannedSetting>> differences)
    {
        VrrpInstanceBlock next = _next.Configuration.VrrpInstances[place];
        int matched = Matched[place];
        if (matched >= 0)
        {
            string formerName = _old.Configuration.VrrpInstances[matched].Name;
            WrittenBlock former = formerInstances[matched];
            seen.Add(former);
            bool isRenamed = formerName != next.Name;
            bool isSame = former.Print == block.Print;
            _isSame[place] = isSame && !isRenamed;
            Add(
                Instance, next.Name, _isSame[place] ? PlannedFate.Kept : PlannedFate.Changed, isRenamed ? formerName : null, null,
                isSame ? [] : differences((former, block)));
            return;
        }
        int namesake = _old.Configuration.VrrpInstances.FindIndex(other => other.Name == next.Name);
        if (namesake < 0 || taken.Contains(formerInstances[namesake]))
        {
            Add(Instance, next.Name, PlannedFate.Added);
            return;
        }
        seen.Add(formerInstances[namesake]);
        string reason = RouterIdentity.Of(_old.Configuration.VrrpInstances[namesake]).DifferenceTo(RouterIdentity.Of(next)) ?? "place";
        Add(Instance, next.Name, PlannedFate.Restarted, null, $"another {reason}", differences((formerInstances[namesake], block)));
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

    private void AddRemoved(string kind, HashSet<WrittenBlock> seen, HashSet<WrittenBlock> taken)
    {
        if (kind.Length == 0)
            return;
        foreach (WrittenBlock block in _old.Blocks)
        {
            // One whose identity somebody has is met there, wherever that stands.
            if (block.Keyword != kind || taken.Contains(block) || !seen.Add(block))
                continue;
            Add(kind, NameOf(block), PlannedFate.Removed);
        }
    }

    private void Add(string keyword, string name, PlannedFate fate, string? formerName = null, string? reason = null, IReadOnlyList<PlannedSetting>? settings = null)
    {
        _counts[(int)fate]++;
        if (_isDetailed || fate != PlannedFate.Kept)
            _items.Add(new PlannedItem(keyword, name, fate, formerName, reason, settings ?? []));
    }

    // Global settings, the group and the group's lists reach into an instance in ways that its own block does not show.
    private void DecideUntouched()
    {
        bool globalsDiffer = _items.Exists(static item => item.Fate != PlannedFate.Kept && item.Keyword == Globals);
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

    // For people: what is between quotes that nothing else needs.
    private static string NameOf(WrittenBlock block)
        => block.Name is ['"', .. var inner, '"'] && !inner.Contains('"') ? inner : block.Name;
}
