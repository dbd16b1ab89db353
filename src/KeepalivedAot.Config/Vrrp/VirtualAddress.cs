using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Vrrp;

/// <summary>One line of <c>virtual_ipaddress { … }</c> or <c>virtual_ipaddress_excluded { … }</c>.</summary>
[LineBlock]
public sealed partial class VirtualAddress : AddressLine
{
    /// <summary>Put this address on a VMAC of its own, even if the instance has none.</summary>
    [Sets("use_vmac", Since = "2.2.0")]
    public bool UseVmac { get; private set; }

    partial void OnRead(Parser parser) => Finish(parser);
}
