using System.Globalization;
using System.Text;

namespace KeepalivedAot.Daemon.Client;

/// <summary>Lines on a terminal of which only those are written that have changed: it may be a slow serial line.</summary>
/// <remarks>Nothing needs to be put right when it is interrupted: the cursor waits below the last line.</remarks>
public sealed class Screen
{
    private readonly StringBuilder _output = new();
    private string[] _shown = [];
    private (int Rows, int Columns) _size;

    /// <summary>What to write so that these lines are there.</summary>
    public string Draw(IReadOnlyList<string> lines, (int Rows, int Columns) size)
    {
        _output.Clear();
        if (size != _size)
        {
            _output.Append("\e[H\e[2J");
            _shown = [];
            _size = size;
        }
        string[] wanted = Fit(lines, size);
        for (int row = 0; row < Math.Max(wanted.Length, _shown.Length); row++)
        {
            string text = row < wanted.Length ? wanted[row] : "";
            if (row < _shown.Length && _shown[row] == text)
                continue;
            Write(row, text, row < _shown.Length ? _shown[row] : "");
        }
        if (_output.Length > 0)
            _output.Append(CultureInfo.InvariantCulture, $"\e[{Math.Min(size.Rows, wanted.Length + 1)};1H");
        _shown = wanted;
        return _output.ToString();
    }

    // From the first character that is another one.
    private void Write(int row, string text, string before)
    {
        int same = text.AsSpan().CommonPrefixLength(before);
        _output.Append(CultureInfo.InvariantCulture, $"\e[{row + 1};{same + 1}H").Append(text.AsSpan(same));
        if (before.Length > text.Length)
            _output.Append("\e[K");
    }

    private static string[] Fit(IReadOnlyList<string> lines, (int Rows, int Columns) size)
    {
        // The last one is the cursor's.
        int room = Math.Max(1, size.Rows - 1);
        string[] fit = [.. lines.Take(room).Select(line => line.Length <= size.Columns ? line : line[..size.Columns])];
        if (lines.Count > room)
            fit[^1] = string.Create(CultureInfo.InvariantCulture, $"… and {lines.Count - room + 1} lines more");
        return fit;
    }
}
