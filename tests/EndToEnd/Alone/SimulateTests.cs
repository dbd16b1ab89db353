using System.Text.Json;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Alone;

/// <summary><c>simulate</c>: the published binary with the demo's files; exit statuses, and what comes out where.</summary>
public sealed class SimulateTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ka-simulate-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Demo(string name) => Path.Combine(Binaries.Repository, "packaging/demo", name);

    private static CommandResult Run(params string[] arguments) => Shell.Try(Binaries.PathOf(Implementation.Ours), ["simulate", .. arguments]);

    [Fact]
    public void Crash_ofTheDemosMaster_isTakenOver_atActiveDownInterval()
    {
        CommandResult result = Run(Demo("m1.conf"), Demo("m2.conf"), "--fault", "t=10s crash m1");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        // RFC 9568, 6.1, of priority 100: 3 s and 156/256 s, after an advertisement of each whole second since 3.414 s.
        Assert.Contains("   13.024 s  m2  VRRP1 MASTER: no advertisement from 10.254.0.1 for 3.609 s (limit 3.609 s)", result.Output);
        Assert.EndsWith(": as it should be\n", result.Output);
    }

    [Fact]
    public void Seed_givesTheSameRun_asInEveryOtherBuild()
    {
        string[] arguments = [Demo("m1.conf"), Demo("m2.conf"), "--fault", "t=0s loss 40% *<->*", "--seed", "7", "--for", "300s", "--json"];
        using JsonDocument json = JsonDocument.Parse(Run(arguments).Output);
        using JsonDocument again = JsonDocument.Parse(Run(arguments).Output);
        Assert.Equal(json.RootElement.GetProperty("run").GetString(), again.RootElement.GetProperty("run").GetString());
    }

    [Fact]
    public void Expectation_thatDoesNotHold_isStatus3_andAMistake1()
    {
        CommandResult broken = Run(Demo("m1.conf"), Demo("m2.conf"), "--fault", "t=10s crash m1", "--expect", "outage 2s");
        Assert.Equal(3, broken.ExitCode);
        Assert.Contains("nobody is MASTER for 3.024 s, expected at most 2.000 s\n", broken.Output);
        CommandResult mistaken = Run(Demo("m1.conf"), Demo("m2.conf"), "--fault", "t=10s crash m3");
        Assert.Equal((1, ""), (mistaken.ExitCode, mistaken.Output));
        Assert.Equal("--fault 1:13: error: 'm3' is no router\n    t=10s crash m3\n                ^\n  possible: m1, m2\n", mistaken.Error);
        CommandResult unreadable = Run(Demo("m1.conf"), Path.Combine(_folder, "none.conf"));
        Assert.Equal((1, ""), (unreadable.ExitCode, unreadable.Output));
        Assert.Contains("nothing was simulated\n", unreadable.Error);
        Assert.Equal(1, Run().ExitCode);
    }

    [Fact]
    public void Page_isWritten_andExploringFindsSomething()
    {
        string page = Path.Combine(_folder, "page.html");
        CommandResult result = Run(Demo("m1.conf"), Demo("m2.conf"), "--explore", "20", "--expect", "outage 2s", "--html", page);
        Assert.Equal(3, result.ExitCode);
        Assert.Matches("^Schedule \\d+ of 20 breaks something. The least that does:\n  --fault \"t=", result.Output);
        Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(page), StringComparison.Ordinal);
        Assert.Equal(1, Run(Demo("m1.conf"), "--html", _folder + "/none/page.html").ExitCode);
    }
}
