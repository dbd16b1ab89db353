namespace KeepalivedAot.Benchmarks.Report;

/// <summary>The figures of a run in their order. Nothing here is a limit: they are for reading.</summary>
internal sealed class Table
{
    private static readonly string[] s_heads = ["figure", "stock", "ours", "stock / ours", "to reach", ""];

    private readonly List<Figure> _figures = [];

    public IReadOnlyList<Figure> Figures => _figures;

    /// <summary>What is added belongs to this step.</summary>
    public string Step { get; set; } = "";

    /// <summary>Of both, in one unit.</summary>
    /// <param name="goal">What ours should be at most (or at least, or just so: <paramref name="better"/>).</param>
    /// <param name="reference">What stock keepalived 2.4.3 took where the goal was set.</param>
    public void Add(
        string figure, Measured stock, Measured ours, string unit, string format = "0.00", double? goal = null, double? reference = null,
        Better better = Better.Lower, bool isWorst = false, bool isDetail = false)
        => _figures.Add(new Figure
        {
            Step = Step, Name = figure, Unit = unit, Format = format, Stock = stock, Ours = ours, Goal = goal, Reference = reference, Better = better,
            IsWorst = isWorst, IsDetail = isDetail,
        });

    /// <summary>A figure that stock does not have or does not tell.</summary>
    public void AddOurs(
        string figure, Measured ours, string unit, string format, double? goal = null, Better better = Better.Lower, bool isWorst = false)
        => _figures.Add(new Figure
        {
            Step = Step, Name = figure, Unit = unit, Format = format, Ours = ours, Goal = goal, Better = better, IsWorst = isWorst,
        });

    /// <summary>What the machine or its kernel does by itself: none of the two is better.</summary>
    public void AddNoise(string figure, Measured value, string unit, string format)
        => _figures.Add(new Figure { Step = Step, Name = figure, Unit = unit, Format = format, Ours = value, Better = Better.Neither });

    /// <summary>Median and worst of times, milliseconds.</summary>
    public void AddSample(
        string figure, Sample stock, Sample ours, string format, double? medianGoal = null, double? worstGoal = null, double? reference = null)
    {
        Add($"{figure}, median", Measured.MedianOf(stock), Measured.MedianOf(ours), "ms", format, medianGoal, reference);
        AddWorst($"{figure}, worst of {ours.Count}", stock, ours, format, worstGoal);
    }

    /// <summary>The worst of times, milliseconds.</summary>
    public void AddWorst(string figure, Sample stock, Sample ours, string format, double? goal = null)
        => Add(figure, Measured.WorstOf(stock), Measured.WorstOf(ours), "ms", format, goal, isWorst: true);

    /// <summary>As columns of text.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<Figure> figures)
    {
        string[][] rows = [s_heads, .. figures.Select(Row)];
        int[] widths = [.. Enumerable.Range(0, s_heads.Length).Select(column => rows.Max(row => row[column].Length))];
        for (int i = 0; i < rows.Length; i++)
        {
            yield return Line(rows[i].Select((cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column])));
            if (i == 0)
                yield return Line(widths.Select((width, column) => column == 0 ? new string('-', width) : $"{new string('-', Math.Max(width - 1, 1))}:"));
        }
    }

    private static string[] Row(Figure figure)
        => [figure.Name, figure.Text(figure.Stock), figure.Text(figure.Ours), figure.RatioText, figure.GoalText, Mark(figure)];

    private static string Mark(Figure figure) => figure.GoalState switch
    {
        GoalState.Reached => "yes",
        GoalState.ReachedAsRatio => "as a ratio",
        GoalState.Missed => "no",
        _ => "",
    };

    private static string Line(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";
}
