using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Writing;

namespace KeepalivedAot.Config.Routing;

/// <summary>One line of <c>virtual_rules { … }</c>: a rule that comes and goes with the virtual router.</summary>
[LineBlock(DemandsValues = true)]
public sealed partial class VirtualRule : Rule
{
    /// <summary>The line as it would be written: the same for the same settings.</summary>
    public override string ToString() => TextConfigWriter.Words(showsSecrets: false, Write);

    partial void OnRead(Parser parser) => Finish(parser);
}
