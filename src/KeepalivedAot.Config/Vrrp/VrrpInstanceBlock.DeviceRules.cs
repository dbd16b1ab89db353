using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Global;

namespace KeepalivedAot.Config.Vrrp;

public sealed partial class VrrpInstanceBlock
{
    private bool HasOwnInterface => UseVmac is not null || UseIpvlan is not null;

    private void ChooseDevices(GlobalDefsBlock globals, DiagnosticBag diagnostics)
    {
        if (!_spans.GarpExtraInterfaces.IsGiven && globals.ExtraInterfaceGarp is { } usual)
            GarpExtraInterfaces = usual;
        ChooseKindOfDevice(diagnostics);
        if (VmacTransmitBase && !HasOwnInterface)
        {
            VmacTransmitBase = false;
            Report(
                diagnostics, DiagnosticCatalogue.XmitBaseWithoutVmac, _spans.VmacTransmitBase, $"({Name}) vmac_xmit_base is only valid with a vmac",
                "leave it out, or write 'use_vmac'");
        }
        if (StrictMode && VmacTransmitBase)
        {
            VmacTransmitBase = false;
            Report(
                diagnostics, DiagnosticCatalogue.StrictMode, _spans.VmacTransmitBase, $"({Name}) xmit_base is incompatible with strict mode - resetting");
        }
        VmacTransmitBase |= IsUnicast && UseVmac is not null;
        if (StrictMode && UseVmac is { Mac.IsNone: false })
        {
            UseVmac.DropMac();
            Report(
                diagnostics, DiagnosticCatalogue.StrictMode, _spans.UseVmac, $"({Name}) a MAC address of one's own is incompatible with strict mode - resetting");
        }
        PromoteSecondaries &= !HasOwnInterface;
        if (Vrf is not null && (Interface is not null || !IsUnicast))
        {
            Vrf = null;
            Report(
                diagnostics, DiagnosticCatalogue.VrfNotPossible, _spans.Vrf,
                Interface is not null
                    ? $"({Name}) Cannot specify VRF interface and interface - ignoring"
                    : $"({Name}) vrf is for unicast without an interface - ignoring");
        }
    }

    private void ChooseKindOfDevice(DiagnosticBag diagnostics)
    {
        if (UseVmac is not null && UseIpvlan is not null)
        {
            bool isVmac = _spans.UseVmac.Position < _spans.UseIpvlan.Position;
            Diagnostic second = Report(
                diagnostics, DiagnosticCatalogue.VmacAndIpvlan, isVmac ? _spans.UseIpvlan : _spans.UseVmac,
                isVmac ? $"({Name}) VMAC interface already specified - ignoring use_ipvlan" : $"({Name}) IPVLAN interface already specified - ignoring use_vmac");
            diagnostics.Relate(second, isVmac ? _spans.UseVmac : _spans.UseIpvlan, "specified here");
            if (isVmac)
                UseIpvlan = null;
            else
                UseVmac = null;
        }
        if (UseIpvlan is null)
            return;
        if (!UseIpvlan.Address.Address.IsNone && UseIpvlan.Address.Address.Family != Family)
        {
            Report(
                diagnostics, DiagnosticCatalogue.IpvlanAddress, _spans.UseIpvlan,
                $"({Name}) ipvlan address[{UseIpvlan.Address.Address}] MUST match vrrp instance family !!! Skipping...");
            UseIpvlan.DropAddress();
        }
        if (UseIpvlan.Address.Address.IsNone && Family == Base.Net.AddressFamily.IPv4)
        {
            Report(
                diagnostics, DiagnosticCatalogue.IpvlanAddress, _spans.UseIpvlan,
                $"({Name}) IPv4 ipvlan requires a source ip address to be configured. setting instance to fault state", "write 'use_ipvlan ADDRESS/LENGTH'");
        }
    }

    /// <summary>Names the VMAC or ipvlan interface; no two instances have the same.</summary>
    /// <param name="takenBy">The names that are taken, and by whom.</param>
    /// <param name="next">For each VRID the number that the next made-up name gets, if the name without one is taken.</param>
    /// <param name="isGivenOnly">First come all names that are given, then those that are made up.</param>
    internal void NameOwnInterface(Dictionary<string, string> takenBy, int[] next, string prefix, bool isGivenOnly, DiagnosticBag diagnostics)
    {
        string? given = UseVmac?.GivenName ?? UseIpvlan?.GivenName;
        if (!HasOwnInterface || OwnInterfaceName is not null || (isGivenOnly && given is null))
            return;
        if (isGivenOnly)
        {
            if (takenBy.TryAdd(given!, Name))
            {
                OwnInterfaceName = given;
                return;
            }
            Report(
                diagnostics, DiagnosticCatalogue.VmacNameTaken, UseVmac is null ? _spans.UseIpvlan : _spans.UseVmac,
                $"({Name}) VRRP instance {takenBy[given!]} is already using {given} - ignoring name");
            UseVmac?.DropName();
            UseIpvlan?.DropName();
            return;
        }
        string name = $"{prefix}.{VirtualRouterId}";
        if (takenBy.ContainsKey(name) && Family == Base.Net.AddressFamily.IPv6)
            name = $"{prefix}6.{VirtualRouterId}";
        while (!takenBy.TryAdd(name, Name))
            name = $"{prefix}{++next[VirtualRouterId]}.{VirtualRouterId}";
        OwnInterfaceName = name;
    }
}
