using KeepalivedAot.Config.Routing;
using KeepalivedAot.Config.Tracking;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Daemon.Dumps.Data;
using KeepalivedAot.Daemon.Routers;
using KeepalivedAot.Daemon.Tracking.Processes;
using KeepalivedAot.Tracking;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Daemon.Dumps;

/// <summary><c>keepalived.json</c>: each instance with its counters, and in version 2 tracked processes, too (daemon.md, section 4).</summary>
/// <remarks>It yields when one object has been written, so that the loop may turn in between.</remarks>
internal sealed partial class JsonDump(DumpText text, DumpSubject subject)
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
