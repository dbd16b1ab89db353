using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Daemon.Control;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Journal;
using KeepalivedAot.Daemon.Routers;
using KeepalivedAot.Daemon.Scripts;
using KeepalivedAot.Daemon.Text;
using KeepalivedAot.Linux.Loop;
using KeepalivedAot.Linux.Process;
using KeepalivedAot.Tracking.Scripts;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;
using KeepalivedAot.Vrrp.Watch;

namespace KeepalivedAot.Daemon.Metrics;

/// <summary>All metrics there are, in the order of the text.</summary>
/// <remarks>
/// <c>keepalived_…</c>: the names, labels and numbers of mehdy/keepalived-exporter, so that its dashboards and alerts go on. <c>keepalived_aot_…</c>
/// is ours. The page for users, <c>metrics.md</c>, has a line for each; a test compares the two.
/// </remarks>
internal static class MetricCatalogue
{
    private const string OfInstanceAndState = "iname, intf, vrid, state";
    private const string OfInstance = "iname, intf, vrid";
    private const string OfScript = "name";
    private const int HmacErrorKinds = 6;

    public static MetricFamily[] Families { get; } =
    [
        One("keepalived_up", MetricKind.Gauge, "Whether keepalived is running: 1", static (text, _) => text.End(1L)),
        new("keepalived_vrrp_state", MetricKind.Gauge,
            "State of the instance, for each of its virtual addresses: 0 is INIT, 1 BACKUP, 2 MASTER, 3 FAULT", "iname, intf, vrid, ip_address",
            static scrape => scrape.Instances.Count, WriteStateOfAddress),
        Shared("keepalived_advertisements_received_total", "Advertisements received", static c => c.AdvertRcvd),
        Shared("keepalived_advertisements_sent_total", "Advertisements sent", static c => c.AdvertSent),
        Shared("keepalived_become_master_total", "Times that the instance became MASTER", static c => c.BecomeMaster),
        Shared("keepalived_release_master_total", "Times that the instance was MASTER no longer", static c => c.ReleaseMaster),
        Shared("keepalived_packet_length_errors_total", "Advertisements of a wrong length", static c => c.PacketLenErr),
        Shared("keepalived_advertisements_interval_errors_total", "Advertisements with another interval", static c => c.AdvertIntervalErr),
        Shared("keepalived_ip_ttl_errors_total", "Advertisements with a wrong TTL or hop limit", static c => c.IpTtlErr),
        Shared("keepalived_invalid_type_received_total", "Packets of another type than an advertisement", static c => c.InvalidTypeRcvd),
        Shared("keepalived_address_list_errors_total", "Advertisements with other virtual addresses", static c => c.AddrListErr),
        Shared("keepalived_authentication_invalid_total", "Advertisements with an authentication that does not exist", static c => c.InvalidAuthtype),
        Shared("keepalived_authentication_mismatch_total", "Advertisements with another kind of authentication", static c => c.AuthtypeMismatch),
        Shared("keepalived_authentication_failure_total", "Advertisements with wrong authentication data", static c => c.AuthFailure),
        Shared("keepalived_priority_zero_received_total", "Advertisements of priority 0 received", static c => c.PriZeroRcvd),
        Shared("keepalived_priority_zero_sent_total", "Advertisements of priority 0 sent", static c => c.PriZeroSent),
        new("keepalived_gratuitous_arp_delay_total", MetricKind.Counter,
            "Seconds from becoming MASTER to the second burst of gratuitous ARP, as configured", OfInstanceAndState, InstanceCount,
            static (text, family, scrape, item, _) =>
            {
                VrrpInstance instance = BeginShared(text, family, scrape, item);
                text.End(instance.Block.GarpDelay.WholeSeconds);
                return false;
            }),
        new("keepalived_script_status", MetricKind.Gauge, "Result of the tracked script: 0 is BAD, 1 GOOD; left out while there is none", OfScript,
            ScriptCount, static (text, family, scrape, item, _) =>
            {
                if (scrape.Scripts[item].IsGood is { } isGood)
                    BeginScript(text, family, scrape, item).End(isGood ? 1L : 0L);
                return false;
            }),
        new("keepalived_script_state", MetricKind.Gauge,
            "Whether the tracked script runs: 0 is idle, 1 running, 2 being ended because its time is up", OfScript,
            ScriptCount, static (text, family, scrape, item, _) =>
            {
                BeginScript(text, family, scrape, item).End(scrape.Scripts[item].State switch
                {
                    ScriptRunState.Idle => 0L,
                    ScriptRunState.Running => 1L,
                    _ => 2L,
                });
                return false;
            }),

        Instance("keepalived_aot_state", MetricKind.Gauge, "State of the instance: 0 is INIT, 1 BACKUP, 2 MASTER, 3 FAULT", static i => (ulong)i.Router.State),
        Instance("keepalived_aot_priority", MetricKind.Gauge, "Effective priority of the instance", static i => i.Router.EffectivePriority.Value),
        new("keepalived_aot_state_duration_seconds", MetricKind.Gauge, "Time since the last change of the state of the instance", OfInstance, InstanceCount,
            static (text, family, scrape, item, _) =>
            {
                VrrpInstance instance = Begin(text, family, scrape, item);
                text.End(scrape.Source.Now() - instance.Router.LastTransitionAt);
                return false;
            }),
        new("keepalived_aot_transitions_total", MetricKind.Counter, "Changes of state by what caused them; left out where there were none",
            "iname, intf, vrid, reason", InstanceCount, WriteTransitions),
        Instance("keepalived_aot_version_errors_total", MetricKind.Counter, "Packets of another VRRP version", static i => i.Router.Counters.VersErr),
        Instance("keepalived_aot_checksum_errors_total", MetricKind.Counter, "Packets with a wrong checksum", static i => i.Router.Counters.ChkErr),
        Instance("keepalived_aot_unknown_peer_errors_total", MetricKind.Counter, "Unicast packets of somebody who is no peer", static i => i.Router.Counters.NotAPeer),
        new("keepalived_aot_hmac_errors_total", MetricKind.Counter, "Packets that auth_hmac has refused, by what was wrong with them; only of instances that use it",
            "iname, intf, vrid, reason", InstanceCount, WriteHmacErrors),
        new("keepalived_aot_conflicts_total", MetricKind.Counter, "What was noticed that others on the segment do wrong, by what it is", "iname, intf, vrid, kind",
            InstanceCount, static (text, family, scrape, item, part) =>
            {
                VrrpInstance instance = Begin(text, family, scrape, item);
                text.Label("kind"u8, JournalKinds.ConflictName((ConflictKind)part));
                text.End(instance.Router.Conflicts.CountOf((ConflictKind)part));
                return part + 1 < ConflictWatch.KindCount;
            }),
        new("keepalived_aot_group_state", MetricKind.Gauge, "State of the sync group: 0 is INIT, 1 BACKUP, 2 MASTER, 3 FAULT", "group",
            static scrape => scrape.Groups.Count, static (text, family, scrape, item, _) =>
            {
                text.Begin(family);
                text.Label("group"u8, scrape.Groups[item].Name);
                text.End((long)scrape.Groups[item].Group.State);
                return false;
            }),

        new("keepalived_aot_script_duration_seconds", MetricKind.Summary, "How long the runs of the tracked script took", OfScript,
            ScriptCount, static (text, family, scrape, item, part) =>
            {
                BeginScript(text, family, scrape, item, part == 0 ? "_sum"u8 : "_count"u8);
                if (part == 0)
                    text.End(scrape.Scripts[item].RunTime);
                else
                    text.End(scrape.Scripts[item].EndedRuns);
                return part == 0;
            }),
        new("keepalived_aot_script_failures_total", MetricKind.Counter, "Runs of the tracked script that have failed, used up their time or could not begin", OfScript,
            ScriptCount, static (text, family, scrape, item, _) =>
            {
                BeginScript(text, family, scrape, item).End(scrape.Scripts[item].FailedRuns);
                return false;
            }),
        Sum("keepalived_aot_script_loop_seconds", "How long the starts and ends of all scripts have held the loop",
            static s => s.ScriptCost.Total, static s => (ulong)s.ScriptCost.Runs),

        new("keepalived_aot_wakeup_lateness_seconds", MetricKind.Histogram, "How late timers fired", "le", static _ => 1, WriteLateness),
        One("keepalived_aot_wakeup_lateness_max_seconds", MetricKind.Gauge, "The latest that timers ever fired", static (text, s) => text.End(s.Lateness.Max)),
        One("keepalived_aot_loop_turns_total", MetricKind.Counter, "Turns of the event loop", static (text, s) => text.End(s.Turns())),
        One("keepalived_aot_loop_turns_cut_total", MetricKind.Counter, "Turns of the event loop in which input was left over for the next one",
            static (text, s) => text.End(s.CutTurns())),
        One("keepalived_aot_netlink_refusals_total", MetricKind.Counter,
            "Requests for addresses, routes, rules and links that the kernel has refused, those for what was there already among them",
            static (text, s) => text.End(s.NetlinkRefusals())),
        new("keepalived_aot_netlink_resyncs_total", MetricKind.Counter, "Times that notifications of the kernel were lost, and its tables read anew", "table",
            static _ => 1, static (text, family, scrape, _, part) =>
            {
                text.Begin(family);
                text.Label("table"u8, part == 0 ? "links"u8 : "routes"u8);
                text.End(part == 0 ? scrape.Source.Interfaces.LostCount : scrape.Source.Vrrp.Routing.LostCount);
                return part == 0;
            }),
        One("keepalived_aot_reasserted_total", MetricKind.Counter, "Virtual addresses, routes and rules put back because of vrrp.reassert",
            static (text, s) => text.End(s.Vrrp.ReassertedCount)),
        new("keepalived_aot_reloads_total", MetricKind.Counter, "Reloads by what became of them", "outcome", static _ => 1,
            static (text, family, scrape, _, part) =>
            {
                text.Begin(family);
                text.Label("outcome"u8, part == 0 ? "accepted"u8 : "refused"u8);
                text.End(part == 0 ? scrape.Source.Reloads.Accepted : scrape.Source.Reloads.Refused);
                return part == 0;
            }),
        OfReload("keepalived_aot_reload_success", "Whether the last reload was accepted: 1, or refused: 0; left out before the first one",
            static (text, reload) => text.End(reload.IsAccepted ? 1L : 0L)),
        OfReload("keepalived_aot_reload_time_seconds", "When the last reload was over, in seconds since 1970; left out before the first one",
            static (text, reload) => text.End(reload.At.Seconds)),
        OfReload("keepalived_aot_reload_duration_seconds", "How long the last reload took, with whatever the daemon did meanwhile; left out before the first one",
            static (text, reload) => text.End(reload.Took)),
        One("keepalived_aot_maintenance", MetricKind.Gauge, "Whether the router stays out of elections because of maintenance: 1, or not: 0",
            static (text, s) => text.End(s.Maintenance() is null ? 0L : 1L)),
        new("keepalived_aot_maintenance_end_time_seconds", MetricKind.Gauge, "When maintenance ends by itself, in seconds since 1970; left out where it does not", "",
            static scrape => scrape.Source.Maintenance() is { Until: not null } ? 1 : 0, static (text, family, scrape, _, _) =>
            {
                text.Begin(family);
                text.End(scrape.Source.Maintenance()!.Until!.Value.Seconds);
                return false;
            }),
        One("keepalived_aot_journal_events_written_total", MetricKind.Counter, "Events that were written into the file of the journal",
            static (text, s) => text.End(s.Journal.WrittenCount)),
        One("keepalived_aot_journal_events_lost_total", MetricKind.Counter, "Events that the file of the journal lacks, as it could not be written",
            static (text, s) => text.End(s.Journal.LostCount)),
        One("keepalived_aot_log_lines_dropped_total", MetricKind.Counter, "Lines of the log that have arrived nowhere", static (text, s) => text.End(s.DroppedLines())),
        Sum("keepalived_aot_scrape_loop_seconds", "How long making the metrics has held the loop", static s => s.Cost.Total, static s => s.Cost.Scrapes),
        One("keepalived_aot_scrape_slice_max_seconds", MetricKind.Gauge, "The longest that making metrics ever held the loop at once",
            static (text, s) => text.End(s.Cost.LongestSlice)),
        One("keepalived_aot_scrape_connections_refused_total", MetricKind.Counter, "Connections that were closed because there were too many of them",
            static (text, s) => text.End(s.Cost.RefusedConnections)),
        new("keepalived_aot_gc_collections_total", MetricKind.Counter, "Garbage collections", "generation", static _ => 1,
            static (text, family, _, _, part) =>
            {
                text.Begin(family);
                text.Label("generation"u8, part);
                text.End((long)GC.CollectionCount(part));
                return part < GC.MaxGeneration;
            }),
        One("keepalived_aot_gc_pause_seconds_total", MetricKind.Counter, "How long garbage collections have held the loop",
            static (text, _) => text.End(Duration.FromNanoseconds((long)GC.GetTotalPauseDuration().TotalNanoseconds))),
        One("keepalived_aot_allocated_bytes_total", MetricKind.Counter, "Memory that was allocated by the loop", static (text, _) => text.End(GC.GetAllocatedBytesForCurrentThread())),
        One("keepalived_aot_heap_bytes", MetricKind.Gauge, "Managed memory in use, garbage included", static (text, _) => text.End(GC.GetTotalMemory(forceFullCollection: false))),
        One("keepalived_aot_resident_memory_bytes", MetricKind.Gauge, "Memory of the process that is resident", static (text, _) => text.End(SystemInfo.ResidentMemory)),
        One("keepalived_aot_start_time_seconds", MetricKind.Gauge, "When the daemon started, in seconds since 1970", static (text, s) => text.End(s.Started.Seconds)),
        new("keepalived_aot_build_info", MetricKind.Info, "Which release this is, and which of keepalived it follows", "version, keepalived", static _ => 1,
            static (text, family, _, _, _) =>
            {
                text.Begin(family);
                text.Label("version"u8, ProductVersion.Own);
                text.Label("keepalived"u8, ProductVersion.Keepalived);
                text.End(1L);
                return false;
            }),
    ];

