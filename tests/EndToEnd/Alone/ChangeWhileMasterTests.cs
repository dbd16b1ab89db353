using System.Net;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Alone;

/// <summary>What changes below a MASTER, or in its configuration, in a bad moment: it ends up with what it should have, and leaves nothing behind.</summary>
/// <remarks>The same for VRFs, which this machine's kernel may lack: <c>Uml</c>, scenario <c>vrf</c>.</remarks>
public sealed class ChangeWhileMasterTests
{
    private const int SIGHUP = 1;

    // One announcement of each address: five of 300 would be more lines than the log keeps for a slow reader.
    private static readonly VrrpConfiguration s_configuration = new() { Priority = 200, AdvertSeconds = 0.1, Globals = "vrrp_garp_master_repeat 1\nvrrp_garp_master_delay 0" };

    private static bool HasAddress(Router router) => router.Ip("-o", "address", "show").Contains("inet 10.9.0.100/", StringComparison.Ordinal);

    private static void AssertSame(string before, string after, string how)
        => Assert.True(before == after, $"{how}\n{string.Join('\n', after.Split('\n').Except(before.Split('\n')))}\n--- is missing:\n{string.Join('\n', before.Split('\n').Except(after.Split('\n')))}");

    // Before, within and after the moment in which the role is taken.
    [Theory]
    [InlineData("")]
    [InlineData("use_vmac")]
    [InlineData("use_vmac\nno_accept")]
    public void Interface_thatGoesDownAndUpWhileTheRoleIsTaken_hasEverythingInTheEnd(string lines)
    {
        using Lab lab = new(routers: 1);
        // Or it would lose an address that is nobody's business here.
        lab.A.Sysctl("net/ipv6/conf/eth0/keep_addr_on_down", "1");
        string before = KernelPicture.Of(lab.A);
        VrrpConfiguration configuration = s_configuration with { Extra = lines };
        for (int i = 0; i < 6; i++)
        {
            lab.A.Start(Implementation.Ours, configuration);
            lab.A.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon);
            Thread.Sleep(configuration.ActiveDownInterval - TimeSpan.FromMilliseconds(30) + TimeSpan.FromMilliseconds(15 * i));
            lab.A.Ip("link", "set", "eth0", "down");
            lab.A.Ip("link", "set", "eth0", "up");
            Assert.True(
                SpinWait.SpinUntil(() => HasAddress(lab.A) && lab.A.Run(Implementation.Ours, "status").Output.Contains(" MASTER ", StringComparison.Ordinal), Expect.Soon),
                lab.A.Run(Implementation.Ours, "status").Output + lab.Describe());
            int from = lab.Observer.Adverts.Count;
            lab.Observer.Adverts.WaitFor("an advert", static _ => true, Expect.Soon, from);
            Assert.Equal(0, lab.A.Stop());
            // IPv6's own address of the interface comes back when it does.
            SpinWait.SpinUntil(() => KernelPicture.Of(lab.A) == before, Expect.Soon);
            AssertSame(before, KernelPicture.Of(lab.A), $"round {i}");
        }
    }

    [Theory]
    [InlineData("use_vmac")]
    [InlineData("use_vmac\nvmac_xmit_base")]
    [InlineData("")]
    public void Mtu_andMacOfTheInterface_changeUnderAMaster_whoStaysOne(string lines)
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, s_configuration with { Extra = lines });
        Expect.Master(lab.A, s_configuration.ActiveDownInterval);
        int from = lab.Observer.Adverts.Count;
        lab.A.Ip("link", "set", "eth0", "mtu", "1400");
        Thread.Sleep(250);
        lab.A.Ip("link", "set", "eth0", "address", "02:00:00:00:00:99");
        Thread.Sleep(250);
        lab.A.Ip("link", "set", "eth0", "mtu", "1500");
        Thread.Sleep(500);
        Assert.True(HasAddress(lab.A));
        Assert.Single(lab.A.Daemon.LogMatches(Expect.EnteringMaster));
        Assert.Empty(lab.A.Daemon.LogMatches(Expect.EnteringFault));
        TimeSpan[] times = [.. lab.Observer.Adverts.Snapshot(from).Select(static advert => advert.At)];
        Assert.InRange(times.Length, 6, int.MaxValue);
        Assert.All(times.Zip(times.Skip(1), static (a, b) => b - a), static gap => Assert.InRange(gap, TimeSpan.Zero, s_configuration.AdvertInterval + Expect.Slack));
        // What is announced from now on names the MAC address that answers.
        int announced = lab.Observer.Announcements.Count;
        Assert.Equal(0, lab.A.Run(Implementation.Ours, "garp", "VI_1").ExitCode);
        Announcement announcement = lab.Observer.Announcements.WaitFor("an announcement", static _ => true, Expect.Soon, announced);
        Assert.Equal(lines.Length == 0 ? "02:00:00:00:00:99" : "00:00:5e:00:01:33", announcement.LinkLayerAddress, ignoreCase: true);
        Assert.Equal(0, lab.A.Stop());
        Assert.False(HasAddress(lab.A));
        Assert.DoesNotContain("vrrp.", lab.A.Ip("link"), StringComparison.Ordinal);
    }

    private static string Two(IEnumerable<string> first, IEnumerable<string> second)
        => s_configuration with { Addresses = [.. first] } + Instance("VI_2", 52, second);

    private static string Instance(string name, int vrid, IEnumerable<string> addresses)
        => $"vrrp_instance {name} {{\n interface eth0\n virtual_router_id {vrid}\n priority 200\n advert_int 0.1\n virtual_ipaddress {{\n  {string.Join("\n  ", addresses)}\n }}\n}}\n";

    [Fact]
    public void Addresses_thatAReloadMovesBetweenMasters_stayWhereTheyAre()
    {
        string[] all = [.. Enumerable.Range(0, 300).Select(static i => $"10.{20 + i / 150}.{i % 150}.1/24")];
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, Two(all[..150], all[150..]));
        foreach (string last in (string[])["10.20.149.1", "10.21.149.1"])
            lab.A.Addresses.WaitFor(IPAddress.Parse(last), present: true, Expect.Soon);
        Thread.Sleep(500);
        int events = lab.A.Addresses.Events.Count;
        int from = lab.Observer.Adverts.Count;
        for (int round = 0; round < 4; round++)
        {
            string[] swapped = [.. all[75..150], .. all[150..225]];
            string[] rest = [.. all[..75], .. all[225..]];
            File.WriteAllText(lab.A.ConfigurationFile, round % 2 == 0 ? Two(swapped, rest) : Two(all[..150], all[150..]));
            int log = lab.A.Daemon.Log.Count;
            lab.A.Daemon.Signal(SIGHUP);
            lab.A.Daemon.WaitForLog("Reload complete", Expect.Soon, log);
            Thread.Sleep(300);
        }
        Assert.Equal(events, lab.A.Addresses.Events.Count);
        Assert.Equal(2, lab.A.Daemon.LogMatches("Entering MASTER STATE").Length);
        Assert.All(all, address => Assert.True(lab.A.Has(address[..^3]), address));
        foreach (IGrouping<byte, Advert> router in lab.Observer.Adverts.Snapshot(from).GroupBy(static advert => advert.Vrid))
        {
            TimeSpan[] times = [.. router.Select(static advert => advert.At)];
            Assert.All(times.Zip(times.Skip(1), static (a, b) => b - a), static gap => Assert.InRange(gap, TimeSpan.Zero, s_configuration.AdvertInterval + Expect.Slack));
        }
        Assert.Equal(0, lab.A.Stop());
        Assert.DoesNotContain(lab.A.ListAddresses(), static entry => entry.Address.ToString().StartsWith("10.2", StringComparison.Ordinal));
    }
}
