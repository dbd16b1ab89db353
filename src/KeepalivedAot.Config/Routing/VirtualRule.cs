using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Routing;

/// <summary>One line of <c>virtual_rules { … }</c>: a rule that comes and goes with the virtual router.</summary>
[LineBlock(DemandsValues = true)]
public sealed partial class VirtualRule : Rule
{
    partial void OnRead(Parser parser) => Finish(parser);
}
