using System.Globalization;

namespace KeepalivedAot.Tests.Dumps;

/// <summary>Reads <c>keepalived.stats</c> by the rules of the exporters: four blanks belong to the section before, two blanks are one or a counter.</summary>
internal static class StatisticsReader
{
    /// <summary>For each instance, in their order: <c>Packet Errors/Length</c> and its count.</summary>
    public static List<(string Instance, Dictionary<string, long> Counters)> Read(IEnumerable<string> lines)
    {
        List<(string Instance, Dictionary<string, long> Counters)> read = [];
        string section = "";
        foreach (string line in lines)
        {
            string[] parts = line.Trim().Split(':');
            if (line.StartsWith("VRRP Instance", StringComparison.Ordinal))
            {
                read.Add((parts[1].Trim(), []));
                section = "";
            }
            else if (line.StartsWith("  ", StringComparison.Ordinal) && line.EndsWith(':'))
            {
                section = parts[0];
            }
            else if (line.StartsWith("    ", StringComparison.Ordinal) && section.Length > 0)
            {
                read[^1].Counters.Add($"{section}/{parts[0]}", Count(parts[1]));
            }
            else if (line.StartsWith("  ", StringComparison.Ordinal))
            {
                section = "";
                read[^1].Counters.Add(parts[0], Count(parts[1]));
            }
            else
            {
                throw new FormatException($"'{line}' is no line of the statistics");
            }
        }
        return read;
    }

    private static long Count(string text) => long.Parse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture);
}
