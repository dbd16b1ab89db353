using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Routing;
using KeepalivedAot.Config.Tracking;
using KeepalivedAot.Config.Values;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Daemon.Dumps.Data;
using KeepalivedAot.Daemon.Routers;
using KeepalivedAot.Daemon.Scripts;
using KeepalivedAot.Daemon.Tracking.Processes;
using KeepalivedAot.Tracking;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Daemon.Dumps;

/// <summary><c>keepalived.json</c>: each instance with its counters, and in version 2 tracked processes, too (daemon.md, section 4).</summary>
/// <remarks>It yields when one object has been written, so that the loop may turn in between.</remarks>
internal sealed class JsonDump(DumpText text, DumpSubject subject)
{
    private readonly JsonText _json = new(text);
    private readonly DumpText _words = new(DumpText.LineCapacity);

    public IEnumerable<bool> Write()
    {
        bool isObject = subject.Configuration.GlobalDefs.JsonVersion == 2;
        VrrpInstance[] instances = [.. subject.Vrrp.Instances];
        if (isObject)
        {
            _json.Open("{"u8);
            _json.Name("vrrp"u8);
        }
        _json.Open("["u8);
        foreach (VrrpInstance instance in instances)
        {
            _json.Open("{"u8);
            AddData(instance);
            AddStatistics(instance.Router.Counters);
            _json.Close("}"u8);
            yield return true;
        }
        _json.Close("]"u8);
        if (isObject)
        {
            AddProcesses();
            _json.Close("}"u8);
        }
        yield return true;
    }

    private void AddData(VrrpInstance instance)
    {
        VrrpInstanceBlock block = instance.Block;
        _json.Name("data"u8);
        _json.Open("{"u8);
        _json.String("iname"u8, instance.Name);
        _json.Bit("dont_track_primary"u8, block.DontTrackPrimary);
        _json.Bit("skip_check_adv_addr"u8, block.SkipCheckAdvertisedAddresses);
        _json.Bit("strict_mode"u8, block.StrictMode);
        bool hasOwn = instance.Devices is [{ Configured.IsForAddresses: false }, ..];
        _json.String("vmac_ifname"u8, hasOwn ? instance.Devices[0].Interface.Name : "");
        if (instance.Interface is { } at)
            _json.String("ifp_ifname"u8, at.Name);
        AddTimes(instance);
        AddState(instance);
        AddScripts(block);
        AddVirtual(instance);
        AddTracked(block);
        _json.Number("auth_type"u8, (ulong)block.AuthenticationType);
        if (block.AuthenticationType != Config.Vrrp.AuthenticationType.None)
            _json.String("auth_data"u8, "********");
        _json.Close("}"u8);
    }

    private void AddTimes(VrrpInstance instance)
    {
        VrrpInstanceBlock block = instance.Block;
        _json.Number("master_priority"u8, (ulong)instance.Router.ActiveRouterPriority.Value);
        _json.Number("last_transition"u8, subject.Times.Of(instance.Router.LastTransitionAt));
        _json.Number("garp_delay"u8, new PlainSeconds(block.GarpDelay));
        _json.Number("garp_refresh"u8, block.GarpRefresh.WholeSeconds);
        _json.Number("garp_rep"u8, (ulong)block.GarpRepeat);
        _json.Number("garp_refresh_rep"u8, (ulong)block.GarpRefreshRepeat);
        _json.Number("garp_lower_prio_delay"u8, block.GarpLowerPriorityDelay.WholeSeconds);
        _json.Number("garp_lower_prio_rep"u8, (ulong)block.GarpLowerPriorityRepeat);
        _json.Bit("lower_prio_no_advert"u8, block.LowerPriorityNoAdvert);
        _json.Bit("higher_prio_send_advert"u8, block.HigherPrioritySendAdvert);
    }

