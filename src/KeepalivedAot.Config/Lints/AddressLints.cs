using System.Runtime.InteropServices;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Vrrp;

namespace KeepalivedAot.Config.Lints;

/// <summary>Virtual addresses: each by itself, and all of a file beside one another.</summary>
internal sealed class AddressLints(DiagnosticBag diagnostics)
{
    /// <summary>The shortest prefixes that have neither network nor broadcast address (RFC 3021 and RFC 6164).</summary>
    private const int PointToPoint4 = 31;
    private const int PointToPoint6 = 127;

    // Who has an address first, and who has it first on yet another interface.
    private readonly Dictionary<IpAddress, Holder> _first = [];
    private readonly Dictionary<(IpAddress Address, string? Interface), Holder> _elsewhere = [];

    private readonly record struct Holder(VrrpInstanceBlock Instance, VirtualAddress Address)
    {
        public string? Interface => Address.Device ?? Instance.Interface;
    }

    public static void Run(Configuration configuration, DiagnosticBag diagnostics)
    {
        AddressLints lints = new(diagnostics);
        lints._first.EnsureCapacity(configuration.VrrpInstances.Sum(static instance => instance.VirtualAddresses.Count));
        foreach (VrrpInstanceBlock instance in configuration.VrrpInstances)
        {
            foreach (VirtualAddress address in instance.VirtualAddresses)
            {
                lints.CheckAlone(instance, address);
                lints.CheckTwice(instance, address);
            }
            foreach (VirtualAddress address in instance.ExcludedAddresses)
            {
                lints.CheckAlone(instance, address);
                lints.CheckTwice(instance, address);
            }
            lints.CheckPrefixes(instance);
        }
    }

    private void CheckAlone(VrrpInstanceBlock instance, VirtualAddress virtualAddress)
    {
        (IpAddress address, byte length) = virtualAddress.Address;
        if (address.IsMulticast || address.IsUnspecified || IsLoopback(address))
        {
            diagnostics.Report(
                DiagnosticCatalogue.AddressNotUnicast, virtualAddress.Spans.Address,
                $"({instance.Name}) {address} is {(address.IsMulticast ? "a multicast" : address.IsUnspecified ? "the unspecified" : "a loopback")} address",
                "write an address of the network that the clients are in");
            return;
        }
        if (virtualAddress.Spans.Peer.IsGiven || !IsEndOfNetwork(address, length, out bool isLast))
            return;
        diagnostics.Report(
            DiagnosticCatalogue.AddressNotAHost, virtualAddress.Spans.Address,
            isLast ? $"({instance.Name}) {address}/{length} is the broadcast address of its network" : $"({instance.Name}) {address}/{length} is a network and no host",
            address.Family == AddressFamily.IPv4 ? $"write another address, or {address}/32 if it is one after all" : $"write an address inside {address}/{length}");
    }

    private void CheckTwice(VrrpInstanceBlock instance, VirtualAddress virtualAddress)
    {
        IpAddress address = virtualAddress.Address.Address;
        Holder holder = new(instance, virtualAddress);
        ref Holder first = ref CollectionsMarshal.GetValueRefOrAddDefault(_first, address, out bool isKnown);
        if (!isKnown)
        {
            first = holder;
            return;
        }
        if (first.Interface == holder.Interface)
        {
            ReportTwice(holder, first);
            return;
        }
        ref Holder same = ref CollectionsMarshal.GetValueRefOrAddDefault(_elsewhere, (address, holder.Interface), out bool isTwice);
        if (isTwice)
        {
            ReportTwice(holder, same);
            return;
        }
        same = holder;
        // A link-local address is another one on each link.
        if (address.IsLinkLocal)
            return;
        Holder other = first;
        Diagnostic found = diagnostics.Report(
            DiagnosticCatalogue.AddressOnTwoInterfaces, virtualAddress.Spans.Address,
            $"({instance.Name}) {address} is on {Named(holder)} and on {Named(other)}");
        diagnostics.Relate(found, other.Address.Spans.Address, $"of {other.Instance.Name} here");
    }

    private void ReportTwice(Holder holder, Holder first)
    {
        IpAddress address = holder.Address.Address.Address;
        bool isOne = holder.Instance == first.Instance;
        Diagnostic found = diagnostics.Report(
            DiagnosticCatalogue.AddressTwice, holder.Address.Spans.Address,
            isOne
                ? $"({holder.Instance.Name}) {address} is given twice"
                : $"({holder.Instance.Name}) {address} is an address of {first.Instance.Name} too",
            isOne ? "leave one of them out" : "give it to one of the instances");
        diagnostics.Relate(found, first.Address.Spans.Address, isOne ? "first given here" : $"of {first.Instance.Name} here");
    }

    // One finding for an instance: who left it out left it out everywhere.
    private void CheckPrefixes(VrrpInstanceBlock instance)
    {
        VirtualAddress? first = null;
        int count = 0;
        foreach (VirtualAddress address in instance.VirtualAddresses.Concat(instance.ExcludedAddresses))
        {
            if (!HasNoPrefix(address))
                continue;
            first ??= address;
            count++;
        }
        if (first is null)
            return;
        IpAddress shown = first.Address.Address;
        diagnostics.Report(
            DiagnosticCatalogue.NoPrefixLength, first.Spans.Address,
            $"({instance.Name}) {shown}{(count == 1 ? " has" : $" and {count - 1} more have")} no prefix length; /{shown.HostPrefixLength} is used",
            shown.Family == AddressFamily.IPv4
                ? $"write that of the network, such as {shown}/24, or {shown}/32 if that is meant"
                : $"write that of the network, such as {shown}/64, or {shown}/128 if that is meant");
    }

    // With a peer the prefix length belongs to the peer's address.
    private static bool HasNoPrefix(VirtualAddress address)
        => !address.HasPrefixLength && !address.Spans.Peer.IsGiven;

    private static string Named(Holder holder) => holder.Interface ?? "no interface";

    private static bool IsLoopback(IpAddress address)
    {
        Span<byte> bytes = stackalloc byte[IpAddress.IPv6Length];
        address.CopyTo(bytes);
        return address.Family == AddressFamily.IPv4 ? bytes[0] == 127 : bytes[..15].IndexOfAnyExcept((byte)0) < 0 && bytes[15] == 1;
    }

    /// <summary>Whether the host bits are all clear, or (IPv4) all set.</summary>
    private static bool IsEndOfNetwork(IpAddress address, int prefixLength, out bool isLast)
    {
        isLast = false;
        if (prefixLength >= (address.Family == AddressFamily.IPv4 ? PointToPoint4 : PointToPoint6))
            return false;
        Span<byte> bytes = stackalloc byte[IpAddress.IPv6Length];
        address.CopyTo(bytes);
        int set = 0;
        for (int bit = prefixLength; bit < address.HostPrefixLength; bit++)
            set += (bytes[bit / 8] >> (7 - bit % 8)) & 1;
        isLast = address.Family == AddressFamily.IPv4 && set == address.HostPrefixLength - prefixLength;
        return set == 0 || isLast;
    }
}
