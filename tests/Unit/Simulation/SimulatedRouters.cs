using System.Diagnostics.CodeAnalysis;
using System.Text;
using KeepalivedAot.Config.Text;
using KeepalivedAot.Simulation.Faults;
using KeepalivedAot.Simulation.Hosts;
using KeepalivedAot.Simulation.Scenarios;
using KeepalivedAot.Simulation.Worlds;

namespace KeepalivedAot.Tests.Unit.Simulation;

/// <summary>Worlds of routers m1, m2 … whose configurations are given as texts.</summary>
internal static class SimulatedRouters
{
    /// <summary>A configuration that begins so is no router's: it is there for reloads.</summary>
    public const string ForAReload = "# for a reload\n";

    public static string Router(int priority, string more = "") => $$"""
        vrrp_script chk {
            script "/bin/true"
            interval 1
            weight -60
        }
        vrrp_instance V1 {
            interface eth0
            virtual_router_id 51
            version 3
            priority {{priority}}
            advert_int 1
            {{more}}
            virtual_ipaddress {
                10.0.0.100/24
            }
        }
        """;

    public static SimulatedWorld World(ulong seed, params string[] configurations)
    {
        Texts files = new();
        SimulatedWorld world = new(seed, files);
        for (int i = 0; i < configurations.Length; i++)
        {
            files.ByPath[$"m{i + 1}.conf"] = configurations[i];
            world.AddHost($"m{i + 1}", $"m{i + 1}.conf");
        }
        Assert.All(world.Wire(), static read => Assert.True(read.CanRun, string.Join('\n', read.Diagnostics)));
        return world;
    }

    /// <summary>A scenario with routers, from its beginning to its end.</summary>
    public static SimulationRun Run(string scenarioText, params string[] configurations)
    {
        SimulationRun run = Prepared(scenarioText, configurations);
        run.Go();
        return run;
    }

    public static SimulationRun Prepared(string scenarioText, params string[] configurations)
    {
        List<ScenarioMistake> mistakes = [];
        Scenario scenario = new();
        new ScenarioReader("scenario", mistakes).Read(scenarioText, scenario);
        IConfigFiles files = Files(configurations, out List<RouterFile> routers);
        SimulationRun run = SimulationRun.Prepare(routers, scenario, files, mistakes);
        Assert.True(mistakes.Count == 0, string.Join('\n', mistakes));
        return run;
    }

    /// <summary>What is wrong with a scenario of routers.</summary>
    public static List<string> Mistakes(string scenarioText, params string[] configurations)
    {
        List<ScenarioMistake> mistakes = [];
        Scenario scenario = new();
        new ScenarioReader("scenario", mistakes).Read(scenarioText, scenario);
        IConfigFiles files = Files(configurations, out List<RouterFile> routers);
        SimulationRun.Prepare(routers, scenario, files, mistakes);
        return [.. mistakes.Select(static mistake => mistake.ToString())];
    }

    public static IConfigFiles Files(string[] configurations, out List<RouterFile> routers)
    {
        Texts files = new();
        files.ByPath["other.conf"] = "vrrp_instance X {\n interface eth0\n";
        routers = [];
        for (int i = 0; i < configurations.Length; i++)
        {
            files.ByPath[$"m{i + 1}.conf"] = configurations[i];
            if (!configurations[i].StartsWith(ForAReload, StringComparison.Ordinal))
                routers.Add(new RouterFile($"m{i + 1}", $"m{i + 1}.conf"));
        }
        return files;
    }

    public static SimulatedWorld Started(ulong seed, params string[] configurations)
    {
        SimulatedWorld world = World(seed, configurations);
        foreach (SimulatedHost host in world.Hosts)
            Assert.True(host.Start().CanRun);
        return world;
    }

    public static void Plan(this SimulatedWorld world, string line)
    {
        Assert.True(FaultReader.TryRead(world, line, out Fault? fault, out FaultMistake? mistake), $"{line}: {mistake}");
        world.Plan(fault!);
    }

    public static string[] Masters(this SimulatedWorld world, int router = 0)
        => [.. world.Routers[router].Members.Where(static member => member.IsMaster).Select(static member => member.Host.Name)];

    private sealed class Texts : IConfigFiles
    {
        public Dictionary<string, string> ByPath { get; } = [];

        public bool TryRead(string path, [NotNullWhen(true)] out byte[]? content, [NotNullWhen(false)] out string? problem)
        {
            bool isThere = ByPath.TryGetValue(path, out string? text);
            content = isThere ? Encoding.UTF8.GetBytes(text!) : null;
            problem = isThere ? null : "No such file or directory";
            return isThere;
        }
    }
}
