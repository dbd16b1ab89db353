using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Values;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Daemon.Routers;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Daemon.Dumps.Data;

/// <summary>
/// <c>VRRP Instance = NAME</c> and what belongs to it. Programs read this: which lines there are, in which order and with which values, is keepalived
/// 2.4.3's (daemon.md, section 3).
/// </summary>
internal static class InstanceSection
{
    public static void Add(DumpText text, VrrpInstance instance, DumpSubject subject)
    {
        VrrpInstanceBlock block = instance.Block;
        text.Line($" VRRP Instance = {instance.Name}");
        text.Line($"   VRRP Version = {block.Version}");
        if (block.SyncGroup is { } group)
            text.Line($"   Sync group = {group.Name}");
        if (block.Family == AddressFamily.IPv6)
            text.Line("   Using Native IPv6"u8);
        AddState(text, instance, subject);
        AddInterface(text, instance);
        AddAnnouncements(text, instance, subject);
        AddElection(text, instance, subject);
        AddAuthentication(text, block);
        AddAddresses(text, instance);
        AddPeers(text, instance);
        if (instance.Receiver is { } receiver)
            text.Line($"   fd_in {receiver.Descriptors.In}, fd_out {receiver.Descriptors.Out}");
        else
            text.Line("   No sockets allocated"u8);
        AddRouting(text, block);
        TrackSection.Add(text, TrackedLines.Of(block), isGroup: false);
        text.Line($"   Using smtp notification = {(block.SmtpAlert ? "yes" : "no")}");
        text.Line($"   Notify deleted = {(block.NotifyDeleted is null ? "Fault" : "Deleted")}");
        AddScript(text, "Backup", block.NotifyBackup, subject);
        AddScript(text, "Master", block.NotifyMaster, subject);
        AddScript(text, "Fault", block.NotifyFault, subject);
        AddScript(text, "Stop", block.NotifyStop, subject);
        AddScript(text, "Deleted", block.NotifyDeleted?.Script, subject);
        AddScript(text, "Generic", block.Notify, subject);
        AddScript(text, "Master rx lower pri", block.NotifyActiveHearsLower, subject);
        text.Line($"   Notify priority changes = {(block.NotifyPriorityChanges ? "true" : "false")}");
    }

    public static void AddScript(DumpText text, string when, ConfigScript? script, DumpSubject subject)
    {
        if (subject.Scripts.Find(script) is { } program)
            text.Line($"   {when} state transition script = {program.Command}, uid:gid {program.UserId}:{program.GroupId}");
    }

    private static void AddState(DumpText text, VrrpInstance instance, DumpSubject subject)
    {
        VrrpRouter router = instance.Router;
        text.Line($"   State = {StateName.Of(router.State)}");
        if (router.State == VrrpState.Backup)
        {
            text.Line($"   Master router = {router.ActiveRouterAddress}");
            text.Line($"   Master priority = {router.ActiveRouterPriority.Value}");
            if (router.Parameters.Version == VrrpVersion.V3)
                text.Line($"   Master advert interval = {router.ActiveAdverInterval.WholeMilliseconds} milli-sec");
        }
        AddFlags(text, instance.Block);
        text.Line($"   Wantstate = {StateName.Of(router.WantedState)}");
        text.Line($"   Number of config faults = {((router.Faults & VrrpFaults.Configuration) != 0 ? 1 : 0)}");
        text.Line($"   Number of tracker faults = {instance.TrackerFaultCount}");
        AddInterfaceFaults(text, router.Faults);
        text.Line($"   Number of track scripts init = {instance.AwaitedTrackerCount}");
        if ((router.Faults & VrrpFaults.DuplicateVrid) != 0)
            text.Line("   Duplicate VRID"u8);
        text.Line($"   Last transition = {subject.Times.Of(router.LastTransitionAt):L}");
        VrrpTimer waited = router.State == VrrpState.Active ? VrrpTimer.Adver : VrrpTimer.ActiveDown;
        if (router.TryGetDeadline(waited, out Instant deadline))
            text.Line($"   Read timeout = {subject.Times.Of(deadline):L}");
        else
            text.Line("   Read timeout = DISABLED"u8);
        text.Line($"   Master down timer = {router.ActiveDownInterval.WholeMicroseconds} usecs");
    }

    private static void AddFlags(DumpText text, VrrpInstanceBlock block)
    {
        bool isUnicastWithoutPeers = block.AsksForUnicast && !block.IsUnicast;
        if (!block.IsUnicast && !isUnicastWithoutPeers && !block.UnicastFaultNoPeer)
        {
            text.Line("   Flags: none"u8);
            return;
        }
        text.Line("   Flags:"u8);
        if (block.IsUnicast)
            text.Line("     Using unicast"u8);
        if (isUnicastWithoutPeers)
            text.Line("     Unicast config option specified but using multicast"u8);
        if (block.UnicastFaultNoPeer)
            text.Line("     If unicast go to fault state if no peers"u8);
    }

