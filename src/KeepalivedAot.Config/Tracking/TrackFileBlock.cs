using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Tracking;

/// <summary>One <c>track_file NAME { … }</c>: a file whose content is a number that is tracked.</summary>
[Block("track_file", Label = "NAME")]
public sealed partial class TrackFileBlock
{
    /// <summary>Of a file that none is given for.</summary>
    internal const int UsualWeight = 1;

    private const int LargestWeight = 254;
    private const int LargestValue = 254;

    public string Name { get; private set; } = "";

    /// <summary>The path of the file. Its directory must exist, on a file system that reports changes (inotify).</summary>
    [Keyword("file", Since = "2.1.0", Default = "required")]
    public string? File { get; private set; }

    /// <summary>
    /// What the number in the file is multiplied by before it is added to priorities; with 0, any number but 0 is a fault.
    /// </summary>
    [Keyword("weight", Since = "2.1.0", Default = "1", FirstWins = true)]
    public TrackerWeight Weight { get; private set; } = new(UsualWeight, false);

    /// <summary>Make the file at the start, with this number in it, if it is not there; with overwrite, also if it is.</summary>
    [Keyword("init_file", Since = "2.1.0", Default = "off; value 0")]
    public InitialContent? InitialContent { get; private set; }

    /// <summary>It can be tracked; those that cannot are left out after loading.</summary>
    internal bool IsUsable { get; private set; }

    partial void OnClosed(Parser parser)
    {
        if (File is null)
        {
            parser.Configuration.Lost.Add("track_file", Name);
            parser.Diagnostics.ReportUnless(
                _spans.HasMistake(nameof(File)), DiagnosticCatalogue.TrackerIncomplete, _spans.Block, $"No file set for track_file {Name} - ignoring", "add 'file /path/to/file'");
            return;
        }
        if (!TrackerWeights.IsInRange(Weight, LargestWeight, DiagnosticCatalogue.NumberOutOfRange, "track_file", Name, parser))
            Weight = new TrackerWeight(UsualWeight, false);
        if (InitialContent is { Value: < -LargestValue or > LargestValue } content)
        {
            parser.Diagnostics.Report(
                DiagnosticCatalogue.NumberOutOfRange, _spans.InitialContent,
                $"track_file {Name} init_file value {content.Value} is outside [-{LargestValue}, {LargestValue}]; it is used all the same");
        }
        IsUsable = parser.Configuration.Trackers.TryAdd(this, parser);
    }
}
