using KeepalivedAot.Base.Net;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Linux.Netlink;

namespace KeepalivedAot.Daemon.Checks;

/// <summary>Virtual addresses that an interface of this host has by itself.</summary>
/// <remarks>
/// A router that is active has its virtual addresses too, so only what VRRP cannot have put there is reported: an address that
/// ages (DHCP, router advertisements), one that the kernel made, and the one that the advertisements themselves need.
/// </remarks>
internal static class HostAddressLints
{
    private const byte UnknownProtocol = 0;

    /// <summary>RTPROT_KEEPALIVED, as IFA_PROTO: the address is a virtual one (Linux 5.18).</summary>
    private const byte KeepalivedProtocol = 18;

    public static void Run(Configuration configuration, DiagnosticBag diagnostics, InterfaceTable interfaces)
    {
        foreach (VrrpInstanceBlock instance in configuration.VrrpInstances)
        {
            // The address owner is the router whose addresses they are.
            if (instance.Priority == byte.MaxValue)
                continue;
            foreach (VirtualAddress address in instance.VirtualAddresses.Concat(instance.ExcludedAddresses))
            {
                string? name = address.Device ?? instance.Interface;
                if (name is not null && interfaces.Interfaces.FirstOrDefault(i => i.Name == name) is { } at)
                    Check(instance, address, at, diagnostics);
            }
        }
    }

    private static void Check(VrrpInstanceBlock instance, VirtualAddress address, NetworkInterface at, DiagnosticBag diagnostics)
    {
        if (Own(instance, address.Address.Address, at) is not { } own)
            return;
        diagnostics.Report(
            DiagnosticCatalogue.AddressIsInterfaces, address.Spans.Address,
            $"({instance.Name}) {own.Address} is the address of {at.Name} itself, as {own.Address}/{own.PrefixLength}",
            "write another address, which no router has of its own, or 'priority 255' on this router if it is the owner");
    }

    private static InterfaceAddress? Own(VrrpInstanceBlock instance, IpAddress address, NetworkInterface at)
    {
        bool isFirst = true;
        for (int i = 0; i < at.AddressCount; i++)
        {
            InterfaceAddress one = at.AddressAt(i);
            if (one.Address == address)
            {
                bool isForeign = one.Protocol is not (UnknownProtocol or KeepalivedProtocol) || one.ValidLifetimeSeconds != InterfaceAddress.Forever;
                return one.Protocol != KeepalivedProtocol && (isForeign || (isFirst && IsSource(instance, address, at))) ? one : null;
            }
            isFirst &= one.Address.Family != address.Family;
        }
        return null;
    }

    // IPv4 addresses come in the order in which they were added, and without one there are no advertisements: the first was there before us.
    private static bool IsSource(VrrpInstanceBlock instance, IpAddress address, NetworkInterface at)
        => address.Family == AddressFamily.IPv4 && instance is { Family: AddressFamily.IPv4, IsUnicast: false, Source.IsNone: true } && instance.Interface == at.Name;
}
