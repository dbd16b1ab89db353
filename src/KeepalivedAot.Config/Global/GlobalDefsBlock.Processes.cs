using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Global;

// Priorities, processors and names of processes.
public sealed partial class GlobalDefsBlock
{
    private const string OneProcess = "it is one process; 'process_name' names it";

    /// <summary>Give keepalived's processes for VRRP, checkers and BFD names of their own.</summary>
    [Sets("process_names", Since = "2.0.16"), NotHere(OneProcess)]
    public bool ProcessNames { get; private set; }

    /// <summary>The name of the process, as ps shows it: at most 15 bytes.</summary>
    [Keyword("process_name", Since = "2.0.16", Default = "unset")]
    public ProcessName? ProcessName { get; private set; }

    /// <summary>The name of keepalived's VRRP process.</summary>
    [Keyword("vrrp_process_name", Since = "2.0.16", Default = "unset"), NotHere(OneProcess)]
    public ProcessName? VrrpProcessName { get; private set; }

    /// <summary>The name of keepalived's checker process.</summary>
    [Keyword("checker_process_name", Since = "2.2.0", Default = "unset"), DeprecatedAlias("lvs_process_name", Since = "2.0.16"), NotHere(OneProcess)]
    public ProcessName? CheckerProcessName { get; private set; }

    /// <summary>The name of keepalived's BFD process.</summary>
    [Keyword("bfd_process_name", Since = "2.0.16", Default = "unset"), NotHere(OneProcess)]
    public ProcessName? BfdProcessName { get; private set; }

    /// <summary>
    /// The highest real-time priority that is taken when timers are late; without a number the kernel's maximum, 0 is none, -1 none
    /// without a log line.
    /// </summary>
    [Keyword("max_auto_priority", Since = "2.1.0", Default = "0", Bare = "99"), Range(-1, 99)]
    public sbyte MaxAutoPriority { get; private set; }

    /// <summary>How late a timer must be, in microseconds, before the priority is raised (max_auto_priority).</summary>
    [Keyword("min_auto_priority_delay", Since = "2.1.0", SurvivesMissingValue = true), Range(1, 10000000)]
    public uint MinAutoPriorityDelay { get; private set; } = 1000000;

    /// <summary>The nice value that VRRP runs with; lower is served first.</summary>
    [Keyword("vrrp_priority", Since = "1.2.20", SurvivesMissingValue = true), Range(-20, 19), Fallback("0")]
    public sbyte VrrpPriority { get; private set; }

    /// <summary>Keep the memory of VRRP from being swapped out.</summary>
    [Sets("vrrp_no_swap", Since = "1.2.20")]
    public bool VrrpNoSwap { get; private set; }

    /// <summary>The real-time priority (SCHED_RR) that VRRP runs with. Numbers outside the range are moved into it.</summary>
    [Keyword("vrrp_rt_priority", Since = "2.0.0", Default = "off", SurvivesMissingValue = true)]
    public RealTimePriority? VrrpRealTimePriority { get; private set; }

    /// <summary>The processors that VRRP may run on, by their numbers.</summary>
    [Keyword("vrrp_cpu_affinity", Since = "2.0.17", Default = "unset", SurvivesMissingValue = true)]
    public CpuSet? VrrpCpuAffinity { get; private set; }

    /// <summary>How long VRRP may run in one go with a real-time priority, in microseconds (RLIMIT_RTTIME). 1 is raised to 2.</summary>
    [Keyword("vrrp_rlimit_rttime", Since = "2.1.0"), DeprecatedAlias("vrrp_rlimit_rtime", Since = "2.0.0"), Range(1, 4294967295)]
    public uint VrrpRealTimeLimit { get; private set; } = 10000;

    /// <summary>The nice value that the checkers run with; lower is served first.</summary>
    [Keyword("checker_priority", Since = "1.2.20", SurvivesMissingValue = true), Range(-20, 19), Fallback("0"), NotYet]
    public sbyte CheckerPriority { get; private set; }

    /// <summary>Keep the memory of the checkers from being swapped out.</summary>
    [Sets("checker_no_swap", Since = "1.2.20"), NotYet]
    public bool CheckerNoSwap { get; private set; }

    /// <summary>The real-time priority (SCHED_RR) that the checkers run with. Numbers outside the range are moved into it.</summary>
    [Keyword("checker_rt_priority", Since = "2.0.0", Default = "off", SurvivesMissingValue = true), NotYet]
    public RealTimePriority? CheckerRealTimePriority { get; private set; }

    /// <summary>The processors that the checkers may run on, by their numbers.</summary>
    [Keyword("checker_cpu_affinity", Since = "2.0.17", Default = "unset", SurvivesMissingValue = true), NotYet]
    public CpuSet? CheckerCpuAffinity { get; private set; }

    /// <summary>
    /// How long the checkers may run in one go with a real-time priority, in microseconds (RLIMIT_RTTIME). 1 is raised to 2.
    /// </summary>
    [Keyword("checker_rlimit_rttime", Since = "2.1.0"), DeprecatedAlias("checker_rlimit_rtime", Since = "2.0.0"), Range(1, 4294967295), NotYet]
    public uint CheckerRealTimeLimit { get; private set; } = 10000;

    /// <summary>The nice value that BFD runs with; lower is served first.</summary>
    [Keyword("bfd_priority", Since = "2.0.0", SurvivesMissingValue = true), Range(-20, 19), Fallback("0"), NotYet]
    public sbyte BfdPriority { get; private set; }

    /// <summary>Keep the memory of BFD from being swapped out.</summary>
    [Sets("bfd_no_swap", Since = "2.0.0"), NotYet]
    public bool BfdNoSwap { get; private set; }

    /// <summary>The real-time priority (SCHED_RR) that BFD runs with. Numbers outside the range are moved into it.</summary>
    [Keyword("bfd_rt_priority", Since = "2.0.0", Default = "off", SurvivesMissingValue = true), NotYet]
    public RealTimePriority? BfdRealTimePriority { get; private set; }

    /// <summary>The processors that BFD may run on, by their numbers.</summary>
    [Keyword("bfd_cpu_affinity", Since = "2.0.17", Default = "unset", SurvivesMissingValue = true), NotYet]
    public CpuSet? BfdCpuAffinity { get; private set; }

    /// <summary>How long BFD may run in one go with a real-time priority, in microseconds (RLIMIT_RTTIME). 1 is raised to 2.</summary>
    [Keyword("bfd_rlimit_rttime", Since = "2.1.0"), DeprecatedAlias("bfd_rlimit_rtime", Since = "2.0.0"), Range(1, 4294967295), NotYet]
    public uint BfdRealTimeLimit { get; private set; } = 10000;

    /// <summary>A start value for random numbers. It has no effect in keepalived either, which has begun by then.</summary>
    [Keyword("random_seed", Since = "2.0.15", Default = "time of day"), Range(0, 4294967295), Strict, NoEffect]
    public uint? RandomSeed { get; private set; }
}
