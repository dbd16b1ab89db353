using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Global;

// IPVS.
public sealed partial class GlobalDefsBlock
{
    /// <summary>IPVS timeouts of TCP, of TCP after a FIN, and of UDP.</summary>
    [Keyword("lvs_timeouts", Since = "1.2.24", Default = "the kernel's", SurvivesMissingValue = true, Arguments = "{tcp|tcpfin|udp uint! 0..2678400}..."), NotYet]
    public LvsTimeouts? LvsTimeouts { get; private set; }

    /// <summary>Empty the IPVS table at start.</summary>
    [Sets("lvs_flush", Since = "1.2.23"), NotYet]
    public bool LvsFlush { get; private set; }

    /// <summary>Empty the IPVS table at stop; with VS only what was put there.</summary>
    [Keyword("lvs_flush_on_stop", Since = "2.2.0", Default = "off", Optional = true), Alias("lvs_flush_onstop", Since = "2.0.15"), NotYet]
    public LvsFlush LvsFlushOnStop { get; private set; }

    /// <summary>The IPVS connection synchronisation daemon.</summary>
    [Keyword("lvs_sync_daemon", Since = "1.2.20", Default = "off", SurvivesMissingValue = true, Arguments = "iface [[inst] name] [id N] [maxlen N] [port N] [ttl N] [group ip]", FirstWins = true)]
    [NotYet]
    public LvsSyncDaemon? LvsSyncDaemon { get; private set; }

    /// <summary>Log each failed try of every checker.</summary>
    [Keyword("checker_log_all_failures", Since = "2.0.11", Optional = true), NotYet]
    public bool CheckerLogAllFailures { get; private set; }

    /// <summary>Notify for real servers that come up at the start.</summary>
    [Keyword("rs_init_notifies", Since = "2.0.0", Optional = true), NotYet]
    public bool RealServerInitialNotifies { get; private set; }
}
