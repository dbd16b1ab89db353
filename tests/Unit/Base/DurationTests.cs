using System.Text;
using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Tests.Unit.Base;

public class DurationTests
{
    [Theory]
    [InlineData(3_609_375_000, "3.609375")]
    [InlineData(1_000_000_000, "1")]
    [InlineData(0, "0")]
    [InlineData(10_000_000, "0.01")]
    [InlineData(1_500, "0.000001")]
    [InlineData(-500_000_000, "-0.5")]
    [InlineData(-400, "0")]
    [InlineData(long.MaxValue, "9223372036.854775")]
    public void Text_is_seconds_with_as_many_decimals_as_it_takes(long nanoseconds, string expected)
    {
        Duration duration = new(nanoseconds);
        Assert.Equal(expected, duration.ToString());
        byte[] exact = new byte[expected.Length];
        Assert.True(duration.TryFormat(exact, out int written, default, null));
        Assert.Equal(expected, Encoding.UTF8.GetString(exact.AsSpan(0, written)));
        Assert.False(duration.TryFormat(exact.AsSpan(1), out written, default, null));
        Assert.Equal(0, written);
    }

    [Fact]
    public void Units_convert_both_ways()
    {
        Assert.Equal(new Duration(1_500_000_000), Duration.FromMilliseconds(1500));
        Assert.Equal(Duration.FromMicroseconds(1_500_000), Duration.FromCentiseconds(150));
        Duration odd = new(3_609_375_000);
        Assert.Equal(3, odd.WholeSeconds);
        Assert.Equal(360, odd.WholeCentiseconds);
        Assert.Equal(3609, odd.WholeMilliseconds);
        Assert.Equal(3_609_375, odd.WholeMicroseconds);
    }

    [Fact]
    public void Sums_that_overflow_throw_instead_of_wrapping()
    {
        Assert.Throws<OverflowException>(() => Duration.MaxValue + new Duration(1));
        Assert.Throws<OverflowException>(() => Instant.MaxValue + new Duration(1));
        Assert.Throws<OverflowException>(() => Duration.FromSeconds(long.MaxValue / 1000));
    }

    [Fact]
    public void Instants_and_durations_are_arithmetic()
    {
        Instant at = new(1_000);
        Assert.Equal(new Instant(1_500), at + new Duration(500));
        Assert.Equal(new Instant(500), at - new Duration(500));
        Assert.Equal(new Duration(-500), new Instant(500) - at);
        Assert.True(at < at + new Duration(1));
        Assert.Equal(new Duration(7), Duration.Max(new Duration(7), new Duration(-8)));
    }
}
