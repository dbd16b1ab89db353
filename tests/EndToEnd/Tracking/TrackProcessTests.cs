using System.Diagnostics;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Tracking;

/// <summary>Processes that are tracked (vrrp.md, section 10).</summary>
/// <remarks>
/// The routers here are in network namespaces of their own, where the kernel's connector does not work: /proc is looked through. Stock
/// keepalived counts every process as absent there. The connector itself is tested by tests/Linux in the first namespace.
/// </remarks>
public sealed class TrackProcessTests : IDisposable
{
    private readonly List<Process> _started = [];
    private static int s_count;

    // Processes are found all over the host, so each test has a name of its own.
    private readonly string _name = $"kp{Environment.ProcessId}x{Interlocked.Increment(ref s_count)}";

    public void Dispose()
    {
        foreach (Process process in _started)
            End(process);
    }

    [Fact]
    public void TrackProcess_withoutTheConnector_saysSoAndFindsTheProcess()
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, Configuration($"process {_name}", "weight 20"));
        lab.A.Daemon.WaitForLog("Failed to set process event listen - errno .* looking through /proc every second instead", Expect.Soon);
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        Process one = Run(lab);
        lab.A.Daemon.WaitForLog("Quorum gained for tracked process p", Expect.Soon);
        ExpectChange(lab, "100 to 120");
        End(one);
        lab.A.Daemon.WaitForLog("Quorum lost for tracked process p", Expect.Soon);
        ExpectChange(lab, "120 to 100");
    }

    [Fact]
    public void TrackProcess_weightZero_isAFaultUntilTheProcessRuns()
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, Configuration($"process {_name}", ""));
        lab.A.Daemon.WaitForLog(Expect.EnteringFault, Expect.Soon);
        Process one = Run(lab);
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        lab.A.Addresses.WaitFor(Expect.Vip, present: true, Expect.Soon);
        int from = lab.A.Daemon.Log.Count;
        End(one);
        lab.A.Daemon.WaitForLog(Expect.EnteringFault, Expect.Soon, from);
        lab.A.Addresses.WaitFor(Expect.Vip, present: false, Expect.Soon);
    }

    [Fact]
    public void TrackProcess_thatRunsAlready_countsFromTheStart()
    {
        using Lab lab = new(routers: 1);
        Run(lab);
        lab.A.Start(Implementation.Ours, Configuration($"process {_name}", ""));
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        Assert.Empty(lab.A.Daemon.LogMatches("FAULT|Quorum"));
    }

    [Fact]
    public void TrackProcess_quorumAndMaximum_countProcesses()
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, Configuration($"process {_name}", "weight 20\n    quorum 2\n    quorum_max 2"));
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        Run(lab);
        Run(lab);
        ExpectChange(lab, "100 to 120");
        Process third = Run(lab);
        ExpectChange(lab, "120 to 100");
        int from = lab.A.Daemon.Log.Count;
        End(third);
        lab.A.Daemon.WaitForLog("Quorum gained", Expect.Soon, from);
    }

    [Fact]
    public void TrackProcess_terminateDelay_bridgesARestart()
    {
        using Lab lab = new(routers: 1);
        Process one = Run(lab);
        lab.A.Start(Implementation.Ours, Configuration($"process {_name}", "weight 20\n    terminate_delay 3"));
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        End(one);
        Thread.Sleep(TimeSpan.FromSeconds(0.5));
        Process again = Run(lab);
        Thread.Sleep(TimeSpan.FromSeconds(4));
        Assert.Empty(lab.A.Daemon.LogMatches("Quorum"));
        End(again);
        lab.A.Daemon.WaitForLog("Quorum lost for tracked process p", Expect.Soon);
    }

    [Fact]
    public void TrackProcess_parameters_areCompared()
    {
        using Lab lab = new(routers: 1);
        string program = Program(lab);
        lab.A.Start(Implementation.Ours, Configuration($"process {program} 41 42", "weight 20\n    param_match initial"));
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        Run(lab, "41");
        Thread.Sleep(TimeSpan.FromSeconds(2));
        Assert.Empty(lab.A.Daemon.LogMatches("Quorum"));
        Run(lab, "41", "421");
        ExpectChange(lab, "100 to 120");
    }

    [Fact]
    public void TrackProcess_reload_countsAnew()
    {
        using Lab lab = new(routers: 1);
        Run(lab);
        lab.A.Start(Implementation.Ours, Configuration($"process {_name}", "weight 20"));
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        File.WriteAllText(lab.A.ConfigurationFile, Configuration($"process {_name}", "weight 20\n    quorum 2"));
        lab.A.Daemon.Signal(Libc.SIGHUP);
        ExpectChange(lab, "120 to 100");
        Run(lab);
        ExpectChange(lab, "100 to 120");
        Assert.Single(lab.A.Daemon.LogMatches("Failed to set process event listen"));
    }

    private static string Configuration(string process, string more) => $$"""
        vrrp_track_process p {
            {{process}}
            {{more}}
        }

        """ + new VrrpConfiguration { Extra = "track_process {\n        p\n    }" };

    private static void ExpectChange(Lab lab, string change)
        => lab.A.Daemon.WaitForLog($@"\(VI_1\) Changing effective priority from {change}$", Expect.Soon);

    private static void End(Process process)
    {
        if (!process.HasExited)
            process.Kill();
        process.WaitForExit();
    }

    private string Program(Lab lab)
    {
        string path = Path.Combine(lab.Scratch, _name);
        if (!File.Exists(path))
            File.Copy("/bin/sleep", path);
        return path;
    }

    private Process Run(Lab lab, params string[] arguments)
    {
        Process process = Process.Start(Program(lab), arguments.Length > 0 ? arguments : ["300"]);
        _started.Add(process);
        return process;
    }
}
