using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Global;

// IPVS.
public sealed partial class GlobalDefsBlock
{
    /// <summary>How long IPVS remembers idle connections, in seconds: TCP, TCP after a FIN, and UDP.</summary>
    [Keyword("lvs_timeouts", Since = "1.2.24", Default = "the kernel's", SurvivesMissingValue = true, Arguments = "{tcp|tcpfin|udp uint! 0..2678400}..."), NotYet]
    public LvsTimeouts? LvsTimeouts { get; private set; }

    /// <summary>Remove all virtual servers from the IPVS table at the start, whoever made them.</summary>
    [Sets("lvs_flush", Since = "1.2.23"), NotYet]
    public bool LvsFlush { get; private set; }

    /// <summary>Remove all virtual servers from the IPVS table at the stop; with VS, only those of this configuration.</summary>
    [Keyword("lvs_flush_on_stop", Since = "2.2.0", Default = "off", Optional = true), Alias("lvs_flush_onstop", Since = "2.0.15"), NotYet]
    public LvsFlush LvsFlushOnStop { get; private set; }

    /// <summary>Share IPVS connections with the other router over this interface, so that they survive a failover.</summary>
    [Keyword("lvs_sync_daemon", Since = "1.2.20", Default = "off", SurvivesMissingValue = true, Arguments = "iface [[inst] name] [id N] [maxlen N] [port N] [ttl N] [group ip]", FirstWins = true)]
    [NotYet]
    public LvsSyncDaemon? LvsSyncDaemon { get; private set; }

    /// <summary>Log every failed try of all checkers, not only the one after which a real server is taken out.</summary>
    [Keyword("checker_log_all_failures", Since = "2.0.11", Optional = true), NotYet]
    public bool CheckerLogAllFailures { get; private set; }

    /// <summary>Run notify_up and write to the FIFOs for real servers that come up at the start, too.</summary>
    [Keyword("rs_init_notifies", Since = "2.0.0", Optional = true), NotYet]
    public bool RealServerInitialNotifies { get; private set; }
}
