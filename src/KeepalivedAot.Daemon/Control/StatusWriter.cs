using System.Globalization;
using System.Text.Json;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Journal;
using KeepalivedAot.Daemon.Routers;
using KeepalivedAot.Daemon.Text;
using KeepalivedAot.Daemon.Tracking;
using KeepalivedAot.Linux.Loop;
using KeepalivedAot.Linux.Process;
using KeepalivedAot.Tracking;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;
using KeepalivedAot.Vrrp.Watch;

namespace KeepalivedAot.Daemon.Control;

/// <summary>What the daemon is and does at the moment, as lines of JSON: one for the daemon, for each instance, group and tracked thing.</summary>
internal sealed class StatusWriter(EventLoop loop, Func<UnixTime> clock, WallTimes times, EventJournal journal)
{
    private readonly Instant _startedAt = loop.Now;

    /// <summary>Set when the daemon is put together.</summary>
    public MaintenanceMode? Maintenance { get; set; }

    public PriorityRequests? Priorities { get; set; }

    public string ConfigurationFile { get; set; } = "";

    /// <summary>Empty: none.</summary>
    public string JournalFile { get; set; } = "";

    /// <summary>How the last reload ended; null: there was none.</summary>
    public Func<ReloadOutcome?> LastReload { get; set; } = static () => null;

    public ReadOnlySpan<byte> Daemon(JsonLine line, int instances)
    {
        times.Update(loop.Now, clock());
        Utf8JsonWriter json = line.Begin();
        json.WriteStartObject("daemon"u8);
        json.WriteString("version"u8, ProductVersion.Own);
        json.WriteString("keepalived"u8, ProductVersion.Keepalived);
        json.WriteNumber("pid"u8, SystemInfo.ProcessId);
        WriteTime(json, "started_unix_us"u8, _startedAt);
        json.WriteNumber("unix_us"u8, Microseconds(clock()));
        json.WriteString("configuration"u8, JsonLine.Show(ConfigurationFile));
        json.WriteNumber("instances"u8, instances);
        if (Maintenance?.Current is { } maintenance)
            Write(json, maintenance);
        if (LastReload() is { } reload)
            Write(json, reload);
        json.WriteStartObject("journal"u8);
        json.WriteString("file"u8, JsonLine.Show(JournalFile));
        json.WriteNumber("events"u8, journal.Count);
        if (journal.Failure.IsError)
            json.WriteString("failure"u8, journal.Failure.ToString());
        json.WriteEndObject();
        WakeupLateness late = loop.Lateness;
        json.WriteStartObject("wakeups"u8);
        json.WriteNumber("count"u8, late.Count);
        json.WriteNumber("late_p50_us"u8, late.Quantile(500).WholeMicroseconds);
        json.WriteNumber("late_p99_us"u8, late.Quantile(990).WholeMicroseconds);
        json.WriteNumber("late_max_us"u8, late.Max.WholeMicroseconds);
        json.WriteEndObject();
        json.WriteEndObject();
        return line.End();
    }

    public ReadOnlySpan<byte> Instance(JsonLine line, VrrpInstance instance, Instant now)
    {
        VrrpRouter router = instance.Router;
        VrrpParameters parameters = router.Parameters;
        Utf8JsonWriter json = line.Begin();
        json.WriteStartObject("instance"u8);
        json.WriteString("name"u8, JsonLine.Show(instance.Name));
        json.WriteString("state"u8, StateName.Of(router.State));
        if (router.State != VrrpState.Initialize)
            WriteTime(json, "since_unix_us"u8, router.LastTransitionAt);
        json.WriteString("interface"u8, parameters.InterfaceName);
        json.WriteNumber("vrid"u8, parameters.Vrid.Value);
        json.WriteNumber("version"u8, parameters.Version == VrrpVersion.V3 ? 3 : 2);
        json.WriteString("family"u8, parameters.Family == Base.Net.AddressFamily.IPv6 ? "IPv6"u8 : "IPv4"u8);
        json.WriteBoolean("unicast"u8, parameters.IsUnicast);
        if (router.Group is { } group)
            json.WriteString("group"u8, JsonLine.Show(group.Name));
        WritePriority(json, instance);
        WriteTimers(json, router);
        json.WriteStartArray("addresses"u8);
        foreach (HeldAddress held in instance.HeldAddresses)
        {
            json.WriteStringValue(string.Create(
                CultureInfo.InvariantCulture, $"{held.Address}/{held.Slot.Address.PrefixLength} dev {held.Interface.Name}{(held.IsPresent ? "" : " (absent)")}"));
        }
        json.WriteEndArray();
        if (router.Faults != VrrpFaults.None)
            JsonLine.WriteValue(json, "faults"u8, new TransitionReason(TransitionCause.FaultRaised) { Faults = router.Faults });
        TransitionReason reason = router.LastTransition.Reason;
        json.WriteString("cause"u8, JournalKinds.CauseName(reason.Cause));
        JsonLine.WriteValue(json, "reason"u8, reason);
        WriteConflicts(json, router, now);
        WriteCounters(json, router.Counters, router.Conflicts.Count);
        json.WriteEndObject();
        return line.End();
    }

