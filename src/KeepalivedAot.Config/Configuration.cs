using KeepalivedAot.Config.Global;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Vrrp;

namespace KeepalivedAot.Config;

/// <summary>A whole <c>keepalived.conf</c>.</summary>
[Block("(root)")]
[NotYet(
    "bfd_instance", "SSL", "virtual_server_group", "virtual_server", "linkbeat_use_polling",
    "net_namespace_ipvs", "namespace_with_ipsets", "instance", "child_wait_time", "track_file", "vrrp_track_file",
    "track_group", "static_ipaddress", "static_routes", "static_rules", "vrrp_sync_group", "garp_group",
    "linkbeat_interfaces", "vrrp_script", "vrrp_track_process", "interface_up_down_delays")]
public sealed partial class Configuration
{
    [Keyword("global_defs", Since = "0.5.3")]
    public GlobalDefsBlock GlobalDefs { get; } = new();

    /// <summary>The virtual routers, in the order of the file.</summary>
    [Keyword("vrrp_instance", Since = "0.5.3")]
    public List<VrrpInstanceBlock> VrrpInstances { get; } = [];

    /// <summary>The network namespace to run in. Not done yet: a configuration with it is not run.</summary>
    [Keyword("net_namespace", Since = "1.2.24", Default = "the one it is started in")]
    public string? NetworkNamespace { get; private set; }

    /// <summary>Pid files go into keepalived's own directory below the run-time directory.</summary>
    [Sets("use_pid_dir", Since = "1.2.24")]
    public bool UsePidDirectory { get; private set; }
}
