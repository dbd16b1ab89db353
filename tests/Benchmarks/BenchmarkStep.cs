namespace KeepalivedAot.Benchmarks;

/// <summary>A part of the run that can be asked for alone.</summary>
/// <param name="Name">What `make bench STEP=` takes.</param>
/// <param name="How">How its figures come about, for the page (Markdown).</param>
/// <param name="Measure">Adds its figures.</param>
internal sealed record BenchmarkStep(string Name, string How, Action<Table> Measure);
