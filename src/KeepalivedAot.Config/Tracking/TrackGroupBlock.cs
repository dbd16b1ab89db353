using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Tracking;

/// <summary>One <c>track_group NAME { … }</c>: instances on whose states static addresses, routes and rules depend.</summary>
[Block("track_group", Label = "NAME")]
public sealed partial class TrackGroupBlock
{
    public string Name { get; private set; } = "";

    /// <summary>The names of the vrrp_instances in the group. They may be defined later in the file.</summary>
    /// <remarks>Those that are not known are left out after loading.</remarks>
    [Keyword("group", Since = "2.0.3", Default = "required")]
    public List<ConfigName> Members { get; } = [];
}
