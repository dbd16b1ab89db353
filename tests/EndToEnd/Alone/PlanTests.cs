using System.Text.Json;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Alone;

/// <summary><c>plan</c>: exit statuses, and what comes out where.</summary>
public sealed class PlanTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ka-plan-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Make(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static CommandResult Run(params string[] arguments) => Shell.Try(Binaries.PathOf(Implementation.Ours), ["plan", .. arguments]);

    [Fact]
    public void Plan_sameFile_isNothingToDo()
    {
        string path = Make("a.conf", new VrrpConfiguration());
        CommandResult result = Run(path, "--from", path);
        Assert.Equal((0, "2 kept\n", ""), (result.ExitCode, result.Output, result.Error));
    }

    [Fact]
    public void Plan_changes_areHarmlessOrDisruptive()
    {
        string old = Make("old.conf", new VrrpConfiguration());
        CommandResult harmless = Run(Make("b.conf", new VrrpConfiguration { Extra = "garp_master_repeat 2" }), "--from", old);
        Assert.Equal(1, harmless.ExitCode);
        Assert.Contains("vrrp_instance VI_1: changed in place\n    garp_master_repeat 5 -> 2\n", harmless.Output);
        CommandResult disruptive = Run(Make("c.conf", new VrrpConfiguration { Vrid = 52 }), "--from", old);
        Assert.Equal(2, disruptive.ExitCode);
        Assert.Contains("vrrp_instance VI_1: restarted, another VRID\n", disruptive.Output);
        Assert.Contains("What others notice:\n", disruptive.Output);
        Assert.EndsWith("1 kept, 1 restarted\n", disruptive.Output);
    }

    [Fact]
    public void Plan_json_isOneObject()
    {
        CommandResult result = Run(Make("b.conf", new VrrpConfiguration { Priority = 120 }), "--json", "--from", Make("a.conf", new VrrpConfiguration()));
        using JsonDocument json = JsonDocument.Parse(result.Output);
        Assert.Equal((2, 2), (result.ExitCode, json.RootElement.GetProperty("status").GetInt32()));
    }

    [Fact]
    public void Plan_wrongFile_hasNoPlan()
    {
        CommandResult result = Run(Make("b.conf", new VrrpConfiguration().ToString().Replace("priority", "prioritty")), "--from", Make("a.conf", new VrrpConfiguration()));
        Assert.Equal((3, ""), (result.ExitCode, result.Output));
        Assert.Contains("b.conf:", result.Error);
        Assert.Contains("is wrong: a reload with it is refused\n", result.Error);
    }

    // What is wrong already is no reason to refuse anything.
    [Fact]
    public void Plan_errorOfBothFiles_hasAPlan()
    {
        string wrong = new VrrpConfiguration().ToString().Replace("advert_int", "nonsense 1\n advert_int");
        Assert.Equal(1, Run(Make("b.conf", wrong.Replace("nonsense 1", "nonsense 1\n garp_master_repeat 2")), "--from", Make("a.conf", wrong)).ExitCode);
    }

    [Fact]
    public void Plan_withoutDaemon_saysSo()
    {
        CommandResult result = Run(Make("b.conf", new VrrpConfiguration()));
        Assert.Equal((3, ""), (result.ExitCode, result.Output));
        Assert.Contains("give the configuration that runs with --from OLD.conf", result.Error);
    }
}
