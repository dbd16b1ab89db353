using System.Globalization;
using System.Text;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Simulation.Hosts;
using KeepalivedAot.Simulation.Scenarios;
using KeepalivedAot.Simulation.Worlds;

namespace KeepalivedAot.Simulation.Reports;

/// <summary>A run as one page of HTML that needs nothing else: lanes of the routers, adverts and faults as marks, reasons where the pointer is.</summary>
internal static class TimelinePage
{
    /// <summary>What each of them begins with.</summary>
    public static ReadOnlySpan<byte> Beginning => "<!DOCTYPE html>"u8;

    private const int Left = 150;
    private const int Width = 1000;
    private const int LaneHeight = 22;
    private const int LaneStep = 30;
    private const int Top = 20;
    private const int FaultStep = 15;
    private const int MostTicks = 10;
    private const double FinestStep = 0.001;
    private const int WidestLetter = 8;

    // Where marks are closer than this nobody sees them one by one.
    private const double ClosestMarks = 1.5;

    public static string Write(SimulationRun run)
    {
        StringBuilder page = new();
        string title = $"{string.Join(", ", run.World.Hosts.Select(static host => host.Name))}: {TimeText.Of(run.Length)}";
        page.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>").Append(Text(title))
            .Append("</title>\n<style>\n").Append(Style).Append("</style>\n</head>\n<body>\n<h1>").Append(Text(title)).Append("</h1>\n<p class=\"").Append(run.Broken.Count == 0 ? "good" : "bad").Append("\">")
            .Append(run.Broken.Count == 0 ? "As it should be: never two MASTERs, and never none, for longer than what was done allows."
                : string.Create(CultureInfo.InvariantCulture, $"{run.Broken.Count} times not as it should be.")).Append("</p>\n");
        WriteList("What was not as it should be", run.Broken, "bad", page);
        WriteList("Look at this", run.Traps.Select(static trap => trap.Text), "look", page);
        page.Append(Legend);
        foreach (VirtualRouter router in run.World.Routers)
            WriteRouter(router, run, page);
        WriteEntries(run, page);
        page.Append(CultureInfo.InvariantCulture, $"<p class=\"small\">seed {run.Seed}, run {run.World.Fingerprint:x16}; made by keepalived-aot simulate</p>\n")
            .Append("<div id=\"tip\" role=\"status\"></div>\n<script>\n").Append(Script).Append("</script>\n</body>\n</html>\n");
        return page.ToString();
    }

