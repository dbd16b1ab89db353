namespace KeepalivedAot.Benchmarks.Report;

/// <summary>The memory of both, as bars that begin at zero.</summary>
internal static class MemoryChart
{
    /// <summary>The end of the names of the figures that are drawn.</summary>
    public const string Suffix = ": PSS";

    private const int Width = 720;
    private const int Top = 64;
    private const int GroupHeight = 46;
    private const int BarHeight = 17;
    private const int Bottom = 38;
    private const int Left = 210;
    private const int Right = 90;

    public static string Of(BenchmarkRun run)
    {
        Figure[] groups = [.. run.Figures.Where(static figure => figure is { Stock: not null, Ours: not null } && figure.Name.EndsWith(Suffix, StringComparison.Ordinal))];
        int end = Top + groups.Length * GroupHeight;
        Drawing drawing = new(Width, end + Bottom, "Memory of an idle MASTER", "Two bars for each number of instances: stock keepalived's memory and ours.");
        drawing.Text("title", 16, 28, "Memory of an idle MASTER");
        drawing.Text("small", 16, 48, "proportional set size of all its processes, alone on the host, in MB");
        double most = groups.Select(static figure => Math.Max(figure.Stock!.Value, figure.Ours!.Value)).Append(1).Max();
        double Length(double value) => (Width - Left - Right) * value / most;
        drawing.Line("one", Left, Top - 4, Left, end);
        for (int i = 0; i < groups.Length; i++)
        {
            Figure figure = groups[i];
            double y = Top + i * GroupHeight;
            drawing.Text("", Left - 12, y + 22, figure.Name[..^Suffix.Length], "end");
            drawing.Box("stock", Left, y, Length(figure.Stock!.Value), BarHeight);
            drawing.Text("", Left + Length(figure.Stock.Value) + 5, y + 13, figure.Text(figure.Stock));
            drawing.Box("ours", Left, y + BarHeight + 2, Length(figure.Ours!.Value), BarHeight);
            drawing.Text("", Left + Length(figure.Ours.Value) + 5, y + BarHeight + 15, figure.Text(figure.Ours));
        }
        drawing.Box("stock", Left, end + 10, 12, 12);
        drawing.Text("", Left + 18, end + 20, "stock keepalived");
        drawing.Box("ours", Left + 150, end + 10, 12, 12);
        drawing.Text("", Left + 168, end + 20, "keepalived-aot");
        return drawing.ToString();
    }
}
