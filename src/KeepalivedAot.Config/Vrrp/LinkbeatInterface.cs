using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Vrrp;

/// <summary>One line of <c>linkbeat_interfaces { … }</c>: an interface that is asked for its link every second.</summary>
[LineBlock]
public sealed partial class LinkbeatInterface
{
    /// <summary>The name of the interface, which cannot be a VMAC.</summary>
    [Positional("iface"), InterfaceName]
    public string Interface { get; private set; } = "";

    /// <summary>Ask for the link by MII registers.</summary>
    [Sets("MII", Since = "2.0.13", Default = "automatic")]
    public bool Mii { get; private set; }

    /// <summary>Ask for the link as ethtool does.</summary>
    [Sets("ETHTOOL", Since = "2.0.13", Default = "automatic")]
    public bool Ethtool { get; private set; }

    /// <summary>Ask for the interface's flags (up and running).</summary>
    [Sets("IOCTL", Since = "2.0.13", Default = "automatic")]
    public bool Ioctl { get; private set; }
}
