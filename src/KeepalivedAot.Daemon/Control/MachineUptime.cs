using System.Text;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.Daemon.Control;

/// <summary>The machine's own (random(4): <c>/proc/sys/kernel/random/boot_id</c>).</summary>
internal sealed class MachineUptime : IUptime
{
    private const int LongestId = 64;

    private string? _boot;

    public Duration Now => SystemInfo.Uptime;

    // Read when somebody asks, which is hardly ever.
    public string Boot => _boot ??= FileReader.TryRead("/proc/sys/kernel/random/boot_id", LongestId, out byte[] content).IsError
        ? "" : Encoding.ASCII.GetString(content).Trim();
}
