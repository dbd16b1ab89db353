using System.Globalization;

namespace KeepalivedAot.Benchmarks;

/// <summary>The printed comparison. Nothing here is a limit: the figures are for reading.</summary>
internal sealed class Table
{
    private readonly List<string[]> _rows = [["figure", "stock", "ours", "stock / ours", "to reach"]];

    /// <summary>A row of two numbers of one unit, with their ratio, and what ours should be.</summary>
    public void Add(string figure, double stock, double ours, string unit, string format = "0.00", string goal = "")
        => _rows.Add([figure, Text(stock, format, unit), Text(ours, format, unit), Ratio(stock, ours), goal]);

    /// <summary>A figure that stock does not tell.</summary>
    public void AddOurs(string figure, double ours, string unit, string format, string goal)
        => _rows.Add([figure, "", Text(ours, format, unit), "", goal]);

    public void AddSample(string figure, Sample stock, Sample ours, string format, string medianGoal = "", string worstGoal = "")
    {
        Add($"{figure}, median", stock.Median, ours.Median, "ms", format, medianGoal);
        Add($"{figure}, worst of {ours.Count}", stock.Worst, ours.Worst, "ms", format, worstGoal);
    }

    private static string Text(double value, string format, string unit)
        => string.Create(CultureInfo.InvariantCulture, $"{value.ToString(format, CultureInfo.InvariantCulture)} {unit}").TrimEnd();

    private static string Ratio(double stock, double ours)
        => ours == 0 ? "" : (stock / ours).ToString("0.00", CultureInfo.InvariantCulture);

    public void Print()
    {
        int[] widths = [.. Enumerable.Range(0, _rows[0].Length).Select(column => _rows.Max(row => row[column].Length))];
        for (int i = 0; i < _rows.Count; i++)
        {
            WriteRow(_rows[i].Select((cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column])));
            if (i == 0)
                WriteRow(widths.Select((width, column) => column == 0 ? new string('-', width) : $"{new string('-', width - 1)}:"));
        }
    }

    private static void WriteRow(IEnumerable<string> cells) => Console.WriteLine($"| {string.Join(" | ", cells)} |");
}
