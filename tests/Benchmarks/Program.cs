using System.Globalization;
using System.Runtime.Versioning;
using KeepalivedAot.Benchmarks;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

[assembly: SupportedOSPlatform("linux")]

// Measures both daemons in one run on one machine. Arguments: number of trials (default 20), part of the name of what is measured
// (default all).
int trials = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 20;
string only = args.Length > 1 ? args[1] : "";
try
{
    string stockVersion = Shell.Try(Binaries.PathOf(Implementation.Stock), "-v").Error.Split('\n')[0];
    string oursVersion = Shell.Try(Binaries.PathOf(Implementation.Ours), "-v").Error.Split('\n')[0];
    Console.WriteLine($"stock: {stockVersion}");
    Console.WriteLine($"ours:  {oursVersion}");
    string load = File.ReadAllText("/proc/loadavg").Split(' ')[0];
    Console.WriteLine($"{Environment.ProcessorCount} processors, load {load}; about a quarter of an hour. Times on the wire are the kernel's.");
    Sample before = MachineBenchmark.Run(wakeups: 500);
    Table table = new();
    Step("start to first advertisement", () => StartBenchmark.Run(table, trials));
    Step("takeover, adverts of 0.01 s", () => TakeoverBenchmark.Run(table, 0.01, trials));
    Step("takeover, adverts of 1 s", () => TakeoverBenchmark.Run(table, 1, trials));
    Step("many fail over at once", () => MassTakeoverBenchmark.Run(table, 3));
    Step("killed and started again", () => RestartBenchmark.Run(table, Math.Max(trials / 4, 1)));
    Step("reload", () => ReloadBenchmark.Run(table));
    Step("control socket", () => ControlBenchmark.Run(table));
    Step("cadence", () => CadenceBenchmark.Run(table, 30));
    Step("scripts", () => ScriptBenchmark.Run(table));
    Step("hostile packets", () => HostileBenchmark.Run(table, 5));
    Step("metrics", () => MetricsBenchmark.Run(table));
    Step("CPU of many instances", () => CpuBenchmark.Run(table, 10));
    Step("memory", () => MemoryBenchmark.Run(table));
    Step("size", () => InstallBenchmark.Run(table));
    Step("configuration test", () => ConfigurationBenchmark.Run(table, trials));
    Sample after = MachineBenchmark.Run(wakeups: 500);
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"a bare 10 ms timer of this machine, before and after: median {before.Median:0.000} and {after.Median:0.000} ms late, worst {before.Worst:0.000} and {after.Worst:0.000} ms"));
    Console.WriteLine();
    table.Print();
    return 0;
}
catch (LabException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

void Step(string name, Action work)
{
    if (!name.Contains(only, StringComparison.OrdinalIgnoreCase))
        return;
    Console.Error.WriteLine($"measuring: {name}");
    work();
}
