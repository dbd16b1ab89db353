using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Daemon.Kernel.Links;
using KeepalivedAot.Daemon.Kernel.Settings;
using KeepalivedAot.Daemon.Routers;
using KeepalivedAot.Linux.Netlink;
using KeepalivedAot.Tracking;

namespace KeepalivedAot.Daemon.Dumps.Data;

/// <summary><c>Name = eth0</c> and what is known of the interface. Only those that matter here are known, unlike with keepalived.</summary>
internal static class InterfaceSection
{
    // ARPHRD_* (linux/if_arp.h).
    private const ushort Ethernet = 1;
    private const ushort Infiniband = 32;
    private const ushort Loopback = 772;

    public static void Add(DumpText text, NetworkInterface at, InterfaceUse use, DumpSubject subject)
    {
        text.Line($" Name = {at.Name}");
        text.Line($"   index = {at.Index}{(at.Exists ? "" : " (deleted)")}");
        AddAddresses(text, at);
        if (at.Exists && at.Link.HasMacAddress && at.Link.HardwareType != Loopback)
        {
            text.Line($"   MAC = {at.Link.Address}");
            text.Line($"   MAC broadcast = {at.Link.BroadcastAddress}");
        }
        AddState(text, at, subject);
        AddBase(text, use.Device);
        text.Line($"   MTU = {at.Link.Mtu}");
        AddHardware(text, at);
        text.Line(at.Beat is null ? "   NIC netlink status update"u8 : "   NIC ioctl refresh polling"u8);
        if (at.Link.VrfTable != 0)
            text.Line($"   VRF master table {at.Link.VrfTable}");
        AddSettings(text, at, use, subject);
        AddInstances(text, use);
    }

    // First the address that would be spoken from.
    private static void AddAddresses(DumpText text, NetworkInterface at)
    {
        text.Line($"   IPv4 address = {at.SpokenIPv4}");
        text.Line($"   IPv6 address = {at.SpokenIPv6}");
    }

    private static void AddState(DumpText text, NetworkInterface at, DumpSubject subject)
    {
        LinkFlags flags = at.Link.Flags;
        text.Add($"   State = {Not(flags, LinkFlags.Up)}UP, {Not(flags, LinkFlags.Running)}RUNNING");
        text.Add((flags & LinkFlags.Broadcast) == 0 ? ", no broadcast"u8 : ""u8);
        text.Add((flags & LinkFlags.Loopback) != 0 ? ", loopback"u8 : ""u8);
        text.Add((flags & LinkFlags.PointToPoint) != 0 ? ", point to point"u8 : ""u8);
        text.Add((flags & LinkFlags.NoArp) != 0 ? ", no arp"u8 : ""u8);
        text.Line((flags & LinkFlags.Multicast) == 0 ? ", no multicast"u8 : ""u8);
        text.Line($"   Seen up = {(at.CountsAsUp ? 1 : 0)}");
        text.Line($"   Delayed state change running = {(at.Exists && at.LinkIsUp != at.CountsAsUp ? "true" : "false")}");
        InterfaceDelays? delays = subject.Configuration.InterfaceDelays.Find(line => line.Interface == at.Name);
        text.Line($"   Up debounce timer = {(delays?.UpDelay ?? Duration.Zero).WholeMicroseconds}us");
        text.Line($"   Down debounce timer = {(delays?.DownDelay ?? Duration.Zero).WholeMicroseconds}us");
    }

    private static void AddBase(DumpText text, HeldDevice? device)
    {
        if (device is null)
            return;
        if (device.Interface.Exists)
        {
            LinkFlags below = device.Base.Link.Flags;
            text.Line($"   {(device.Definition.IsMacvlan ? "VMAC" : "IPVLAN")} type {TypeOf(device.Definition.Kind)}, underlying interface = {device.Base.Name}, state = {Not(below, LinkFlags.Up)}UP, {Not(below, LinkFlags.Running)}RUNNING");
        }
        text.Line("   I/f created by keepalived"u8);
    }

    private static void AddHardware(DumpText text, NetworkInterface at)
    {
        switch (at.Link.HardwareType)
        {
            case Loopback:
                text.Line("   HW Type = LOOPBACK"u8);
                break;
            case Ethernet:
                text.Line("   HW Type = ETHERNET"u8);
                break;
            case Infiniband:
                text.Line("   HW Type = INFINIBAND"u8);
                break;
            default:
                text.Line($"   HW Type = UNKNOWN ({at.Link.HardwareType})");
                break;
        }
    }

    // What was found before it was changed. Of what is not changed keepalived shows a 0.
    private static void AddSettings(DumpText text, NetworkInterface at, InterfaceUse use, DumpSubject subject)
    {
        text.Line($"   Reset ARP config counter {use.ArpUsers}");
        text.Line($"   Original arp_ignore {OriginalOf(at, "arp_ignore", use.ArpUsers, subject)}");
        text.Line($"   Original arp_filter {OriginalOf(at, "arp_filter", use.ArpUsers, subject)}");
        text.Line($"   Original promote_secondaries {OriginalOf(at, "promote_secondaries", use.PromotionUsers, subject)}");
        text.Line($"   Reset promote_secondaries counter {use.PromotionUsers}");
    }

    private static int OriginalOf(NetworkInterface at, string setting, int users, DumpSubject subject)
        => users == 0 ? 0 : subject.Vrrp.Settings.FindOriginal(KernelSettings.Ipv4(at.Name, setting)) ?? 0;

    private static void AddInstances(DumpText text, InterfaceUse use)
    {
        if (use.Users.Count == 0)
            return;
        text.Line("   Tracking VRRP instances :"u8);
        foreach ((VrrpInstance instance, TrackerWeight weight) in use.Users)
            text.Line($"     {instance.Name}, weight {weight.Value}{(weight.IsReversed ? " reverse" : "")}");
    }

    private static string TypeOf(VirtualLinkKind kind) => kind switch
    {
        VirtualLinkKind.IpvlanVepa => "vepa",
        VirtualLinkKind.IpvlanBridge => "bridge",
        _ => "private",
    };

    private static string Not(LinkFlags flags, LinkFlags wanted) => (flags & wanted) == 0 ? "not " : "";
}