    /// <summary>The value of the label <c>reason</c>.</summary>
    public static ReadOnlySpan<byte> CauseName(TransitionCause cause) => cause switch
    {
        TransitionCause.Started => "started"u8,
        TransitionCause.AddressOwner => "address_owner"u8,
        TransitionCause.Resumed => "resumed"u8,
        TransitionCause.NobodyHeard => "nobody_heard"u8,
        TransitionCause.ActiveRouterSilent => "master_silent"u8,
        TransitionCause.ActiveRouterReleased => "master_released"u8,
        TransitionCause.LowerPriorityPreempted => "lower_priority_preempted"u8,
        TransitionCause.HigherPriorityHeard => "higher_priority_heard"u8,
        TransitionCause.HigherAddressHeard => "higher_address_heard"u8,
        TransitionCause.FaultRaised => "fault_raised"u8,
        TransitionCause.FaultCleared => "fault_cleared"u8,
        TransitionCause.VirtualAddressLost => "virtual_address_lost"u8,
        TransitionCause.Shutdown => "shutdown"u8,
        TransitionCause.Removed => "removed"u8,
        TransitionCause.LateWakeUp => "late_wakeup"u8,
        TransitionCause.Held => "held"u8,
        TransitionCause.HeldFaultRaised => "held_fault_raised"u8,
        TransitionCause.PulledToActive => "pulled_to_master"u8,
        TransitionCause.PulledToBackup => "pulled_to_backup"u8,
        TransitionCause.PulledToRelease => "pulled_to_release"u8,
        TransitionCause.PulledToFault => "pulled_to_fault"u8,
        TransitionCause.PulledOutOfFault => "pulled_out_of_fault"u8,
        TransitionCause.Yielded => "yielded"u8,
        TransitionCause.PulledToYield => "pulled_to_yield"u8,
        TransitionCause.GroupNotReady => "group_not_ready"u8,
        TransitionCause.GroupInFault => "group_in_fault"u8,
        _ => "other"u8,
    };

