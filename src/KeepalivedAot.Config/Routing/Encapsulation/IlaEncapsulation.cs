using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Routing.Encapsulation;

/// <summary>What follows <c>encap ila</c>.</summary>
[LineBlock(TakesOthers = true)]
public sealed partial class IlaEncapsulation
{
    /// <summary>The locator that replaces the upper half of the destination address.</summary>
    [Positional("locator", Since = "1.2.24", Default = "required")]
    public IlaLocator Locator { get; private set; }

    private partial bool TakeOther(Parser parser) => parser.EndOptions();
}
