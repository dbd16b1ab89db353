using System.Diagnostics;
using System.Text;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Control;

/// <summary>A verb that goes on until it is ended, and what it has printed so far.</summary>
internal sealed class DaemonProcessOutput : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    public DaemonProcessOutput(Router router, params string[] words)
    {
        ProcessStartInfo start = new("ip", DaemonProcess.InNamespaces(router.Namespace, router.Scratch, [Binaries.Ours, .. words]))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
        Thread reader = new(() =>
        {
            for (int c; (c = _process.StandardOutput.Read()) >= 0;)
            {
                lock (_output)
                    _output.Append((char)c);
            }
        })
        { IsBackground = true };
        reader.Start();
        // It has begun when it has been executed, and connected a moment later.
        while (_process.StandardError.ReadLine() is { } line && !line.StartsWith("@execve ", StringComparison.Ordinal))
        {
        }
        Thread.Sleep(300);
    }

    public void WaitFor(string what, Func<string, bool> isThere)
        => Assert.True(SpinWait.SpinUntil(() => isThere(Text), Expect.Soon), $"{what}: {Text}");

    public string Text
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit(5000);
        _process.Dispose();
    }
}