    private static void AddInterfaceFaults(DumpText text, VrrpFaults faults)
    {
        text.Add("   Flags of interface faults -"u8);
        text.Add((faults & VrrpFaults.InterfaceDown) != 0 ? " interface down"u8 : ""u8);
        text.Add((faults & VrrpFaults.BaseInterfaceDown) != 0 ? " base interface down"u8 : ""u8);
        text.Add((faults & VrrpFaults.NoSourceAddress) != 0 ? " no source address"u8 : ""u8);
        bool isAny = (faults & (VrrpFaults.InterfaceDown | VrrpFaults.BaseInterfaceDown | VrrpFaults.NoSourceAddress)) != 0;
        text.Line(isAny ? ""u8 : " (none)"u8);
    }

    private static void AddInterface(DumpText text, VrrpInstance instance)
    {
        VrrpInstanceBlock block = instance.Block;
        HeldDevice? own = instance.Devices is [{ Configured.IsForAddresses: false } first, ..] ? first : null;
        if (own is not null && block.UseIpvlan is { } ipvlan)
        {
            string type = ipvlan.Private ? "private" : ipvlan.Vepa ? "vepa" : "bridge";
            text.Add($"   Use IPVLAN, i/f {own.Interface.Name}, is_up = {(own.Interface.IsUp ? "yes" : "no")}");
            if (!ipvlan.Address.Address.IsNone)
                text.Add($", i/f address = {ipvlan.Address.Address}/{ipvlan.Address.Length}");
            text.Line($", type {type}");
        }
        else if (own is not null)
        {
            text.Line($"   Use VMAC, i/f name {own.Interface.Name}, is_up = {(own.Interface.IsUp ? "yes" : "no")}, xmit_base = {(block.VmacTransmitBase ? "yes" : "no")}");
            if (block.UseVmac is { Mac.IsNone: false } vmac)
                text.Line($"     MAC = {vmac.Mac.For(block.VirtualRouterId)}{(vmac.Mac.Count == MacAddress.Length ? "" : " (using VRID)")}");
        }
        if (block.UseVmacForAddresses)
            text.Line("   Use VMAC for VIPs on other interfaces"u8);
        if (own is not null)
            text.Line($"   Interface = {own.Interface.Name}, {(block.UseIpvlan is null ? "vmac" : "ipvlan")} on {own.Base.Name}{(block.VmacTransmitBase ? ", xmit base i/f" : "")}");
        else
            text.Line($"   Interface = {instance.Interface?.Name ?? "(none)"}");
        if (block.Vrf is { } vrf)
            text.Line($"   VRF = {vrf}");
        if (block.DontTrackPrimary)
            text.Line("   VRRP interface tracking disabled"u8);
        if (block.SkipCheckAdvertisedAddresses)
            text.Line("   Skip checking advert IP addresses"u8);
        if (block.StrictMode)
            text.Line("   Enforcing strict VRRP compliance"u8);
        VrrpRouter router = instance.Router;
        bool isConfigured = !router.Parameters.SourceAddress.IsNone;
        text.Line($"   Using src_ip = {router.LocalAddress}{(isConfigured ? " (from configuration)" : "")}");
        if (block.IsUnicast)
            return;
        text.Add($"   Multicast address {router.Parameters.Group}");
        if (block.Family == AddressFamily.IPv6)
            text.Add($", ifindex {instance.Interface?.Index ?? 0}");
        text.Line(""u8);
    }

    private static void AddAnnouncements(DumpText text, VrrpInstance instance, DumpSubject subject)
    {
        VrrpInstanceBlock block = instance.Block;
        text.Line($"   Gratuitous ARP delay = {block.GarpDelay.WholeSeconds}");
        text.Line($"   Gratuitous ARP repeat = {block.GarpRepeat}");
        text.Line($"   Gratuitous ARP refresh = {block.GarpRefresh.WholeSeconds}");
        text.Line($"   Gratuitous ARP refresh repeat = {block.GarpRefreshRepeat}");
        text.Line($"   Gratuitous ARP lower priority delay = {block.GarpLowerPriorityDelay.WholeSeconds}");
        text.Line($"   Gratuitous ARP lower priority repeat = {block.GarpLowerPriorityRepeat}");
        text.Line($"   Down timer adverts = {block.DownTimerAdverts}");
        ExtraInterfaceGarp extra = block.GarpExtraInterfaces;
        if (extra.Interval == Duration.Zero || !Array.Exists(instance.HeldAddresses, held => !ReferenceEquals(held.Interface, instance.Interface)))
            return;
        text.Line($"   Gratuitous ARP for each secondary {(extra.OnAll ? "i/f" : "VMAC")} = {extra.Interval.WholeSeconds}");
        if (instance.Router.TryGetDeadline(VrrpTimer.ExtraAnnouncement, out Instant next))
            text.Line($"   Next gratuitous ARP for such secondary = {subject.Times.Of(next):L}");
    }

