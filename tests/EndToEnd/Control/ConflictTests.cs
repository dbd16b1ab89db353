using System.Net;
using System.Text.Json;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Control;

/// <summary>What the daemon notices of others on the segment, and that it changes nothing.</summary>
public sealed class ConflictTests
{
    private static readonly VrrpConfiguration s_configuration = new() { Priority = 150 };

    private static string Status(Router router) => router.Run(Implementation.Ours, "status").Output;

    private static string[] Kinds(Router router)
        => [.. router.Run(Implementation.Ours, "events", "--json", "-n", "100").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(static line => JsonDocument.Parse(line).RootElement).Where(static e => e.GetProperty("event").GetString() == "conflict")
            .Select(static e => $"{e.GetProperty("kind").GetString()} {e.GetProperty("peer").GetString()}")];

    [Fact]
    public void Master_that_does_not_hear_us_is_told_of_once_and_shown_while_it_goes_on()
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, s_configuration);
        Expect.Master(lab.A, s_configuration.ActiveDownInterval);
        lab.Sender.Repeat(new CraftedAdvert { Priority = 100 }, times: 10, TimeSpan.FromMilliseconds(200));
        const string Line = "two routers are MASTER: 10.9.0.250 goes on advertising priority 100 although this router advertises 150, so it does not hear this one";
        Assert.Contains($"! VI_1: {Line}", Status(lab.A), StringComparison.Ordinal);
        Assert.Single(lab.A.Daemon.LogMatches($@"\(VI_1\) {Line}"));
        Assert.Equal(["two_masters 10.9.0.250"], Kinds(lab.A));
        Assert.Single(lab.A.Daemon.LogMatches(Expect.EnteringMaster));
    }

    [Fact]
    public void Vrid_of_another_virtual_router_is_told_of()
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, s_configuration);
        Expect.Master(lab.A, s_configuration.ActiveDownInterval);
        lab.Sender.Repeat(new CraftedAdvert { Priority = 100, Addresses = [IPAddress.Parse("10.9.0.50")] }, times: 3, TimeSpan.FromMilliseconds(100));
        lab.A.Daemon.WaitForLog(@"\(VI_1\) 10\.9\.0\.250 also uses VRID 51, for 10\.9\.0\.50", Expect.Soon);
        Assert.Equal(["foreign_vrid 10.9.0.250"], Kinds(lab.A));
    }

    [Fact]
    public void Partition_that_heals_is_no_conflict()
    {
        using Lab lab = new();
        Expect.MasterAndBackup(lab, Implementation.Ours, Implementation.Ours, s_configuration, s_configuration with { Priority = 100 });
        lab.B.CutSilently();
        lab.B.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        int from = lab.B.Daemon.Log.Count;
        lab.B.Reconnect();
        lab.B.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon, from);
        Thread.Sleep(1500);
        Assert.Empty(Kinds(lab.A));
        Assert.Empty(Kinds(lab.B));
    }
}
