using KeepalivedAot.Benchmarks.Report;
using static KeepalivedAot.Tests.Unit.Benchmarks.BenchmarkRuns;

namespace KeepalivedAot.Tests.Unit.Benchmarks;

public sealed class FigureTests
{
    private static Figure Of(double? stock, double? ours, Better better = Better.Lower, double? goal = null, double? reference = null, string format = "0.00")
        => new()
        {
            Step = "s", Name = "n", Unit = "ms", Format = format, Better = better, Goal = goal, Reference = reference,
            Stock = stock is { } s ? Measured.Once(s) : null, Ours = ours is { } o ? Measured.Once(o) : null,
        };

    [Theory]
    [InlineData(10d, 5d, Better.Lower, 2d)]
    [InlineData(5d, 10d, Better.Lower, 0.5)]
    [InlineData(5d, 10d, Better.Higher, 2d)]
    internal void Ratio_isHowManyTimesBetterOursIs(double stock, double ours, Better better, double ratio) => Assert.Equal(ratio, Of(stock, ours, better).Ratio);

    [Theory]
    [InlineData(0d, 5d, Better.Lower)]
    [InlineData(5d, 0d, Better.Lower)]
    [InlineData(98d, 100d, Better.Nearest)]
    [InlineData(1d, 2d, Better.Neither)]
    [InlineData(null, 2d, Better.Lower)]
    [InlineData(1d, null, Better.Lower)]
    internal void Ratio_thatSaysNothing_isNone(double? stock, double? ours, Better better) => Assert.Null(Of(stock, ours, better).Ratio);

    [Theory]
    [InlineData(10d, 9.7, Better.Lower, Verdict.Ours)]
    [InlineData(10d, 9.9, Better.Lower, Verdict.Even)]
    [InlineData(10d, 10.1, Better.Lower, Verdict.Even)]
    [InlineData(10d, 10.3, Better.Lower, Verdict.Stock)]
    [InlineData(0d, 3d, Better.Lower, Verdict.Stock)]
    [InlineData(3d, 0d, Better.Lower, Verdict.Ours)]
    [InlineData(0d, 0d, Better.Lower, Verdict.Even)]
    [InlineData(0.001, 0.004, Better.Lower, Verdict.Even)]
    [InlineData(10d, 12d, Better.Higher, Verdict.Ours)]
    [InlineData(12d, 10d, Better.Higher, Verdict.Stock)]
    [InlineData(98.7, 100.1, Better.Nearest, Verdict.Ours)]
    [InlineData(100.1, 98.7, Better.Nearest, Verdict.Stock)]
    [InlineData(1d, 2d, Better.Neither, Verdict.None)]
    [InlineData(null, 2d, Better.Lower, Verdict.None)]
    internal void Verdict_isTheBetterOne(double? stock, double? ours, Better better, Verdict verdict)
        => Assert.Equal(verdict, Of(stock, ours, better, goal: 100).Verdict);

    [Theory]
    [InlineData(10d, 5d, Better.Lower, 5d, null, GoalState.Reached)]
    [InlineData(10d, 5.004, Better.Lower, 5d, null, GoalState.Reached)]
    [InlineData(10d, 5.1, Better.Lower, 5d, null, GoalState.Missed)]
    [InlineData(20d, 10d, Better.Lower, 5d, 10d, GoalState.ReachedAsRatio)]
    [InlineData(20d, 10.1, Better.Lower, 5d, 10d, GoalState.Missed)]
    [InlineData(null, 10d, Better.Lower, 5d, 10d, GoalState.Missed)]
    [InlineData(1d, 200d, Better.Higher, 200d, null, GoalState.Reached)]
    [InlineData(1d, 199d, Better.Higher, 200d, null, GoalState.Missed)]
    [InlineData(98d, 100.004, Better.Nearest, 100d, null, GoalState.Reached)]
    [InlineData(98d, 100.1, Better.Nearest, 100d, null, GoalState.Missed)]
    [InlineData(1d, 1d, Better.Lower, null, null, GoalState.None)]
    [InlineData(1d, null, Better.Lower, 5d, null, GoalState.None)]
    internal void Goal_isJudgedAsTheFigureIsPrinted(double? stock, double? ours, Better better, double? goal, double? reference, GoalState state)
        => Assert.Equal(state, Of(stock, ours, better, goal, reference).GoalState);

    [Fact]
    public void Runs_overlap_onlyWhenBothHaveSome()
    {
        Figure figure = Of(1, 1);
        Assert.False(figure.RunsOverlap);
        Assert.True((figure with { Stock = Runs(1, 2, 3), Ours = Runs(3, 4) }).RunsOverlap);
        Assert.False((figure with { Stock = Runs(1, 2, 3), Ours = Runs(3.1, 4) }).RunsOverlap);
    }
}
