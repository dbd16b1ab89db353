using System.Net;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Alone;

/// <summary>
/// <c>reassert = true</c> beside the default: what others remove from a master, and what becomes of the role.
/// </summary>
public sealed class ReassertionTests
{
    private static readonly VrrpConfiguration s_configuration = new()
    {
        Priority = 200,
        Addresses = ["10.9.0.100/24", "10.9.0.101/24 no_track"],
        Extra = """
            virtual_ipaddress_excluded {
                2001:db8::8/64
            }
            virtual_routes {
                10.70.0.0/16 via 10.9.0.254 dev eth0
                10.71.0.0/16 dev eth0 src 10.9.0.100
            }
            virtual_rules {
                from 10.80.0.0/16 lookup 80 priority 800
            }
            """,
    };

    // With an /etc/keepalived of its own, where the settings are.
    private static void Start(Lab lab, string settings)
    {
        string folder = Path.Combine(lab.A.Scratch, "etc");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "keepalived-aot.toml"), settings);
        File.WriteAllText(lab.A.ConfigurationFile, s_configuration);
        lab.A.StartAs(
            "bash", "-euc", "mkdir -p /etc/keepalived; mount --bind \"$1\" /etc/keepalived; shift; exec \"$@\"", "start", folder,
            Binaries.PathOf(Implementation.Ours), "-n", "-l", "-D", "-f", lab.A.ConfigurationFile);
        Expect.Master(lab.A, s_configuration.ActiveDownInterval);
        lab.A.Addresses.WaitFor(IPAddress.Parse("2001:db8::8"), present: true, Expect.Soon);
        Await(lab.A, static () => true);
    }

    private static string Routing(Router router) => router.Ip("route", "show", "table", "all", "proto", "keepalived") + router.Ip("rule", "show");

    private static bool IsWhole(Router router)
    {
        string routing = Routing(router);
        return router.ListAddresses().Count(static entry => entry.Address.ToString() is "10.9.0.100" or "10.9.0.101" or "2001:db8::8") == 3
            && routing.Contains("10.70.0.0/16 via", StringComparison.Ordinal) && routing.Contains("src 10.9.0.100", StringComparison.Ordinal) && routing.Contains("800:", StringComparison.Ordinal);
    }

    private static void Await(Router router, Func<bool> also)
        => Assert.True(SpinWait.SpinUntil(() => IsWhole(router) && also(), Expect.Soon), Routing(router));

    [Theory]
    [InlineData("address del 10.9.0.100/24 dev eth0", "10.9.0.100")]
    [InlineData("address del 10.9.0.101/24 dev eth0", "10.9.0.101")]
    [InlineData("address del 2001:db8::8/64 dev eth0", "2001:db8::8")]
    [InlineData("route del 10.70.0.0/16", null)]
    [InlineData("rule del priority 800", null)]
    public void Removed_isPutBackAtOnce_andTheRoleStays(string command, string? announced)
    {
        using Lab lab = new(routers: 1);
        Start(lab, "[vrrp]\nreassert = true\n");
        int from = lab.A.Daemon.Log.Count;
        int seen = lab.Observer.Announcements.Count;
        int adverts = lab.Observer.Adverts.Count;
        lab.A.Ip(command.Split(' '));
        lab.A.Daemon.WaitForLog(@"\(VI_1\) somebody removed .*: it is put back at once \(reassert, 1 in a row\)", Expect.Soon, from);
        Await(lab.A, () => announced is null || lab.Observer.Announcements.Snapshot(seen).Count(entry => entry.Address.Equals(IPAddress.Parse(announced))) >= 5);
        Assert.Empty(lab.A.Daemon.LogMatches("Entering", from));
        Assert.DoesNotContain(lab.Observer.Adverts.Snapshot(adverts), static advert => advert.Priority == 0);
        Assert.Equal(0, lab.A.Stop());
        Assert.DoesNotContain(lab.A.ListAddresses(), static entry => entry.Address.ToString() is "10.9.0.100" or "10.9.0.101" or "2001:db8::8");
        Assert.Equal("", lab.A.Ip("route", "show", "table", "all", "proto", "keepalived"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[vrrp]\nreassert = false\n")]
    public void Default_givesUpTheRole_asKeepalivedDoes(string settings)
    {
        using Lab lab = new(routers: 1);
        Start(lab, settings);
        int from = lab.A.Daemon.Log.Count;
        lab.A.Ip("address", "del", "10.9.0.100/24", "dev", "eth0");
        lab.A.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon, from);
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon, from);
        Assert.Empty(lab.A.Daemon.LogMatches("somebody removed", from));
    }

    [Fact]
    public void RemovedInALoop_isPutBackLaterAndLater_andCostsLittle()
    {
        using Lab lab = new(routers: 1);
        Start(lab, "[vrrp]\nreassert = true\n");
        int from = lab.A.Daemon.Log.Count;
        int adverts = lab.Observer.Adverts.Count;
        TimeSpan before = CpuTime(lab.A.Daemon.Id);
        // As fast as ip(8) can, for three seconds.
        Shell.Script($"end=$((SECONDS + 3)); while [ $SECONDS -lt $end ]; do ip -n {lab.A.Namespace} address del 10.9.0.100/24 dev eth0 2>/dev/null || true; done");
        TimeSpan used = CpuTime(lab.A.Daemon.Id) - before;
        int putBack = lab.A.Daemon.LogMatches("somebody removed 10.9.0.100/24", from).Length;
        // Five at once, then after 0.1, 0.2, 0.4, 0.8, 1.6 s ...
        Assert.InRange(putBack, 6, 11);
        Assert.NotEmpty(lab.A.Daemon.LogMatches("it is put back in 400 ms", from));
        Assert.InRange(used, TimeSpan.Zero, TimeSpan.FromSeconds(0.5));
        Assert.Empty(lab.A.Daemon.LogMatches("Entering", from));
        Assert.InRange(lab.Observer.Adverts.Count - adverts, 8, int.MaxValue);
        Assert.True(SpinWait.SpinUntil(() => IsWhole(lab.A), TimeSpan.FromSeconds(12)), Routing(lab.A));
    }

    [Fact]
    public void Reload_turnsItOnAndOff()
    {
        using Lab lab = new(routers: 1);
        Start(lab, "");
        string file = Path.Combine(lab.A.Scratch, "etc", "keepalived-aot.toml");
        foreach (bool isOn in (bool[])[true, false])
        {
            int from = lab.A.Daemon.Log.Count;
            File.WriteAllText(file, $"[vrrp]\nreassert = {(isOn ? "true" : "false")}\n");
            lab.A.Daemon.Signal(Libc.SIGHUP);
            lab.A.Daemon.WaitForLog("Reload complete", Expect.Soon, from);
            lab.A.Ip("address", "del", "10.9.0.100/24", "dev", "eth0");
            lab.A.Daemon.WaitForLog(isOn ? "somebody removed 10.9.0.100/24" : Expect.EnteringBackup, Expect.Soon, from);
            if (!isOn)
                lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon, from);
            Await(lab.A, static () => true);
        }
    }

    private static TimeSpan CpuTime(int process)
    {
        using System.Diagnostics.Process running = System.Diagnostics.Process.GetProcessById(process);
        return running.TotalProcessorTime;
    }
}
