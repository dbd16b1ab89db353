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

    public static void AddAnnouncementLimits(DumpText text, Configuration configuration)
    {
        if (configuration.GarpGroups.Count == 0)
            return;
        text.Line("------< Gratuitous ARP delays >------"u8);
        int number = 0;
        foreach (GarpGroupBlock group in configuration.GarpGroups)
        {
            text.Line($"------< GARP delay group {number++} >------");
            if (group.GarpInterval is Duration arp)
                text.Line($" GARP interval = {new PlainSeconds(arp)}");
            if (group.GnaInterval is Duration neighbour)
                text.Line($" GNA interval = {new PlainSeconds(neighbour)}");
            text.Line(" Interfaces"u8);
            if (group.Interface is { } name)
                text.Line($"  {name}");
            foreach (ConfigName one in group.Interfaces)
                text.Line($"  {one.Name}");
        }
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
