using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Checkers;

/// <summary>A <c>FILE_CHECK { … }</c>: a tracked file says how much the server is worth.</summary>
[Block("FILE_CHECK")]
public sealed partial class FileCheckBlock
{
    /// <summary>The name of a track_file that is defined earlier in the file.</summary>
    [Keyword("track_file", Since = "2.1.0", Default = "required")]
    public string? TrackFile { get; private set; }

    /// <summary>What the number in the file is multiplied by before it changes the weight of the real server.</summary>
    /// <remarks>Never null after loading.</remarks>
    [Keyword("weight", Since = "2.1.0", Default = "track_file's weight", Arguments = "int -2147483647..2147483647 [reverse|noreverse]", SurvivesMissingValue = true)]
    public FileWeight? Weight { get; private set; }

    internal bool IsUsable { get; private set; }

    // The file is defined before, so what it says itself is known.
    partial void OnClosed(Parser parser)
    {
        if (TrackFile is null)
        {
            CheckerReports.DropUnless(
                _spans.HasMistake(nameof(TrackFile)), parser.Diagnostics, Spans.Block, "FILE_CHECK has no track_file specified - ignoring", "add 'track_file NAME'");
            return;
        }
        if (parser.Configuration.Trackers.FindFile(TrackFile) is not { } file)
        {
            CheckerReports.DropUnknown(
                parser, Spans.TrackFile, $"track_file {TrackFile} not found", "track_file", TrackFile, parser.Configuration.TrackFiles.Select(static f => f.Name));
            return;
        }
        IsUsable = true;
        Weight = Weight is { } weight
            ? weight with { IsReversed = weight.IsReversed ?? file.Weight.IsReversed }
            : new FileWeight(file.Weight.Value, file.Weight.IsReversed);
    }
}
