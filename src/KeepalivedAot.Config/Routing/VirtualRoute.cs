using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Writing;

namespace KeepalivedAot.Config.Routing;

/// <summary>One line of <c>virtual_routes { … }</c>: a route that comes and goes with the virtual router.</summary>
[LineBlock(DemandsValues = true)]
public sealed partial class VirtualRoute : Route
{
    private partial bool TakeOther(Parser parser) => TakeDestination(parser);

    /// <summary>The line as it would be written: the same for the same settings.</summary>
    public override string ToString() => TextConfigWriter.Words(showsSecrets: false, Write);

    partial void OnRead(Parser parser) => Finish(parser);
}
