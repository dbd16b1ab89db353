using System.Globalization;
using System.Text.RegularExpressions;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Benchmarks;

/// <summary>
/// The smallest cgroup limit (memory.max, what systemd's MemoryMax= sets) under which a daemon lives through an hour's failovers and reloads.
/// </summary>
/// <remarks>
/// In a User Mode Linux kernel of its own, so that no cgroup of this machine is touched: limit-guest is what runs there. An hour is a failover,
/// a reload and a return each minute, one directly after the other.
/// </remarks>
internal static partial class MemoryLimitBenchmark
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(6);

    /// <param name="table">Where the figure goes.</param>
    /// <param name="rounds">60 are an hour.</param>
    public static void Run(Table table, int rounds)
    {
        (double stock, double ours) = SideBySide.Run(() => Measure(Implementation.Stock, rounds), () => Measure(Implementation.Ours, rounds));
        string time = rounds == 60 ? "an hour" : $"{rounds} minutes";
        table.Add($"smallest memory.max that {time} of failovers and reloads survives (compressed), found to 0.26 MB", stock, ours, "MB");
    }

    /// <returns>Megabytes.</returns>
    private static double Measure(Implementation implementation, int rounds)
    {
        string scratch = Directory.CreateTempSubdirectory("ka-limit-").FullName;
        try
        {
            CommandResult result = Shell.Try(
                Path.Combine(Binaries.Repository, "tests", "Uml", "uml-run"),
                [
                    "-m", "256M", "-t", s_limit.TotalSeconds.ToString(CultureInfo.InvariantCulture), "-w", scratch, "-k", "ipv6,veth", "--",
                    "bash", Path.Combine(Binaries.Repository, "tests", "Benchmarks", "limit-guest"),
                    Binaries.PathOf(implementation), Binaries.PathOf(Implementation.Ours), rounds.ToString(CultureInfo.InvariantCulture), scratch,
                ],
                s_limit + TimeSpan.FromSeconds(20));
            Console.Error.Write(string.Join("", result.Output.Split('\n').Where(static line => line.Length > 0).Select(line => $"  {implementation}: {line}\n")));
            Match limit = Limit().Match(result.Output);
            return limit.Success
                ? double.Parse(limit.Groups["kB"].ValueSpan, CultureInfo.InvariantCulture) * 1.024 / 1000
                : throw new LabException($"{implementation}: no limit was found: {result.Output} {result.Error}");
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    [GeneratedRegex(@"^limit (?<kB>\d+)$", RegexOptions.Multiline)]
    private static partial Regex Limit();
}
