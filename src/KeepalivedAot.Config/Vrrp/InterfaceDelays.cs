using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Vrrp;

/// <summary>One line of <c>interface_up_down_delays { … }</c>: for how long a change of an interface is not believed.</summary>
[LineBlock]
public sealed partial class InterfaceDelays
{
    /// <summary>The name of the interface.</summary>
    [Positional("iface"), InterfaceName]
    public string Interface { get; private set; } = "";

    /// <summary>Seconds that the interface must be down before it counts as down.</summary>
    [Positional("down_delay"), Seconds(Decimals = 6), Range(0, 255)]
    public Duration DownDelay { get; private set; }

    /// <summary>Seconds that the interface must be up before it counts as up.</summary>
    [Positional("up_delay", Optional = true, Default = "0"), Seconds(Decimals = 6), Range(0, 255)]
    public Duration UpDelay { get; private set; }
}
