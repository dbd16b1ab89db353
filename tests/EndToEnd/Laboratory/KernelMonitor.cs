using System.Diagnostics;

namespace KeepalivedAot.Tests.EndToEnd.Laboratory;

/// <summary><c>ip monitor</c> in a router: what happens to its links, addresses, routes and rules, line by line.</summary>
public sealed class KernelMonitor : IDisposable
{
    private static readonly TimeSpan s_readyLimit = TimeSpan.FromSeconds(6);

    private readonly Process _process;

    public KernelMonitor(Router router, Func<string> context)
    {
        Events = new Recording<string>(context);
        ProcessStartInfo start = new("ip", ["-n", router.Namespace, "-o", "-rcvbuf", "16777216", "monitor", "link", "address", "route", "rule"])
        {
            RedirectStandardOutput = true,
        };
        _process = Process.Start(start) ?? throw new LabException("ip did not start");
        Thread reader = new(() =>
        {
            while (_process.StandardOutput.ReadLine() is { } line)
                Events.Add(line);
        })
        { IsBackground = true, Name = "ip monitor" };
        reader.Start();
        // It says nothing when it is ready: it is, when it tells of this.
        bool isReady = SpinWait.SpinUntil(
            () =>
            {
                router.Ip("route", "add", "blackhole", "192.0.2.1");
                router.Ip("route", "del", "blackhole", "192.0.2.1");
                return Events.TryWaitFor(static line => line.Contains("192.0.2.1", StringComparison.Ordinal), TimeSpan.FromMilliseconds(100), out _);
            },
            s_readyLimit);
        if (isReady)
            return;
        Dispose();
        throw new LabException("ip monitor tells nothing");
    }

    public Recording<string> Events { get; }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
