using KeepalivedAot.Base.Logging;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Daemon.Hosting;

namespace KeepalivedAot.Daemon.Loading;

/// <summary><c>-d</c>: what was understood of the configuration, in the layout of keepalived's dumps.</summary>
internal static class ConfigurationDump
{
    public static void Write(Configuration configuration, Log log)
    {
        Line(log, "------< Global definitions >------");
        if (configuration.GlobalDefs.RouterId is { } routerId)
            Line(log, $" Router ID = {routerId}");
        Line(log, $" Default VRRP version = {configuration.GlobalDefs.VrrpVersion}");
        Line(log, $" VRRP IPv4 mcast group = {configuration.GlobalDefs.MulticastGroup4}");
        Line(log, $" VRRP IPv6 mcast group = {configuration.GlobalDefs.MulticastGroup6}");
        Line(log, "------< VRRP Topology >------");
        foreach (VrrpInstanceBlock block in configuration.VrrpInstances)
            Write(block, log);
    }

    private static void Write(VrrpInstanceBlock block, Log log)
    {
        Line(log, $" VRRP Instance = {block.Name}");
        Line(log, $"   VRRP Version = {block.Version}");
        Line(log, $"   Wantstate = {(block.State == ConfiguredState.Master ? "MASTER" : "BACKUP")}");
        Line(log, $"   Interface = {block.Interface ?? "(none)"}");
        if (!block.Source.IsNone)
            Line(log, $"   Using src_ip = {block.Source}");
        if (!block.IsUnicast)
            Line(log, $"   Multicast address {block.MulticastGroup}");
        Line(log, $"   Gratuitous ARP delay = {block.GarpDelay}");
        Line(log, $"   Gratuitous ARP repeat = {block.GarpRepeat}");
        Line(log, $"   Gratuitous ARP refresh = {block.GarpRefresh}");
        Line(log, $"   Gratuitous ARP refresh repeat = {block.GarpRefreshRepeat}");
        Line(log, $"   Gratuitous ARP lower priority delay = {block.GarpLowerPriorityDelay}");
        Line(log, $"   Gratuitous ARP lower priority repeat = {block.GarpLowerPriorityRepeat}");
        Line(log, $"   Down timer adverts = {block.DownTimerAdverts}");
        Line(log, $"   Send advert after receive lower priority advert = {(block.LowerPriorityNoAdvert ? "false" : "true")}");
        Line(log, $"   Send advert after receive higher priority advert = {(block.HigherPrioritySendAdvert ? "true" : "false")}");
        Line(log, $"   Virtual Router ID = {block.VirtualRouterId}");
        Line(log, $"   Priority = {block.Priority}");
        Line(log, block.Version == 2
            ? $"   Advert interval = {block.AdvertisementInterval.WholeSeconds} sec"
            : $"   Advert interval = {block.AdvertisementInterval.WholeMilliseconds} milli-sec");
        Line(log, $"   Accept = {(block.AcceptMode ? "enabled" : "disabled")}");
        Line(log, $"   Preempt = {(block.PreemptMode ? "enabled" : "disabled")}");
        if (block.PreemptDelay > Base.Time.Duration.Zero)
            Line(log, $"   Preempt delay = {block.PreemptDelay} secs");
        Line(log, block.AuthenticationType switch
        {
            AuthenticationType.Password => "   Authentication type = SIMPLE_PASSWORD",
            AuthenticationType.AuthenticationHeader => "   Authentication type = IPSEC_AH",
            _ => "   Authentication type = none",
        });
        if (block.AuthenticationType != AuthenticationType.None)
            Line(log, "   Password = ********");
        if (block.UsesHmac)
            Write(block.AuthHmac!, log);
        WriteAddresses($"   Virtual IP ({block.VirtualAddresses.Count}):", block.VirtualAddresses, block, log);
        if (block.ExcludedAddresses.Count > 0)
            WriteAddresses("   Virtual IP Excluded :", block.ExcludedAddresses, block, log);
        if (block.UnicastPeers.Count == 0)
            return;
        Line(log, "   Unicast Peer :");
        foreach (UnicastPeer peer in block.UnicastPeers)
            Line(log, $"     {peer.Address}");
    }

    // keepalived's dump has no lines for it.
    private static void Write(AuthHmacBlock hmac, Log log)
    {
        string mode = hmac.Mode switch
        {
            HmacMode.Permissive => "permissive",
            HmacMode.ReceiveOnly => "receive-only",
            _ => "enforce",
        };
        Line(log, $"   Authentication extension = HMAC-SHA256, mode {mode}");
        Line(log, $"   Active key = {hmac.ActiveKey}");
        foreach (HmacKey key in hmac.Keys)
            Line(log, $"   Key {key.Id} = ********");
        Line(log, hmac.AntiReplay == AntiReplay.Monotonic ? "   Anti replay = monotonic" : $"   Anti replay = time, window {hmac.TimeWindow!.Value.WholeSeconds} sec");
    }

    private static void WriteAddresses(string title, List<VirtualAddress> addresses, VrrpInstanceBlock block, Log log)
    {
        Line(log, title);
        foreach (VirtualAddress address in addresses)
            Line(log, $"     {address.Address} dev {address.Device ?? block.Interface}");
    }

    private static void Line(Log log, string text) => log.Write(LogLevel.Info, EventIds.ConfigurationDump, $"{text}");
}
