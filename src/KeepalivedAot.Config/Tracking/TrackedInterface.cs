using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Tracking;

/// <summary>One line of <c>track_interface { … }</c>, in an instance or a group.</summary>
[LineBlock]
public sealed partial class TrackedInterface : ITrackLine
{
    /// <summary>The interface; whether it exists is for whoever knows the host.</summary>
    [Positional("iface"), InterfaceName]
    public string Name { get; private set; } = "";

    /// <summary>Change of the priority, or 0 for a fault; never null after loading.</summary>
    [Keyword("weight", Default = "0"), Range(-254, 254)]
    public int? Weight { get; private set; }

    /// <summary>The change of priority is the other way round than the weight's sign says; it stands behind the weight.</summary>
    [Sets("reverse", Since = "2.0.18")]
    public bool IsReversed { get; private set; }

    bool ITrackLine.IsResolved => true;

    Text.SourceSpan ITrackLine.NameSpan => _spans.Name;

    void ITrackLine.DropWeight() => Weight = 0;

    partial void OnRead(Parser parser)
    {
        if (Weight is int weight)
            Weight = TrackerWeights.Clamp(weight, Name, _spans.Weight, parser);
        else
            TrackLines.CheckReverse(_spans.IsReversed, parser);
        Weight ??= 0;
    }
}
