using System.Globalization;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Benchmarks;

/// <summary>Two routers in virtual time (`keepalived-aot simulate`): what a day of them leaves in memory, and how fast it passes.</summary>
internal static class SimulationBenchmark
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    /// <param name="table">Where the figures go.</param>
    /// <param name="hours">24 are a day.</param>
    /// <exception cref="LabException">The simulation did not end as it should.</exception>
    public static void Run(Table table, int hours)
    {
        string program = Binaries.PathOf(Implementation.Ours);
        string folder = Directory.CreateTempSubdirectory("ka-simulation-").FullName;
        try
        {
            string[] files = [Write(folder, "m1", 150), Write(folder, "m2", 100)];
            MeasuredRun one = Simulate(program, files, 1);
            MeasuredRun all = Simulate(program, files, hours);
            string label = $"simulate, 2 routers of 1 s adverts, a failover each hour";
            table.AddOurs($"{label}: peak resident set of 1 virtual hour", one.PeakMegabytes, "MB", "0.0");
            table.AddOurs($"{label}: peak resident set of {hours} virtual hours", all.PeakMegabytes, "MB", "0.0");
            table.AddOurs($"{label}: {hours} virtual hours take", all.Elapsed.TotalSeconds, "s", "0.00");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Write(string folder, string name, int priority)
    {
        string path = Path.Combine(folder, $"{name}.conf");
        File.WriteAllText(path, new VrrpConfiguration { Priority = priority, AdvertSeconds = 1 });
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }

    private static MeasuredRun Simulate(string program, string[] files, int hours)
    {
        string[] faults = [.. Enumerable.Range(0, hours).SelectMany(static hour => (string[])["--fault", string.Create(CultureInfo.InvariantCulture, $"t={hour * 3600 + 1800}s down m1:eth0 for 10s")])];
        MeasuredRun run = MeasuredRun.Watch(s_limit, program, ["simulate", .. files, "--for", string.Create(CultureInfo.InvariantCulture, $"{hours * 3600}s"), .. faults]);
        // 3 says that there was an outage beyond what the faults allow: as much work.
        return run.ExitCode is 0 or 3 ? run : throw new LabException($"simulate ended with status {run.ExitCode}");
    }
}
