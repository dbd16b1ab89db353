using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Benchmarks;

/// <summary>What a run leaves behind: data, page and charts.</summary>
/// <remarks>Only a whole run writes the page that the repository shows; any other leaves everything beside its data.</remarks>
internal static class Publication
{
    private const string Documentation = "rootfs/usr/share/doc/keepalived-aot";
    private const string Data = "results.json";
    private const string RatioChartFile = "benchmarks.svg";
    private const string MemoryChartFile = "benchmarks-memory.svg";
    private const string PageFile = "BENCHMARKS.md";

    public static void WriteData(BenchmarkRun run, string output)
    {
        Directory.CreateDirectory(output);
        File.WriteAllText(Path.Combine(output, Data), $"{run.ToJson()}\n");
    }

    /// <returns>The page's path.</returns>
    public static string WritePages(BenchmarkRun run, bool isWhole, string output)
    {
        Directory.CreateDirectory(output);
        string charts = isWhole ? Path.Combine(Binaries.Repository, Documentation) : output;
        string prefix = isWhole ? $"{Documentation}/" : "";
        File.WriteAllText(Path.Combine(charts, RatioChartFile), RatioChart.Of(run));
        File.WriteAllText(Path.Combine(charts, MemoryChartFile), MemoryChart.Of(run));
        string page = Path.Combine(isWhole ? Binaries.Repository : output, PageFile);
        File.WriteAllText(page, Page.Of(run, ($"{prefix}{RatioChartFile}", $"{prefix}{MemoryChartFile}")));
        return page;
    }
}
