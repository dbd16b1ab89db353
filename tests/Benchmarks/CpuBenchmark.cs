using System.Globalization;
using System.Text;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Benchmarks;

/// <summary>What a MASTER and a BACKUP of many instances cost: CPU time as the kernel accounts it, in percent of one processor.</summary>
/// <remarks>
/// The two routers are joined by cables without anybody who listens: the way through the network is accounted to whoever sends, so
/// nothing else may be on it.
/// </remarks>
internal static class CpuBenchmark
{
    private const int InstancesPerCable = 255;
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(90);

    private sealed record Load(double Master, double Backup);

    public static void Run(Table table, int seconds)
    {
        Compare(table, 255, 0.1, seconds, "<= 7 %", "<= 2 %");
        Compare(table, 255, 0.01, seconds, "<= 35 %", "<= 13 %");
        Compare(table, 1000, 1, seconds * 2, "<= 1.6 %", "<= 0.6 %");
    }

    private static void Compare(Table table, int instances, double interval, int seconds, string masterGoal, string backupGoal)
    {
        // One after the other: two processors are few for four daemons, and CPU time does not tell who had to wait.
        Load stock = Measure(Implementation.Stock, instances, interval, seconds);
        Load ours = Measure(Implementation.Ours, instances, interval, seconds);
        string label = string.Create(CultureInfo.InvariantCulture, $"CPU, {instances} instances at {interval} s");
        table.Add($"{label}: MASTER", stock.Master, ours.Master, "%", "0.00", masterGoal);
        table.Add($"{label}: BACKUP", stock.Backup, ours.Backup, "%", "0.00", backupGoal);
    }

    private static Load Measure(Implementation implementation, int instances, double interval, int seconds)
    {
        using Lab lab = new(routers: 2, connected: false);
        int cables = (instances + InstancesPerCable - 1) / InstancesPerCable;
        StringBuilder script = new();
        for (int cable = 0; cable < cables; cable++)
        {
            script.AppendLine($"ip link add eth{cable} netns {lab.A.Namespace} type veth peer name eth{cable} netns {lab.B.Namespace}");
            foreach (Router router in lab.Routers)
            {
                script.AppendLine($"ip -n {router.Namespace} address add 10.9.{cable}.{router.Number}/24 dev eth{cable}");
                script.AppendLine($"ip -n {router.Namespace} link set eth{cable} up");
            }
        }
        Shell.Script(script.ToString());
        // Without -D: nobody reads so many lines, and writing them is not what is measured.
        lab.A.StartAs(Command(implementation, lab.A, Configuration(instances, interval, 150)));
        WaitForMaster(lab.A, instances);
        lab.B.StartAs(Command(implementation, lab.B, Configuration(instances, interval, 100)));
        // Second bursts of gratuitous ARP come after five seconds, and ours collects the garbage of its start after twelve.
        Thread.Sleep(TimeSpan.FromSeconds(13));
        int[] masters = lab.A.Processes();
        int[] backups = lab.B.Processes();
        (double master, double backup) = (Cpu(masters), Cpu(backups));
        TimeSpan begin = MonotonicClock.Now;
        Thread.Sleep(TimeSpan.FromSeconds(seconds));
        double elapsed = (MonotonicClock.Now - begin).TotalNanoseconds;
        Load load = new((Cpu(masters) - master) / elapsed * 100, (Cpu(backups) - backup) / elapsed * 100);
        int takeovers = HeldAddresses(lab.B);
        if (takeovers > 0)
            Console.Error.WriteLine($"{implementation}: {takeovers} of {instances} were taken over, the figures are not to be trusted");
        return load;
    }

    private static string[] Command(Implementation implementation, Router router, string configuration)
    {
        File.WriteAllText(router.ConfigurationFile, configuration);
        return [Binaries.PathOf(implementation), "-n", "-l", "-f", router.ConfigurationFile];
    }

    // By the kernel's word: a daemon that never blocks on its log leaves lines out when thousands come at once.
    private static void WaitForMaster(Router router, int count)
    {
        TimeSpan limit = MonotonicClock.Now + s_limit;
        int held;
        while ((held = HeldAddresses(router)) < count)
        {
            if (MonotonicClock.Now > limit || router.Daemon.HasExited)
                throw new LabException($"{held} of {count} instances became MASTER");
            Thread.Sleep(250);
        }
    }

    private static int HeldAddresses(Router router)
        => router.Ip("-o", "-4", "address", "show").Split('\n').Count(line => line.Contains(" 10.10.", StringComparison.Ordinal));

    private static string Configuration(int instances, double interval, int priority)
    {
        StringBuilder text = new("global_defs {\n    vrrp_version 3\n    vrrp_garp_master_repeat 1\n}\n");
        for (int i = 0; i < instances; i++)
        {
            int cable = i / InstancesPerCable;
            int vrid = i % InstancesPerCable + 1;
            text.Append(string.Create(
                CultureInfo.InvariantCulture,
                $$"""
                vrrp_instance I{{i}} {
                    interface eth{{cable}}
                    virtual_router_id {{vrid}}
                    priority {{priority}}
                    advert_int {{interval}}
                    virtual_ipaddress {
                        10.10.{{cable}}.{{vrid}}
                    }
                }

                """));
        }
        return text.ToString();
    }

    private static double Cpu(int[] processes)
        => processes.SelectMany(process => Directory.GetDirectories($"/proc/{process}/task"))
            .Sum(task => double.Parse(File.ReadAllText($"{task}/schedstat").Split(' ')[0], CultureInfo.InvariantCulture));
}
