using KeepalivedAot.Config.Global;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Vrrp;

namespace KeepalivedAot.Config;

/// <summary>A whole <c>keepalived.conf</c>.</summary>
[Block("(root)")]
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
