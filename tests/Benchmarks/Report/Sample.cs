namespace KeepalivedAot.Benchmarks.Report;

/// <summary>Measured values of one kind.</summary>
internal sealed class Sample
{
    private readonly List<double> _values = [];

    public int Count => _values.Count;

    public double Median => Quantile(0.5);

    public double Least => _values.Min();

    public double Worst => _values.Max();

    public void Add(double value) => _values.Add(value);

    /// <summary>In milliseconds.</summary>
    public void Add(TimeSpan value) => _values.Add(value.TotalMilliseconds);

    /// <summary>The value below which this part of the values lies, between two of them in proportion.</summary>
    /// <param name="part">0 is the least value, 1 the largest.</param>
    /// <exception cref="InvalidOperationException">Nothing was measured.</exception>
    public double Quantile(double part)
    {
        if (_values.Count == 0)
            throw new InvalidOperationException("nothing was measured");
        double[] sorted = [.. _values.Order()];
        double at = part * (sorted.Length - 1);
        int below = (int)at;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (sorted[above] - sorted[below]) * (at - below);
    }
}