    private void AddState(VrrpInstance instance)
    {
        VrrpInstanceBlock block = instance.Block;
        VrrpRouter router = instance.Router;
        _json.Number("vrid"u8, (ulong)block.VirtualRouterId);
        _json.Number("base_priority"u8, (ulong)block.Priority);
        _json.Number("effective_priority"u8, (ulong)router.EffectivePriority.Value);
        _json.Boolean("vipset"u8, instance.IsHoldingAddresses && block.VirtualAddresses.Count > 0);
        _json.Boolean("promote_secondaries"u8, block.PromoteSecondaries);
        _json.Number("adver_int"u8, new PlainSeconds(block.AdvertisementInterval));
        _json.Number("master_adver_int"u8, new PlainSeconds(router.ActiveAdverInterval));
        _json.Bit("accept"u8, block.AcceptMode);
        _json.Boolean("nopreempt"u8, !block.PreemptMode);
        _json.Number("preempt_delay"u8, block.PreemptDelay.WholeSeconds);
        _json.Number("state"u8, (ulong)router.State);
        _json.Number("wantstate"u8, (ulong)router.WantedState);
        _json.Number("version"u8, (ulong)block.Version);
        _json.Boolean("smtp_alert"u8, block.SmtpAlert);
        _json.Boolean("notify_deleted"u8, block.NotifyDeleted is not null);
    }

    private void AddScripts(VrrpInstanceBlock block)
    {
        AddScript("script_backup"u8, block.NotifyBackup);
        AddScript("script_master"u8, block.NotifyMaster);
        AddScript("script_fault"u8, block.NotifyFault);
        AddScript("script_stop"u8, block.NotifyStop);
        AddScript("script_deleted"u8, block.NotifyDeleted?.Script);
        AddScript("script"u8, block.Notify);
        AddScript("script_master_rx_lower_pri"u8, block.NotifyActiveHearsLower);
    }

    private void AddScript(ReadOnlySpan<byte> name, ConfigScript? script)
    {
        if (subject.Scripts.Find(script) is { } program)
            _json.String(name, program.Command);
    }

    private void AddVirtual(VrrpInstance instance)
    {
        VrrpInstanceBlock block = instance.Block;
        HeldAddressCursor held = new(instance.HeldAddresses);
        if (block.VirtualAddresses.Count > 0)
            AddAddresses("vips"u8, instance, block.VirtualAddresses, ref held);
        if (block.HasExcludedAddresses)
            AddAddresses("evips"u8, instance, block.ExcludedAddresses, ref held);
        if (block.HasVirtualRoutes)
        {
            OpenArray("vroutes"u8);
            foreach (VirtualRoute route in block.VirtualRoutes)
            {
                _words.Clear();
                RouteText.Add(_words, route);
                _json.String(_words.Bytes);
            }
            _json.Close("]"u8);
        }
        if (block.HasVirtualRules)
        {
            OpenArray("vrules"u8);
            foreach (VirtualRule rule in block.VirtualRules)
            {
                _words.Clear();
                RuleText.Add(_words, rule);
                _json.String(_words.Bytes);
            }
            _json.Close("]"u8);
        }
    }

    private void AddAddresses(ReadOnlySpan<byte> name, VrrpInstance instance, List<VirtualAddress> lines, ref HeldAddressCursor held)
    {
        OpenArray(name);
        foreach (VirtualAddress line in lines)
        {
            _words.Clear();
            AddressText.Add(_words, instance, line, held.Find(line));
            _json.String(_words.Bytes);
        }
        _json.Close("]"u8);
    }

    private void AddTracked(VrrpInstanceBlock block)
    {
        TrackedLines tracked = TrackedLines.Of(block);
        if (tracked.Interfaces is { Count: > 0 } interfaces)
        {
            OpenArray("track_ifp"u8);
            foreach (TrackedInterface line in interfaces)
                _json.String(line.Name);
            _json.Close("]"u8);
        }
        if (tracked.Scripts is { Count: > 0 } scripts)
        {
            OpenArray("track_script"u8);
            foreach (TrackedScript line in scripts)
            {
                if (subject.Scripts.Find(line.Script?.Script) is ScriptProgram program)
                    _json.String(program.Command);
            }
            _json.Close("]"u8);
        }
        if (tracked.Processes is { Count: > 0 } processes)
        {
            OpenArray("track_process"u8);
            foreach (TrackedProcess line in processes)
                _json.String(line.Name);
            _json.Close("]"u8);
        }
    }

