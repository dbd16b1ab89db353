using KeepalivedAot.Base.Net;
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
        if (UseIpvlan.Address.Address.IsNone && Family == AddressFamily.IPv4)
        {
            Report(
                diagnostics, DiagnosticCatalogue.IpvlanAddress, _spans.UseIpvlan,
                $"({Name}) IPv4 ipvlan requires a source ip address to be configured. setting instance to fault state", "write 'use_ipvlan ADDRESS/LENGTH'");
        }
    }

    /// <summary>
    /// The interface that carries a virtual address: one that is made for the instance, or the one that the line or the instance names;
    /// null without any.
    /// </summary>
    public string? InterfaceOf(VirtualAddress address)
        => DeviceOf(address)?.Name ?? address.Device ?? Interface;

    /// <summary>The interface that is made for the instance and carries the address; null when it goes onto one of the host's.</summary>
    public OwnDevice? DeviceOf(VirtualAddress address)
        => (address.Device ?? Interface) is { } below && WantsDevice(address, below)
            ? _ownDevices?.Find(device => device.Carries(below, address.Address.Address.Family)) : null;

    /// <summary>The interface that advertisements leave on and addresses are put on; null where that is <see cref="Interface"/> itself.</summary>
    public OwnDevice? OwnDevice => OwnDevices is [{ IsForAddresses: false } own, ..] ? own : null;

    // Its own interface takes what goes there anyhow; others are made for it only where that is asked for.
    private bool WantsDevice(VirtualAddress address, string below)
        => HasOwnInterface && below == Interface && FamilyOfDevice(Family) is var own && (own == AddressFamily.None || own == address.Address.Address.Family)
            || address.UseVmac
            || (UseVmacForAddresses && (below != Interface || address.Address.Address.Family != Family));

    // The standard's addresses differ between the families; one of its own serves both, as does that of the interface below an ipvlan.
    private AddressFamily FamilyOfDevice(AddressFamily family) => UseIpvlan is not null || UseVmac is { Mac.IsNone: false } ? AddressFamily.None : family;

    /// <summary>Takes the name that is given for the VMAC or ipvlan interface; no two instances have the same.</summary>
    /// <param name="takenBy">The names that are taken, and by whom.</param>
    internal void TakeGivenName(Dictionary<string, string> takenBy, DiagnosticBag diagnostics)
    {
        if ((UseVmac?.GivenName ?? UseIpvlan?.GivenName) is not { } given || takenBy.TryAdd(given, Name))
            return;
        Report(
            diagnostics, DiagnosticCatalogue.VmacNameTaken, UseVmac is null ? _spans.UseIpvlan : _spans.UseVmac,
            $"({Name}) VRRP instance {takenBy[given]} is already using {given} - ignoring name");
        UseVmac?.DropName();
        UseIpvlan?.DropName();
    }

    /// <summary>Lists the interfaces that are made for the instance: its own, then those that single addresses want; each with a name of its own.</summary>
    /// <param name="takenBy">The names that are taken, and by whom.</param>
    /// <param name="next">For each VRID the number that the next made-up name gets, if the name without one is taken.</param>
    internal void ListOwnDevices(Dictionary<string, string> takenBy, int[] next, string prefix, string addressPrefix)
    {
        if (HasOwnInterface && Interface is not null)
        {
            string? given = UseVmac?.GivenName ?? UseIpvlan?.GivenName;
            (_ownDevices ??= []).Add(new OwnDevice(
                given ?? MakeName(takenBy, next, prefix, Family), given is null ? prefix : null, Interface, FamilyOfDevice(Family), IsForAddresses: false));
        }
        // Most files have none of this, and lists that nobody asked for need not be made.
        if (!UseVmacForAddresses && !VirtualAddresses.Exists(static address => address.UseVmac)
            && !(HasExcludedAddresses && ExcludedAddresses.Exists(static address => address.UseVmac)))
        {
            return;
        }
        foreach (VirtualAddress address in VirtualAddresses.Concat(ExcludedAddresses))
        {
            AddressFamily family = address.Address.Address.Family;
            if ((address.Device ?? Interface) is not { } below || !WantsDevice(address, below) || DeviceOf(address) is not null)
                continue;
            (_ownDevices ??= []).Add(new OwnDevice(MakeName(takenBy, next, addressPrefix, family), addressPrefix, below, FamilyOfDevice(family), IsForAddresses: true));
        }
    }

    private string MakeName(Dictionary<string, string> takenBy, int[] next, string prefix, AddressFamily family)
    {
        string name = $"{prefix}.{VirtualRouterId}";
        if (takenBy.ContainsKey(name) && family == AddressFamily.IPv6)
            name = $"{prefix}6.{VirtualRouterId}";
        while (!takenBy.TryAdd(name, Name))
            name = $"{prefix}{++next[VirtualRouterId]}.{VirtualRouterId}";
        return name;
    }

    /// <summary>The MAC address of an interface that is made for the instance; none for an ipvlan, which has that of the interface below.</summary>
    public MacAddress MacOf(OwnDevice device)
    {
        if (UseIpvlan is not null && !device.IsForAddresses)
            return default;
        if (UseVmac is { Mac.IsNone: false })
            return UseVmac.Mac.For(VirtualRouterId);
        AddressFamily family = device.Family == AddressFamily.None ? Family : device.Family;
        return family == AddressFamily.IPv4 ? MacAddress.OfIPv4Router(VirtualRouterId) : MacAddress.OfIPv6Router(VirtualRouterId);
    }

    /// <summary>Two interfaces with one MAC address cannot stand on the same interface: the kernel refuses the second.</summary>
    /// <param name="takenBy">The addresses that are in use, and by whom.</param>
    internal void CheckMacAddresses(Dictionary<(string Base, MacAddress Address), string> takenBy, DiagnosticBag diagnostics)
    {
        if (_ownDevices is null)
            return;
        foreach (OwnDevice device in _ownDevices)
        {
            MacAddress address = MacOf(device);
            if (address == default || takenBy.TryAdd((device.Base, address), Name))
                continue;
            Report(
                diagnostics, DiagnosticCatalogue.SameVmac, UseVmac is null ? _spans.Block : _spans.UseVmac,
                $"({Name}) uses the same VMAC {address} on {device.Base} as VRRP instance {takenBy[(device.Base, address)]} - it will stay in FAULT state",
                "give one of them another virtual_router_id, or leave out use_vmac");
        }
    }
}
