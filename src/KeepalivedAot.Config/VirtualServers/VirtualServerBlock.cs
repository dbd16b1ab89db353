using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Checkers;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Values;

namespace KeepalivedAot.Config.VirtualServers;

/// <summary>One <c>virtual_server … { … }</c>: what clients ask, and who answers.</summary>
[Block("virtual_server", Label = "{ip [port]}|{fwmark uint}|{group name}")]
public sealed partial class VirtualServerBlock
{
    /// <summary>The address, the firewall mark or the group that clients ask.</summary>
    [Header]
    public VirtualServerAddress Address { get; private set; } = new();

    /// <summary>The family of a service without an address: inet or inet6.</summary>
    /// <remarks>For a firewall mark it is known after loading.</remarks>
    [Keyword("ip_family", Since = "1.2.20", Default = "from servers; inet for all-tunnel fwmark")]
    public ServiceFamily IpFamily { get; private set; }

    /// <summary>The protocol of the service: TCP, UDP or SCTP. A firewall mark needs none.</summary>
    /// <remarks>After loading it is null for firewall marks only.</remarks>
    [Keyword("protocol", Since = "0.5.3", Default = "UDP (with error)")]
    public ServiceProtocol? Protocol { get; private set; }

    /// <summary>How IPVS chooses a real server for a connection: rr (in turn), wlc (fewest connections for its weight) and so on.</summary>
    [Keyword("lvs_sched", Since = "1.1.5", Default = "wlc (with error)"), Alias("lb_algo", Since = "0.5.3")]
    public Scheduler Scheduler { get; private set; }

    /// <summary>How packets get to the real servers: NAT, DR (direct routing) or TUN (tunnel).</summary>
    /// <remarks>Never null after loading.</remarks>
    [Keyword("lvs_method", Since = "1.1.5", Default = "NAT (with error)", Arguments = "NAT|DR|TUN [tunnel options]"), Alias("lb_kind", Since = "0.5.3")]
    public ForwardingMethod? Method { get; private set; }

    /// <summary>Has no effect. sh-port and mh-port are used in its place.</summary>
    [Sets("hashed", Since = "1.3.0"), NoEffect(SaysItself = true)]
    public bool Hashed { get; private set; }

    /// <summary>Choose a real server for each packet and not for each connection (one-packet scheduling); UDP only.</summary>
    [Sets("ops", Since = "1.2.8")]
    public bool OnePacketScheduling { get; private set; }

    /// <summary>The first flag of the scheduler: sh-fallback with sh, mh-fallback with mh.</summary>
    [Sets("flag-1", Since = "1.3.0")]
    public bool SchedulerFlag1 { get; private set; }

    /// <summary>The second flag of the scheduler: sh-port with sh, mh-port with mh.</summary>
    [Sets("flag-2", Since = "1.3.0")]
    public bool SchedulerFlag2 { get; private set; }

    /// <summary>The third flag of the scheduler, which the kernel's own schedulers do not use.</summary>
    [Sets("flag-3", Since = "1.3.0")]
    public bool SchedulerFlag3 { get; private set; }

    /// <summary>With scheduler sh, hash the source port as well as the address.</summary>
    [Sets("sh-port", Since = "1.3.0")]
    public bool SourceHashPort { get; private set; }

    /// <summary>With scheduler sh, take another real server when the chosen one is not available.</summary>
    [Sets("sh-fallback", Since = "1.3.0")]
    public bool SourceHashFallback { get; private set; }

    /// <summary>With scheduler mh, hash the source port as well as the address.</summary>
    [Sets("mh-port", Since = "2.0.20")]
    public bool MaglevPort { get; private set; }

    /// <summary>With scheduler mh, take another real server when the chosen one is not available.</summary>
    [Sets("mh-fallback", Since = "2.0.20")]
    public bool MaglevFallback { get; private set; }

    /// <summary>The IPVS persistence engine, which recognises a client by what its protocol says: sip.</summary>
    [Keyword("persistence_engine", Since = "1.2.20", Default = "none")]
    public PersistenceEngine? PersistenceEngine { get; private set; }

    /// <summary>How many seconds a client is sent to the same real server; without a number 360.</summary>
    [Keyword("persistence_timeout", Since = "0.5.3", Default = "0 (off)", Bare = "360"), Range(1, 2678400), Strict]
    public uint PersistenceTimeout { get; private set; }

    /// <summary>Which clients count as one for persistence: an IPv4 netmask such as 255.255.255.0, or an IPv6 prefix length.</summary>
    [Keyword("persistence_granularity", Since = "0.5.7", Default = "none")]
    public PersistenceGranularity? PersistenceGranularity { get; private set; }

    /// <summary>Do not run checkers while the address of the service is not on this host.</summary>
    [Sets("ha_suspend", Since = "1.0.0")]
    public bool HaSuspend { get; private set; }

    /// <summary>Default of the checkers' retry: how often a failed check is tried again.</summary>
    [Keyword("retry", Since = "1.3.7", Default = "unset"), Range(1, 4294967295), Strict]
    public long Retry { get; private set; } = CheckerDefaults.NotGiven;

