using System.Globalization;
using System.Text;
using KeepalivedAot.Config.Diagnostics;

namespace KeepalivedAot.Config.Reports;

/// <summary>Findings for people, and a last line that counts them.</summary>
internal static class TextReport
{
    public static string Write(CheckReport report, bool useColour)
    {
        StringBuilder text = new();
        foreach (LoadResult file in report.Files)
            text.Append(new DiagnosticRenderer(file.Sources, useColour).Render(file.Diagnostics));
        text.Append(Summary(report)).Append('\n');
        return text.ToString();
    }

    /// <summary>"2 errors, 1 warning", or that all is well.</summary>
    private static string Summary(CheckReport report)
    {
        List<string> counts = [];
        Count(report.Errors, "error", counts);
        Count(report.Warnings, "warning", counts);
        Count(report.Hints, "hint", counts);
        string files = Printable(NameOf(report.Files));
        return counts.Count == 0 ? $"{files}: ok" : $"{files}: {string.Join(", ", counts)}";
    }

    // Several readings of one file are one file.
    private static string NameOf(IReadOnlyList<LoadResult> files)
    {
        string first = CheckReport.PathOf(files[0]);
        int count = files.Count(static file => file.ReadAs is null) + files.Where(static file => file.ReadAs is not null).DistinctBy(CheckReport.PathOf).Count();
        if (count > 1)
            return $"{count} files";
        return files[0].ReadAs is null ? first : $"{first} as {string.Join(", ", files.Select(static file => file.ReadAs))}";
    }

    private static void Count(int number, string what, List<string> counts)
    {
        if (number > 0)
            counts.Add(string.Create(CultureInfo.InvariantCulture, $"{number} {what}{(number == 1 ? "" : "s")}"));
    }

    private static string Printable(string text) => string.Concat(text.Select(static c => char.IsControl(c) ? '\uFFFD' : c));
}