    private static void AddElection(DumpText text, VrrpInstance instance, DumpSubject subject)
    {
        VrrpInstanceBlock block = instance.Block;
        VrrpRouter router = instance.Router;
        text.Line($"   Send advert after receive lower priority advert = {(block.LowerPriorityNoAdvert ? "false" : "true")}");
        text.Line($"   Send advert after receive higher priority advert = {(block.HigherPrioritySendAdvert ? "true" : "false")}");
        text.Line($"   Virtual Router ID = {block.VirtualRouterId}");
        text.Line($"   Priority = {block.Priority}");
        text.Line($"   Effective priority = {router.EffectivePriority.Value}");
        text.Line($"   Total priority = {router.TotalPriority}");
        if (block.Version == 2)
            text.Line($"   Advert interval = {block.AdvertisementInterval.WholeSeconds} sec");
        else
            text.Line($"   Advert interval = {block.AdvertisementInterval.WholeMilliseconds} milli-sec");
        Moment sent = router.LastAdvertisementAt == default ? default : subject.Times.Of(router.LastAdvertisementAt);
        text.Line($"   Last advert sent = {sent}");
        text.Line($"   Accept = {(block.AcceptMode ? "enabled" : "disabled")}");
        text.Line($"   Preempt = {(block.PreemptMode ? "enabled" : "disabled")}");
        if (block.PreemptDelay != Duration.Zero)
            text.Line($"   Preempt delay = {new PlainSeconds(block.PreemptDelay)} secs");
        text.Line($"   Promote_secondaries = {(block.PromoteSecondaries ? "enabled" : "disabled")}");
    }

    private static void AddAuthentication(DumpText text, VrrpInstanceBlock block)
    {
        switch (block.AuthenticationType)
        {
            case Config.Vrrp.AuthenticationType.Password:
                text.Line("   Authentication type = SIMPLE_PASSWORD"u8);
                text.Line("   Password = ********"u8);
                break;
            case Config.Vrrp.AuthenticationType.AuthenticationHeader:
                text.Line("   Authentication type = IPSEC_AH"u8);
                break;
            default:
                if (block.Version == 2)
                    text.Line("   Authentication type = none"u8);
                break;
        }
        if (block.KernelReceiveBufferSize is uint size)
            text.Line($"   Kernel rx buffer size = {size}");
        if (block.Debug != 0)
            text.Line($"   Debug level = {block.Debug}");
    }

    private static void AddAddresses(DumpText text, VrrpInstance instance)
    {
        HeldAddressCursor held = new(instance.HeldAddresses);
        VrrpInstanceBlock block = instance.Block;
        if (block.VirtualAddresses.Count > 0)
            text.Line($"   Virtual IP ({block.VirtualAddresses.Count}):");
        foreach (VirtualAddress line in block.VirtualAddresses)
            AddAddress(text, instance, line, held.Find(line));
        if (!block.HasExcludedAddresses)
            return;
        text.Line("   Virtual IP Excluded :"u8);
        foreach (VirtualAddress line in block.ExcludedAddresses)
            AddAddress(text, instance, line, held.Find(line));
    }

    private static void AddAddress(DumpText text, VrrpInstance instance, VirtualAddress line, HeldAddress? held)
    {
        text.Add("     "u8);
        AddressText.Add(text, instance, line, held);
        text.Line(""u8);
    }

    private static void AddPeers(DumpText text, VrrpInstance instance)
    {
        VrrpInstanceBlock block = instance.Block;
        if (!block.IsUnicast)
            return;
        if (block.Family == AddressFamily.IPv4 || block.UnicastTtl is not null)
            text.Line($"   Unicast TTL = {block.UnicastTtl ?? byte.MaxValue}");
        text.Line($"   Check unicast src : {(block.CheckUnicastSource ? "yes" : "no")}");
        text.Line("   Unicast Peer :"u8);
        foreach (Config.Vrrp.UnicastPeer peer in block.UnicastPeers)
            text.Line($"     {peer.Address} min_ttl {peer.MinTtl} max_ttl {peer.MaxTtl}");
        string compatibility = block.OldUnicastChecksum switch
        {
            OldUnicastChecksum.Never => "never",
            OldUnicastChecksum.Always => "config",
            _ => "no",
        };
        text.Line($"   Unicast checksum compatibility = {compatibility}");
    }

    private static void AddRouting(DumpText text, VrrpInstanceBlock block)
    {
        if (block.HasVirtualRoutes)
        {
            text.Line("   Virtual Routes :"u8);
            foreach (Config.Routing.VirtualRoute route in block.VirtualRoutes)
            {
                text.Add("     "u8);
                RouteText.Add(text, route);
                text.Line(""u8);
            }
        }
        if (block.HasVirtualRules)
        {
            text.Line("   Virtual Rules :"u8);
            foreach (Config.Routing.VirtualRule rule in block.VirtualRules)
            {
                text.Add("     "u8);
                RuleText.Add(text, rule);
                text.Line(""u8);
            }
        }
    }
}