    public static ReadOnlySpan<byte> Group(JsonLine line, SyncGroup group)
    {
        Utf8JsonWriter json = line.Begin();
        json.WriteStartObject("group"u8);
        json.WriteString("name"u8, JsonLine.Show(group.Name));
        json.WriteString("state"u8, StateName.Of(group.Group.State));
        json.WriteStartArray("members"u8);
        foreach (VrrpRouter member in group.Group.Members)
            json.WriteStringValue(JsonLine.Show(member.Parameters.Name));
        json.WriteEndArray();
        json.WriteEndObject();
        return line.End();
    }

    public static ReadOnlySpan<byte> Tracked(JsonLine line, TrackedThing thing)
    {
        Utf8JsonWriter json = line.Begin();
        json.WriteStartObject("tracked"u8);
        json.WriteString("kind"u8, JournalKinds.KindName(thing.Id.Kind));
        json.WriteString("name"u8, JsonLine.Show(thing.Id.Name));
        json.WriteString("condition"u8, thing.Reading.Condition switch
        {
            TrackerCondition.Good => "good"u8,
            TrackerCondition.Bad => "bad"u8,
            TrackerCondition.Number => "number"u8,
            TrackerCondition.Absent => "absent"u8,
            _ => "unknown"u8,
        });
        if (thing.Reading.Condition == TrackerCondition.Number)
            json.WriteNumber("value"u8, thing.Reading.Value);
        json.WriteString("text"u8, JsonLine.Show(thing.Text));
        json.WriteNumber("instances"u8, thing.Users.Count);
        json.WriteEndObject();
        return line.End();
    }

    private void WritePriority(Utf8JsonWriter json, VrrpInstance instance)
    {
        VrrpRouter router = instance.Router;
        json.WriteNumber("priority"u8, router.EffectivePriority.Value);
        json.WriteNumber("base_priority"u8, router.Parameters.BasePriority.Value);
        if (router.PrioritySubject is { } because)
            json.WriteString("priority_reason"u8, JsonLine.Show(because));
        if (instance.RequestedAdjustment != 0)
            json.WriteNumber("requested"u8, instance.RequestedAdjustment);
        if (Priorities?.EndOf(instance) is { } end)
            WriteTime(json, "requested_until_unix_us"u8, end);
        json.WriteBoolean("preempt"u8, router.Parameters.PreemptMode);
        if (router.IsYielding)
            json.WriteBoolean("yielding"u8, true);
    }

    private void WriteTimers(Utf8JsonWriter json, VrrpRouter router)
    {
        json.WriteNumber("advert_interval_ms"u8, router.Parameters.AdvertisementInterval.WholeMilliseconds);
        JsonLine.WriteValue(json, "source"u8, router.LocalAddress);
        if (router.State == VrrpState.Active)
            WriteTime(json, "last_advert_unix_us"u8, router.LastAdvertisementAt);
        if (router.State != VrrpState.Backup)
            return;
        json.WriteNumber("down_interval_us"u8, router.ActiveDownInterval.WholeMicroseconds);
        if (router.TryGetDeadline(VrrpTimer.ActiveDown, out Instant deadline))
            WriteTime(json, "takes_over_unix_us"u8, deadline);
        if (router.ActiveRouterAddress.IsNone)
            return;
        json.WriteStartObject("master"u8);
        JsonLine.WriteValue(json, "address"u8, router.ActiveRouterAddress);
        json.WriteNumber("priority"u8, router.ActiveRouterPriority.Value);
        json.WriteEndObject();
    }

