using KeepalivedAot.Tests.EndToEnd.Interoperation;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Scripts;

/// <summary><c>startup_script</c> and <c>shutdown_script</c>: before and after everything else.</summary>
public sealed class StartAndStopScriptTests
{
    private const int SIGTERM = 15;

    [Theory, BesideStock]
    [InlineData(Implementation.Ours)]
    [InlineData(Implementation.Stock)]
    public void Scripts_runBeforeTheFirstAndAfterTheLastNotification(Implementation implementation)
    {
        using Lab lab = new(routers: 1);
        ScriptFolder scripts = new(lab.A);
        string start = scripts.Add("start", "sleep 0.5");
        string stop = scripts.Add("stop");
        string all = scripts.Add("all");
        VrrpConfiguration configuration = new()
        {
            Globals = $"enable_script_security\nscript_user root\nstartup_script \"{start} one\"\nshutdown_script {stop}",
            Extra = $"notify {all}",
        };
        lab.A.Start(implementation, configuration);
        lab.A.Daemon.WaitForLog("Running startup script", Expect.Soon);
        Expect.Master(lab.A, configuration.ActiveDownInterval);
        scripts.WaitForLines(3);
        Assert.Equal(0, lab.A.Stop());
        string[] expected =
        [
            "start [one]", "all [INSTANCE] [VI_1] [BACKUP] [100]", "all [INSTANCE] [VI_1] [MASTER] [100]", "all [INSTANCE] [VI_1] [STOP] [100]", "stop",
        ];
        Assert.Equal(expected, scripts.Lines());
        lab.A.Daemon.WaitForLog("Running shutdown script", Expect.Soon);
        Assert.Empty(lab.A.Processes());
    }

    [Fact]
    public void Startup_scriptThatTakesTooLong_isEndedAndTheStartGoesOn()
    {
        using Lab lab = new(routers: 1);
        ScriptFolder scripts = new(lab.A);
        VrrpConfiguration configuration = new()
        {
            Globals = $"enable_script_security\nscript_user root\nstartup_script {scripts.Add("start", "sleep 100")}\nstartup_script_timeout 1",
        };
        lab.A.Start(Implementation.Ours, configuration);
        lab.A.Daemon.WaitForLog("startup script has used up its time - ending it", Expect.Soon);
        lab.A.Daemon.WaitForLog(@"startup script failed, exited due to signal 15 \(SIGTERM\)", Expect.Soon);
        Expect.Master(lab.A, configuration.ActiveDownInterval);
        Assert.Single(lab.A.Processes());
    }

    [Fact]
    public void Stop_duringTheStartupScript_endsIt()
    {
        using Lab lab = new(routers: 1);
        ScriptFolder scripts = new(lab.A);
        VrrpConfiguration configuration = new()
        {
            Globals = $"enable_script_security\nscript_user root\nstartup_script {scripts.Add("start", "exec sleep 100")}",
        };
        lab.A.Start(Implementation.Ours, configuration);
        scripts.WaitForLine("start");
        lab.A.Daemon.Signal(SIGTERM);
        Assert.Equal(0, lab.A.Daemon.WaitForExit(Expect.Soon));
        Assert.Empty(lab.A.Processes());
    }
}
