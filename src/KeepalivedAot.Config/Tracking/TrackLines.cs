using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Text;
using KeepalivedAot.Config.Vrrp;

namespace KeepalivedAot.Config.Tracking;

/// <summary>What is checked of the lines of every <c>track_*</c> list.</summary>
internal static class TrackLines
{
    /// <summary>Behind the name stands <c>weight N reverse</c> at most.</summary>
    public const int MostOptionWords = 3;

    /// <summary>
    /// A line whose options do not begin with a weight is dropped, as keepalived does: who writes two names on a line has tracked none of them so far.
    /// <c>reverse</c> and <c>noreverse</c> are said of a weight.
    /// </summary>
    /// <param name="dropsUnknown">So is one with something else behind the weight.</param>
    public static void CheckOptions(SourceSpan reverse, Parser parser, bool dropsUnknown = false)
    {
        ReadOnlySpan<byte> first = parser.WordOnLine(1);
        ReadOnlySpan<byte> behind = parser.WordOnLine(3);
        bool isKnown = first.IsEmpty || first.SequenceEqual("weight"u8);
        // Anything else has been reported.
        if (!isKnown && reverse.IsGiven && IsReverse(first))
            parser.Diagnostics.Report(
                DiagnosticCatalogue.ReverseWithoutWeight, reverse, "'reverse' and 'noreverse' stand behind a weight - ignoring the line",
                "write 'weight N reverse'");
        if (!isKnown || (dropsUnknown && !behind.IsEmpty && !IsReverse(behind)))
            parser.DropLine();
    }

    private static bool IsReverse(ReadOnlySpan<byte> word) => word.SequenceEqual("reverse"u8) || word.SequenceEqual("noreverse"u8);

    /// <summary>Drops duplicates, and references to what was not defined when the line was read.</summary>
    /// <param name="owner">The name of the instance or group, for messages.</param>
    /// <param name="word">track_script and so on.</param>
    /// <param name="what">What keepalived calls it: track script.</param>
    /// <param name="trackers">What is defined anywhere.</param>
    /// <param name="lost">What is not there, which has been said.</param>
    public static void Check<T>(
        List<T> lines, string owner, string word, string what, Trackers trackers, LostBlocks lost, DiagnosticBag diagnostics)
        where T : ITrackLine
    {
        Dictionary<string, T> seen = new(lines.Count);
        int kept = 0;
        for (int i = 0; i < lines.Count; i++)
        {
            T line = lines[i];
            if (!line.IsResolved)
            {
                bool isSaid = lost.Contains(KeywordOf(word), line.Name);
                ReportUnknown(line, owner, word, what, trackers, isSaid, diagnostics);
            }
            else if (!seen.TryAdd(line.Name, line))
            {
                Diagnostic again = diagnostics.Report(
                    DiagnosticCatalogue.TrackedTwice, line.NameSpan, $"({owner}) duplicate {word} {line.Name} - ignoring", "leave one of them out");
                diagnostics.Relate(again, seen[line.Name].NameSpan, "tracked first here");
            }
            else
            {
                lines[kept++] = line;
            }
        }
        lines.RemoveRange(kept, lines.Count - kept);
    }

    /// <summary>Says so when an instance and its group track one interface; of anything else keepalived accepts it in silence.</summary>
    public static void CheckAgainstGroup(List<TrackedInterface> lines, VrrpSyncGroupBlock group, string instance, DiagnosticBag diagnostics)
    {
        foreach (TrackedInterface line in lines)
        {
            if (group.FindTrackedInterface(line.Name) is not TrackedInterface other)
                continue;
            Diagnostic twice = diagnostics.Report(
                DiagnosticCatalogue.TrackedByBoth, line.Spans.Name,
                $"({instance}) track_interface {line.Name} is configured on VRRP instance and sync group. Remove vrrp instance or sync group config");
            diagnostics.Relate(twice, other.Spans.Name, "tracked by the group here");
        }
    }

    // What defines such a name.
    private static string KeywordOf(string word) => word switch
    {
        "track_script" => "vrrp_script",
        "track_process" => "vrrp_track_process",
        "track_bfd" => "bfd_instance",
        _ => word,
    };

    private static void ReportUnknown(
        ITrackLine line, string owner, string word, string what, Trackers trackers, bool isSaid, DiagnosticBag diagnostics)
    {
        SourceSpan later = trackers.PlaceOf(word, line.Name);
        if (isSaid && !later.IsGiven)
        {
            diagnostics.Account(DiagnosticCatalogue.TrackedUnknown);
            return;
        }
        string? near = later.IsGiven || diagnostics.IsFull ? null : Spelling.Nearest(line.Name, trackers.NamesFor(word));
        Diagnostic unknown = diagnostics.Report(
            DiagnosticCatalogue.TrackedUnknown, line.NameSpan, $"({owner}) {what} {line.Name} not found, ignoring...",
            later.IsGiven ? $"it is defined too late: move its definition before '{owner}'"
                : near is not null ? $"did you mean '{near}'?"
                : $"define '{line.Name}' before '{owner}'");
        diagnostics.Relate(unknown, later, "defined only here");
    }
}