    private void WriteConflicts(Utf8JsonWriter json, VrrpRouter router, Instant now)
    {
        if (router.Conflicts.IsEmpty)
            return;
        Span<Conflict> found = new Conflict[ConflictWatch.MostPresent];
        // As long as three of its advertisements, and as a person takes to look.
        Duration lately = Duration.Max(Duration.FromSeconds(10), router.Parameters.AdvertisementInterval * 3);
        json.WriteStartArray("conflicts"u8);
        foreach (ref readonly Conflict conflict in found[..router.Conflicts.Present(now, lately, found)])
        {
            json.WriteStartObject();
            json.WriteString("kind"u8, JournalKinds.ConflictName(conflict.Kind));
            JsonLine.WriteValue(json, "peer"u8, conflict.Peer);
            if (conflict.IsClaim)
                JsonLine.WriteValue(json, "mac"u8, conflict.Mac);
            JsonLine.WriteValue(json, "text"u8, conflict);
            WriteTime(json, "first_unix_us"u8, conflict.FirstSeen);
            WriteTime(json, "last_unix_us"u8, conflict.LastSeen);
            json.WriteNumber("adverts"u8, conflict.Count);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteCounters(Utf8JsonWriter json, VrrpCounters counters, ulong conflicts)
    {
        json.WriteStartObject("counters"u8);
        json.WriteNumber("adverts_received"u8, counters.AdvertRcvd);
        json.WriteNumber("adverts_sent"u8, counters.AdvertSent);
        json.WriteNumber("became_master"u8, counters.BecomeMaster);
        json.WriteNumber("released_master"u8, counters.ReleaseMaster);
        json.WriteNumber("priority_zero_received"u8, counters.PriZeroRcvd);
        json.WriteNumber("priority_zero_sent"u8, counters.PriZeroSent);
        json.WriteNumber("conflicts"u8, conflicts);
        json.WriteNumber("packet_errors"u8, counters.PacketLenErr + counters.AdvertIntervalErr + counters.IpTtlErr + counters.InvalidTypeRcvd
            + counters.AddrListErr + counters.VersErr + counters.ChkErr + counters.NotAPeer);
        json.WriteNumber("authentication_errors"u8, counters.InvalidAuthtype + counters.AuthtypeMismatch + counters.AuthFailure + counters.AuthExtMissing
            + counters.AuthExtMalformed + counters.AuthExtUnknownKey + counters.AuthExtInvalidHmac + counters.AuthExtStale + counters.AuthExtReplay);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, MaintenanceMode.Details maintenance)
    {
        json.WriteStartObject("maintenance"u8);
        json.WriteNumber("since_unix_us"u8, Microseconds(maintenance.Since));
        if (maintenance.Until is { } until)
            json.WriteNumber("until_unix_us"u8, Microseconds(until));
        if (maintenance.Reason is not null)
            json.WriteString("reason"u8, maintenance.Reason);
        json.WriteString("by"u8, maintenance.By);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ReloadOutcome reload)
    {
        json.WriteStartObject("reload"u8);
        json.WriteNumber("unix_us"u8, Microseconds(reload.At));
        json.WriteNumber("took_us"u8, reload.Took.WholeMicroseconds);
        json.WriteBoolean("accepted"u8, reload.IsAccepted);
        if (reload.Plan is not null)
            json.WriteString("plan"u8, reload.Plan);
        if (reload.Refusal is not null)
            json.WriteString("refusal"u8, reload.Refusal);
        json.WriteEndObject();
    }

    private void WriteTime(Utf8JsonWriter json, ReadOnlySpan<byte> name, Instant at) => json.WriteNumber(name, Microseconds(times.Of(at)));

    private static long Microseconds(UnixTime time) => time.Nanoseconds / 1000;
}
