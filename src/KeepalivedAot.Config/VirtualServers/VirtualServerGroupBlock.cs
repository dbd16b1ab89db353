using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.VirtualServers;

/// <summary>One <c>virtual_server_group NAME { … }</c>: addresses and firewall marks that are one service.</summary>
[Block("virtual_server_group", Label = "NAME")]
public sealed partial class VirtualServerGroupBlock
{
    public string Name { get; private set; } = "";

    /// <summary>The addresses and marks, in the order of the file.</summary>
    [Content]
    public List<GroupEntry> Entries { get; } = [];
}
