using System.Globalization;

namespace KeepalivedAot.Benchmarks.Report;

/// <summary>By how much each figure of ours is better or worse than stock keepalived's, on a logarithmic axis, the best first.</summary>
internal static class RatioChart
{
    private const int Width = 1080;
    private const int Top = 82;
    private const int RowHeight = 19;
    private const int Bottom = 46;
    private const int Left = 560;
    private const int Right = 70;
    private const int LongestName = 86;
    private static readonly double[] s_ticks = [1, 2, 5];

    public static string Of(BenchmarkRun run)
    {
        // A single worst moment is in the tables, and no bar.
        Figure[] rows = [.. run.Figures.Where(static figure => figure is { Ratio: not null, IsWorst: false, IsDetail: false }).OrderByDescending(static figure => figure.Ratio)];
        int height = Top + rows.Length * RowHeight + Bottom;
        Drawing drawing = new(
            Width, height, "keepalived-aot beside stock keepalived",
            "One bar for each figure: stock keepalived's value divided by ours. Bars to the right of 1: ours is better.");
        drawing.Text("title", 16, 28, "How many times better than stock keepalived");
        drawing.Text("small", 16, 48, $"{run.Stock} beside {run.Ours}; stock / ours (where more is better: ours / stock), logarithmic");
        double least = rows.Select(static figure => figure.Ratio!.Value).Append(0.5).Min() / 1.1;
        double most = rows.Select(static figure => figure.Ratio!.Value).Append(2).Max() * 1.1;
        double X(double ratio) => Left + (Width - Left - Right) * Math.Log(ratio / least) / Math.Log(most / least);
        int end = Top + rows.Length * RowHeight;
        foreach (double tick in Ticks(least, most))
        {
            drawing.Line("grid", X(tick), Top - 6, X(tick), end);
            drawing.Text("small", X(tick), Top - 11, tick.ToString("0.###", CultureInfo.InvariantCulture), "middle");
        }
        for (int i = 0; i < rows.Length; i++)
            DrawRow(drawing, rows[i], Top + i * RowHeight, X);
        drawing.Line("one", X(1), Top - 6, X(1), end);
        double legend = end + 26;
        drawing.Box("ours", 16, legend - 10, 12, 12);
        drawing.Text("", 34, legend, "ours is better");
        drawing.Box("stock", 150, legend - 10, 12, 12);
        drawing.Text("", 168, legend, "stock is better");
        drawing.Box("even", 290, legend - 10, 12, 12);
        drawing.Text("", 308, legend, "no difference");
        drawing.Text("small", Width - 16, legend, $"{run.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}, {run.Commit}", "end");
        return drawing.ToString();
    }

    private static void DrawRow(Drawing drawing, Figure figure, double y, Func<double, double> x)
    {
        double ratio = figure.Ratio!.Value;
        string name = figure.Name.Length <= LongestName ? figure.Name : $"{figure.Name[..(LongestName - 1)]}…";
        drawing.Text("", Left - 12, y + 13, name, "end");
        double from = Math.Min(x(1), x(ratio));
        double to = Math.Max(x(1), x(ratio));
        string kind = figure.Verdict switch
        {
            Verdict.Ours => "ours",
            Verdict.Stock => "stock",
            _ => "even",
        };
        drawing.Box(kind, from, y + 3, Math.Max(to - from, 1), RowHeight - 6, $"{figure.Name}: {figure.Text(figure.Stock)} and {figure.Text(figure.Ours)}");
        // Beyond the end of the bar, so that it never lies over one; of the worse ones on the free side of the line.
        drawing.Text("", ratio >= 1 ? to + 5 : x(1) + 5, y + 13, figure.RatioText);
    }

    private static IEnumerable<double> Ticks(double least, double most)
    {
        // Three ticks to a decade, until there is no room for them.
        bool isWide = most / least > 10_000;
        for (int decade = (int)Math.Floor(Math.Log10(least)); decade <= (int)Math.Ceiling(Math.Log10(most)); decade++)
        {
            foreach (double tick in isWide ? s_ticks.Take(1) : s_ticks)
            {
                double at = tick * Math.Pow(10, decade);
                if (at >= least && at <= most)
                    yield return at;
            }
        }
    }
}
