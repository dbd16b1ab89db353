using KeepalivedAot.Config;
using KeepalivedAot.Config.Routing;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Config.Writing;

namespace KeepalivedAot.Tests.Unit.Config.Routing;

/// <summary>Loads single lines of addresses, routes and rules.</summary>
internal static class RoutingText
{
    private const string Group = "track_group tg {\ngroup {\nA\n}\n}\n";

    private const string Instance = "vrrp_instance A {\ninterface eth0\nvirtual_router_id 51\nvirtual_ipaddress {\n192.0.2.100/24\n}\n}\n";

    public static LoadResult Load(string block, string lines) => ConfigText.Load($"{Group}{Instance}{block} {{\n{lines}\n}}\n");

    /// <summary>The one route of a line without errors; it is the same when it has been written and read again.</summary>
    public static StaticRoute Route(string line)
    {
        LoadResult result = Load("static_routes", line);
        Assert.False(result.Diagnostics.HasErrors, ConfigText.Render(result));
        AssertRoundTrip(result);
        return Assert.Single(result.Configuration.StaticRoutes);
    }

    public static StaticRule Rule(string line)
    {
        LoadResult result = Load("static_rules", line);
        Assert.False(result.Diagnostics.HasErrors, ConfigText.Render(result));
        AssertRoundTrip(result);
        return Assert.Single(result.Configuration.StaticRules);
    }

    public static StaticAddress Address(string line)
    {
        LoadResult result = Load("static_ipaddress", line);
        Assert.False(result.Diagnostics.HasErrors, ConfigText.Render(result));
        AssertRoundTrip(result);
        return Assert.Single(result.Configuration.StaticAddresses);
    }

    /// <summary>What a block comes to, one string for each line that is left.</summary>
    public static string[] Lines(LoadResult result, string block)
    {
        string[] lines = EffectiveConfiguration.ToText(result.Configuration, showsSecrets: true).Split('\n');
        int start = Array.FindIndex(lines, l => l.Trim() == block + " {");
        return start < 0 ? [] : [.. lines.Skip(start + 1).TakeWhile(static l => l.Trim() != "}").Select(static l => l.Trim())];
    }

    public static void AssertRoundTrip(LoadResult result)
    {
        string text = EffectiveConfiguration.ToText(result.Configuration, showsSecrets: true);
        LoadResult again = ConfigText.Load(text);
        Assert.Equal(text, EffectiveConfiguration.ToText(again.Configuration, showsSecrets: true));
        Assert.False(again.Diagnostics.HasErrors, text + ConfigText.Render(again));
    }
}
