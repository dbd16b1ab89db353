using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Vrrp;

namespace KeepalivedAot.Daemon.Routers;

/// <summary>
/// How fast announcements may leave: <c>vrrp_garp_interval</c> and <c>vrrp_gna_interval</c> for each interface by itself, and for
/// those of a <c>garp_group</c> together, which has its own limits or none.
/// </summary>
internal sealed class AnnouncementPacing
{
    private readonly List<Lanes> _groups = [];
    private readonly Dictionary<string, Lanes> _byInterface = [];
    private readonly Announcer _announcer;
    private readonly TimerQueue _timers;
    private Duration _arpInterval;
    private Duration _neighbourInterval;

    public AnnouncementPacing(Announcer announcer, TimerQueue timers)
    {
        _announcer = announcer;
        _timers = timers;
    }

    /// <summary>Nothing is limited: the usual case, in which nobody is looked up.</summary>
    public bool IsOff => _groups.Count == 0 && _arpInterval == Duration.Zero && _neighbourInterval == Duration.Zero;

    /// <summary>Takes up limits; what waits because of former ones waits because of these, or leaves.</summary>
    public void Configure(Config.Configuration configuration, Instant now)
    {
        HashSet<AnnouncementLane> former = [];
        foreach (Lanes lanes in (IEnumerable<Lanes>)[.. _groups, .. _byInterface.Values])
        {
            if (lanes.Arp is { } arp)
                former.Add(arp);
            if (lanes.Neighbour is { } neighbour)
                former.Add(neighbour);
        }
        _groups.Clear();
        _byInterface.Clear();
        _arpInterval = configuration.GlobalDefs.GarpInterval;
        _neighbourInterval = configuration.GlobalDefs.GnaInterval;
        foreach (GarpGroupBlock group in configuration.GarpGroups)
        {
            Lanes lanes = Make(group.GarpInterval ?? Duration.Zero, group.GnaInterval ?? Duration.Zero);
            _groups.Add(lanes);
            if (group.Interface is { } name)
                _byInterface.TryAdd(name, lanes);
            foreach (Config.ConfigName one in group.Interfaces)
                _byInterface.TryAdd(one.Name, lanes);
        }
        foreach (AnnouncementLane lane in former)
            lane.Retire(now);
    }

    /// <summary>Where an announcement waits; null when it need not.</summary>
    public AnnouncementLane? LaneOf(string interfaceName, bool isIPv4)
    {
        if (IsOff)
            return null;
        if (!_byInterface.TryGetValue(interfaceName, out Lanes? lanes))
        {
            lanes = Make(_arpInterval, _neighbourInterval);
            _byInterface.Add(interfaceName, lanes);
        }
        return isIPv4 ? lanes.Arp : lanes.Neighbour;
    }

    public void Drop(VrrpInstance instance)
    {
        foreach (Lanes lanes in _byInterface.Values)
        {
            lanes.Arp?.Drop(instance);
            lanes.Neighbour?.Drop(instance);
        }
    }

    private Lanes Make(Duration arp, Duration neighbour) => new(MakeLane(arp), MakeLane(neighbour));

    private AnnouncementLane? MakeLane(Duration interval)
        => interval > Duration.Zero ? new AnnouncementLane(interval, _announcer, _timers) : null;

    private sealed record Lanes(AnnouncementLane? Arp, AnnouncementLane? Neighbour);
}