    /// <summary>Default of the checkers' delay_before_retry: seconds before a failed check is tried again.</summary>
    [Keyword("delay_before_retry", Since = "1.3.7", Default = "unset"), Seconds(Decimals = 6), Range(0.0, 4294967295.0)]
    public Duration DelayBeforeRetry { get; private set; } = CheckerDefaults.Unset;

    /// <summary>Default of the checkers' warmup: the first check comes at a random time within this many seconds.</summary>
    [Keyword("warmup", Since = "1.3.7", Default = "unset"), Seconds(Decimals = 6), Range(0.0, 4294967295.0)]
    public Duration Warmup { get; private set; } = CheckerDefaults.Unset;

    /// <summary>Default of the checkers' connect_timeout: seconds to wait for a connection or an answer.</summary>
    [Keyword("connect_timeout", Since = "2.0.13", Default = "5"), Seconds(Decimals = 6), Range(0.000001, 4294.967295)]
    public Duration ConnectTimeout { get; private set; } = CheckerDefaults.ConnectTimeout;

    /// <summary>Default of the checkers' delay_loop: seconds between two checks.</summary>
    [Keyword("delay_loop", Since = "0.5.3", Default = "60"), Seconds(Decimals = 6), Range(0.000001, 4294967295.0)]
    public Duration DelayLoop { get; private set; } = CheckerDefaults.DelayLoop;

    /// <summary>Give a real server that is down weight 0 in place of removing it, so that its connections live on.</summary>
    [Sets("inhibit_on_failure", Since = "1.3.7")]
    public bool InhibitOnFailure { get; private set; }

    /// <summary>Send a mail when quorum is gained or lost.</summary>
    [Keyword("smtp_alert", Since = "2.0.0", Default = "smtp_alert_checker, then smtp_alert, then false", Optional = true)]
    public bool? SmtpAlert { get; private set; }

    /// <summary>Default of the checkers' virtualhost: the Host header of HTTP requests.</summary>
    [Keyword("virtualhost", Since = "0.5.8", Default = "none", SurvivesMissingValue = true, RepeatCounts = true)]
    public string? VirtualHost { get; private set; }

    /// <summary>The name of the virtual server in SNMP.</summary>
    [Keyword("snmp_name", Since = "2.2.3", Default = "none", SurvivesMissingValue = true)]
    public SnmpName? SnmpName { get; private set; }

    /// <summary>Real servers count as down at the start, until their checks have succeeded.</summary>
    [Sets("alpha", Since = "1.1.16")]
    public bool Alpha { get; private set; }

    /// <summary>Run notify_down and quorum_down scripts at the stop of the program, too.</summary>
    [Sets("omega", Since = "1.1.16")]
    public bool Omega { get; private set; }

    /// <summary>Script to run when quorum is gained, and the user that runs it.</summary>
    [Keyword("quorum_up", Since = "1.1.16", Default = "none", FirstWins = true)]
    public ConfigScript? QuorumUp { get; private set; }

    /// <summary>Script to run when quorum is lost, and the user that runs it.</summary>
    [Keyword("quorum_down", Since = "1.1.16", Default = "none", FirstWins = true)]
    public ConfigScript? QuorumDown { get; private set; }

    /// <summary>The least sum of weights of real servers that are up with which the service works.</summary>
    [Keyword("quorum", Since = "1.1.16"), Range(1, 4294967295)]
    public uint Quorum { get; private set; } = 1;

    /// <summary>How much above quorum the weights must rise to gain it, and below to lose it. Less than quorum.</summary>
    [Keyword("hysteresis", Since = "1.1.16"), Range(0, 4294967295)]
    public uint Hysteresis { get; private set; }

    /// <summary>Default weight of real servers.</summary>
    [Keyword("weight", Since = "1.3.7"), Range(1, 2147483647)]
    public int Weight { get; private set; } = 1;

    /// <summary>A server that answers clients while there is no quorum, for example with an apology.</summary>
    [Keyword("sorry_server", Since = "0.5.3", Default = "none")]
    public ServerAddress? SorryServer { get; private set; }

    /// <summary>Give the sorry server weight 0 in place of removing it when quorum is back.</summary>
    [Sets("sorry_server_inhibit", Since = "1.2.13")]
    public bool SorryServerInhibit { get; private set; }

    /// <summary>How packets get to the sorry server: NAT, DR (direct routing) or TUN (tunnel).</summary>
    /// <remarks>Never null after loading when there is one.</remarks>
    [Keyword("sorry_server_lvs_method", Since = "1.3.6", Default = "virtual server's method", Arguments = "NAT|DR|TUN [tunnel options]")]
    public ForwardingMethod? SorryServerMethod { get; private set; }

    /// <summary>A server that does the work, and how it is checked.</summary>
    [Keyword("real_server", Since = "0.5.3")]
    public List<RealServerBlock> RealServers { get; private set; } = [];
}
