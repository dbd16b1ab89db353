using KeepalivedAot.Base.Net;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Daemon.Routers;

namespace KeepalivedAot.Daemon.Dumps.Data;

/// <summary>An address as keepalived's dumps have it: <c>10.9.0.100/24 brd 10.9.0.255 dev eth0 scope global set</c>.</summary>
internal static class AddressText
{
    private static readonly string?[] s_scopes = MakeScopes();

    /// <param name="held">What has become of it; null where it has no interface to be on.</param>
    public static void Add(DumpText text, VrrpInstance instance, VirtualAddress line, HeldAddress? held)
    {
        OwnDevice? own = instance.Block.DeviceOf(line);
        // The interface that was made may have got another name than the configuration would have given it.
        Add(text, line, held?.Interface.Name ?? instance.Block.InterfaceOf(line), own?.Base, held?.Slot.Address.PreferredLifetimeSeconds);
        bool isSet = instance.IsHoldingAddresses && held is { IsPresent: true };
        text.Add(isSet ? " set"u8 : ""u8);
        text.Add(isSet && held!.Dropped is not null ? " nftable_set"u8 : ""u8);
    }

    /// <param name="slot">What has become of it; null where it has no interface to be on.</param>
    public static void Add(DumpText text, StaticAddress line, StaticObject? slot)
    {
        Add(text, line, line.Device, below: null, slot?.Address?.Address.PreferredLifetimeSeconds);
        text.Add(slot?.Address is { Wanted: > 0, Presence: not Kernel.AddressPresence.Absent } ? " set"u8 : ""u8);
    }

    private static void Add(DumpText text, AddressLine line, string? device, string? below, uint? preferred)
    {
        IpAddress address = line.Address.Address;
        text.Add($"{address}");
        if (line.Address.Length != address.HostPrefixLength)
            text.Add($"/{line.Address.Length}");
        if (!line.BroadcastAddress.IsNone)
            text.Add($" brd {line.BroadcastAddress}");
        if (device is not null)
            text.Add(below is null ? $" dev {device}" : $" dev {device}@{below}");
        text.Add($" scope {s_scopes[line.Scope.Value] ?? ""}");
        if (s_scopes[line.Scope.Value] is null)
            text.Add($"{line.Scope.Value}");
        if (line.Label is { } label)
            text.Add($" label {label}");
        if (!line.Peer.Address.IsNone)
            text.Add($" peer {line.Peer.Address}/{line.Peer.Length}");
        text.Add(line.Home ? " home"u8 : ""u8);
        text.Add(line.DuplicateAddressDetection ? " -nodad"u8 : ""u8);
        text.Add(line.ManageTemporaryAddresses ? " mngtmpaddr"u8 : ""u8);
        text.Add(line.NoPrefixRoute ? " noprefixroute"u8 : ""u8);
        text.Add(line.AutoJoin ? " autojoin"u8 : ""u8);
        if (address.Family == AddressFamily.IPv6)
            AddLifetime(text, preferred ?? line.PreferredLifetime.Seconds);
        text.Add(line.NoTrack ? " no_track"u8 : ""u8);
    }

    private static void AddLifetime(DumpText text, uint preferred)
    {
        if (preferred == 0)
            text.Add(" deprecated"u8);
        else if (preferred == Lifetime.Forever.Seconds)
            text.Add(" preferred_lft forever"u8);
        else
            text.Add($" preferred_lft {preferred}");
    }

    // RT_SCOPE_* (linux/rtnetlink.h), as iproute2 calls them.
    private static string?[] MakeScopes()
    {
        string?[] scopes = new string?[byte.MaxValue + 1];
        scopes[0] = "global";
        scopes[200] = "site";
        scopes[253] = "link";
        scopes[254] = "host";
        scopes[255] = "nowhere";
        return scopes;
    }
}
