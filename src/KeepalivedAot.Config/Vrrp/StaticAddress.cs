using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Routing;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Writing;

namespace KeepalivedAot.Config.Vrrp;

/// <summary>One line of <c>static_ipaddress { … }</c>: an address that is there as long as the daemon runs.</summary>
[LineBlock]
public sealed partial class StaticAddress : AddressLine
{
    /// <summary>A track_group, defined earlier in the file, whose instances stop being master when the address is lost.</summary>
    [Keyword("track_group", Since = "2.0.3", Default = "none")]
    public string? TrackGroup { get; private set; }

    /// <summary>The line as it would be written.</summary>
    public override string ToString() => TextConfigWriter.Words(showsSecrets: false, Write);

    partial void OnRead(Parser parser)
    {
        Finish(parser);
        TrackGroup = TrackGroups.Known(parser, TrackGroup, _spans.TrackGroup);
    }

    /// <summary>The group has been removed: nobody is told when this is lost.</summary>
    internal void DropTrackGroup() => TrackGroup = null;
}
