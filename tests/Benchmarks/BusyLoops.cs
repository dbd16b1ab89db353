using System.Diagnostics;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Benchmarks;

/// <summary>Four programs that do nothing but take processor time, with ordinary priority, until this is disposed of or their time is over.</summary>
internal sealed class BusyLoops : IDisposable
{
    private const int Count = 4;

    private readonly List<Process> _processes = [];

    /// <param name="seconds">After which they end by themselves, whatever becomes of this program.</param>
    public BusyLoops(int seconds)
    {
        for (int i = 0; i < Count; i++)
        {
            ProcessStartInfo start = new("timeout", [$"{seconds}", "sh", "-c", "while :; do :; done"]);
            _processes.Add(Process.Start(start) ?? throw new LabException("timeout did not start"));
        }
    }

    public void Dispose()
    {
        foreach (Process process in _processes)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            process.Dispose();
        }
    }
}
