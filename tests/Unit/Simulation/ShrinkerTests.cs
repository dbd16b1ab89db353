using KeepalivedAot.Simulation.Exploration;

namespace KeepalivedAot.Tests.Unit.Simulation;

/// <summary>What fails is made as small as it can be, in a bounded number of tries.</summary>
public sealed class ShrinkerTests
{
    private static readonly string[] s_faults =
        [.. Enumerable.Range(0, 20).Select(static i => $"t={i}733ms stall m{i} for 4567ms"), "t=41234ms crash m1", "t=52345ms cut m1<->m2 for 7654ms"];

    [Fact]
    public void Faults_thatAreNotNeeded_go()
        => Assert.Equal(["crash m1", "cut m1<->m2 for"], Shrinker.Shrink(s_faults, static faults
            => faults.Any(static it => it.Contains("crash m1", StringComparison.Ordinal)) && faults.Any(static it => it.Contains("cut", StringComparison.Ordinal)))
            .Select(static it => string.Join(' ', it.Split(' ').Where(static word => !char.IsDigit(word[0]) && !word.StartsWith("t=", StringComparison.Ordinal)))));

    [Fact]
    public void Times_areRounded_asFarAsItStillFails()
    {
        // It needs 5 s or more of stalling after the first 10 s.
        IReadOnlyList<string> left = Shrinker.Shrink(["t=12345ms stall m1 for 7654ms"], static faults => faults.Count == 1
            && int.Parse(faults[0].Split(' ')[0].Replace("t=", "", StringComparison.Ordinal).Replace("ms", "", StringComparison.Ordinal).Replace("s", "000", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture) >= 10_000
            && int.Parse(faults[0].Split(' ')[^1].Replace("ms", "", StringComparison.Ordinal).Replace("s", "000", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture) >= 5_000);
        Assert.Equal(["t=10s stall m1 for 7s"], left);
    }

    [Fact]
    public void Order_isKept() => Assert.Equal([3, 7, 11], Shrinker.Fewest<int>([.. Enumerable.Range(0, 12)], static left => left.Contains(3) && left.Contains(7) && left.Contains(11)));

    [Fact]
    public void Nothing_isLeft_whereNothingIsNeeded() => Assert.Empty(Shrinker.Shrink(s_faults, static _ => true));

    [Fact]
    public void List_thatDoesNotFail_isReturnedAsItWas() => Assert.Same(s_faults, Shrinker.Shrink(s_faults, static _ => false));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(100)]
    public void Tries_areBounded(int budget)
    {
        int tries = 0;
        IReadOnlyList<string> left = Shrinker.Shrink(s_faults, faults =>
        {
            tries++;
            return faults.Any(static it => it.Contains("m7 ", StringComparison.Ordinal)) && faults.Any(static it => it.Contains("m13", StringComparison.Ordinal));
        }, budget);
        Assert.InRange(tries, 0, budget);
        Assert.Contains(left, static it => it.Contains("m13", StringComparison.Ordinal));
    }
}