    private void AddStatistics(VrrpCounters counted)
    {
        _json.Name("stats"u8);
        _json.Open("{"u8);
        _json.Number("advert_rcvd"u8, counted.AdvertRcvd);
        _json.Number("advert_sent"u8, counted.AdvertSent);
        _json.Number("become_master"u8, counted.BecomeMaster);
        _json.Number("release_master"u8, counted.ReleaseMaster);
        _json.Number("packet_len_err"u8, counted.PacketLenErr);
        _json.Number("advert_interval_err"u8, counted.AdvertIntervalErr);
        _json.Number("ip_ttl_err"u8, counted.IpTtlErr);
        _json.Number("invalid_type_rcvd"u8, counted.InvalidTypeRcvd);
        _json.Number("addr_list_err"u8, counted.AddrListErr);
        _json.Number("invalid_authtype"u8, counted.InvalidAuthtype);
        _json.Number("authtype_mismatch"u8, counted.AuthtypeMismatch);
        _json.Number("auth_failure"u8, counted.AuthFailure);
        _json.Number("auth_ext_missing"u8, counted.AuthExtMissing);
        _json.Number("auth_ext_malformed"u8, counted.AuthExtMalformed);
        _json.Number("auth_ext_unknown_key"u8, counted.AuthExtUnknownKey);
        _json.Number("auth_ext_invalid_hmac"u8, counted.AuthExtInvalidHmac);
        _json.Number("auth_ext_stale"u8, counted.AuthExtStale);
        _json.Number("auth_ext_replay"u8, counted.AuthExtReplay);
        _json.Number("pri_zero_rcvd"u8, counted.PriZeroRcvd);
        _json.Number("pri_zero_sent"u8, counted.PriZeroSent);
        _json.Close("}"u8);
    }

    private void AddProcesses()
    {
        bool isAny = false;
        foreach (VrrpTrackProcessBlock block in subject.Configuration.TrackProcesses)
        {
            if (!subject.IsTracked(new TrackerId(TrackerKind.Process, block.Name)))
                continue;
            if (!isAny)
                OpenArray("track_process"u8);
            isAny = true;
            AddProcess(block, subject.Processes.FindProcess(block.Name));
        }
        if (isAny)
            _json.Close("]"u8);
    }

    private void AddProcess(VrrpTrackProcessBlock block, ProcessKind? kind)
    {
        _json.Open("{"u8);
        _json.String("process"u8, block.Name);
        if (block.Process!.Parameters.Count > 0)
            _json.String("parameters"u8, string.Join(' ', block.Process.Parameters));
        _json.String("param_match"u8, block.ParameterMatch switch
        {
            ParameterMatch.Exact => "exact",
            ParameterMatch.Partial => "partial",
            ParameterMatch.Initial => "initial",
            _ => "none",
        });
        _json.Number("min_processes"u8, (ulong)block.Quorum);
        if (block.QuorumMaximum is ushort most)
            _json.Number("max_processes"u8, (ulong)most);
        _json.Number("current_processes"u8, kind?.Count ?? 0);
        _json.Boolean("have_quorum"u8, kind is { Tracker.IsMet: true });
        _json.Number("weight"u8, block.Weight.IsReversed ? -block.Weight.Value : block.Weight.Value);
        _json.Number("terminate_delay"u8, new PlainSeconds(block.TerminateDelay));
        _json.Number("fork_delay"u8, new PlainSeconds(block.ForkDelay));
        _json.Boolean("fork_delay_timer_running"u8, kind is { Tracker.IsForkDelayRunning: true });
        _json.Boolean("terminate_delay_timer_running"u8, kind is { Tracker.IsTerminateDelayRunning: true });
        _json.Boolean("full_command"u8, block.FullCommand);
        _json.Close("}"u8);
    }

    private void OpenArray(ReadOnlySpan<byte> name)
    {
        _json.Name(name);
        _json.Open("["u8);
    }
}
