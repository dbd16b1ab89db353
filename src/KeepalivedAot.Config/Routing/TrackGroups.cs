using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Routing;

/// <summary>What static addresses, routes and rules have in common about <c>track_group</c>.</summary>
internal static class TrackGroups
{
    /// <summary>The name, if such a group has been defined so far; null, and a message, if not.</summary>
    public static string? Known(Parser parser, string? name, SourceSpan span)
    {
        if (name is null || parser.HasBlock("track_group", name))
            return name;
        parser.Diagnostics.ReportUnless(
            parser.Configuration.Lost.Contains("track_group", name), DiagnosticCatalogue.UnknownTrackGroup, span, $"track_group {name} not found", $"define 'track_group {name} {{ … }}' before it");
        return null;
    }
}
