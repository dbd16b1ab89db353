using System.Globalization;
using System.Text;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Simulation.Hosts;
using KeepalivedAot.Simulation.Scenarios;
using KeepalivedAot.Simulation.Worlds;

namespace KeepalivedAot.Simulation.Reports;

/// <summary>A run for people: what happened when, who had each role for how long, and what was not as it should be.</summary>
internal static class TimelineText
{
    private const int LaneWidth = 60;
    private const int TimeWidth = 11;

    /// <param name="withLog">The daemons' log lines among the rest.</param>
    public static string Write(SimulationRun run, bool withLog)
    {
        StringBuilder text = new();
        WriteEntries(run, withLog, text);
        foreach (VirtualRouter router in run.World.Routers)
            WriteRouter(router, run, text);
        WriteList("What was not as it should be:", run.Broken, text);
        WriteList("Look at this:", [.. run.Traps.Select(static trap => trap.Text)], text);
        text.Append(CultureInfo.InvariantCulture, $"\n{TimeText.Of(run.Length)} of {run.World.Hosts.Count} routers, seed {run.Seed}, run {run.World.Fingerprint:x16}: ")
            .Append(run.Broken.Count == 0 ? "as it should be\n" : string.Create(CultureInfo.InvariantCulture, $"{run.Broken.Count} thing{(run.Broken.Count == 1 ? "" : "s")} not as it should be\n"));
        return text.ToString();
    }

    private static void WriteEntries(SimulationRun run, bool withLog, StringBuilder text)
    {
        int hostWidth = run.World.Hosts.Max(static host => host.Name.Length);
        IEnumerable<Chronicle.Entry> told = run.Chronicle.Entries
            .Where(entry => withLog || entry.Kind != Chronicle.Kind.Log)
            // All of them start at the beginning, which the first changes of state say.
            .Where(static entry => entry.Kind != Chronicle.Kind.Host || entry.At > default(Instant))
            .Concat(AddressLines(run))
            .OrderBy(static entry => entry.At);
        foreach (Chronicle.Entry entry in told)
        {
            string where = entry.Kind == Chronicle.Kind.Fault ? "!" : entry.Host?.Name ?? "";
            text.Append(TimeText.Of(entry.At).PadLeft(TimeWidth)).Append("  ").Append(where.PadRight(hostWidth)).Append("  ");
            if (entry.Subject.Length > 0)
                text.Append(entry.Subject).Append(' ');
            text.Append(entry.Text).Append('\n');
        }
    }

    /// <summary>Where each address was, whenever that was another place.</summary>
    public static IEnumerable<Chronicle.Entry> AddressLines(SimulationRun run)
    {
        foreach ((IpAddress address, List<Chronicle.Holding> holdings) in run.Chronicle.Addresses)
        {
            foreach (Chronicle.Holding holding in holdings)
                yield return new Chronicle.Entry(holding.Since, Chronicle.Kind.Address, null, "", $"{address} is {Place(holding)}");
        }
    }

    private static string Place(Chronicle.Holding holding) => holding.Hosts.Count switch
    {
        0 => "nowhere",
        1 => $"at {holding.Hosts[0].Name}",
        _ => $"at {string.Join(" and ", holding.Hosts.Select(static host => host.Name))}{(holding.Announced is { } last ? $"; {last.Name} announced it last" : "")}",
    };

    private static void WriteRouter(VirtualRouter router, SimulationRun run, StringBuilder text)
    {
        text.Append('\n').Append(router).Append('\n');
        int width = router.Members.Max(static member => Title(member).Length);
        foreach (VirtualRouter.Member member in router.Members)
        {
            Duration master = Sum(Lane.Of(member, run.End).Where(static piece => piece.State == RouterState.Master));
            text.Append("  ").Append(Title(member).PadRight(width)).Append("  ").Append(Draw(member, run.End))
                .Append(CultureInfo.InvariantCulture, $"  MASTER {TimeText.Of(master)}\n");
        }
        text.Append(' ', width + 4).Append("0 s").Append(TimeText.Of(run.Length).PadLeft(LaneWidth - 3)).Append("   ").Append(Legend).Append('\n');
        List<MasterSpans.Span> spans = MasterSpans.Of(router, run.End);
        text.Append("  first MASTER: ").Append(spans.Find(static span => span.Masters.Count > 0) is { } first ? TimeText.Of(first.From) : "never")
            .Append("; nobody afterwards: ").Append(Amount([.. MasterSpans.Outages(spans)]))
            .Append("; two at once: ").Append(Amount([.. MasterSpans.Duals(spans)])).Append('\n');
    }

    private const string Legend = "█ MASTER  ░ BACKUP  × FAULT  · none";

    private static string Title(VirtualRouter.Member member) => TimeText.Printable($"{member.Host.Name} {member.Instance}");

    private static string Amount(MasterSpans.Span[] spans)
    {
        if (spans.Length == 0)
            return "never";
        Duration all = spans.Aggregate(Duration.Zero, static (sum, span) => sum + span.Length);
        return spans.Length == 1
            ? $"{TimeText.Of(all)} (from {TimeText.Of(spans[0].From)} on)"
            : string.Create(CultureInfo.InvariantCulture, $"{TimeText.Of(all)} ({spans.Length} times, at most {TimeText.Of(spans.Max(static span => span.Length))})");
    }

    private static Duration Sum(IEnumerable<Lane.Piece> pieces) => pieces.Aggregate(Duration.Zero, static (sum, piece) => sum + piece.Length);

    // Each column shows what filled most of it.
    private static string Draw(VirtualRouter.Member member, Instant end)
    {
        List<Lane.Piece> pieces = Lane.Of(member, end);
        StringBuilder lane = new();
        Duration column = Duration.FromNanoseconds(Math.Max(1, (end - default(Instant)).Nanoseconds / LaneWidth));
        for (int i = 0; i < LaneWidth; i++)
        {
            Instant from = default(Instant) + column * i;
            Instant to = from + column;
            Lane.Piece? most = null;
            long longest = -1;
            foreach (Lane.Piece piece in pieces)
            {
                long shared = Math.Min(piece.To.Nanoseconds, to.Nanoseconds) - Math.Max(piece.From.Nanoseconds, from.Nanoseconds);
                if (shared > longest)
                    (most, longest) = (piece, shared);
            }
            lane.Append(most?.State switch
            {
                RouterState.Master => '█',
                RouterState.Backup => '░',
                RouterState.Fault => '×',
                _ => '·',
            });
        }
        return lane.ToString();
    }

    private static void WriteList(string title, IReadOnlyList<string> lines, StringBuilder text)
    {
        if (lines.Count == 0)
            return;
        text.Append('\n').Append(title).Append('\n');
        foreach (string line in lines)
            text.Append("  - ").Append(line).Append('\n');
    }
}
