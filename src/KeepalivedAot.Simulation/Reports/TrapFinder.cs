using System.Globalization;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Simulation.Scenarios;
using KeepalivedAot.Simulation.Worlds;
using KeepalivedAot.Vrrp;

namespace KeepalivedAot.Simulation.Reports;

/// <summary>Finds in a run what the classic mistakes look like when they happen.</summary>
internal sealed class TrapFinder(SimulationRun run)
{
    // Whoever takes a role over needs his timer, and the other an advertisement.
    private const int SettledIntervals = 5;

    // A failure and its end are two.
    private const int MostChanges = 3;

    private readonly List<Trap> _traps = [];

    public IReadOnlyList<Trap> Find()
    {
        foreach (VirtualRouter router in run.World.Routers)
        {
            FindKeptRoles(router);
            FindOneSidedPeers(router);
            FindFlapping(router);
            foreach (VirtualRouter.Member member in router.Members)
                FindLostNopreempt(member);
        }
        FindSplitGroups();
        FindApart();
        return _traps;
    }

    // A priority falls, and nobody takes the role: because it is still the highest, or because the others do not preempt.
    private void FindKeptRoles(VirtualRouter router)
    {
        HashSet<(VirtualRouter.Member, string)> known = [];
        foreach (Chronicle.PriorityChange change in run.Chronicle.Priorities)
        {
            if (change.Because is not { } because || router.Members.FirstOrDefault(one => one.Host == change.Host && one.Instance == change.Instance) is not { } member
                || change.Effective >= PriorityOf(member, change.At) || !StaysMaster(member, change.At))
            {
                continue;
            }
            VirtualRouter.Member? best = null;
            foreach (VirtualRouter.Member other in router.Members)
            {
                bool isReady = other != member && other.StateAt(change.At) == RouterState.Backup;
                if (isReady && (best is null || PriorityOf(other, change.At) > PriorityOf(best, change.At)))
                    best = other;
            }
            if (best is null || !known.Add((member, because)))
                continue;
            Priority others = PriorityOf(best, change.At);
            string what = $"{Seconds(change.At)}: {because} on {member.Host.Name}, and the priority of {member.Instance} falls to {change.Effective}; {best.Host.Name} has {others}";
            if (change.Effective >= others)
            {
                int needed = BlockOf(member)!.Priority - others.Value + 1;
                Add("weight-too-small", $"{what}: {member.Host.Name} stays MASTER. Weights that take {needed} or more from its {BlockOf(member)!.Priority} would move the role.");
            }
            else if (BlockOf(best) is { PreemptMode: false })
            {
                Add("kept-by-nopreempt", $"{what}, but nopreempt: {member.Host.Name} stays MASTER. With weight 0 the failure would be a fault, and the role would move.");
            }
        }
    }

    // As long as it matters, it was MASTER.
    private bool StaysMaster(VirtualRouter.Member member, Instant from)
    {
        Instant until = from + Settled(member);
        return member.StateAt(from) == RouterState.Master && until < run.End && !member.Phases.Any(phase => phase.Since > from && phase.Since <= until);
    }

    private Duration Settled(VirtualRouter.Member member) => (BlockOf(member)?.AdvertisementInterval ?? Duration.FromSeconds(1)) * SettledIntervals;

    private void FindOneSidedPeers(VirtualRouter router)
    {
        foreach (VirtualRouter.Member here in router.Members)
        {
            foreach (VirtualRouter.Member there in router.Members)
            {
                if (BlockOf(here) is not { IsUnicast: true } ours || BlockOf(there) is not { IsUnicast: true } theirs || here == there)
                    continue;
                if (Lists(ours, there) && !Lists(theirs, here))
                {
                    Add(
                        "one-sided-unicast",
                        $"{here.Host.Name} sends to {there.Host.Name}, which does not list {here.Host.Name} in the unicast_peer of {there.Instance}: {here.Host.Name} never hears it, and both can be MASTER at once.");
                }
            }
        }
    }

    private static bool Lists(VrrpInstanceBlock block, VirtualRouter.Member peer)
        => block.UnicastPeers.Exists(listed => peer.Host.Kernel.Addresses.Any(address => address.Address == listed.Address && address.Protocol == 0));

    private void FindFlapping(VirtualRouter router)
    {
        Instant[] faults = [default, .. run.Chronicle.Entries.Where(static entry => entry.Kind == Chronicle.Kind.Fault).Select(static entry => entry.At), run.End];
        for (int i = 1; i < faults.Length; i++)
        {
            (Instant from, Instant to) = (faults[i - 1], faults[i]);
            Instant[] changes = [.. router.Members.SelectMany(static member => member.Phases)
                .Where(phase => phase.State == RouterState.Master && phase.Since > from && phase.Since <= to).Select(static phase => phase.Since).Order()];
            if (changes.Length > MostChanges)
                Add("flapping", string.Create(CultureInfo.InvariantCulture, $"{router} changed hands {changes.Length} times between {Seconds(changes[0])} and {Seconds(changes[^1])}, while nothing new was done to it."));
        }
    }

