using System.Globalization;

namespace KeepalivedAot.Tests.EndToEnd.Laboratory;

/// <summary>What stands in the memory of a process: read through /proc, as root can.</summary>
internal static class ProcessMemory
{
    // What the runtime only reserves is longer than anything that holds data.
    private const ulong LongestMapping = 1ul << 28;

    public static bool Contains(int process, ReadOnlySpan<byte> bytes)
    {
        using FileStream memory = new($"/proc/{process}/mem", FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        bool any = false;
        foreach (string line in File.ReadAllLines($"/proc/{process}/maps"))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            string[] range = words[0].Split('-');
            ulong from = ulong.Parse(range[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            ulong to = ulong.Parse(range[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            bool isData = words[1][0] == 'r' && to - from <= LongestMapping && !words[^1].StartsWith("[v", StringComparison.Ordinal);
            if (!isData)
                continue;
            any = true;
            byte[] content = new byte[to - from];
            memory.Position = (long)from;
            int length = memory.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            if (content.AsSpan(0, length).IndexOf(bytes) >= 0)
                return true;
        }
        return any ? false : throw new LabException($"process {process} has no memory");
    }
}
