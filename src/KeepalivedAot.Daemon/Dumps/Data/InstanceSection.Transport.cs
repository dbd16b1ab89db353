using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Values;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Daemon.Routers;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Daemon.Dumps.Data;

// Where and how it speaks.
internal static partial class InstanceSection
{
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
            text.Line($"   Next gratuitous ARP for such secondary = {subject.MomentOf(next):L}");
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
}
