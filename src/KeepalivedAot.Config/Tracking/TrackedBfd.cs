using KeepalivedAot.Config.Bfd;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Tracking;

/// <summary>One line of <c>track_bfd { … }</c>, in an instance or a group.</summary>
[LineBlock(MostWords = TrackLines.MostOptionWords)]
public sealed partial class TrackedBfd : ITrackLine
{
    /// <summary>The name of a bfd_instance that is defined earlier in the file.</summary>
    [Positional("name")]
    public string Name { get; private set; } = "";

    /// <summary>
    /// How much the priority changes: a positive weight is added while all is well, a negative one while it is not. With 0, a failure
    /// is a FAULT.
    /// </summary>
    /// <remarks>Never null after loading.</remarks>
    [Keyword("weight", Default = "bfd_instance's weight", FirstWins = true), Range(-253, 253)]
    public int? Weight { get; private set; }

    /// <summary>
    /// With 'reverse', written behind the weight, the weight counts in the opposite case. 'noreverse', where it may stand, undoes it.
    /// </summary>
    [Sets("reverse", Since = "2.0.18", Default = "bfd_instance's setting"), Clears("noreverse", Since = "2.0.18", Default = "bfd_instance's setting")]
    public bool IsReversed { get; private set; }

    /// <summary>What is tracked; null only while it is not known, and no such line is left after loading.</summary>
    public BfdInstanceBlock? Session { get; private set; }

    bool ITrackLine.IsResolved => Session is not null;

    Text.SourceSpan ITrackLine.NameSpan => _spans.Name;

    void ITrackLine.DropWeight() => Weight = 0;

    partial void OnRead(Parser parser)
    {
        Session = parser.Configuration.Trackers.FindBfd(Name);
        if (Weight is int weight)
            Weight = TrackerWeights.Clamp(weight, Name, _spans.Weight, parser);
        TrackLines.CheckOptions(_spans.IsReversed, parser, dropsUnknown: true);
        TrackerWeight usual = Session?.Weight ?? default;
        Weight ??= usual.Value;
        if (!_spans.IsReversed.IsGiven)
            IsReversed = usual.IsReversed;
    }
}
