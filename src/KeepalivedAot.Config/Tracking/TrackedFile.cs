using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Tracking;

/// <summary>One line of <c>track_file { … }</c>, in an instance or a group.</summary>
[LineBlock]
public sealed partial class TrackedFile : ITrackLine
{
    /// <summary>The name of the tracked file, which is defined earlier in the file.</summary>
    [Positional("name")]
    public string Name { get; private set; } = "";

    /// <summary>Change of the priority, or 0 for a fault; never null after loading.</summary>
    [Keyword("weight", Default = "track_file's weight"), Range(-254, 254)]
    public int? Weight { get; private set; }

    /// <summary>The change of priority is the other way round than the weight's sign says; it stands behind the weight.</summary>
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
        else
            TrackLines.CheckReverse(_spans.IsReversed, parser);
        TrackerWeight usual = File?.Weight ?? default;
        Weight ??= usual.Value;
        if (!_spans.IsReversed.IsGiven)
            IsReversed = usual.IsReversed;
    }
}