    private static int InstanceCount(MetricsScrape scrape) => scrape.Instances.Count;

    private static int ScriptCount(MetricsScrape scrape) => scrape.Scripts.Count;

    private static MetricFamily One(string name, MetricKind kind, string help, Action<MetricsText, MetricsSource> end)
        => new(name, kind, help, "", static _ => 1, (text, family, scrape, _, _) =>
        {
            text.Begin(family);
            end(text, scrape.Source);
            return false;
        });

    // Of what is not known yet nothing is written.
    private static MetricFamily OfReload(string name, string help, Action<MetricsText, ReloadOutcome> end)
        => new(name, MetricKind.Gauge, help, "", static scrape => scrape.Source.Reloads.Last is null ? 0 : 1, (text, family, scrape, _, _) =>
        {
            text.Begin(family);
            end(text, scrape.Source.Reloads.Last!);
            return false;
        });

    private static MetricFamily Sum(string name, string help, Func<MetricsSource, Duration> sum, Func<MetricsSource, ulong> count)
        => new(name, MetricKind.Summary, help, "", static _ => 1, (text, family, scrape, _, _) =>
        {
            text.Begin(family, "_sum"u8);
            text.End(sum(scrape.Source));
            text.Begin(family, "_count"u8);
            text.End(count(scrape.Source));
            return false;
        });

