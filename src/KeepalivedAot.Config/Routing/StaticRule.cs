using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Writing;

namespace KeepalivedAot.Config.Routing;

/// <summary>One line of <c>static_rules { … }</c>: a rule that is there as long as the daemon runs.</summary>
[LineBlock(DemandsValues = true)]
public sealed partial class StaticRule : Rule
{
    /// <summary>
    /// A track_group, defined earlier in the file, whose instances stop being master when the rule is lost. Needs dev or iif.
    /// </summary>
    [Keyword("track_group", Since = "2.0.3", Default = "none")]
    public string? TrackGroup { get; private set; }

    /// <summary>The line as it would be written: the same for the same settings.</summary>
    public override string ToString() => TextConfigWriter.Words(showsSecrets: false, Write);

    partial void OnRead(Parser parser)
    {
        Finish(parser);
        TrackGroup = TrackGroups.Known(parser, TrackGroup, _spans.TrackGroup);
        if (TrackGroup is null || InputInterface is not null)
            return;
        parser.Diagnostics.Report(
            DiagnosticCatalogue.TrackGroupWithoutInterface, _spans.TrackGroup, "Static rule cannot have track_group if dev/iif not specified", "add 'iif INTERFACE'");
        TrackGroup = null;
    }

    /// <summary>The group has been removed: nobody is told when this is lost.</summary>
    internal void DropTrackGroup() => TrackGroup = null;
}
