using KeepalivedAot.Benchmarks.Report;

namespace KeepalivedAot.Tests.Unit.Benchmarks;

public sealed class SampleTests
{
    private static Sample Of(params double[] values)
    {
        Sample sample = new();
        foreach (double value in values)
            sample.Add(value);
        return sample;
    }

    [Theory]
    [InlineData(3, new double[] { 3 })]
    [InlineData(2, new double[] { 9, 1, 2 })]
    [InlineData(2.5, new double[] { 4, 1, 3, 2 })]
    public void Median_ofUnsortedValues_isTheMiddle(double median, double[] values) => Assert.Equal(median, Of(values).Median);

    [Fact]
    public void Quantile_betweenTwoValues_isInProportion()
    {
        Sample sample = Of([.. Enumerable.Range(0, 101).Select(static i => (double)i)]);
        Assert.Equal(99, sample.Quantile(0.99));
        Assert.Equal(99.5, sample.Quantile(0.995), 6);
        Assert.Equal((0, 100), (sample.Quantile(0), sample.Quantile(1)));
        Assert.Equal((0, 100), (sample.Least, sample.Worst));
    }

    [Fact]
    public void Quantile_ofNothing_isAnError() => Assert.Throws<InvalidOperationException>(() => new Sample().Quantile(0.5));

    [Fact]
    public void Times_areMilliseconds()
    {
        Sample sample = new();
        sample.Add(TimeSpan.FromSeconds(2));
        Assert.Equal(2000, sample.Median);
    }

    [Fact]
    public void Measured_keepsWhatItWasMadeOf()
    {
        Sample sample = Of(1, 5, 2);
        Assert.Equal(new Measured(2, 1, 5, 3), Measured.MedianOf(sample));
        Assert.Equal(new Measured(5, 1, 5, 3), Measured.WorstOf(sample));
        Assert.Equal(new Measured(7, 7, 7, 1), (Measured)7);
    }
}
