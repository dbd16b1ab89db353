using System.Globalization;

namespace KeepalivedAot.Benchmarks;

/// <summary>What the kernel accounts to some processes, such as all those of a daemon. Those that have ended meanwhile count nothing.</summary>
internal static class ProcessFigures
{
    // Of the fields of /proc/PID/stat behind the name: the scheduling policy.
    private const int PolicyField = 38;

    public static double CpuNanoseconds(int[] processes)
        => processes.SelectMany(Tasks).Sum(static task => double.Parse(Read($"{task}/schedstat", "0").Split(' ')[0], CultureInfo.InvariantCulture));

    public static double RssMegabytes(int[] processes) => Megabytes(processes, "Rss:");

    public static double PssMegabytes(int[] processes) => Megabytes(processes, "Pss:");

    /// <summary>What would be free if they ended: pages that no other process has, of files too.</summary>
    public static double PrivateMegabytes(int[] processes) => Megabytes(processes, "Private_Clean:") + Megabytes(processes, "Private_Dirty:");

    /// <summary>What no file has: heap, stacks and data that were written to; what they share among themselves counts once.</summary>
    public static double AnonymousMegabytes(int[] processes) => Megabytes(processes, "Pss_Anon:");

    public static int Threads(int[] processes) => processes.Sum(static process => Tasks(process).Length);

    public static int Descriptors(int[] processes)
        => processes.Sum(static process => Directory.Exists($"/proc/{process}/fd") ? Directory.GetFileSystemEntries($"/proc/{process}/fd").Length : 0);

    /// <summary>Whether each of them comes before all ordinary ones (SCHED_FIFO or SCHED_RR).</summary>
    public static bool AreRealTime(int[] processes)
        => processes.All(static process => Read($"/proc/{process}/stat", "").Split(") ")[^1].Split(' ') is { Length: > PolicyField } fields && fields[PolicyField] is "1" or "2");

    private static string[] Tasks(int process) => Directory.Exists($"/proc/{process}/task") ? Directory.GetDirectories($"/proc/{process}/task") : [];

    // The kernel counts in kB of 1,024 bytes.
    private static double Megabytes(int[] processes, string field)
        => processes.SelectMany(static process => Read($"/proc/{process}/smaps_rollup", "").Split('\n'))
            .Where(line => line.StartsWith(field, StringComparison.Ordinal))
            .Sum(static line => double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1.024 / 1000);

    private static string Read(string path, string ended)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return ended;
        }
    }
}
