using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Global;

namespace KeepalivedAot.Config.Vrrp;

public sealed partial class VrrpInstanceBlock
{
    internal void ChoosePriorityChanges(bool asGroup)
    {
        if (!_spans.NotifyPriorityChanges.IsGiven)
            NotifyPriorityChanges = asGroup;
    }

    internal void ChooseNotifications(bool? alert, GlobalDefsBlock globals)
    {
        if (!_spans.SmtpAlert.IsGiven)
            SmtpAlert = alert ?? false;
        if (!_spans.NotifyPriorityChanges.IsGiven)
            NotifyPriorityChanges |= globals.NotifyPriorityChanges;
    }

    // Settings that only make sense together with others.
    private void CheckDevices(GlobalDefsBlock globals, DiagnosticBag diagnostics)
    {
        if (UseVmac is not null && UseIpvlan is not null)
        {
            bool isVmacFirst = _spans.UseVmac.Position < _spans.UseIpvlan.Position;
            Diagnostic both = Report(
                diagnostics, DiagnosticCatalogue.VmacAndIpvlan, isVmacFirst ? _spans.UseIpvlan : _spans.UseVmac,
                $"({Name}) use_vmac and use_ipvlan exclude each other - ignoring the second", "leave one of them out");
            diagnostics.Relate(both, isVmacFirst ? _spans.UseVmac : _spans.UseIpvlan, "given first here");
            if (isVmacFirst)
                UseIpvlan = null;
            else
                UseVmac = null;
        }
        if (VmacTransmitBase && UseVmac is null && UseIpvlan is null)
        {
            VmacTransmitBase = false;
            Report(diagnostics, DiagnosticCatalogue.XmitBaseWithoutVmac, _spans.VmacTransmitBase, $"({Name}) vmac_xmit_base is only valid with a vmac", "add 'use_vmac'");
        }
        if (Vrf is not null && (!IsUnicast || Interface is not null))
        {
            Vrf = null;
            Report(diagnostics, DiagnosticCatalogue.VrfNotPossible, _spans.Vrf, $"({Name}) vrf is for unicast without an interface - ignoring");
        }
        if (TimerExpiredBackup != 0 && PreemptMode)
        {
            TimerExpiredBackup = 0;
            Report(diagnostics, DiagnosticCatalogue.TimerExpiredBackup, _spans.TimerExpiredBackup, $"({Name}) timer_expired_backup needs nopreempt - ignoring", "add 'nopreempt'");
        }
        if (!_spans.GarpExtraInterfaces.IsGiven && globals.ExtraInterfaceGarp is { } usual)
            GarpExtraInterfaces = new ExtraGarp(usual.OnAll, usual.Interval);
        if (AuthHmac is not null)
            CheckHmac(AuthHmac, diagnostics);
    }

    private void CheckHmac(AuthHmacBlock hmac, DiagnosticBag diagnostics)
    {
        for (int i = hmac.Keys.Count - 1; i > 0; i--)
        {
            int first = hmac.Keys.FindIndex(k => k.Id == hmac.Keys[i].Id);
            if (first == i)
                continue;
            Diagnostic again = Report(diagnostics, DiagnosticCatalogue.HmacKey, hmac.Keys[i].Span, $"({Name}) auth_hmac key {hmac.Keys[i].Id} is given twice - ignoring");
            diagnostics.Relate(again, hmac.Keys[first].Span, "given first here");
            hmac.Keys.RemoveAt(i);
        }
        string? problem = hmac.Keys.Count == 0 ? "it has no key"
            : !hmac.Spans.ActiveKey.IsGiven ? "it has no active_key"
            : !hmac.Keys.Exists(k => k.Id == hmac.ActiveKey) ? $"active_key {hmac.ActiveKey} is none of its keys"
            : null;
        if (problem is not null)
        {
            Report(
                diagnostics, DiagnosticCatalogue.HmacDropped, hmac.Spans.ActiveKey.IsGiven ? hmac.Spans.ActiveKey : hmac.Spans.Block,
                $"({Name}) auth_hmac is ignored: {problem}", "write 'key 1 hex:DIGITS' and 'active_key 1'");
            AuthHmac = null;
            return;
        }
        hmac.Complete(AdvertisementInterval, StrictMode, Name, diagnostics);
    }
}
