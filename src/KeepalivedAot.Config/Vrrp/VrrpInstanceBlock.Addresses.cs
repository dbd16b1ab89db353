using System.Globalization;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Global;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Vrrp;

public sealed partial class VrrpInstanceBlock
{
    /// <summary>Moves what does not fit into an advertisement to <see cref="ExcludedAddresses"/>, and says so.</summary>
    /// <param name="most">How many addresses fit; that depends on the interface's MTU.</param>
    public void LimitAdvertisedAddresses(int most, DiagnosticBag diagnostics)
    {
        int count = VirtualAddresses.Count;
        if (count <= most)
            return;
        Report(
            diagnostics, DiagnosticCatalogue.TooManyAddresses, VirtualAddresses[most].Spans.Address,
            string.Create(
                CultureInfo.InvariantCulture,
                $"({Name}) Number of VIPs ({count}) exceeds maximum/space available in packet (max {most} addresses) - excess moved to eVIPs"));
        ExcludedAddresses.AddRange(VirtualAddresses.Skip(most));
        VirtualAddresses.RemoveRange(most, count - most);
    }

    // Whatever is written first and has a family decides; what comes later and has the other one is left out.
    private void ChooseFamily(DiagnosticBag diagnostics)
    {
        SourceSpan first = default;
        AddressFamily family = AddressFamily.IPv4;
        Consider(_spans.NativeIPv6, AddressFamily.IPv6);
        Consider(_spans.UnicastSource, UnicastSource.Family);
        Consider(_spans.MulticastSource, MulticastSource.Family);
        if (VirtualAddresses.Count > 0)
            Consider(VirtualAddresses[0].Spans.Address, VirtualAddresses[0].Address.Address.Family);
        if (_unicastPeers is { Count: > 0 })
            Consider(_unicastPeers[0].Spans.Address, _unicastPeers[0].Address.Family);
        Family = family;
        if (HasOtherFamily())
            DropOtherFamily(first, diagnostics);
        if (NativeIPv6 && Family != AddressFamily.IPv6)
        {
            NativeIPv6 = false;
            Report(
                diagnostics, DiagnosticCatalogue.AddressOfOtherFamily, _spans.NativeIPv6, $"({Name}) native_ipv6 in an instance that is IPv4 - ignoring");
        }

        void Consider(SourceSpan span, AddressFamily its)
        {
            if (!span.IsGiven || (first.IsGiven && first.Position < span.Position))
                return;
            first = span;
            family = its;
        }
    }

    // Asked first, as what drops them makes closures, of which thousands of instances would need none.
    private bool HasOtherFamily()
    {
        foreach (VirtualAddress address in VirtualAddresses)
        {
            if (address.Address.Address.Family != Family)
                return true;
        }
        if (_unicastPeers is not null)
        {
            foreach (UnicastPeer peer in _unicastPeers)
            {
                if (peer.Address.Family != Family)
                    return true;
            }
        }
        return (_spans.UnicastSource.IsGiven && UnicastSource.Family != Family) || (_spans.MulticastSource.IsGiven && MulticastSource.Family != Family);
    }

    /// <param name="first">What the family comes from.</param>
    private void DropOtherFamily(SourceSpan first, DiagnosticBag diagnostics)
    {
        if (VirtualAddresses.RemoveAll(a => IsOther(a.Spans.Address, a.Address.Address)) > 0)
            _spans.NoteMistake(nameof(VirtualAddresses));
        if (_unicastPeers?.RemoveAll(p => IsOther(p.Spans.Address, p.Address)) > 0)
            _spans.NoteMistake(nameof(UnicastPeers));
        if (_spans.UnicastSource.IsGiven && IsOther(_spans.UnicastSource, UnicastSource))
            UnicastSource = default;
        if (_spans.MulticastSource.IsGiven && IsOther(_spans.MulticastSource, MulticastSource))
            MulticastSource = default;

        bool IsOther(SourceSpan span, IpAddress address)
        {
            if (address.Family == Family)
                return false;
            Diagnostic other = Report(
                diagnostics, DiagnosticCatalogue.AddressOfOtherFamily, span, $"({Name}): address family must match VRRP instance [{address}] - ignoring");
            diagnostics.Relate(other, first, $"the instance is {(Family == AddressFamily.IPv6 ? "IPv6" : "IPv4")} because of this");
            return true;
        }
    }

    private void ChooseVersion(GlobalDefsBlock globals, DiagnosticBag diagnostics)
    {
        byte given = _spans.Version.IsGiven ? Version : (byte)0;
        if (Family != AddressFamily.IPv6)
        {
            Version = given != 0 ? given : globals.VrrpVersion;
            return;
        }
        Version = 3;
        if (given != 2)
            return;
        SourceSpan firstIPv6 = VirtualAddresses.Count > 0 ? VirtualAddresses[0].Spans.Address : default;
        if (StrictMode)
        {
            Report(
                diagnostics, DiagnosticCatalogue.StrictMode, _spans.Version,
                $"({Name}) cannot use IPv6 with VRRP version 2; setting version 3", "write 'version 3'");
        }
        else if (NativeIPv6 || (firstIPv6.IsGiven && firstIPv6.Position < _spans.Version.Position))
        {
            Report(
                diagnostics, DiagnosticCatalogue.VersionConflict, _spans.Version, $"({Name}) version 2 for an instance that is IPv6 - ignoring",
                "write 'version 3'");
        }
        else
        {
            Version = 2;
        }
    }

    private void CheckAddresses(DiagnosticBag diagnostics)
    {
        if (VirtualAddresses.Count == 0)
        {
            Said said = _spans.HasMistake(nameof(VirtualAddresses));
            if (StrictMode || (Version == 3 && !NoVirtualAddress))
            {
                ReportUnless(
                    said, diagnostics, DiagnosticCatalogue.NoAddresses, default, $"({Name}) No VIP specified; at least one is required",
                    "add a 'virtual_ipaddress { … }'");
            }
            else if (!NoVirtualAddress)
            {
                ReportUnless(
                    said, diagnostics, DiagnosticCatalogue.NoAddressesInV2, default, $"({Name}) No VIP specified; at least one is sensible",
                    "add a 'virtual_ipaddress { … }', or 'no_virtual_ipaddress'");
            }
            return;
        }
        VirtualAddress first = VirtualAddresses[0];
        if (Family == AddressFamily.IPv6 && !first.Address.Address.IsLinkLocal)
        {
            Report(
                diagnostics, DiagnosticCatalogue.FirstAddressNotLinkLocal, first.Spans.Address,
                $"({Name}) the first IPv6 VIP address must be link local", "put an address such as fe80::1 in front of it");
        }
        LimitAdvertisedAddresses(MostAddresses, diagnostics);
    }
}
