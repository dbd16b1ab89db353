using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Routing.Encapsulation;

/// <summary>What follows <c>encap mpls</c>.</summary>
[LineBlock(TakesOthers = true)]
public sealed partial class MplsEncapsulation
{
    /// <summary>The MPLS labels that packets get, outermost first, joined by slashes.</summary>
    [Positional("labels", Since = "1.2.24", Default = "required")]
    public LabelStack Labels { get; private set; }

    private partial bool TakeOther(Parser parser) => parser.EndOptions();
}
