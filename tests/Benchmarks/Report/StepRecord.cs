namespace KeepalivedAot.Benchmarks.Report;

/// <summary>A step of the run: what it measures, and how it went.</summary>
/// <param name="Name">What `make bench STEP=` takes.</param>
/// <param name="How">How its figures are measured, for the page.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Load">The machine's load average over a minute when it began.</param>
/// <param name="TimerMedian">How late a program that only waits was woken up just before: half of the times at most so, milliseconds.</param>
/// <param name="TimerWorst">The latest of these.</param>
/// <param name="Failure">Null: it succeeded. Figures that were measured before it failed stay.</param>
internal sealed record StepRecord(string Name, string How, double Seconds, double Load, double TimerMedian, double TimerWorst, string? Failure);
