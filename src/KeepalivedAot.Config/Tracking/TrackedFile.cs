using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Tracking;

/// <summary>One line of <c>track_file { … }</c>, in an instance or a group.</summary>
[LineBlock(MostWords = TrackLines.MostOptionWords)]
public sealed partial class TrackedFile : ITrackLine
{
    /// <summary>The name of a track_file that is defined earlier in the file.</summary>
    [Positional("name")]
    public string Name { get; private set; } = "";

    /// <summary>
    /// How much the priority changes: a positive weight is added while all is well, a negative one while it is not. With 0, a failure
    /// is a FAULT.
    /// </summary>
    /// <remarks>Never null after loading.</remarks>
    [Keyword("weight", Default = "track_file's weight", FirstWins = true), Range(-254, 254)]
    public int? Weight { get; private set; }

    /// <summary>
    /// With 'reverse', written behind the weight, the weight counts in the opposite case. 'noreverse', where it may stand, undoes it.
    /// </summary>
    [Sets("reverse", Since = "2.0.18", Default = "track_file's setting"), Clears("noreverse", Since = "2.0.18", Default = "track_file's setting")]
    public bool IsReversed { get; private set; }

    /// <summary>What is tracked; null only while it is not known, and no such line is left after loading.</summary>
    public TrackFileBlock? File { get; private set; }

    bool ITrackLine.IsResolved => File is not null;

    Text.SourceSpan ITrackLine.NameSpan => _spans.Name;

    void ITrackLine.DropWeight() => Weight = 0;

    partial void OnRead(Parser parser)
    {
        File = parser.Configuration.Trackers.FindFile(Name);
        if (Weight is int weight)
            Weight = TrackerWeights.Clamp(weight, Name, _spans.Weight, parser);
        TrackLines.CheckOptions(_spans.IsReversed, parser, dropsUnknown: true);
        TrackerWeight usual = File?.Weight ?? default;
        Weight ??= usual.Value;
        if (!_spans.IsReversed.IsGiven)
            IsReversed = usual.IsReversed;
    }
}
