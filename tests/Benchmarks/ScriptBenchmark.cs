using System.Globalization;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Benchmarks;

/// <summary>What running tracked scripts costs the daemon: 50 of them, once a second.</summary>
internal static class ScriptBenchmark
{
    private const int Scripts = 50;
    private const int SIGUSR2 = 12;

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(10);

    public static void Run(Table table)
    {
        double stock = Measure(Implementation.Stock, out _);
        double ours = Measure(Implementation.Ours, out double held);
        table.Add("a tracking script run: CPU time of the daemon", stock, ours, "ms", "0.000");
        table.AddOurs("a tracking script run: time the loop is held, median", held, "ms", "0.000", 0.2);
    }

    /// <param name="held">Milliseconds that a run holds the loop; stock does not tell.</param>
    /// <returns>Milliseconds of processor time for each run, without those of the script.</returns>
    private static double Measure(Implementation implementation, out double held)
    {
        using Lab lab = new(routers: 1);
        string script = Path.Combine(lab.A.Scratch, "check");
        File.WriteAllText(script, "#!/bin/sh\nexit 0\n");
        File.SetUnixFileMode(script, (UnixFileMode)0b111_101_101);
        string[] names = [.. Enumerable.Range(0, Scripts).Select(number => string.Create(CultureInfo.InvariantCulture, $"check_{number}"))];
        string text = new VrrpConfiguration
        {
            AdvertSeconds = 1, Globals = "enable_script_security\nscript_user root", Extra = $"track_script {{\n{string.Join('\n', names)}\n}}",
        };
        int at = text.IndexOf("vrrp_instance", StringComparison.Ordinal);
        string blocks = string.Concat(names.Select(name => $"vrrp_script {name} {{\nscript {script}\ninterval 1\nweight 1\n}}\n"));
        File.WriteAllText(lab.A.ConfigurationFile, text.Insert(at, blocks));
        lab.A.StartAs("env", "KEEPALIVED_AOT_ALLOCATIONS=1", Binaries.PathOf(implementation), "-n", "-l", "-D", "-f", lab.A.ConfigurationFile);
        lab.A.Daemon.WaitForLog("Entering MASTER STATE", s_limit + s_limit);
        int[] daemons = [.. lab.A.Processes().Where(process => CommandOf(process).StartsWith("keepalived", StringComparison.Ordinal))];
        double before = daemons.Sum(CpuMilliseconds);
        Thread.Sleep(s_window);
        double used = daemons.Sum(CpuMilliseconds) - before;
        held = 0;
        if (implementation == Implementation.Ours)
        {
            lab.A.Daemon.Signal(SIGUSR2);
            string line = lab.A.Daemon.WaitForLog(@"script runs: \d+", s_limit).Text;
            held = double.Parse(line.Split("less than ")[1].Split(' ')[0], CultureInfo.InvariantCulture) / 1000;
        }
        return used / (Scripts * s_window.TotalSeconds);
    }

    private static string CommandOf(int process) => File.Exists($"/proc/{process}/comm") ? File.ReadAllText($"/proc/{process}/comm") : "";

    private static double CpuMilliseconds(int process)
        => Directory.GetDirectories($"/proc/{process}/task")
            .Sum(task => double.Parse(File.ReadAllText($"{task}/schedstat").Split(' ')[0], CultureInfo.InvariantCulture)) / 1e6;
}
