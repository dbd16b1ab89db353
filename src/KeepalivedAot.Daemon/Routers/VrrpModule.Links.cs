using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Linux.Links;
using KeepalivedAot.Linux.Netlink;

namespace KeepalivedAot.Daemon.Routers;

// When a link counts as up or down: interface_up_down_delays, linkbeat_use_polling and linkbeat_interfaces.
internal sealed partial class VrrpModule
{
    // The part of an advertisement interval by which a delay stays below what a backup waits.
    private const int Margin = 256;

    private readonly LinkDelays _linkDelays;
    private readonly Linkbeat _linkbeat;

    private void AdoptLinks(Config.Configuration configuration, Instant now)
    {
        List<NetworkInterface> used = [.. _interfaces.Interfaces.Where(at => _instances.Any(instance => instance.DependsOn(at)))];
        Dictionary<string, NetworkInterface> byName = used.ToDictionary(static at => at.Name);
        List<(NetworkInterface, Duration, Duration)> delays = [];
        foreach (InterfaceDelays line in configuration.InterfaceDelays)
        {
            if (byName.TryGetValue(line.Interface, out NetworkInterface? at))
                delays.Add(Cap(line, at));
        }
        _linkDelays.Adopt(delays);

        List<(NetworkInterface, LinkProbeMethod?)> polled = [];
        // VMACs keepalived never polls.
        foreach (NetworkInterface at in used.Where(at => at.Link.Kind != LinkKinds.Macvlan && _services.Links.Find(at) is null))
        {
            LinkbeatInterface? line = configuration.LinkbeatInterfaces.Find(beat => beat.Interface == at.Name);
            if (line is not null || configuration.LinkbeatUsePolling)
                polled.Add((at, MethodOf(line)));
        }
        _linkbeat.Adopt(polled, now);
    }

    // Whoever waits longer than its backup does is backup and active at once.
    private (NetworkInterface At, Duration Down, Duration Up) Cap(InterfaceDelays line, NetworkInterface at)
    {
        Duration down = line.DownDelay;
        Duration up = line.UpDelay;
        foreach (VrrpInstance instance in _instances.Where(instance => instance.DependsOn(at)))
        {
            Duration interval = instance.Router.Parameters.AdvertisementInterval;
            int adverts = instance.Router.Parameters.DownTimerAdverts - 1;
            if (down < interval * adverts && up < interval * adverts)
                continue;
            Duration most = Duration.Max(interval * adverts - Duration.FromMicroseconds(interval.WholeMicroseconds / Margin), Duration.Zero);
            _log.Write(LogLevel.Info, EventIds.LinkDelay,
                $"{instance.Name}: interface {at.Name} debounce timer(s) not less that {adverts} * advert_int - resetting");
            down = down > most ? most : down;
            up = up > most ? most : up;
        }
        return (at, down, up);
    }

    private static LinkProbeMethod? MethodOf(LinkbeatInterface? line) => line switch
    {
        { Mii: true } => LinkProbeMethod.Mii,
        { Ethtool: true } => LinkProbeMethod.Ethtool,
        { Ioctl: true } => LinkProbeMethod.Flags,
        _ => null,
    };

    // A delay has run out, or a driver has answered otherwise than before.
    private void OnLinkCounts(NetworkInterface at) => OnInterfaceChanged(at, isAnother: false);

    private void OnLinkDelayOver(NetworkInterface at)
    {
        _log.Write(LogLevel.Detail, EventIds.LinkUpOrDown, $"Netlink reports {at.Name} {(at.IsUp ? "up" : "down")}");
        OnLinkCounts(at);
    }
}