    private static MetricFamily Shared(string name, string help, Func<VrrpCounters, ulong> value)
        => new(name, MetricKind.Counter, help, OfInstanceAndState, InstanceCount, (text, family, scrape, item, _) =>
        {
            VrrpInstance instance = BeginShared(text, family, scrape, item);
            text.End(value(instance.Router.Counters));
            return false;
        });

    private static MetricFamily Instance(string name, MetricKind kind, string help, Func<VrrpInstance, ulong> value)
        => new(name, kind, help, OfInstance, InstanceCount, (text, family, scrape, item, _) =>
        {
            VrrpInstance instance = Begin(text, family, scrape, item);
            text.End(value(instance));
            return false;
        });

    // The counters of the exporter carry the state of the moment.
    private static VrrpInstance BeginShared(MetricsText text, MetricFamily family, MetricsScrape scrape, int item)
    {
        VrrpInstance instance = Begin(text, family, scrape, item);
        text.Label("state"u8, StateName.Of(instance.Router.State));
        return instance;
    }

    private static VrrpInstance Begin(MetricsText text, MetricFamily family, MetricsScrape scrape, int item)
    {
        text.Begin(family);
        scrape.Labels.Write(text, item);
        return scrape.Instances[item];
    }

    private static MetricsText BeginScript(MetricsText text, MetricFamily family, MetricsScrape scrape, int item, ReadOnlySpan<byte> suffix = default)
    {
        text.Begin(family, suffix);
        text.Label("name"u8, scrape.Scripts[item].Name);
        return text;
    }

