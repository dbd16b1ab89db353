using System.Text.Json;

namespace KeepalivedAot.Benchmarks.Report;

/// <summary>All that a run found out: the file that the page and the charts are made from.</summary>
internal sealed record BenchmarkRun
{
    /// <summary>When it began, UTC.</summary>
    public required DateTime Date { get; init; }

    public required string Stock { get; init; }

    public required string Ours { get; init; }

    /// <summary>The commit of the tree that the binary was built from; "with changes" when it was not clean.</summary>
    public required string Commit { get; init; }

    /// <summary>SHA-256 of the binary, in hexadecimal digits.</summary>
    public required string BinaryHash { get; init; }

    public required Machine Machine { get; init; }

    /// <summary>Few trials: to see that everything works, not to believe the figures.</summary>
    public bool IsQuick { get; init; }

    public required IReadOnlyList<StepRecord> Steps { get; init; }

    public required IReadOnlyList<Figure> Figures { get; init; }

    /// <summary>How late the bare timer was at its worst, in the quiet moments before the steps, milliseconds.</summary>
    public double TimerWorst => Steps.Select(static step => step.TimerWorst).DefaultIfEmpty().Max();

    public string ToJson() => JsonSerializer.Serialize(this, BenchmarkJson.Default.BenchmarkRun);

    /// <exception cref="JsonException">This is no such file.</exception>
    public static BenchmarkRun FromJson(string text)
        => JsonSerializer.Deserialize(text, BenchmarkJson.Default.BenchmarkRun) ?? throw new JsonException("nothing is in it");
}
