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
                SourceLocation place = diagnostic.Location with { File = null };
                if (!found.TryGetValue((diagnostic.Kind, place, $"{diagnostic.Location.Path}\n{diagnostic.Message}"), out var before))
                {
                    found.Add((diagnostic.Kind, place, $"{diagnostic.Location.Path}\n{diagnostic.Message}"), (diagnostic, [reading.ReadAs!]));
                    return false;
                }
                if (before.Ids[^1] == reading.ReadAs)
                    return false;
                before.Ids.Add(reading.ReadAs!);
                return true;
            });
        }
        foreach ((Diagnostic first, List<string> ids) in found.Values)
            first.ReadAs = ids.Count == readings.Length ? null : ids;
    }
}
