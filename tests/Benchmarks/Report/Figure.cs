using System.Globalization;

namespace KeepalivedAot.Benchmarks.Report;

/// <summary>One thing that was measured, of stock keepalived and of ours.</summary>
internal sealed record Figure
{
    // Less than this is not a difference.
    private const double Even = 0.02;

    /// <summary>The <see cref="StepRecord.Name"/> of what measured it.</summary>
    public required string Step { get; init; }

    public required string Name { get; init; }

    public string Unit { get; init; } = "";

    /// <summary>A format of numbers, such as 0.00.</summary>
    public string Format { get; init; } = "0.00";

    public Better Better { get; init; }

    /// <summary>Null: stock keepalived has no such thing, or does not tell.</summary>
    public Measured? Stock { get; init; }

    public Measured? Ours { get; init; }

    /// <summary>What ours should be: at most, at least or just that, as <see cref="Better"/> says.</summary>
    public double? Goal { get; init; }

    /// <summary>What stock keepalived 2.4.3 took on the machine on which the goal was set.</summary>
    public double? Reference { get; init; }

    /// <summary>The single worst of many values: one moment of the machine decides it.</summary>
    public bool IsWorst { get; init; }

    /// <summary>In the tables only: a difference of two others, or what says the same as another figure.</summary>
    public bool IsDetail { get; init; }

    /// <summary>How many times better ours is; less than 1: how much worse. Null: such a number would say nothing.</summary>
    public double? Ratio => (Better, Stock?.Value, Ours?.Value) switch
    {
        (Better.Lower, > 0 and { } stock, > 0 and { } ours) => stock / ours,
        (Better.Higher, > 0 and { } stock, > 0 and { } ours) => ours / stock,
        _ => null,
    };

    public Verdict Verdict
    {
        get
        {
            if (Stock is null || Ours is null || Better == Better.Neither)
                return Verdict.None;
            double stock = Distance(Stock.Value);
            double ours = Distance(Ours.Value);
            bool isSmall = Ratio is { } ratio && Math.Abs(ratio - 1) <= Even;
            if (isSmall || Text(Stock) == Text(Ours))
                return Verdict.Even;
            return ours < stock ? Verdict.Ours : Verdict.Stock;
        }
    }

    /// <summary>Some runs of the one came to what some runs of the other came to.</summary>
    public bool RunsOverlap => Stock is { Runs: > 1 } && Ours is { Runs: > 1 } && Stock.Least <= Ours.Most && Ours.Least <= Stock.Most;

    public GoalState GoalState
    {
        get
        {
            if (Goal is not { } goal || Ours is null)
                return GoalState.None;
            // As it is printed: 8.004 ms is 8.0 ms.
            double ours = double.Parse(Number(Ours.Value), CultureInfo.InvariantCulture);
            bool isReached = Better switch
            {
                Better.Higher => ours >= goal,
                Better.Nearest => Number(Ours.Value) == Number(goal),
                _ => ours <= goal,
            };
            if (isReached)
                return GoalState.Reached;
            bool isReachedAsRatio = Better == Better.Lower && Reference is { } reference && Stock is { Value: > 0 } && Ours.Value / Stock.Value <= goal / reference;
            return isReachedAsRatio ? GoalState.ReachedAsRatio : GoalState.Missed;
        }
    }

    public string Text(Measured? value) => value is null ? "" : $"{Number(value.Value)} {Unit}".TrimEnd();

    public string RatioText => Ratio is { } ratio ? ratio.ToString(ratio < 10 ? "0.00" : "0", CultureInfo.InvariantCulture) : "";

    public string GoalText
    {
        get
        {
            if (Goal is not { } goal)
                return "";
            string relation = Better switch
            {
                Better.Higher => ">= ",
                Better.Nearest => "",
                _ => "<= ",
            };
            return $"{relation}{goal.ToString(CultureInfo.InvariantCulture)} {Unit}".TrimEnd();
        }
    }

    /// <summary>Between which values the runs of one lay; empty when there was one run only.</summary>
    public string SpreadText(Measured? value)
        => value is { Runs: > 1 } ? $"{Number(value.Least)} to {Number(value.Most)} ({value.Runs.ToString(CultureInfo.InvariantCulture)})" : "";

    private string Number(double value) => value.ToString(Format, CultureInfo.InvariantCulture);

    // The less, the better.
    private double Distance(double value) => Better switch
    {
        Better.Higher => -value,
        Better.Nearest => Math.Abs(value - Goal.GetValueOrDefault()),
        _ => value,
    };
}
