using KeepalivedAot.Benchmarks.Report;

namespace KeepalivedAot.Tests.Unit.Benchmarks;

/// <summary>Runs to make pages of.</summary>
internal static class BenchmarkRuns
{
    public static Measured Runs(params double[] values)
    {
        Sample sample = new();
        foreach (double value in values)
            sample.Add(value);
        return Measured.MedianOf(sample);
    }

    /// <summary>One of everything: better, worse and even figures, goals of all outcomes, a failed step, what stock does not have.</summary>
    public static BenchmarkRun Of(Table table, bool isQuick = false, string? failure = null) => new()
    {
        Date = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc),
        Stock = "Keepalived v2.2.7 (01/16,2022)",
        Ours = "Keepalived v2.4.3 (keepalived-aot 0.1.0)",
        Commit = "0123456789ab",
        BinaryHash = "00112233445566778899aabbccddeeff",
        Machine = new Machine("Some | Processor", 2, 16.5, "Linux 6.1.0", "Debian GNU/Linux 12 (bookworm)"),
        IsQuick = isQuick,
        Steps =
        [
            new StepRecord("start", "From *here*\nto there.", 61, 0.5, 0.06, 0.9, null),
            new StepRecord("memory", "What the kernel tells.", 30.4, 1.25, 0.07, 2.5, failure),
        ],
        Figures = table.Figures,
    };

    public static BenchmarkRun Everything()
    {
        Table table = new() { Step = "start" };
        table.Add("first advertisement, median", Runs(9, 10, 12), Runs(3, 4, 5), "ms", goal: 5, reference: 11);
        table.Add("as a ratio", 40, 10, "ms", "0.0", goal: 5, reference: 10);
        table.Add("missed <and> & worse", Runs(8, 9, 10), Runs(9.5, 12, 13), "ms", goal: 5, reference: 10);
        table.Add("no difference", Runs(10, 11), Runs(10, 10.9), "us");
        table.Add("adverts per second", 98.7, 100.04, "", "0.0", goal: 100, better: Better.Nearest);
        table.Add("events per second", 100, 300, "", "0", goal: 200, better: Better.Higher);
        table.Add("longest, of one moment", 10.5, 12, "ms", isWorst: true);
        table.Add("longest, of one moment and far worse", 10.5, 40, "ms", isWorst: true);
        table.Add("grown", 1, 2, "MB", isDetail: true);
        table.AddNoise("the machine's own timer | median", Runs(0.05, 0.07), "ms", "0.000");
        table.AddOurs("status", 1.4, "ms", "0.0", goal: 5);
        table.Step = "memory";
        table.Add($"1 instance{MemoryChart.Suffix}", 8.8, 2.9, "MB", goal: 3, reference: 6.5);
        table.Add($"1,000 instances{MemoryChart.Suffix}", 9.3, 10.4, "MB", goal: 7, reference: 7.8);
        table.Add("libraries", 44, 0, "", "0", goal: 0);
        return Of(table, failure: "a socket | was closed");
    }
}
