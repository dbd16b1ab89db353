using System.Globalization;
using System.Text;

namespace KeepalivedAot.Benchmarks.Report;

/// <summary>BENCHMARKS.md: what a run found out, for people.</summary>
internal static class Page
{
    /// <param name="run">What is told.</param>
    /// <param name="charts">Where the pictures are, as seen from the page: of the ratios, of the memory.</param>
    public static string Of(BenchmarkRun run, (string Ratios, string Memory) charts)
    {
        StringBuilder page = new();
        WriteHead(page, run, charts);
        WriteStockBetter(page, run);
        WriteMissed(page, run);
        WriteFailed(page, run);
        foreach (StepRecord step in run.Steps)
            WriteStep(page, step, [.. run.Figures.Where(figure => figure.Step == step.Name)]);
        WriteNoise(page, run);
        return page.ToString();
    }

    private static void WriteHead(StringBuilder page, BenchmarkRun run, (string Ratios, string Memory) charts)
    {
        Figure[] compared = [.. run.Figures.Where(static figure => figure.Verdict != Verdict.None)];
        int Count(Verdict verdict) => compared.Count(figure => figure.Verdict == verdict);
        GoalState[] goals = [.. run.Figures.Select(static figure => figure.GoalState).Where(static state => state != GoalState.None)];
        int reached = goals.Count(static state => state == GoalState.Reached);
        int asRatio = goals.Count(static state => state == GoalState.ReachedAsRatio);
        double minutes = run.Steps.Sum(static step => step.Seconds) / 60;
        page.Append(CultureInfo.InvariantCulture, $"""
            # Benchmarks

            Written by `make bench`; no line of it is written by hand. Both daemons were measured in the same run on the same machine, with the
            same instruments.

            | | |
            | --- | --- |
            | date | {run.Date:yyyy-MM-dd HH:mm} UTC, {minutes:0} minutes |
            | stock | {Cell(run.Stock)} |
            | ours | {Cell(run.Ours)} |
            | built from | {Cell(run.Commit)} (SHA-256 of the binary {(run.BinaryHash.Length > 16 ? run.BinaryHash[..16] : run.BinaryHash)}…) |
            | machine | {Cell(run.Machine.Processor)}, {run.Machine.Processors} processors, {run.Machine.MemoryGigabytes:0.0} GB |
            | kernel | {Cell(run.Machine.Kernel)} |
            | system | {Cell(run.Machine.System)} |


            """);
        if (run.IsQuick)
            page.Append("**A quick run: few trials each. It shows that everything can be measured; the figures are not to be believed.**\n\n");
        page.Append(CultureInfo.InvariantCulture, $"""
            Of {compared.Length} figures that can be compared ours is better in {Count(Verdict.Ours)}, stock keepalived in {Count(Verdict.Stock)}, and in {Count(Verdict.Even)} there is no
            difference. Of {goals.Length} goals {reached} are reached as they stand, {asRatio} as a ratio, {goals.Length - reached - asRatio} are missed.

            ![How many times better than stock keepalived, for each figure]({charts.Ratios})

            ![Memory of an idle MASTER]({charts.Memory})

            *stock / ours* is how many times better ours is (where more is better, ours / stock); less than 1: stock keepalived is better. *to reach* was
            set before, on another machine, beside keepalived 2.4.3: "as a ratio" says that ours, as a part of what stock keepalived takes here, is
            what the goal was as a part of what 2.4.3 took there. *runs* are the least and the largest value, and how many there were; the figure is
            their median unless it says otherwise. A figure without them was measured once, over the time that its step names.


            """);
    }

    private static void WriteStockBetter(StringBuilder page, BenchmarkRun run)
    {
        page.Append("## Where stock keepalived is better\n\n");
        Figure[] better = [.. run.Figures.Where(static figure => figure.Verdict == Verdict.Stock).OrderBy(static figure => figure.Ratio ?? 0)];
        if (better.Length == 0)
        {
            page.Append("In none of the figures of this run.\n\n");
            return;
        }
        page.Append("| figure | stock | ours | stock / ours | how sure |\n| --- | ---: | ---: | ---: | --- |\n");
        foreach (Figure figure in better)
        {
            page.Append(CultureInfo.InvariantCulture,
                $"| {Cell(figure.Name)} | {figure.Text(figure.Stock)} | {figure.Text(figure.Ours)} | {figure.RatioText} | {Certainty(figure, run)} |\n");
        }
        page.Append('\n');
    }