    private void FindLostNopreempt(VirtualRouter.Member member)
    {
        Config.LoadResult read = ReadOf(member);
        if (BlockOf(member) is not { } block || !read.Diagnostics.Any(found => found.Kind == DiagnosticCatalogue.NopreemptCleared && found.Span == block.Spans.PreemptMode))
            return;
        foreach (VirtualRouter.Phase taken in member.Phases.Where(static phase => phase.State == RouterState.Master))
        {
            // What was so just before.
            Instant before = taken.Since - Duration.FromNanoseconds(1);
            if (member.Router.Members.FirstOrDefault(other => other != member && other.StateAt(before) == RouterState.Master) is not { } from)
                continue;
            Add("nopreempt-with-master", $"{Seconds(taken.Since)}: {member.Host.Name} takes the role of {member.Instance} from {from.Host.Name} although it says nopreempt, because it also says state MASTER, which switches that off.");
            break;
        }
    }

    // Members of a group that are MASTER on different hosts for longer than an election takes.
    private void FindSplitGroups()
    {
        for (int number = 0; number < run.Reads.Count; number++)
        {
            Hosts.SimulatedHost host = run.World.Hosts[number];
            foreach (VrrpSyncGroupBlock group in run.Reads[number].Configuration.VrrpSyncGroups)
            {
                VirtualRouter.Member[] members = [.. run.World.Routers.SelectMany(static router => router.Members)
                    .Where(member => member.Host == host && group.Members.Exists(name => name.Name == member.Instance))];
                for (int i = 1; i < members.Length; i++)
                    FindSplit(group, members[0], members[i]);
            }
        }
    }

    // They are MASTER on different hosts, one of them here; or nobody is MASTER of one, because the other is somebody else's.
    private void FindSplit(VrrpSyncGroupBlock group, VirtualRouter.Member one, VirtualRouter.Member other)
    {
        List<MasterSpans.Span> others = MasterSpans.Of(other.Router, run.End);
        foreach (MasterSpans.Span a in MasterSpans.Of(one.Router, run.End))
        {
            foreach (MasterSpans.Span b in others)
            {
                Instant from = a.From > b.From ? a.From : b.From;
                Instant to = a.To < b.To ? a.To : b.To;
                if (to <= from || to - from < Settled(one) || to - from < Settled(other))
                    continue;
                string? what = a.Masters.Count == 0 ? Blocked(one, other, b, from) : b.Masters.Count == 0 ? Blocked(other, one, a, from) : Apart(one, a, other, b);
                if (what is null)
                    continue;
                Add("split-group", $"{Seconds(from)}: {what} the sync group {group.Name} of {one.Host.Name}{WithoutGroup(one.Host, [.. a.Masters, .. b.Masters])}.");
                return;
            }
        }
    }

    private static string? Blocked(VirtualRouter.Member waits, VirtualRouter.Member other, MasterSpans.Span span, Instant at)
        => span.Masters.Count == 1 && span.Masters[0].Host != waits.Host && waits.StateAt(at) == RouterState.Backup
            ? $"nobody is MASTER of {waits.Instance}: {waits.Host.Name} would be, but {other.Instance} is MASTER on {span.Masters[0].Host.Name}, and both are in" : null;

    private static string? Apart(VirtualRouter.Member one, MasterSpans.Span a, VirtualRouter.Member other, MasterSpans.Span b)
        => a.Masters.Count == 1 && b.Masters.Count == 1 && a.Masters[0].Host != b.Masters[0].Host && (a.Masters[0] == one || b.Masters[0] == other)
            ? $"{one.Instance} is MASTER on {a.Masters[0].Host.Name} and {other.Instance} on {b.Masters[0].Host.Name}, although both are in" : null;

    private string WithoutGroup(Hosts.SimulatedHost here, VirtualRouter.Member[] masters)
        => Array.Find(masters, master => master.Host != here && ReadOf(master).Configuration.VrrpSyncGroups.Count == 0) is { } without ? $"; {without.Host.Name} has no group" : "";

    // One virtual router that is two, because its interfaces have other names on other hosts.
    private void FindApart()
    {
        VirtualRouter[] alone = [.. run.World.Routers.Where(static router => router.Members.Count == 1)];
        for (int i = 0; i < alone.Length; i++)
        {
            VirtualRouter.Member here = alone[i].Members[0];
            VirtualRouter? other = Array.Find(alone[..i], other => other.Vrid == alone[i].Vrid && other.Family == alone[i].Family && other.Members[0].Host != here.Host);
            if (other?.Members[0] is not { } there)
                continue;
            Add(
                "apart",
                $"{there.Host.Name} has VRID {other.Vrid} on {there.Port.Interface}, and {here.Host.Name} has it on {here.Port.Interface}: here these are two networks. If they are one, a scenario has to say so: segment lan {there.Port.Name} {here.Port.Name}");
        }
    }

    private Priority PriorityOf(VirtualRouter.Member member, Instant before)
    {
        Priority priority = new(BlockOf(member)?.Priority ?? 0);
        foreach (Chronicle.PriorityChange change in run.Chronicle.Priorities)
        {
            if (change.At >= before)
                break;
            if (change.Host == member.Host && change.Instance == member.Instance)
                priority = change.Effective;
        }
        return priority;
    }

    private Config.LoadResult ReadOf(VirtualRouter.Member member) => run.Reads[run.World.Hosts.ToList().IndexOf(member.Host)];

    private VrrpInstanceBlock? BlockOf(VirtualRouter.Member member) => ReadOf(member).Configuration.VrrpInstances.Find(block => block.Name == member.Instance);

    private static string Seconds(Instant at) => TimeText.Of(at);

    private void Add(string kind, string text) => _traps.Add(new Trap(kind, text));
}
