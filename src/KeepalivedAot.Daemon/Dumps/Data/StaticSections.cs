using KeepalivedAot.Base.Time;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Routing;
using KeepalivedAot.Config.Tracking;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Daemon.Routers;

namespace KeepalivedAot.Daemon.Dumps.Data;

/// <summary>What is there as long as the daemon runs, and who depends on it; and limits that interfaces share.</summary>
internal static class StaticSections
{
    public static void Add(DumpText text, DumpSubject subject)
    {
        Configuration configuration = subject.Configuration;
        if (configuration.StaticAddresses.Count > 0)
            text.Line("------< Static Addresses >------"u8);
        for (int i = 0; i < configuration.StaticAddresses.Count; i++)
        {
            StaticObject? slot = i < subject.Vrrp.StaticObjects.Count ? subject.Vrrp.StaticObjects[i] : null;
            text.Add("     "u8);
            AddressText.Add(text, configuration.StaticAddresses[i], slot);
            text.Line(""u8);
        }
        if (configuration.StaticRoutes.Count > 0)
            text.Line("------< Static Routes >------"u8);
        foreach (StaticRoute route in configuration.StaticRoutes)
        {
            text.Add("     "u8);
            RouteText.Add(text, route);
            text.Line(""u8);
        }
        if (configuration.StaticRules.Count > 0)
            text.Line("------< Static Rules >------"u8);
        foreach (StaticRule rule in configuration.StaticRules)
        {
            text.Add("     "u8);
            RuleText.Add(text, rule);
            text.Line(""u8);
        }
        AddGroups(text, configuration.TrackGroups);
    }

    /// <summary>How fast announcements may leave: on the interfaces of each <c>garp_group</c> together, on every other one by itself.</summary>
    public static void AddAnnouncementLimits(DumpText text, Configuration configuration)
    {
        Duration arp = configuration.GlobalDefs.GarpInterval;
        Duration neighbour = configuration.GlobalDefs.GnaInterval;
        bool isLimited = arp != Duration.Zero || neighbour != Duration.Zero;
        if (configuration.GarpGroups.Count == 0 && !isLimited)
            return;
        text.Line("------< Gratuitous ARP delays >------"u8);
        int number = 0;
        HashSet<string> grouped = [];
        foreach (GarpGroupBlock group in configuration.GarpGroups)
        {
            List<string> names = [.. group.Interfaces.Select(static one => one.Name)];
            if (group.Interface is { } name)
                names.Insert(0, name);
            grouped.UnionWith(names);
            AddLimit(text, number++, group.GarpInterval ?? Duration.Zero, group.GnaInterval ?? Duration.Zero, names);
        }
        if (!isLimited)
            return;
        foreach (VrrpInstanceBlock block in configuration.VrrpInstances)
        {
            if (block.Interface is { } name && grouped.Add(name))
                AddLimit(text, number++, arp, neighbour, [name]);
        }
    }

    private static void AddLimit(DumpText text, int number, Duration arp, Duration neighbour, List<string> interfaces)
    {
        text.Line($"------< GARP delay group {number} >------");
        if (arp != Duration.Zero)
            text.Line($" GARP interval = {new PlainSeconds(arp)}");
        if (neighbour != Duration.Zero)
            text.Line($" GNA interval = {new PlainSeconds(neighbour)}");
        text.Line(" Interfaces"u8);
        foreach (string name in interfaces)
            text.Line($"  {name}");
    }

    private static void AddGroups(DumpText text, List<TrackGroupBlock> groups)
    {
        if (groups.Count > 0)
            text.Line("------< Static Track groups >------"u8);
        foreach (TrackGroupBlock group in groups)
        {
            text.Line($" Static Track Group = {group.Name}");
            text.Line("   VRRP member instances :"u8);
            foreach (ConfigName member in group.Members)
                text.Line($"     {member.Name}");
        }
    }
}
