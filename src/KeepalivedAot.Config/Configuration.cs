using KeepalivedAot.Config.Bfd;
using KeepalivedAot.Config.Global;
using KeepalivedAot.Config.Routing;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Tracking;
using KeepalivedAot.Config.VirtualServers;
using KeepalivedAot.Config.Vrrp;

namespace KeepalivedAot.Config;

/// <summary>A whole <c>keepalived.conf</c>.</summary>
[Block("(root)")]
public sealed partial class Configuration
{
    /// <summary>What concerns the whole program, and defaults.</summary>
    [Keyword("global_defs", Since = "0.5.3")]
    public GlobalDefsBlock GlobalDefs { get; } = new();

    /// <summary>BFD sessions, in the order of the file.</summary>
    [Keyword("bfd_instance", Since = "2.0.0"), MaxLength(BfdInstanceBlock.LongestName), NotYet]
    public List<BfdInstanceBlock> BfdInstances { get; } = [];

    /// <summary>Programs whose result is tracked.</summary>
    [Keyword("vrrp_script", Since = "1.1.13"), NotYet]
    public List<VrrpScriptBlock> VrrpScripts { get; } = [];

    /// <summary>Files whose content is tracked.</summary>
    [Keyword("track_file", Since = "2.1.0"), DeprecatedAlias("vrrp_track_file", Since = "2.0.0"), NotYet]
    public List<TrackFileBlock> TrackFiles { get; } = [];

    /// <summary>Processes that must run.</summary>
    [Keyword("vrrp_track_process", Since = "2.0.11"), NotYet]
    public List<VrrpTrackProcessBlock> TrackProcesses { get; } = [];

    /// <summary>Instances on whose states static addresses, routes and rules depend.</summary>
    [Keyword("track_group", Since = "2.0.3", ExactlyOne = true), NotYet]
    public List<TrackGroupBlock> TrackGroups { get; } = [];

    /// <summary>Instances that are all active, or all not.</summary>
    [Keyword("vrrp_sync_group", Since = "0.6.1", ExactlyOne = true), NotYet]
    public List<VrrpSyncGroupBlock> VrrpSyncGroups { get; } = [];

    /// <summary>Interfaces that share one limit of gratuitous ARP.</summary>
    [Keyword("garp_group", Since = "1.2.21"), NotYet]
    public List<GarpGroupBlock> GarpGroups { get; } = [];

    /// <summary>Interfaces that are asked for their link every second.</summary>
    [Keyword("linkbeat_interfaces", Since = "2.0.13"), NotYet]
    public List<LinkbeatInterface> LinkbeatInterfaces { get; } = [];

    /// <summary>For how long changes of interfaces are not believed: seconds down, and perhaps seconds up.</summary>
    [Keyword("interface_up_down_delays", Since = "2.2.3"), NotYet]
    public List<InterfaceDelays> InterfaceDelays { get; } = [];

    /// <summary>Addresses that are there as long as the daemon runs.</summary>
    [Keyword("static_ipaddress", Since = "1.1.0"), NotYet]
    public List<StaticAddress> StaticAddresses { get; } = [];

    /// <summary>Routes that are there as long as the daemon runs.</summary>
    [Keyword("static_routes", Since = "1.0.1"), NotYet]
    public List<StaticRoute> StaticRoutes { get; } = [];

    /// <summary>Rules of policy routing that are there as long as the daemon runs.</summary>
    [Keyword("static_rules", Since = "1.2.20"), NotYet]
    public List<StaticRule> StaticRules { get; } = [];

    /// <summary>The virtual routers, in the order of the file.</summary>
    [Keyword("vrrp_instance", Since = "0.5.3", ExactlyOne = true)]
    public List<VrrpInstanceBlock> VrrpInstances { get; } = [];

    /// <summary>The network namespace to run in. Not done yet: a configuration with it is not run.</summary>
    [Keyword("net_namespace", Since = "1.2.24", Default = "the one it is started in", FirstWins = true)]
    public string? NetworkNamespace { get; private set; }

    /// <summary>Pid files go into keepalived's own directory below the run-time directory.</summary>
    [Sets("use_pid_dir", Since = "1.2.24")]
    public bool UsePidDirectory { get; private set; }

    /// <summary>The network namespace that IPVS is managed in; alone, the one the program is started in.</summary>
    [Keyword("net_namespace_ipvs", Since = "2.1.0", Default = "none (omitted arg = default namespace)", Optional = true), NotYet]
    public string? NetworkNamespaceOfIpvs { get; private set; }

    /// <summary>Use ipsets inside a namespace, which kernels before 3.13 cannot.</summary>
    [Sets("namespace_with_ipsets", Since = "1.3.0"), NotYet]
    public bool NamespaceWithIpsets { get; private set; }

    /// <summary>A name for this instance of the program, which its pid files and its log lines get.</summary>
    [Keyword("instance", Since = "1.2.24", Default = "none", FirstWins = true), NotYet]
    public string? InstanceName { get; private set; }

    /// <summary>Seconds that keepalived's parent process waits for its children at the end.</summary>
    [Keyword("child_wait_time", Since = "2.0.0"), Seconds, Range(0, 4294967295), Strict, NotYet]
    public Base.Time.Duration ChildWaitTime { get; private set; } = Base.Time.Duration.FromSeconds(5);

    /// <summary>Poll every interface that VRRP uses for its link.</summary>
    [Sets("linkbeat_use_polling", Since = "1.1.18"), NotYet]
    public bool LinkbeatUsePolling { get; private set; }

    /// <summary>The preferences that are left for rules without one.</summary>
    internal RulePreferences RulePreferences { get; } = new();

    /// <summary>What has been defined so far that lines may track.</summary>
    internal Trackers Trackers { get; } = new();

    /// <summary>How SSL_GET shows who it is.</summary>
    [Keyword("SSL", Since = "0.5.3", Default = "auto context", RepeatCounts = true), NotYet]
    public SslBlock? Ssl { get; private set; }

    /// <summary>Addresses and firewall marks that are one service.</summary>
    [Keyword("virtual_server_group", Since = "1.0.2"), NotYet]
    public List<VirtualServerGroupBlock> VirtualServerGroups { get; } = [];

    /// <summary>What clients ask, and the servers that answer.</summary>
    [Keyword("virtual_server", Since = "0.5.3"), NotYet]
    public List<VirtualServerBlock> VirtualServers { get; } = [];
}
