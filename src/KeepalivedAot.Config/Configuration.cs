using KeepalivedAot.Config.Bfd;
using KeepalivedAot.Config.Global;
using KeepalivedAot.Config.Parsing;
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
    /// <summary>Settings of the whole program, and defaults for the blocks below.</summary>
    [Keyword("global_defs", Since = "0.5.3")]
    public GlobalDefsBlock GlobalDefs { get; } = new();

    /// <summary>A BFD session with a neighbouring router, which VRRP instances and checkers can track.</summary>
    [Keyword("bfd_instance", Since = "2.0.0"), MaxLength(BfdInstanceBlock.LongestName), NotYet]
    public List<BfdInstanceBlock> BfdInstances { get; } = [];

    /// <summary>A program that is run again and again; its success or failure is tracked by VRRP instances.</summary>
    [Keyword("vrrp_script", Since = "1.1.13")]
    public List<VrrpScriptBlock> VrrpScripts { get; } = [];

    /// <summary>A file with a number in it, which changes priorities of VRRP instances or weights of real servers.</summary>
    [Keyword("track_file", Since = "2.1.0"), DeprecatedAlias("vrrp_track_file", Since = "2.0.0")]
    public List<TrackFileBlock> TrackFiles { get; } = [];

    /// <summary>A process that has to be running on this host.</summary>
    [Keyword("vrrp_track_process", Since = "2.0.11")]
    public List<VrrpTrackProcessBlock> TrackProcesses { get; } = [];

    /// <summary>
    /// VRRP instances that stop being master when a static address, route or rule that names this group is lost.
    /// </summary>
    [Keyword("track_group", Since = "2.0.3", ExactlyOne = true)]
    public List<TrackGroupBlock> TrackGroups { get; } = [];

    /// <summary>VRRP instances that change state together: when one leaves MASTER or goes to FAULT, so do all.</summary>
    [Keyword("vrrp_sync_group", Since = "0.6.1", ExactlyOne = true)]
    public List<VrrpSyncGroupBlock> VrrpSyncGroups { get; } = [];

    /// <summary>Interfaces that share one limit on how fast gratuitous ARP and neighbour advertisements are sent.</summary>
    [Keyword("garp_group", Since = "1.2.21")]
    public List<GarpGroupBlock> GarpGroups { get; } = [];

    /// <summary>
    /// Interfaces whose link is asked for once a second, for drivers that do not report changes themselves. One interface to a line.
    /// </summary>
    [Keyword("linkbeat_interfaces", Since = "2.0.13")]
    public List<LinkbeatInterface> LinkbeatInterfaces { get; } = [];

    /// <summary>How many seconds an interface must be down, and perhaps up, before the change counts. One interface to a line.</summary>
    [Keyword("interface_up_down_delays", Since = "2.2.3")]
    public List<InterfaceDelays> InterfaceDelays { get; } = [];

    /// <summary>Addresses that are added at the start and stay while the program runs, whatever the VRRP states. One to a line.</summary>
    [Keyword("static_ipaddress", Since = "1.1.0")]
    public List<StaticAddress> StaticAddresses { get; } = [];

    /// <summary>Routes that are added at the start and stay while the program runs. One to a line.</summary>
    [Keyword("static_routes", Since = "1.0.1")]
    public List<StaticRoute> StaticRoutes { get; } = [];

    /// <summary>Rules of policy routing that are added at the start and stay while the program runs. One to a line.</summary>
    [Keyword("static_rules", Since = "1.2.20")]
    public List<StaticRule> StaticRules { get; } = [];

    /// <summary>A virtual router: the addresses that this router shares with others, and how it competes for them.</summary>
    [Keyword("vrrp_instance", Since = "0.5.3", ExactlyOne = true)]
    public List<VrrpInstanceBlock> VrrpInstances { get; } = [];

    /// <summary>The network namespace to run in, as 'ip netns' names it, or the path of its file.</summary>
    [Keyword("net_namespace", Since = "1.2.24", Default = "the one it is started in", FirstWins = true, SurvivesMissingValue = true)]
    public string? NetworkNamespace { get; private set; }

    /// <summary>Write pid files below /run/keepalived in place of /run.</summary>
    [Sets("use_pid_dir", Since = "1.2.24")]
    public bool UsePidDirectory { get; private set; }

    /// <summary>The network namespace whose IPVS is managed; without a name, the one that the program is started in.</summary>
    [Keyword("net_namespace_ipvs", Since = "2.1.0", Default = "that of the program", Optional = true), NotYet]
    public string? NetworkNamespaceOfIpvs { get; private set; }

    /// <summary>Use ipsets although the program runs in a network namespace. Needs Linux 3.13.</summary>
    [Sets("namespace_with_ipsets", Since = "1.3.0"), NotYet]
    public bool NamespaceWithIpsets { get; private set; }

    /// <summary>A name for this process, where several run on one host; pid files and log lines get it.</summary>
    [Keyword("instance", Since = "1.2.24", Default = "none", FirstWins = true, SurvivesMissingValue = true)]
    public string? InstanceName { get; private set; }

    /// <summary>How many seconds keepalived's parent process waits at the end before it kills its children.</summary>
    [Keyword("child_wait_time", Since = "2.0.0"), Seconds, Range(0, 4294967295), Strict, NotYet]
    public Base.Time.Duration ChildWaitTime { get; private set; } = Base.Time.Duration.FromSeconds(5);

    /// <summary>Ask every interface that VRRP uses for its link once a second, for drivers that do not report changes themselves.</summary>
    [Sets("linkbeat_use_polling", Since = "1.1.18")]
    public bool LinkbeatUsePolling { get; private set; }

    /// <summary>The preferences that are left for rules without one.</summary>
    internal RulePreferences RulePreferences { get; } = new();

    /// <summary>What has been defined so far that lines may track.</summary>
    internal Trackers Trackers { get; } = new();

    /// <summary>Named blocks that were written and are not there, which has been said.</summary>
    internal LostBlocks Lost { get; } = new();

    /// <summary>The certificate and key that SSL_GET checkers present to real servers.</summary>
    [Keyword("SSL", Since = "0.5.3", Default = "auto context", RepeatCounts = true), NotYet]
    public SslBlock? Ssl { get; private set; }

    /// <summary>
    /// A list of addresses and firewall marks that together are one service; virtual_server group NAME refers to it. One to a line.
    /// </summary>
    [Keyword("virtual_server_group", Since = "1.0.2"), NotYet]
    public List<VirtualServerGroupBlock> VirtualServerGroups { get; } = [];

    /// <summary>A load-balanced service: the address, firewall mark or group that clients use, and the real servers that answer.</summary>
    [Keyword("virtual_server", Since = "0.5.3"), NotYet]
    public List<VirtualServerBlock> VirtualServers { get; } = [];
}
