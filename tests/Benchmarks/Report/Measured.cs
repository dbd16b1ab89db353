namespace KeepalivedAot.Benchmarks.Report;

/// <summary>What one daemon came to.</summary>
/// <param name="Value">The figure itself.</param>
/// <param name="Least">The least of the values that it was made of.</param>
/// <param name="Most">The largest of them.</param>
/// <param name="Runs">How many there were.</param>
internal sealed record Measured(double Value, double Least, double Most, int Runs)
{
    public static Measured Once(double value) => new(value, value, value, 1);

    public static Measured MedianOf(Sample sample) => QuantileOf(sample, 0.5);

    public static Measured QuantileOf(Sample sample, double part) => new(sample.Quantile(part), sample.Least, sample.Worst, sample.Count);

    public static Measured WorstOf(Sample sample) => QuantileOf(sample, 1);

    public static implicit operator Measured(double value) => Once(value);
}
