using System.Globalization;
using System.Text;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Benchmarks;

/// <summary>Routers of hundreds of instances, joined by as many cables as their numbers need.</summary>
internal static class ManyInstances
{
    private const int PerCable = 255;

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(90);

    public static int CablesOf(int instances) => (instances + PerCable - 1) / PerCable;

    /// <summary>
    /// Joins two routers by cables that nobody listens to: the way through the network is accounted to whoever sends. Interfaces eth0, eth1 …;
    /// router N has 10.9.CABLE.N/24 there.
    /// </summary>
    public static void Join(Lab lab, int instances)
    {
        StringBuilder script = new();
        for (int cable = 0; cable < CablesOf(instances); cable++)
        {
            script.AppendLine($"ip link add eth{cable} netns {lab.A.Namespace} type veth peer name eth{cable} netns {lab.B.Namespace}");
            foreach (Router router in lab.Routers)
            {
                script.AppendLine($"ip -n {router.Namespace} address add 10.9.{cable}.{router.Number}/24 dev eth{cable}");
                script.AppendLine($"ip -n {router.Namespace} link set eth{cable} up");
            }
        }
        Shell.Script(script.ToString());
    }

    /// <param name="interval">In seconds.</param>
    /// <param name="addresses">Of each instance: the first in its advertisements, the others not.</param>
    /// <param name="globals">More lines of global_defs.</param>
    public static string Configuration(int instances, int priority, double interval, int addresses = 1, string globals = "")
    {
        StringBuilder text = new($"global_defs {{\n    vrrp_version 3\n    {globals}\n}}\n");
        for (int i = 0; i < instances; i++)
        {
            int cable = i / PerCable;
            int vrid = i % PerCable + 1;
            text.Append(string.Create(CultureInfo.InvariantCulture, $$"""
                vrrp_instance I{{i}} {
                    interface eth{{cable}}
                    virtual_router_id {{vrid}}
                    priority {{priority}}
                    advert_int {{interval}}
                    virtual_ipaddress {
                        10.{{10 + cable}}.0.{{vrid}}
                    }

                """));
            if (addresses > 1)
            {
                text.Append("    skip_check_adv_addr\n    virtual_ipaddress_excluded {\n");
                for (int extra = 1; extra < addresses; extra++)
                    text.Append(CultureInfo.InvariantCulture, $"        10.{10 + cable}.{extra}.{vrid}\n");
                text.Append("    }\n");
            }
            text.Append("}\n");
        }
        return text.ToString();
    }

    /// <summary>Starts a daemon without <c>-D</c>: nobody reads so many lines, and writing them is not what is measured.</summary>
    public static void Start(Router router, Implementation implementation, string configuration)
    {
        File.WriteAllText(router.ConfigurationFile, configuration);
        router.StartAs(Binaries.PathOf(implementation), "-n", "-l", "-f", router.ConfigurationFile);
    }

    /// <summary>Virtual addresses that a router holds, by the kernel's word: a daemon that never blocks on its log leaves lines out when thousands come at once.</summary>
    public static int Held(Router router)
        => router.Ip("-o", "-4", "address", "show").Split('\n').Count(static line => line.Contains(" 10.1", StringComparison.Ordinal));

    /// <exception cref="LabException">It did not come to that in a minute and a half.</exception>
    public static void WaitUntilHolding(Router router, int atLeast, int atMost = int.MaxValue)
    {
        TimeSpan limit = MonotonicClock.Now + s_limit;
        int held;
        while ((held = Held(router)) < atLeast || held > atMost)
        {
            if (MonotonicClock.Now > limit || router.Daemon.HasExited)
                throw new LabException($"router {router.Name} holds {held} virtual addresses, and not {atLeast}");
            Thread.Sleep(250);
        }
    }
}
