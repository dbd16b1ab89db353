using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Routing;

/// <summary>One line of <c>virtual_routes { … }</c>: a route that comes and goes with the virtual router.</summary>
[LineBlock(DemandsValues = true)]
public sealed partial class VirtualRoute : Route
{
    private partial bool TakeOther(Parser parser) => TakeDestination(parser);

    partial void OnRead(Parser parser) => Finish(parser);
}