    private static string Certainty(Figure figure, BenchmarkRun run)
    {
        bool isWithinTimer = figure is { IsWorst: true, Unit: "ms" } && figure.Ours!.Value - figure.Stock!.Value <= run.TimerWorst;
        if (isWithinTimer)
            return "one moment decides it, and the difference is less than a bare timer of this machine was late";
        if (figure.IsWorst)
            return "one moment decides it";
        if (figure.RunsOverlap)
            return "the runs of both overlap";
        return figure is { Stock.Runs: > 1, Ours.Runs: > 1 } ? "in all runs" : "measured once";
    }

    private static void WriteMissed(StringBuilder page, BenchmarkRun run)
    {
        Figure[] missed = [.. run.Figures.Where(static figure => figure.GoalState == GoalState.Missed)];
        if (missed.Length == 0)
            return;
        page.Append("## Goals that are missed\n\n| figure | to reach | ours | stock |\n| --- | ---: | ---: | ---: |\n");
        foreach (Figure figure in missed)
            page.Append(CultureInfo.InvariantCulture, $"| {Cell(figure.Name)} | {figure.GoalText} | {figure.Text(figure.Ours)} | {figure.Text(figure.Stock)} |\n");
        page.Append('\n');
    }

    private static void WriteFailed(StringBuilder page, BenchmarkRun run)
    {
        StepRecord[] failed = [.. run.Steps.Where(static step => step.Failure is not null)];
        if (failed.Length == 0)
            return;
        page.Append("## Not measured\n\n");
        foreach (StepRecord step in failed)
            page.Append(CultureInfo.InvariantCulture, $"- **{step.Name}** failed: {Cell(step.Failure!)}\n");
        page.Append('\n');
    }

    private static void WriteStep(StringBuilder page, StepRecord step, IReadOnlyList<Figure> figures)
    {
        page.Append(CultureInfo.InvariantCulture, $"## {char.ToUpperInvariant(step.Name[0])}{step.Name[1..]}\n\n{step.How}\n\n");
        if (figures.Count == 0)
            return;
        page.Append("| figure | to reach | stock | ours | stock / ours | runs, stock | runs, ours |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n");
        foreach (Figure figure in figures)
        {
            page.Append(CultureInfo.InvariantCulture,
                $"| {Cell(figure.Name)} | {GoalOf(figure)} | {figure.Text(figure.Stock)} | {figure.Text(figure.Ours)} | {figure.RatioText} | {figure.SpreadText(figure.Stock)} | {figure.SpreadText(figure.Ours)} |\n");
        }
        page.Append('\n');
    }

    private static string GoalOf(Figure figure) => figure.GoalState switch
    {
        GoalState.Reached => $"{figure.GoalText}: yes",
        GoalState.ReachedAsRatio => $"{figure.GoalText}: as a ratio",
        GoalState.Missed => $"{figure.GoalText}: no",
        _ => figure.GoalText,
    };

    private static void WriteNoise(StringBuilder page, BenchmarkRun run)
    {
        page.Append("""
            ## This machine's own noise

            Just before each step a program that does nothing but sleep until the next hundredth of a second is woken up a hundred times: no daemon
            can be on time where it is not.

            | step | load | bare timer late, median | worst | the step took |
            | --- | ---: | ---: | ---: | ---: |

            """);
        foreach (StepRecord step in run.Steps)
        {
            page.Append(CultureInfo.InvariantCulture,
                $"| {step.Name} | {step.Load:0.00} | {step.TimerMedian:0.000} ms | {step.TimerWorst:0.000} ms | {step.Seconds:0} s |\n");
        }
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace('\n', ' ').Trim();
}
