using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using KeepalivedAot.Tests.EndToEnd.Laboratory;
using KeepalivedAot.Tests.EndToEnd.Scripts;

namespace KeepalivedAot.Tests.EndToEnd.Control;

/// <summary>Other hosts that answer for our virtual addresses: told while we are master, with who it is, and a normal change-over is not.</summary>
public sealed partial class AddressClaimTests
{
    private const string Mac = "02:00:00:00:aa:01";
    private const string Vmac = "00:00:5e:00:01:33";
    private const string AddressIPv6 = "fd09::100";
    private const int SIGHUP = 1;

    private static readonly VrrpConfiguration s_ipv4 = new() { Priority = 150 };
    private static readonly VrrpConfiguration s_both = s_ipv4 with { Extra = $"virtual_ipaddress_excluded {{\n{AddressIPv6}/64\n}}" };

    // With an /etc/keepalived of its own, where the settings are.
    private static void Start(Lab lab, VrrpConfiguration configuration, string settings = "")
    {
        string folder = Path.Combine(lab.A.Scratch, "etc");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "keepalived-aot.toml"), settings);
        File.WriteAllText(lab.A.ConfigurationFile, configuration);
        lab.A.StartAs(
            "bash", "-euc", "mkdir -p /etc/keepalived; mount --bind \"$1\" /etc/keepalived; shift; exec \"$@\"", "start", folder,
            Binaries.Ours, "-n", "-l", "-D", "-f", lab.A.ConfigurationFile);
        Expect.Master(lab.A, configuration.ActiveDownInterval);
    }

    private static string Status(Router router) => router.Run(Implementation.Ours, "status").Output;

    private static string[] Kinds(Router router)
        => [.. router.Run(Implementation.Ours, "events", "--json", "-n", "200").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(static line => JsonDocument.Parse(line).RootElement).Where(static e => e.GetProperty("event").GetString() == "conflict")
            .Select(static e => $"{e.GetProperty("kind").GetString()} {e.GetProperty("peer").GetString()} {(e.TryGetProperty("mac", out JsonElement mac) ? mac.GetString() : "-")}")];

    private static void Repeat(Lab lab, byte[] frame, int times = 8)
    {
        for (int i = 0; i < times; i++)
        {
            lab.Sender.Send(frame);
            Thread.Sleep(200);
        }
    }

    // Nobody is there, so the kernel asks again and again, with the address that is spoken from as the sender's.
    private static void LookForSomebody(Router host) => NetworkNamespace.Run(host.Namespace, () =>
    {
        using UdpClient client = new(new IPEndPoint(IPAddress.Parse(VrrpConfiguration.DefaultAddress), 0));
        for (int i = 0; i < 3; i++)
        {
            client.Send([0], new IPEndPoint(IPAddress.Parse("10.9.0.77"), 9));
            Thread.Sleep(1000);
        }
        return true;
    });

    public static TheoryData<string, string> Claims => new()
    {
        { "gratuitous request", VrrpConfiguration.DefaultAddress },
        { "gratuitous reply", VrrpConfiguration.DefaultAddress },
        { "request for another", VrrpConfiguration.DefaultAddress },
        { "neighbour advertisement", AddressIPv6 },
    };

    [Theory, MemberData(nameof(Claims))]
    public void Address_of_ours_that_another_host_has_is_told_of_once_with_who_it_is(string kind, string address)
    {
        using Lab lab = new(routers: 1);
        Start(lab, s_both);
        byte[] frame = kind switch
        {
            "gratuitous request" => NeighbourFrame.Arp(Mac, address, address),
            "gratuitous reply" => NeighbourFrame.Arp(Mac, address, address, isReply: true),
            "request for another" => NeighbourFrame.Arp(Mac, address, "10.9.0.77"),
            _ => NeighbourFrame.Advertisement(Mac, address),
        };
        Repeat(lab, frame);
        string line = $"{Mac} has the virtual address {address}, too, and answers for it although this router is MASTER";
        Assert.Contains($"! VI_1: {line}", Status(lab.A), StringComparison.Ordinal);
        Assert.Single(lab.A.Daemon.LogMatches($@"\(VI_1\) {line}"));
        Assert.Equal([$"address_claimed {address} {Mac}"], Kinds(lab.A));
        Assert.Single(lab.A.Daemon.LogMatches(Expect.EnteringMaster));
        Assert.True(lab.A.Has(VrrpConfiguration.DefaultAddress));
    }

    [Fact]
    public void Host_that_has_our_address_in_its_kernel_is_told_of()
    {
        using Lab lab = new(routers: 1);
        Start(lab, s_both);
        lab.Host.Ip("address", "add", "10.9.0.100/24", "dev", "eth0");
        LookForSomebody(lab.Host);
        lab.A.Daemon.WaitForLog($@"\(VI_1\) {lab.Host.Mac} has the virtual address 10\.9\.0\.100, too", Expect.Soon);
    }

    [Fact]
    public void Host_whose_kernel_wants_our_address_is_told_of()
    {
        using Lab lab = new(routers: 1);
        Start(lab, s_both);
        lab.Host.Sysctl("net/ipv6/conf/eth0/accept_dad", "1");
        lab.Host.Ip("address", "add", "fd09::100/64", "dev", "eth0");
        lab.A.Daemon.WaitForLog($@"\(VI_1\) {lab.Host.Mac} wants the virtual address fd09::100 for itself", Expect.Soon);
        Assert.Contains("dadfailed", lab.Host.Ip("-6", "address", "show", "dev", "eth0"), StringComparison.Ordinal);
        Assert.Contains($"address_wanted fd09::100 {lab.Host.Mac}", Kinds(lab.A));
    }

    [Fact]
    public void Virtual_mac_of_ours_is_no_other_host_and_another_one_is()
    {
        using Lab lab = new(routers: 1);
        // It announces every second, and what it says comes by below.
        VrrpConfiguration configuration = s_ipv4 with { Extra = "use_vmac\ngarp_master_delay 1\ngarp_master_refresh 1" };
        Start(lab, configuration);
        Repeat(lab, NeighbourFrame.Arp(Vmac, VrrpConfiguration.DefaultAddress, VrrpConfiguration.DefaultAddress), times: 15);
        Repeat(lab, NeighbourFrame.Arp(lab.A.Mac, VrrpConfiguration.DefaultAddress, VrrpConfiguration.DefaultAddress));
        Assert.Empty(Kinds(lab.A));
        Repeat(lab, NeighbourFrame.Arp(Mac, VrrpConfiguration.DefaultAddress, VrrpConfiguration.DefaultAddress));
        Assert.Equal([$"address_claimed 10.9.0.100 {Mac}"], Kinds(lab.A));
    }

    [Fact]
    public void Virtual_mac_of_IPv6_is_no_other_host_and_another_one_is()
    {
        using Lab lab = new(routers: 1);
        VrrpConfiguration configuration = s_ipv4 with { Extra = "use_vmac\ngarp_master_delay 1\ngarp_master_refresh 1", Addresses = ["fe80::100", $"{AddressIPv6}/64"] };
        File.WriteAllText(lab.A.ConfigurationFile, configuration);
        lab.A.Start(Implementation.Ours, configuration);
        Expect.Master(lab.A, configuration.ActiveDownInterval, address: AddressIPv6);
        Repeat(lab, NeighbourFrame.Advertisement("00:00:5e:00:02:33", AddressIPv6), times: 10);
        Assert.Empty(Kinds(lab.A));
        Repeat(lab, NeighbourFrame.Advertisement(Mac, AddressIPv6));
        lab.Sender.Send(NeighbourFrame.Probe("02:00:00:00:aa:02", AddressIPv6));
        lab.A.Daemon.WaitForLog(@"\(VI_1\) 02:00:00:00:aa:02 wants the virtual address fd09::100", Expect.Soon);
        Assert.Equal([$"address_claimed {AddressIPv6} {Mac}", $"address_wanted {AddressIPv6} 02:00:00:00:aa:02"], Kinds(lab.A));
    }

    [Theory]
    [InlineData(Implementation.Ours)]
    [InlineData(Implementation.Stock)]
    public void Twenty_takeovers_and_failbacks_beside_a_peer_are_no_conflict(Implementation peer)
    {
        using Lab lab = new();
        // Both announce all the time, so that some of it arrives on the wrong side of each change.
        const string Announcing = "garp_master_delay 1\ngarp_master_refresh 1\ngarp_master_repeat 3";
        VrrpConfiguration master = s_both with { Extra = $"{s_both.Extra}\n{Announcing}" };
        Start(lab, master);
        lab.B.Start(peer, master with { Priority = 100 });
        lab.B.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon);
        for (int round = 0; round < 20; round++)
        {
            (int ofA, int ofB) = (lab.A.Daemon.Log.Count, lab.B.Daemon.Log.Count);
            Assert.Equal(0, lab.A.Run(Implementation.Ours, "priority", "VI_1", "-100").ExitCode);
            lab.B.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon, ofB);
            lab.A.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon, ofA);
            // Some of the times long enough for the refresh.
            Thread.Sleep(round % 4 == 0 ? 1300 : 100);
            Assert.Equal(0, lab.A.Run(Implementation.Ours, "priority", "VI_1", "+0").ExitCode);
            lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon, ofA);
            lab.B.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon, ofB);
            Thread.Sleep(round % 4 == 2 ? 1300 : 100);
        }
        Thread.Sleep(1500);
        Assert.Empty(Kinds(lab.A));
        if (peer == Implementation.Ours)
            Assert.Empty(Kinds(lab.B));
    }

    [Fact]
    public void Stops_and_starts_beside_a_peer_are_no_conflict()
    {
        using Lab lab = new();
        Start(lab, s_both);
        VrrpConfiguration backup = s_both with { Priority = 100 };
        lab.B.Start(Implementation.Ours, backup);
        lab.B.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon);
        for (int round = 0; round < 4; round++)
        {
            int ofB = lab.B.Daemon.Log.Count;
            Assert.Equal(0, lab.A.Stop());
            lab.B.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon, ofB);
            Start(lab, s_both);
            lab.B.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon, ofB);
            Thread.Sleep(1200);
        }
        Assert.Empty(Kinds(lab.A));
        Assert.Empty(Kinds(lab.B));
    }

    [Fact]
    public void Daemon_that_was_killed_and_has_left_its_addresses_behind_is_told_of()
    {
        using Lab lab = new();
        Start(lab, s_ipv4);
        VrrpConfiguration backup = s_ipv4 with { Priority = 100 };
        lab.B.Start(Implementation.Ours, backup);
        lab.B.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon);
        lab.A.Crash();
        Expect.Master(lab.B, backup.ActiveDownInterval);
        Assert.True(lab.A.Has(VrrpConfiguration.DefaultAddress));
        LookForSomebody(lab.A);
        lab.B.Daemon.WaitForLog($@"\(VI_1\) {lab.A.Mac} has the virtual address 10\.9\.0\.100, too", Expect.Soon);
    }

    [Fact]
    public void Hook_is_run_for_each_conflict_with_its_arguments()
    {
        using Lab lab = new(routers: 1);
        ScriptFolder scripts = new(lab.A);
        Start(lab, s_ipv4, $"[watch]\nnotify = \"{scripts.Add("conflict")} 'two words'\"\n");
        Repeat(lab, NeighbourFrame.Arp(Mac, VrrpConfiguration.DefaultAddress, VrrpConfiguration.DefaultAddress));
        lab.Sender.Send(new CraftedAdvert { Priority = 100, Addresses = [IPAddress.Parse("10.9.0.50")] });
        string[] lines = scripts.WaitForLines(2);
        Assert.Matches(@"^conflict \[two words\] \[address_claimed\] \[VI_1\] \[51\] \[10\.9\.0\.100\] \[02:00:00:00:aa:01\] \[\d+\]$", lines[0]);
        Assert.Equal("conflict [two words] [foreign_vrid] [VI_1] [51] [10.9.0.250] [-] [1]", lines[1]);
        Assert.Equal(2, lines.Length);
    }

    [Fact]
    public void Hook_that_hangs_holds_up_no_notify_script_and_a_reload_takes_up_another()
    {
        using Lab lab = new(routers: 1);
        ScriptFolder scripts = new(lab.A);
        VrrpConfiguration configuration = s_ipv4 with { Extra = $"notify {scripts.Add("notify")}" };
        Start(lab, configuration, $"[watch]\nnotify = \"{scripts.Add("hangs", "sleep 30")}\"\n");
        lab.Sender.Send(new CraftedAdvert { Priority = 100, Addresses = [IPAddress.Parse("10.9.0.50")] });
        scripts.Wait("the hook", () => scripts.Lines().Any(static line => line.StartsWith("hangs", StringComparison.Ordinal)));
        lab.Sender.Send(new CraftedAdvert { Priority = 200 });
        scripts.Wait("BACKUP", () => scripts.Lines().Count(static line => line == "notify [INSTANCE] [VI_1] [BACKUP] [150]") >= 2);
        File.WriteAllText(Path.Combine(lab.A.Scratch, "etc", "keepalived-aot.toml"), $"[watch]\nnotify = \"{scripts.PathOf("nowhere")}\"\n");
        int from = lab.A.Daemon.Log.Count;
        lab.A.Daemon.Signal(SIGHUP);
        lab.A.Daemon.WaitForLog($"Script {scripts.PathOf("nowhere")} cannot be accessed - No such file or directory", Expect.Soon, from);
        lab.A.Daemon.WaitForLog("Reload complete", Expect.Soon, from);
        Assert.Equal(0, lab.A.Stop());
        Assert.Empty(lab.A.Processes());
    }

    [Fact]
    public void Sockets_are_there_when_there_is_something_to_hear_and_not_when_the_watch_is_off()
    {
        using Lab lab = new();
        Start(lab, s_both);
        Assert.Equal(["0806", "86dd"], Listening(lab.A));
        lab.B.Start(Implementation.Ours, s_both with { Priority = 100 });
        lab.B.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon);
        Thread.Sleep(300);
        Assert.Empty(Listening(lab.B));
        int from = lab.A.Daemon.Log.Count;
        File.WriteAllText(Path.Combine(lab.A.Scratch, "etc", "keepalived-aot.toml"), "[watch]\nenabled = false\n");
        lab.A.Daemon.Signal(SIGHUP);
        lab.A.Daemon.WaitForLog("Reload complete", Expect.Soon, from);
        Assert.True(SpinWait.SpinUntil(() => Listening(lab.A).Length == 0, Expect.Soon));
        Repeat(lab, NeighbourFrame.Arp(Mac, VrrpConfiguration.DefaultAddress, VrrpConfiguration.DefaultAddress));
        lab.Sender.Send(new CraftedAdvert { Priority = 50, Addresses = [IPAddress.Parse("10.9.0.50")] });
        Assert.Empty(Kinds(lab.A));
    }

    [Fact]
    public void Packets_about_others_do_not_wake_the_daemon()
    {
        using Lab lab = new(routers: 1);
        Start(lab, s_both with { AdvertSeconds = 1 });
        Assert.InRange(WakeUpsDuring(lab, NeighbourFrame.Arp(Mac, "10.9.0.99", "10.9.0.100")), 0, 60);
        Assert.InRange(WakeUpsDuring(lab, NeighbourFrame.Advertisement(Mac, "fd09::99")), 0, 60);
        Assert.InRange(WakeUpsDuring(lab, NeighbourFrame.Arp(Mac, "10.9.0.100", "10.9.0.100")), 200, int.MaxValue);
        Assert.InRange(WakeUpsDuring(lab, NeighbourFrame.Advertisement(Mac, "fd09::100")), 200, int.MaxValue);
    }

    private static int WakeUpsDuring(Lab lab, byte[] frame)
    {
        int before = Switches(lab.A.Daemon.Id);
        for (int i = 0; i < 1000; i++)
        {
            lab.Sender.Send(frame);
            Thread.Sleep(1);
        }
        return Switches(lab.A.Daemon.Id) - before;
    }

    private static int Switches(int process)
        => int.Parse(VoluntarySwitches().Match(File.ReadAllText($"/proc/{process}/status")).Groups[1].Value, CultureInfo.InvariantCulture);

    // The protocols of the packet sockets that receive anything.
    private static string[] Listening(Router router)
        => [.. router.RunCommand("cat", "/proc/net/packet").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3]).Where(static protocol => protocol is not ("0000" or "0003")).Order()];

    [GeneratedRegex(@"^voluntary_ctxt_switches:\s+(\d+)", RegexOptions.Multiline)]
    private static partial Regex VoluntarySwitches();
}
