using System.Text;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Alone;

/// <summary>A router that was held up: by its host, by whoever reads its log, by the number of its instances.</summary>
public sealed class LateTests
{
    private const int SIGSTOP = 19;
    private const int SIGCONT = 18;
    private static readonly VrrpConfiguration s_high = new() { Priority = 150 };
    private static readonly VrrpConfiguration s_low = new() { Priority = 100 };

    [Fact]
    public void Backup_pausedAndResumed_hearsItsPeerBeforeItConcludesAnything()
    {
        using Lab lab = new();
        Expect.MasterAndBackup(lab, Implementation.Ours, Implementation.Ours, s_high, s_low);
        for (int i = 0; i < 3; i++)
        {
            lab.B.Daemon.Signal(SIGSTOP);
            Thread.Sleep(s_low.ActiveDownInterval * 2);
            lab.B.Daemon.Signal(SIGCONT);
            Thread.Sleep(s_low.AdvertInterval * 2);
        }
        Assert.Empty(lab.B.Daemon.LogMatches(Expect.EnteringMaster));
        Assert.DoesNotContain(lab.Observer.Adverts.Snapshot(), advert => advert.Source.Equals(lab.B.Address));
    }

    [Fact]
    public void Master_pausedAndResumed_doesNotMakeUpForWhatItMissed()
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, s_high);
        Expect.Master(lab.A, s_high.ActiveDownInterval);
        lab.A.Daemon.Signal(SIGSTOP);
        Thread.Sleep(s_high.AdvertInterval * 10);
        int seen = lab.Observer.Adverts.Count;
        lab.A.Daemon.Signal(SIGCONT);
        Thread.Sleep(s_high.AdvertInterval * 4);
        // One at once, and then the cadence of before.
        Assert.InRange(lab.Observer.Adverts.Count - seen, 3, 6);
    }

    [Fact]
    public void Backup_consoleThatNobodyReads_takesOverOnTime()
    {
        using Lab lab = new(routers: 1);
        File.WriteAllText(lab.A.ConfigurationFile, s_low);
        string fifo = Path.Combine(lab.A.Scratch, "console");
        // Both ends stay open in the daemon itself, and nobody reads: the pipe holds 64 KiB, and is full before the first line.
        lab.A.StartAs(
            "bash", "-euc", """mkfifo "$1"; exec 7<>"$1"; head -c 65536 /dev/zero >&7; exec "$2" -n -l -D -f "$3" 2>&7""",
            "console", fifo, Binaries.PathOf(Implementation.Ours), lab.A.ConfigurationFile);
        // Every advert whose interval is not ours is a line, until there were too many of them.
        CraftedAdvert master = new() { Priority = 200, Interval = 21 };
        TimeSpan down = s_low.ActiveDownInterval * 21 / 20;
        Assert.True(SpinWait.SpinUntil(() => lab.A.Processes().Length > 0, Expect.Soon));
        lab.Sender.Repeat(master, times: 2000, TimeSpan.FromMilliseconds(1));
        TimeSpan silent = MonotonicClock.Now;
        Assert.False(lab.A.Has(VrrpConfiguration.DefaultAddress));
        Advert first = lab.Observer.WaitForAdvert(lab.A.Address, Expect.Soon);
        Assert.InRange(first.At - silent, down - TimeSpan.FromMilliseconds(50), down + Expect.Slack);
        lab.A.Addresses.WaitFor(Expect.Vip, present: true, Expect.Soon);
        Assert.Equal(0, lab.A.Stop());
        Assert.False(lab.A.Has(VrrpConfiguration.DefaultAddress));
    }

    [Fact]
    public void Crash_hundredInstances_areAllTakenOver()
    {
        const int Instances = 100;
        using Lab lab = new();
        lab.A.Start(Implementation.Ours, Many(Instances, 150));
        lab.A.Daemon.WaitForLog(@"\(I100\) Entering BACKUP STATE", Expect.Soon);
        lab.B.Start(Implementation.Ours, Many(Instances, 100));
        lab.A.Addresses.WaitFor(System.Net.IPAddress.Parse($"10.10.0.{Instances}"), present: true, Expect.Soon);
        Thread.Sleep(s_low.ActiveDownInterval);
        Assert.Empty(lab.B.Daemon.LogMatches("Entering MASTER STATE"));
        lab.A.Crash();
        Advert[] last = [.. lab.Observer.Adverts.Snapshot().GroupBy(advert => advert.Vrid).Select(adverts => adverts.Last())];
        Assert.Equal(Instances, last.Length);
        foreach (Advert dead in last)
        {
            Advert first = lab.Observer.Adverts.WaitFor(
                $"a takeover of {dead.Vrid}", advert => advert.Vrid == dead.Vrid && advert.Source.Equals(lab.B.Address), Expect.Soon);
            Assert.InRange(first.At - dead.At, s_low.ActiveDownInterval - TimeSpan.FromMilliseconds(5), s_low.ActiveDownInterval + Expect.Slack);
            lab.B.Addresses.WaitFor(System.Net.IPAddress.Parse($"10.10.0.{dead.Vrid}"), present: true, Expect.Soon);
        }
        Assert.Equal(0, lab.B.Stop());
        Assert.DoesNotContain(lab.B.ListAddresses(), entry => entry.Address.ToString().StartsWith("10.10.", StringComparison.Ordinal));
    }

    [Fact(DisableParallelization = true)]
    public void Master_thousandsOfAddresses_advertisesAndStopsInTime()
    {
        const int Instances = 250;
        const int Each = 20;
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, Many(Instances, 150, Each));
        lab.A.Addresses.WaitFor(System.Net.IPAddress.Parse($"10.10.{Each - 1}.{Instances}"), present: true, Expect.Soon);
        // The kernel's notifications of them all are being read now.
        Thread.Sleep(TimeSpan.FromSeconds(2));
        TimeSpan[] sent = [.. lab.Observer.Adverts.Snapshot().Where(advert => advert.Vrid == 1).Select(advert => advert.At)];
        Assert.All(sent.Zip(sent.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, TimeSpan.Zero, s_high.AdvertInterval + Expect.Slack));
        Assert.InRange(sent.Length, 5, int.MaxValue);
        Assert.Equal(0, lab.A.Stop());
        Assert.DoesNotContain(lab.A.ListAddresses(), entry => entry.Address.ToString().StartsWith("10.10.", StringComparison.Ordinal));
    }

    private static string Many(int count, int priority, int addresses = 1)
    {
        StringBuilder text = new("global_defs {\n    vrrp_version 3\n}\n");
        for (int i = 1; i <= count; i++)
        {
            text.Append($$"""
                vrrp_instance I{{i}} {
                    interface eth0
                    virtual_router_id {{i}}
                    priority {{priority}}
                    advert_int 0.2
                    virtual_ipaddress {
                        {{string.Join('\n', Enumerable.Range(0, addresses).Select(j => $"10.10.{j}.{i}"))}}
                    }
                }

                """);
        }
        return text.ToString();
    }

    [Fact]
    public void Master_with255Addresses_listsAndHoldsThemAll()
    {
        string[] addresses = [.. Enumerable.Range(1, 255).Select(i => $"10.11.0.{i}")];
        VrrpConfiguration configuration = new() { Priority = 255, Addresses = addresses };
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, configuration);
        Advert advert = lab.Observer.WaitForAdvert(lab.A.Address, Expect.Soon);
        Assert.Equal(addresses, advert.Addresses.Select(address => address.ToString()));
        foreach (string address in addresses)
            lab.A.Addresses.WaitFor(System.Net.IPAddress.Parse(address), present: true, Expect.Soon);
        Assert.True(SpinWait.SpinUntil(() => lab.Observer.Announcements.Count >= 5 * 255, Expect.Soon));
        Assert.Equal(0, lab.A.Stop());
        Assert.DoesNotContain(lab.A.ListAddresses(), entry => entry.Address.ToString().StartsWith("10.11.", StringComparison.Ordinal));
    }
}
