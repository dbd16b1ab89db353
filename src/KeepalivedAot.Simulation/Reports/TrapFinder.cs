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

    // Whoever loses a role to what is tracked more often than that goes to and fro.
    private const int MostLosses = 2;

    // A request for another priority is no failure.
    private const string Request = "priority ";

    private static readonly string[] s_trackedFaults = ["script ", "process ", "file ", "bfd ", "end of: script ", "end of: process ", "end of: file ", "end of: bfd "];

    private readonly List<Trap> _traps = [];

    public IReadOnlyList<Trap> Find()
    {
        foreach (VirtualRouter router in run.World.Routers)
        {
            FindKeptRoles(router);
            FindOneSidedPeers(router);
            FindFlapping(router);
            FindOneAddress(router);
            FindMissingAddress(router);
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
            string because = change.Because ?? "something that it tracks is worse";
            if (because.StartsWith(Request, StringComparison.Ordinal) || router.Members.FirstOrDefault(one => one.Host == change.Host && one.Instance == change.Instance) is not { } member
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
                // It is not its priority that keeps it there.
                if (needed <= 0)
                    continue;
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

    private static Duration Settled(VirtualRouter.Member member) => (BlockOf(member)?.AdvertisementInterval ?? Duration.FromSeconds(1)) * SettledIntervals;

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

    // It loses the role to another again and again, and more often than something was done to networks and hosts.
    private void FindFlapping(VirtualRouter router)
    {
        int others = run.Chronicle.Entries.Count(static entry => entry.Kind == Chronicle.Kind.Fault && !s_trackedFaults.Any(word => entry.Text.StartsWith(word, StringComparison.Ordinal)));
        foreach (VirtualRouter.Member member in router.Members)
        {
            Instant[] losses = [.. member.Phases.Zip(member.Phases.Skip(1)).Where(static pair => pair.First.State == RouterState.Master && pair.Second.State == RouterState.Backup)
                .Select(static pair => pair.Second.Since)];
            if (losses.Length <= MostLosses + others)
                continue;
            Add(
                "flapping",
                $"{member.Host.Name} became MASTER of {member.Instance} and lost it again {losses.Length.ToString(CultureInfo.InvariantCulture)} times between {Seconds(losses[0])} and {Seconds(losses[^1])}. Longer rise and fall of what it tracks, or preempt_delay, would calm it; where packets are lost, down_timer_adverts.");
        }
    }

    // Two hosts have the same address of their own.
    private void FindOneAddress(VirtualRouter router)
    {
        foreach (VirtualRouter.Member member in router.Members)
        {
            foreach (VirtualRouter.Member other in router.Members.TakeWhile(other => other != member).Where(other => other.Host != member.Host))
            {
                if (other.Host.Kernel.Addresses.FirstOrDefault(address => address.Protocol == 0 && member.Host.Kernel.Addresses.Any(own => own.Protocol == 0 && own.Address == address.Address)) is { Address.IsNone: false } shared)
                    Add("same-source", $"{other.Host.Name} and {member.Host.Name} both have {shared.Address} of their own: neither takes the other for another router, and both can be MASTER at once.");
            }
        }
    }

    // MASTER, and the address is not there: the kernel refused it, or somebody took it away.
    private void FindMissingAddress(VirtualRouter router)
    {
        foreach (VirtualRouter.Member member in router.Members)
        {
            if (!member.IsMaster || member.Host.State != Hosts.HostState.Running || member.Now.Since + Settled(member) > run.End || member.Running is not { } running)
                continue;
            VirtualAddress? missing = running.Block.VirtualAddresses.Find(address => !member.Host.Kernel.Has(address.Address.Address));
            if (missing is not null)
                Add("address-missing", $"at the end {member.Host.Name} is MASTER of {member.Instance} without its address {missing.Address.Address}.");
        }
    }

    private void FindLostNopreempt(VirtualRouter.Member member)
    {
        Config.LoadResult read = ReadOf(member);
        if (BlockOf(member) is not { } block || !read.Diagnostics.Any(found => found.Kind == DiagnosticCatalogue.NopreemptCleared && found.Span == block.Spans.PreemptMode))
            return;
        foreach (Instant at in run.Chronicle.PreemptionsBy(member))
        {
            VirtualRouter.Phase taken = member.Phases.Last(phase => phase.Since <= at);
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
                bool isOutage = a.Masters.Count == 0 || b.Masters.Count == 0;
                string? what = a.Masters.Count == 0 ? Blocked(one, other, b, from) : isOutage ? Blocked(other, one, a, from) : Apart(one, a, other, b);
                if (what is null)
                    continue;
                Add("split-group", isOutage: isOutage, text: $"{Seconds(from)}: {what} the sync group {group.Name} of {one.Host.Name}{WithoutGroup(one.Host, [.. a.Masters, .. b.Masters])}.");
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

    // One virtual router that is two, because its interfaces have other names on other hosts; or one address in two virtual routers.
    private void FindApart()
    {
        for (int i = 0; i < run.World.Routers.Count; i++)
        {
            VirtualRouter here = run.World.Routers[i];
            foreach (VirtualRouter there in run.World.Routers.Take(i))
            {
                if (here.Family != there.Family || here.Members.Any(member => there.Members.Any(other => other.Host == member.Host)))
                    continue;
                (VirtualRouter.Member one, VirtualRouter.Member other) = (there.Members[0], here.Members[0]);
                if (here.Vrid == there.Vrid)
                {
                    Add(
                        "apart",
                        $"{one.Host.Name} has VRID {there.Vrid} on {one.Port.Interface}, and {other.Host.Name} has it on {other.Port.Interface}: here these are two networks. If they are one, a scenario has to say so: segment lan {one.Port.Name} {other.Port.Name}");
                }
                else if (Shared(one, other) is { IsNone: false } shared)
                {
                    Add("one-address-twice", $"{one.Host.Name} has {shared} in {there}, and {other.Host.Name} in {here}: these are two virtual routers, and the address is in both places at once.");
                }
            }
        }
    }

    private IpAddress Shared(VirtualRouter.Member one, VirtualRouter.Member other)
        => BlockOf(one)?.VirtualAddresses.Find(address => BlockOf(other)?.VirtualAddresses.Exists(same => same.Address.Address == address.Address.Address) == true)?.Address.Address ?? default;

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

    private Config.LoadResult ReadOf(VirtualRouter.Member member) => run.Reads[member.Host.Number];

    // As it runs; of what does not run at the end, as it was read.
    private static VrrpInstanceBlock? BlockOf(VirtualRouter.Member member)
        => member.Running?.Block ?? member.Host.Files.SelectMany(static file => file.Configuration.VrrpInstances)
            .FirstOrDefault(block => block.Name == member.Instance && block.VirtualRouterId == member.Router.Vrid && block.Family == member.Router.Family);

    private static string Seconds(Instant at) => TimeText.Of(at);

    private void Add(string kind, string text, bool isOutage = false) => _traps.Add(new Trap(kind, text) { IsOutage = isOutage });
}
