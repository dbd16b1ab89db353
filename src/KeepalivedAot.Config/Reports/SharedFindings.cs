using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Reports;

/// <summary>
/// One file that was read for several config-ids has most mistakes in every reading: each is told once, and of one that only some of
/// them have it is said which.
/// </summary>
public static class SharedFindings
{
    /// <summary>For the readings of <c>check</c>, when nothing more will be found in them. Files that were read once are left alone.</summary>
    public static void Merge(IReadOnlyList<LoadResult> readings)
    {
        foreach (IGrouping<string, LoadResult> file in readings.Where(static reading => reading.ReadAs is not null).GroupBy(CheckReport.PathOf))
            MergeFile([.. file]);
    }

    private static void MergeFile(LoadResult[] readings)
    {
        Dictionary<(DiagnosticKind, SourceLocation, string), (Diagnostic First, List<string> Ids)> found = [];
        foreach (LoadResult reading in readings)
        {
            reading.Diagnostics.RemoveAll(diagnostic =>
            {
                // Another reading has the text in an object of its own.
                var key = (diagnostic.Kind, diagnostic.Location with { File = null }, $"{diagnostic.Location.Path}\n{diagnostic.Message}");
                if (!found.TryGetValue(key, out (Diagnostic First, List<string> Ids) before))
                    found.Add(key, (diagnostic, [reading.ReadAs!]));
                else if (before.Ids[^1] != reading.ReadAs)
                    before.Ids.Add(reading.ReadAs!);
                return before.Ids?[0] is { } first && first != reading.ReadAs;
            });
        }
        foreach ((Diagnostic first, List<string> ids) in found.Values)
            first.ReadAs = ids.Count == readings.Length ? null : ids;
    }
}