    // Not those of virtual_ipaddress_excluded, as with the exporter; the prefix length is left out where it is that of a host.
    private static bool WriteStateOfAddress(MetricsText text, MetricFamily family, MetricsScrape scrape, int item, int part)
    {
        VrrpInstance instance = scrape.Instances[item];
        if (part >= instance.Block.VirtualAddresses.Count)
            return false;
        VirtualAddress address = instance.Block.VirtualAddresses[part];
        if (IsRepeated(instance, address, part))
            return part + 1 < instance.Block.VirtualAddresses.Count;
        // One with a device of its own is there, and not where the instance is.
        if (address.Device is { } device)
        {
            text.Begin(family);
            text.Label("iname"u8, instance.Name);
            text.Label("intf"u8, device);
            text.Label("vrid"u8, instance.Vrid.Value);
        }
        else
        {
            Begin(text, family, scrape, item);
        }
        text.Label("ip_address"u8, address.Address.Address);
        if (address.Address.Length != address.Address.Address.HostPrefixLength)
            text.ExtendLabel("/"u8, address.Address.Length);
        text.End((long)instance.Router.State);
        return part + 1 < instance.Block.VirtualAddresses.Count;
    }

    // A configuration may give one twice, with a warning; a text with the same sample twice is not taken. There are 255 at most.
    private static bool IsRepeated(VrrpInstance instance, VirtualAddress address, int index)
    {
        string? own = InstanceLabels.InterfaceOf(instance);
        for (int earlier = 0; earlier < index; earlier++)
        {
            VirtualAddress other = instance.Block.VirtualAddresses[earlier];
            if (other.Address == address.Address && (other.Device ?? own) == (address.Device ?? own))
                return true;
        }
        return false;
    }

