using KeepalivedAot.Config.Routing;
using KeepalivedAot.Config.Tracking;
using KeepalivedAot.Config.Values;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Daemon.Dumps.Data;
using KeepalivedAot.Daemon.Routers;
using KeepalivedAot.Daemon.Scripts;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Daemon.Dumps;

// The object "data" of an instance.
internal sealed partial class JsonDump
{
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
        _json.Number("last_transition"u8, subject.MomentOf(instance.Router.LastTransitionAt));
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
}
