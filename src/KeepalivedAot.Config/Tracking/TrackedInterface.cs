using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Tracking;

/// <summary>One line of <c>track_interface { … }</c>, in an instance or a group.</summary>
[LineBlock(MostWords = TrackLines.MostOptionWords)]
public sealed partial class TrackedInterface : ITrackLine
{
    /// <summary>The name of the interface.</summary>
    /// <remarks>Whether it exists is for whoever knows the host.</remarks>
    [Positional("iface"), InterfaceName]
    public string Name { get; private set; } = "";

    /// <summary>
    /// How much the priority changes: a positive weight is added while all is well, a negative one while it is not. With 0, a failure
    /// is a FAULT.
    /// </summary>
    /// <remarks>Never null after loading.</remarks>
    [Keyword("weight", Default = "0", FirstWins = true), Range(-254, 254)]
    public int? Weight { get; private set; }

    /// <summary>
    /// With 'reverse', written behind the weight, the weight counts in the opposite case. 'noreverse', where it may stand, undoes it.
    /// </summary>
    [Sets("reverse", Since = "2.0.18")]
    public bool IsReversed { get; private set; }

    bool ITrackLine.IsResolved => true;

    Text.SourceSpan ITrackLine.NameSpan => _spans.Name;

    void ITrackLine.DropWeight() => Weight = 0;

    partial void OnRead(Parser parser)
    {
        if (Weight is int weight)
            Weight = TrackerWeights.Clamp(weight, Name, _spans.Weight, parser);
        TrackLines.CheckOptions(_spans.IsReversed, parser);
        Weight ??= 0;
    }
}
