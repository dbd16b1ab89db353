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

    /// <summary>The family of a service that has no address; for a firewall mark it is known after loading.</summary>
    [Keyword("ip_family", Since = "1.2.20", Default = "from servers; inet for all-tunnel fwmark")]
    public ServiceFamily IpFamily { get; private set; }

    /// <summary>TCP, UDP or SCTP; after loading it is null for firewall marks only.</summary>
    [Keyword("protocol", Since = "0.5.3", Default = "UDP (with error)")]
    public ServiceProtocol? Protocol { get; private set; }

    /// <summary>How IPVS chooses a real server.</summary>
    [Keyword("lvs_sched", Since = "1.1.5", Default = "wlc (with error)"), Alias("lb_algo", Since = "0.5.3")]
    public Scheduler Scheduler { get; private set; }

    /// <summary>How packets get to the real servers; never null after loading.</summary>
    [Keyword("lvs_method", Since = "1.1.5", Default = "NAT (with error)", Arguments = "NAT|DR|TUN [tunnel options]"), Alias("lb_kind", Since = "0.5.3")]
    public ForwardingMethod? Method { get; private set; }

    /// <summary>Nothing any more; sh-port and mh-port say it.</summary>
    [Sets("hashed", Since = "1.3.0"), NoEffect(SaysItself = true)]
    public bool Hashed { get; private set; }

    /// <summary>Each packet is scheduled by itself; UDP only.</summary>
    [Sets("ops", Since = "1.2.8")]
    public bool OnePacketScheduling { get; private set; }

    /// <summary>The first flag of the scheduler.</summary>
    [Sets("flag-1", Since = "1.3.0")]
    public bool SchedulerFlag1 { get; private set; }

    /// <summary>The second flag of the scheduler.</summary>
    [Sets("flag-2", Since = "1.3.0")]
    public bool SchedulerFlag2 { get; private set; }

    /// <summary>The third flag of the scheduler.</summary>
    [Sets("flag-3", Since = "1.3.0")]
    public bool SchedulerFlag3 { get; private set; }

    /// <summary>The port counts for source hashing, too.</summary>
    [Sets("sh-port", Since = "1.3.0")]
    public bool SourceHashPort { get; private set; }

    /// <summary>With source hashing another server is taken when the one that was found is away.</summary>
    [Sets("sh-fallback", Since = "1.3.0")]
    public bool SourceHashFallback { get; private set; }

    /// <summary>The port counts for Maglev hashing, too.</summary>
    [Sets("mh-port", Since = "2.0.20")]
    public bool MaglevPort { get; private set; }

    /// <summary>With Maglev hashing another server is taken when the one that was found is away.</summary>
    [Sets("mh-fallback", Since = "2.0.20")]
    public bool MaglevFallback { get; private set; }

    /// <summary>Keeps track of persistent connections by what a protocol says, such as sip.</summary>
    [Keyword("persistence_engine", Since = "1.2.20", Default = "none")]
    public PersistenceEngine? PersistenceEngine { get; private set; }

    /// <summary>How long a client comes to the same real server, in seconds; by itself 360.</summary>
    [Keyword("persistence_timeout", Since = "0.5.3", Default = "0 (off)", Bare = "360"), Range(1, 2678400), Strict]
    public uint PersistenceTimeout { get; private set; }

    /// <summary>Which clients count as one: an IPv4 mask, or the length of an IPv6 prefix.</summary>
    [Keyword("persistence_granularity", Since = "0.5.7", Default = "none")]
    public PersistenceGranularity? PersistenceGranularity { get; private set; }

    /// <summary>Do not check while the address of the service is not on this host.</summary>
    [Sets("ha_suspend", Since = "1.0.0")]
    public bool HaSuspend { get; private set; }

    /// <summary>Default of retry.</summary>
    [Keyword("retry", Since = "1.3.7", Default = "unset"), Range(1, 4294967295), Strict]
    public long Retry { get; private set; } = CheckerDefaults.NotGiven;

    /// <summary>Default of delay_before_retry.</summary>
    [Keyword("delay_before_retry", Since = "1.3.7", Default = "unset"), Seconds(Decimals = 6), Range(0.0, 4294967295.0)]
    public Duration DelayBeforeRetry { get; private set; } = CheckerDefaults.Unset;

    /// <summary>Default of warmup.</summary>
    [Keyword("warmup", Since = "1.3.7", Default = "unset"), Seconds(Decimals = 6), Range(0.0, 4294967295.0)]
    public Duration Warmup { get; private set; } = CheckerDefaults.Unset;

    /// <summary>Default of connect_timeout.</summary>
    [Keyword("connect_timeout", Since = "2.0.13", Default = "5"), Seconds(Decimals = 6), Range(0.000001, 4294.967295)]
    public Duration ConnectTimeout { get; private set; } = CheckerDefaults.ConnectTimeout;

    /// <summary>Default of delay_loop.</summary>
    [Keyword("delay_loop", Since = "0.5.3", Default = "60"), Seconds(Decimals = 6), Range(0.000001, 4294967295.0)]
    public Duration DelayLoop { get; private set; } = CheckerDefaults.DelayLoop;

    /// <summary>A real server that is down gets weight 0 and is not removed.</summary>
    [Sets("inhibit_on_failure", Since = "1.3.7")]
    public bool InhibitOnFailure { get; private set; }

    /// <summary>Mail when quorum is won or lost.</summary>
    [Keyword("smtp_alert", Since = "2.0.0", Default = "smtp_alert_checker, then smtp_alert, then false", Optional = true)]
    public bool? SmtpAlert { get; private set; }

    /// <summary>Default of virtualhost.</summary>
    [Keyword("virtualhost", Since = "0.5.8", Default = "none", SurvivesMissingValue = true, RepeatCounts = true)]
    public string? VirtualHost { get; private set; }

    /// <summary>The name in SNMP.</summary>
    [Keyword("snmp_name", Since = "2.2.3", Default = "none", SurvivesMissingValue = true)]
    public SnmpName? SnmpName { get; private set; }

    /// <summary>All servers count as down at the start.</summary>
    [Sets("alpha", Since = "1.1.16")]
    public bool Alpha { get; private set; }

    /// <summary>Run the scripts for servers and quorum that go down at the stop, too.</summary>
    [Sets("omega", Since = "1.1.16")]
    public bool Omega { get; private set; }

    /// <summary>Runs when quorum is won.</summary>
    [Keyword("quorum_up", Since = "1.1.16", Default = "none", FirstWins = true)]
    public ConfigScript? QuorumUp { get; private set; }

    /// <summary>Runs when quorum is lost.</summary>
    [Keyword("quorum_down", Since = "1.1.16", Default = "none", FirstWins = true)]
    public ConfigScript? QuorumDown { get; private set; }

    /// <summary>The weight of servers that are up which the service needs.</summary>
    [Keyword("quorum", Since = "1.1.16"), Range(1, 4294967295)]
    public uint Quorum { get; private set; } = 1;

    /// <summary>How much more it takes to win quorum and less to lose it.</summary>
    [Keyword("hysteresis", Since = "1.1.16"), Range(0, 4294967295)]
    public uint Hysteresis { get; private set; }

    /// <summary>Default of weight.</summary>
    [Keyword("weight", Since = "1.3.7"), Range(1, 2147483647)]
    public int Weight { get; private set; } = 1;

    /// <summary>Answers while there is no quorum.</summary>
    [Keyword("sorry_server", Since = "0.5.3", Default = "none")]
    public ServerAddress? SorryServer { get; private set; }

    /// <summary>The sorry server gets weight 0 and is not removed.</summary>
    [Sets("sorry_server_inhibit", Since = "1.2.13")]
    public bool SorryServerInhibit { get; private set; }

    /// <summary>How packets get to the sorry server; never null after loading when there is one.</summary>
    [Keyword("sorry_server_lvs_method", Since = "1.3.6", Default = "virtual server's method", Arguments = "NAT|DR|TUN [tunnel options]")]
    public ForwardingMethod? SorryServerMethod { get; private set; }

    /// <summary>The servers that do the work.</summary>
    [Keyword("real_server", Since = "0.5.3")]
    public List<RealServerBlock> RealServers { get; private set; } = [];
}
