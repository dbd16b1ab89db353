using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Writing;

namespace KeepalivedAot.Config.Routing;

/// <summary>One line of <c>static_routes { … }</c>: a route that is there as long as the daemon runs.</summary>
[LineBlock(DemandsValues = true)]
public sealed partial class StaticRoute : Route
{
    /// <summary>A track_group, defined earlier in the file, whose instances stop being master when the route is lost. Needs dev.</summary>
    [Keyword("track_group", Since = "2.0.3", Default = "none")]
    public string? TrackGroup { get; private set; }

    private partial bool TakeOther(Parser parser) => TakeDestination(parser);

    /// <summary>The line as it would be written: the same for the same settings.</summary>
    public override string ToString() => TextConfigWriter.Words(showsSecrets: false, Write);

    partial void OnRead(Parser parser)
    {
        Finish(parser);
        TrackGroup = TrackGroups.Known(parser, TrackGroup, _spans.TrackGroup);
        if (TrackGroup is null || Device is not null)
            return;
        parser.Diagnostics.Report(
            DiagnosticCatalogue.TrackGroupWithoutInterface, _spans.TrackGroup, "Static route cannot have track group if no oif specified", "add 'dev INTERFACE'");
        TrackGroup = null;
    }

    /// <summary>The group has been removed: nobody is told when this is lost.</summary>
    internal void DropTrackGroup() => TrackGroup = null;
}