    private static void WriteRouter(VirtualRouter router, SimulationRun run, StringBuilder page)
    {
        List<MasterSpans.Span> spans = MasterSpans.Of(router, run.End);
        Chronicle.Entry[] faults = [.. run.Chronicle.Entries.Where(static entry => entry.Kind == Chronicle.Kind.Fault)];
        int lanesTop = Top + Math.Max(1, Math.Min(faults.Length, 4)) * FaultStep + 8;
        int bottom = lanesTop + router.Members.Count * LaneStep + LaneStep;
        page.Append("<h2>").Append(Text(router.ToString())).Append("</h2>\n<p>nobody MASTER after the first: ").Append(TimeText.Of(MasterSpans.Outage(spans)))
            .Append("; two at once: ").Append(TimeText.Of(MasterSpans.Dual(spans))).Append("</p>\n");
        page.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Left + Width + 20} {bottom + 24}\" role=\"img\" aria-label=\"{Text(router.ToString())}\">\n");
        WriteAxis(run.End, lanesTop, bottom, page);
        int y = lanesTop;
        foreach (VirtualRouter.Member member in router.Members)
        {
            WriteLane(member, run, y, page);
            y += LaneStep;
        }
        WriteRole(spans, run.End, y, page);
        for (int i = 0; i < faults.Length; i++)
        {
            string x = X(faults[i].At, run.End);
            bool isRight = (faults[i].At - default(Instant)).Nanoseconds > run.Length.Nanoseconds * 0.8;
            page.Append(CultureInfo.InvariantCulture, $"<g class=\"fault\" data-tip=\"{Text($"{TimeText.Of(faults[i].At)}: {faults[i].Text}")}\"><line x1=\"{x}\" x2=\"{x}\" y1=\"{Top + i % 4 * FaultStep - 8}\" y2=\"{bottom - 8}\"/>")
                .Append(CultureInfo.InvariantCulture, $"<text x=\"{x}\" dx=\"{(isRight ? -4 : 4)}\" y=\"{Top + i % 4 * FaultStep}\"{(isRight ? " text-anchor=\"end\"" : "")}>{Text(faults[i].Text)}</text></g>\n");
        }
        page.Append("</svg>\n");
    }

    private static void WriteAxis(Instant end, int top, int bottom, StringBuilder page)
    {
        double seconds = TimeText.SecondsOf(end);
        double step = Step(seconds);
        for (double at = 0; at <= seconds + 1e-9; at += step)
        {
            string x = X(default(Instant) + Duration.FromNanoseconds((long)(at * 1e9)), end);
            page.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{x}\" x2=\"{x}\" y1=\"{top - 4}\" y2=\"{bottom - 4}\"/><text class=\"axis\" x=\"{x}\" y=\"{bottom + 12}\">{at:0.###} s</text>\n");
        }
    }

    // 1, 2 or 5, and zeros.
    private static double Step(double seconds)
    {
        for (double power = FinestStep; ; power *= 10)
        {
            foreach (double factor in (ReadOnlySpan<double>)[1, 2, 5])
            {
                if (seconds <= power * factor * MostTicks)
                    return power * factor;
            }
        }
    }

    private static void WriteLane(VirtualRouter.Member member, SimulationRun run, int y, StringBuilder page)
    {
        page.Append(CultureInfo.InvariantCulture, $"<text class=\"name\" x=\"{Left - 8}\" y=\"{y + 15}\">{Text($"{member.Host.Name} {member.Instance}")}</text>\n");
        foreach (Lane.Piece piece in Lane.Of(member, run.End))
        {
            string state = piece.State.ToString();
            page.Append(CultureInfo.InvariantCulture, $"<rect class=\"{state.ToLowerInvariant()}\" x=\"{X(piece.From, run.End)}\" y=\"{y}\" width=\"{W(piece.Length, run.Length)}\" height=\"{LaneHeight}\" ")
                .Append(CultureInfo.InvariantCulture, $"data-tip=\"{Text($"{member.Host.Name}: {state.ToUpperInvariant()} {TimeText.Of(piece.From)} to {TimeText.Of(piece.To)}: {piece.Reason}")}\"/>\n");
        }
        WriteAdvertisements(member, run, y, page);
    }

    private static void WriteAdvertisements(VirtualRouter.Member member, SimulationRun run, int y, StringBuilder page)
    {
        StringBuilder marks = new();
        double last = double.NegativeInfinity;
        foreach (Chronicle.Advertisement sent in run.Chronicle.AdvertisementsOf(member))
        {
            double x = XOf(sent.At, run.End);
            if (sent.IsRelease)
            {
                page.Append(CultureInfo.InvariantCulture, $"<circle class=\"release\" cx=\"{x:0.##}\" cy=\"{y + LaneHeight}\" r=\"3.5\" data-tip=\"{Text($"{TimeText.Of(sent.At)}: {member.Host.Name} says that it stops (priority 0)")}\"/>\n");
                continue;
            }
            if (x - last < ClosestMarks)
                continue;
            last = x;
            marks.Append(CultureInfo.InvariantCulture, $"M{x:0.##} {y + LaneHeight}v4");
        }
        if (marks.Length > 0)
            page.Append("<path class=\"advert\" d=\"").Append(marks).Append("\"/>\n");
    }

    // The role itself: who has it, and where nobody or more than one does.
    private static void WriteRole(List<MasterSpans.Span> spans, Instant end, int y, StringBuilder page)
    {
        page.Append(CultureInfo.InvariantCulture, $"<text class=\"name\" x=\"{Left - 8}\" y=\"{y + 12}\">who is MASTER</text>\n");
        foreach (MasterSpans.Span span in spans)
        {
            string kind = span.Masters.Count switch { 0 => "nobody", 1 => "one", _ => "several" };
            string who = span.Masters.Count == 0 ? "nobody" : string.Join(" and ", span.Masters.Select(static member => member.Host.Name));
            double width = Width * TimeText.SecondsOf(span.Length) / Math.Max(TimeText.SecondsOf(end), 1e-9);
            page.Append(CultureInfo.InvariantCulture, $"<rect class=\"{kind}\" x=\"{X(span.From, end)}\" y=\"{y + 1}\" width=\"{W(span.Length, end - default(Instant))}\" height=\"14\" ")
                .Append(CultureInfo.InvariantCulture, $"data-tip=\"{Text($"{who}: {TimeText.Of(span.From)} to {TimeText.Of(span.To)} ({TimeText.Of(span.Length)})")}\"/>\n");
            if (width > who.Length * WidestLetter)
                page.Append(CultureInfo.InvariantCulture, $"<text class=\"who\" x=\"{XOf(span.From, end) + 4:0.##}\" y=\"{y + 12}\">{Text(who)}</text>\n");
        }
    }

    private static void WriteEntries(SimulationRun run, StringBuilder page)
    {
        page.Append("<h2>What happened</h2>\n<table>\n<tr><th>time</th><th>router</th><th>what</th></tr>\n");
        foreach (Chronicle.Entry entry in run.Chronicle.Entries.Where(static entry => entry.Kind != Chronicle.Kind.Log).Concat(TimelineText.AddressLines(run)).OrderBy(static entry => entry.At))
        {
            page.Append("<tr class=\"").Append(entry.Kind.ToString().ToLowerInvariant()).Append("\"><td>").Append(TimeText.Of(entry.At)).Append("</td><td>").Append(Text(entry.Host?.Name ?? "")).Append("</td><td>")
                .Append(Text(entry.Subject.Length > 0 ? $"{entry.Subject} {entry.Text}" : entry.Text)).Append("</td></tr>\n");
        }
        page.Append("</table>\n");
    }

    private static void WriteList(string title, IEnumerable<string> lines, string kind, StringBuilder page)
    {
        string[] all = [.. lines];
        if (all.Length == 0)
            return;
        page.Append("<h2>").Append(title).Append("</h2>\n<ul class=\"").Append(kind).Append("\">\n");
        foreach (string line in all)
            page.Append("<li>").Append(Text(line)).Append("</li>\n");
        page.Append("</ul>\n");
    }

    private static double XOf(Instant at, Instant end) => Left + Width * TimeText.SecondsOf(at) / Math.Max(TimeText.SecondsOf(end), 1e-9);

    private static string X(Instant at, Instant end) => XOf(at, end).ToString("0.##", CultureInfo.InvariantCulture);

    private static string W(Duration length, Duration all)
        => Math.Max(0.5, Width * TimeText.SecondsOf(length) / Math.Max(TimeText.SecondsOf(all), 1e-9)).ToString("0.##", CultureInfo.InvariantCulture);

    private static string Text(string text) => System.Net.WebUtility.HtmlEncode(TimeText.Printable(text));

    private const string Legend = """
        <p class="legend"><span class="key master"></span>MASTER <span class="key backup"></span>BACKUP <span class="key fault"></span>FAULT
        <span class="key none"></span>no daemon <span class="key nobody"></span>nobody is MASTER <span class="key several"></span>two MASTERs;
        marks below a lane are its advertisements, a circle says goodbye with priority 0</p>

        """;

    private const string Style = """
        :root { --back: #fff; --fore: #1c2024; --soft: #687076; --grid: #e3e6e8; --master: #2f9e58; --backup: #b7c9dd; --fault: #d9822b; --none: #eceef0; --bad: #cf2f3c; --twice: #8e44c9; }
        @media (prefers-color-scheme: dark) {
          :root { --back: #14171a; --fore: #e8eaed; --soft: #9aa4ac; --grid: #2c3238; --master: #3fb96b; --backup: #3d5570; --fault: #d9822b; --none: #23282d; --bad: #f0525f; --twice: #b678ea; }
        }
        body { background: var(--back); color: var(--fore); font: 14px/1.5 system-ui, sans-serif; max-width: 1200px; margin: 2em auto; padding: 0 1em; }
        h1 { font-size: 1.4em; } h2 { font-size: 1.1em; margin: 1.6em 0 .2em; } p { margin: .2em 0; }
        svg { width: 100%; height: auto; font: 12px system-ui, sans-serif; }
        svg text { fill: var(--fore); } .axis { text-anchor: middle; fill: var(--soft); } .name { text-anchor: end; } .who { font-size: 11px; pointer-events: none; }
        .grid { stroke: var(--grid); }
        .master { fill: var(--master); background: var(--master); } .backup { fill: var(--backup); background: var(--backup); }
        rect.fault, .key.fault { fill: var(--fault); background: var(--fault); } .none { fill: var(--none); background: var(--none); }
        .one { fill: var(--grid); } .nobody { fill: var(--bad); background: var(--bad); } .several { fill: var(--twice); background: var(--twice); }
        .advert { stroke: var(--soft); } .release { fill: var(--bad); }
        g.fault line { stroke: var(--bad); stroke-dasharray: 4 3; } g.fault text { fill: var(--bad); }
        rect:hover { stroke: var(--fore); }
        .key { display: inline-block; width: .9em; height: .9em; margin: 0 .3em 0 .8em; vertical-align: -.1em; }
        .legend, .small { color: var(--soft); font-size: .9em; } .good { color: var(--master); } .bad { color: var(--bad); } .look { color: var(--fault); }
        table { border-collapse: collapse; } td, th { text-align: left; padding: .1em 1em .1em 0; vertical-align: top; } td:first-child { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
        tr.fault td { color: var(--bad); } tr.address td, tr.priority td, tr.note td { color: var(--soft); }
        #tip { position: fixed; display: none; max-width: 32em; padding: .4em .7em; background: var(--fore); color: var(--back); border-radius: 4px; pointer-events: none; }

        """;

    private const string Script = """
        const tip = document.getElementById("tip");
        document.addEventListener("pointermove", event => {
          const marked = event.target.closest("[data-tip]");
          tip.style.display = marked ? "block" : "none";
          if (!marked)
            return;
          tip.textContent = marked.dataset.tip;
          tip.style.left = Math.min(event.clientX + 14, innerWidth - tip.offsetWidth - 8) + "px";
          tip.style.top = Math.min(event.clientY + 16, innerHeight - tip.offsetHeight - 8) + "px";
        });

        """;
}
