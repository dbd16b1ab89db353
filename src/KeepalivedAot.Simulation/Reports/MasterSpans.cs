using KeepalivedAot.Base.Time;
using KeepalivedAot.Simulation.Worlds;

namespace KeepalivedAot.Simulation.Reports;

/// <summary>Who was MASTER of a virtual router from when to when, as pieces of time in which that did not change.</summary>
internal static class MasterSpans
{
    /// <param name="Masters">In the order of the hosts; none: nobody was.</param>
    public sealed record Span(Instant From, Instant To, IReadOnlyList<VirtualRouter.Member> Masters)
    {
        public Duration Length => To - From;
    }

    /// <summary>In their order, from the beginning to <paramref name="end"/>, without gaps; pieces of no length are left out.</summary>
    public static List<Span> Of(VirtualRouter router, Instant end)
    {
        SortedSet<Instant> changes = new(Comparer<Instant>.Create(static (a, b) => a.CompareTo(b))) { end };
        foreach (VirtualRouter.Member member in router.Members)
            changes.UnionWith(member.Phases.Select(static phase => phase.Since).Where(since => since < end));
        List<Span> spans = [];
        Instant from = default;
        foreach (Instant to in changes)
        {
            if (to <= from)
                continue;
            VirtualRouter.Member[] masters = [.. router.Members.Where(member => member.StateAt(from) == RouterState.Master)];
            if (spans.Count > 0 && spans[^1].Masters.SequenceEqual(masters))
                spans[^1] = spans[^1] with { To = to };
            else
                spans.Add(new Span(from, to, masters));
            from = to;
        }
        return spans;
    }

    /// <summary>How long nobody was MASTER, once somebody had been.</summary>
    public static Duration Outage(IEnumerable<Span> spans) => Sum(Outages(spans));

    /// <summary>When nobody was MASTER, once somebody had been.</summary>
    public static IEnumerable<Span> Outages(IEnumerable<Span> spans) => spans.SkipWhile(static span => span.Masters.Count == 0).Where(static span => span.Masters.Count == 0);

    /// <summary>How long more than one was.</summary>
    public static Duration Dual(IEnumerable<Span> spans) => Sum(Duals(spans));

    /// <summary>When more than one was.</summary>
    public static IEnumerable<Span> Duals(IEnumerable<Span> spans) => spans.Where(static span => span.Masters.Count > 1);

    private static Duration Sum(IEnumerable<Span> spans) => spans.Aggregate(Duration.Zero, static (sum, span) => sum + span.Length);
}
