namespace KeepalivedAot.Tests.EndToEnd.Scripts;

/// <summary>What a process has used.</summary>
internal static class ProcessMeasures
{
    /// <summary>User and system time, in steps of 10 ms.</summary>
    public static TimeSpan CpuTime(int process)
    {
        string[] fields = File.ReadAllText($"/proc/{process}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return TimeSpan.FromMilliseconds(10 * (long.Parse(fields[11]) + long.Parse(fields[12])));
    }

    /// <summary>Bytes that only it has, and has changed.</summary>
    public static long PrivateMemory(int process)
        => File.ReadLines($"/proc/{process}/smaps_rollup").Where(line => line.StartsWith("Private_Dirty:", StringComparison.Ordinal))
            .Sum(line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) << 10);
}