    // In one part: a cause that is there for the first time between two parts would have another one written twice.
    private static bool WriteTransitions(MetricsText text, MetricFamily family, MetricsScrape scrape, int item, int part)
    {
        TransitionCounts counts = scrape.Instances[item].Transitions;
        for (TransitionCause cause = 0; (int)cause < TransitionCounts.CauseCount; cause++)
        {
            if (counts[cause] == 0)
                continue;
            Begin(text, family, scrape, item);
            text.Label("reason"u8, CauseName(cause));
            text.End((ulong)counts[cause]);
        }
        return false;
    }

    private static bool WriteHmacErrors(MetricsText text, MetricFamily family, MetricsScrape scrape, int item, int part)
    {
        if (!scrape.Instances[item].Block.UsesHmac)
            return false;
        VrrpCounters counters = Begin(text, family, scrape, item).Router.Counters;
        text.Label("reason"u8, part switch
        {
            0 => "missing"u8,
            1 => "malformed"u8,
            2 => "unknown_key"u8,
            3 => "invalid_hmac"u8,
            4 => "stale"u8,
            _ => "replay"u8,
        });
        text.End(part switch
        {
            0 => counters.AuthExtMissing,
            1 => counters.AuthExtMalformed,
            2 => counters.AuthExtUnknownKey,
            3 => counters.AuthExtInvalidHmac,
            4 => counters.AuthExtStale,
            _ => counters.AuthExtReplay,
        });
        return part + 1 < HmacErrorKinds;
    }

    // In one part, so that its figures are of one moment.
    private static bool WriteLateness(MetricsText text, MetricFamily family, MetricsScrape scrape, int item, int part)
    {
        WakeupLateness lateness = scrape.Source.Lateness;
        long below = 0;
        for (int bucket = 0; bucket < WakeupLateness.BucketCount; bucket++)
        {
            below += lateness.Buckets[bucket];
            text.Begin(family, "_bucket"u8);
            text.Label("le"u8, bucket < s_bounds.Length ? s_bounds[bucket] : "+Inf");
            text.End(below);
        }
        text.Begin(family, "_sum"u8);
        text.End(lateness.Total);
        text.Begin(family, "_count"u8);
        text.End(below);
        return false;
    }

    // 2^n µs in the canonical form of OpenMetrics.
    private static readonly string[] s_bounds = [.. Enumerable.Range(0, WakeupLateness.BucketCount - 1).Select(Bound)];

    private static string Bound(int bucket)
    {
        double seconds = (1L << bucket) / 1e6;
        string text = seconds.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        return text.Replace("E", "e", StringComparison.Ordinal);
    }
}
