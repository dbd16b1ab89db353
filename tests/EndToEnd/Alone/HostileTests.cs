using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Alone;

/// <summary>Somebody on the segment sends 50,000 packets a second: the router counts them, and is otherwise what it was.</summary>
public sealed class HostileTests
{
    private const int PerSecond = 50_000;
    private const int SIGUSR2 = 12;
    private const int MostLines = 60;
    private static readonly TimeSpan s_duration = TimeSpan.FromSeconds(4);
    private static readonly VrrpConfiguration s_master = new() { Priority = 150 };
    private static readonly CraftedAdvert s_strong = HostileAdverts.Strong;

    private const string Key = "0123456789abcdef0123456789abcdef";
    private static readonly byte[] s_noOperations = [1, 1, 1, 0];
    private static readonly CraftedAdvert s_password = s_strong with
    {
        Version = 2,
        Interval = 1,
        AuthenticationType = 1,
        AuthenticationData = [.. "secret"u8, 0, 0],
    };

    private static readonly CraftedAdvert s_header = s_strong with
    {
        Version = 2,
        Interval = 1,
        AuthenticationType = 2,
        HeaderPassword = "secret",
        Sequence = 1_000_000,
    };

    private static readonly CraftedAdvert s_trailer = s_strong with { TrailerKey = Encoding.ASCII.GetBytes(Key) };
    private static readonly CraftedAdvert s_unicast = s_strong with { Destination = IPAddress.Parse("10.9.0.1") };
    private static readonly CraftedAdvert s_peer = s_unicast with { Source = IPAddress.Parse("10.9.0.77"), TimeToLive = 251 };
    private static readonly CraftedAdvert s_six = s_strong with
    {
        Source = IPAddress.Parse("fe80::250"),
        Destination = IPAddress.Parse("ff02::12"),
        Addresses = [IPAddress.Parse("fe80::51"), IPAddress.Parse("fd09::100")],
    };

    [Fact(DisableParallelization = true)]
    public void Master_malformedPackets_areCountedPerKindAndChangeNothing()
    {
        using Lab lab = new(routers: 1);
        StartMeasured(lab, s_master);
        Expect.Master(lab.A, s_master.ActiveDownInterval);
        int seen = lab.A.Daemon.Log.Count;
        TimeSpan before = Cpu(lab);
        long sent = lab.Sender.Flood(HostileAdverts.Malformed, PerSecond, s_duration);
        TimeSpan used = Cpu(lab) - before;
        Thread.Sleep(s_master.AdvertInterval * 2);
        LogEntry[] lines = lab.A.Daemon.Log.Snapshot(seen);
        Assert.InRange(lines.Length, 5, MostLines);
        Assert.Empty(lab.A.Daemon.LogMatches("Entering (BACKUP|FAULT)", seen));
        Assert.True(lab.A.Has(VrrpConfiguration.DefaultAddress));
        AssertSteady(lab, s_master);
        AssertCheap(used, sent, microseconds: 10);

        string counters = AssertCounted(lab, ["length", "ttl", "version", "type", "checksum"], sent, HostileAdverts.Malformed.Count);
        Assert.Contains("received 0,", counters);
    }

    public static TheoryData<string> Situations => [.. s_situations.Select(static situation => situation.Name)];

    // What each is right in is the rest: that it is refused is the doing of what it is named after.
    private static readonly Situation[] s_situations =
    [
        new(
            "a password (PASS)",
            WithPassword("PASS"),
            [
                s_password with { AuthenticationData = [.. "Secret"u8, 0, 0] },
                s_password with { AuthenticationData = new byte[8] },
                s_password with { AuthenticationType = 0 },
                s_password with { AuthenticationType = 2 },
                s_password with { AuthenticationType = 255 },
                s_password with { HeaderPassword = "secret" },
                s_password with { Interval = 2 },
                s_password with { Interval = 255 },
                s_password with { ChecksumDamage = 1 },
                s_password with { TimeToLive = 1 },
                s_password with { Version = 3 },
                s_password with { CutTo = 19 },
                s_password with { AddressCount = 255 },
                s_password with { AddressCount = 0 },
                s_password with { Garbage = 1400 },
                s_password with { IpOptions = s_noOperations, ChecksumDamage = 1 },
            ],
            ["authentication", "interval", "checksum", "ttl", "version", "length"]),
        new(
            "an Authentication Header",
            WithPassword("AH"),
            [
                s_header with { HeaderPassword = "Secret" },
                s_header with { HeaderPassword = null },
                s_header with { HeaderPassword = null, AuthenticationType = 0 },
                s_header with { AuthenticationType = 1 },
                s_header with { IndexDamage = 1 },
                s_header with { Source = IPAddress.Parse("10.9.0.1"), IndexDamage = 0x10000 },
                // Recorded: genuine, but not new.
                s_header with { Sequence = 0 },
                s_header with { CutTo = 0 },
                s_header with { CutTo = 2 },
                s_header with { CutTo = 19 },
                s_header with { AddressCount = 255 },
                s_header with { Garbage = 4 },
                s_header with { TimeToLive = 254 },
                s_header with { Version = 3 },
                s_header with { Version = 15 },
                s_header with { FragmentField = 0x2000 },
            ],
            ["authentication", "length", "ttl", "version"]),
        new(
            "a trailer (auth_hmac)",
            s_master with
            {
                Extra = $$"""
                    auth_hmac {
                        key 1 {{Key}}
                        active_key 1
                        mode enforce
                    }
                    """,
            },
            [
                s_trailer with { TrailerKey = null },
                s_trailer with { TrailerKey = new byte[32] },
                s_trailer with { TrailerKeyId = 2 },
                s_trailer with { TrailerKeyId = 0 },
                s_trailer with { TrailerType = 2 },
                s_trailer with { TrailerClock = TimeSpan.FromMinutes(-1) },
                s_trailer with { TrailerClock = TimeSpan.FromDays(10000) },
                s_trailer with { TrailerKey = null, Garbage = 28 },
                s_trailer with { TrailerKey = null, Garbage = 27 },
                s_trailer with { TrailerKey = null, Garbage = 29 },
                s_trailer with { TrailerKey = null, Garbage = 1400 },
                s_trailer with { CutTo = 4 },
                s_trailer with { AddressCount = 7 },
                s_trailer with { TimeToLive = 128 },
                s_trailer with { Version = 2 },
                s_trailer with { IpOptions = s_noOperations, TrailerKeyId = 3 },
            ],
            ["trailer", "length", "ttl", "version"]),
        new(
            "peers of its own (unicast)",
            s_master with
            {
                Globals = "vrrp_check_unicast_src",
                Extra = """
                    unicast_src_ip 10.9.0.1
                        unicast_peer {
                            10.9.0.77 min_ttl 250 max_ttl 252
                        }
                    """,
            },
            [
                s_unicast,
                s_unicast with { Source = IPAddress.Parse("10.9.0.78") },
                s_unicast with { Source = IPAddress.Parse("192.0.2.1"), TimeToLive = 251 },
                s_peer with { TimeToLive = 249 },
                s_peer with { TimeToLive = 253 },
                s_peer with { ChecksumDamage = 0x8000 },
                s_peer with { Version = 2, Interval = 1 },
                s_peer with { CutTo = 8 },
                s_peer with { AddressCount = 100 },
                s_peer with { Garbage = 900 },
                s_peer with { FragmentField = 0x2000 },
                s_peer with { IpOptions = s_noOperations, ChecksumDamage = 1 },
                // To the group, which is none of its business.
                s_strong,
            ],
            ["peer", "ttl", "checksum", "version", "length"]),
        new(
            "IPv6",
            s_master with { Addresses = ["fe80::51", "fd09::100"] },
            [
                s_six with { ChecksumDamage = 0x0100 },
                s_six with { TimeToLive = 254 },
                s_six with { TimeToLive = 1 },
                s_six with { Version = 2 },
                s_six with { Version = 4 },
                s_six with { Type = 2 },
                s_six with { CutTo = 0 },
                s_six with { CutTo = 1 },
                s_six with { CutTo = 7 },
                s_six with { CutTo = 39 },
                s_six with { Garbage = 1 },
                s_six with { Garbage = 1300 },
                s_six with { AddressCount = 200 },
                s_six with { AddressCount = 1 },
                s_six with { Source = IPAddress.Parse("::"), ChecksumDamage = 1 },
            ],
            ["checksum", "ttl", "version", "type", "length"]),
    ];

    /// <param name="Kinds">Counters, each of which must have its share.</param>
    private sealed record Situation(string Name, VrrpConfiguration Master, CraftedAdvert[] Flood, string[] Kinds);

    [Theory(DisableParallelization = true), MemberData(nameof(Situations))]
    public void Master_with_refusesGarbageOfEveryKind(string what)
    {
        Situation situation = Array.Find(s_situations, candidate => candidate.Name == what)!;
        VrrpConfiguration master = situation.Master;
        using Lab lab = new(routers: 1);
        // Somebody must be there to be sent to, for the peer's adverts to be seen.
        lab.A.Ip("neighbour", "add", "10.9.0.77", "lladdr", "02:00:00:00:00:77", "dev", "eth0");
        StartMeasured(lab, master);
        Expect.Master(lab.A, master.ActiveDownInterval, address: master.Addresses[^1]);
        string mac = lab.A.Mac;
        int seen = lab.A.Daemon.Log.Count;
        TimeSpan before = Cpu(lab);
        long sent = lab.Sender.Flood([.. situation.Flood.Select(advert => advert with { DestinationMac = mac })], PerSecond, s_duration);
        TimeSpan used = Cpu(lab) - before;
        Thread.Sleep(master.AdvertInterval * 2);
        Assert.InRange(lab.A.Daemon.Log.Count - seen, situation.Kinds.Length, MostLines);
        Assert.Empty(lab.A.Daemon.LogMatches("Entering (BACKUP|FAULT)", seen));
        Assert.True(lab.A.Has(master.Addresses[^1]));
        AssertSteady(lab, master);
        AssertCheap(used, sent, microseconds: 15);
        AssertCounted(lab, situation.Kinds, sent, situation.Flood.Length);
    }

    [Fact(DisableParallelization = true)]
    public void Backup_malformedPackets_neitherKeepItFromTakingOverNorMakeItDoSo()
    {
        VrrpConfiguration backup = s_master with { Priority = 100 };
        using Lab lab = new();
        Expect.MasterAndBackup(lab, Implementation.Ours, Implementation.Ours, s_master, backup);
        lab.Sender.Flood(HostileAdverts.Malformed, PerSecond, s_duration / 2);
        Assert.Empty(lab.B.Daemon.LogMatches(Expect.EnteringMaster));
        int seen = lab.Observer.Adverts.Count;
        Thread attack = new(() => lab.Sender.Flood(HostileAdverts.Malformed, PerSecond, s_duration / 2));
        attack.Start();
        lab.A.Crash();
        Expect.Master(lab.B, backup.ActiveDownInterval);
        attack.Join();
        Advert last = lab.Observer.Adverts.Snapshot().Last(advert => advert.Source.Equals(lab.A.Address) && advert.Priority == 150);
        Advert first = lab.Observer.Adverts.Snapshot(seen).First(advert => advert.Source.Equals(lab.B.Address));
        Assert.InRange(
            first.At - last.At, backup.ActiveDownInterval - TimeSpan.FromMilliseconds(5), backup.ActiveDownInterval + Expect.Slack);
    }

    [Fact(DisableParallelization = true)]
    public void Master_packetsOfOtherRouters_doNotEvenWakeItUp()
    {
        using Lab lab = new(routers: 1);
        // Garbage of its start is collected a while after it: that is not what is measured here.
        StartMeasured(lab, s_master with { Extra = "garp_master_delay 0" });
        Expect.Master(lab.A, s_master.ActiveDownInterval);
        Thread.Sleep(500);
        int seen = lab.A.Daemon.Log.Count;
        TimeSpan before = Cpu(lab);
        CraftedAdvert[] foreign = [.. Enumerable.Range(1, 255).Where(vrid => vrid != 51).Select(vrid => s_strong with { Vrid = (byte)vrid })];
        long sent = lab.Sender.Flood(foreign, PerSecond, s_duration);
        TimeSpan used = Cpu(lab) - before;
        Assert.Empty(lab.A.Daemon.Log.Snapshot(seen));
        AssertSteady(lab, s_master);
        AssertCheap(used, sent, microseconds: 0.5);
    }

    [Fact(DisableParallelization = true)]
    public void Master_packetsOfOtherRoutersThatAreToBeLogged_areLoggedOnceEach()
    {
        VrrpConfiguration configuration = s_master with { Globals = "log_unknown_vrids" };
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, configuration);
        Expect.Master(lab.A, s_master.ActiveDownInterval);
        lab.Sender.Flood([s_strong with { Vrid = 7 }, s_strong with { Vrid = 8 }], PerSecond, TimeSpan.FromSeconds(1));
        lab.A.Daemon.WaitForLog(@"Unknown VRID\(7\) received on interface\(eth0\)\. ignoring\.\.\.", Expect.Soon);
        Thread.Sleep(s_master.AdvertInterval);
        Assert.Equal(2, lab.A.Daemon.LogMatches("Unknown VRID").Length);
        AssertSteady(lab, configuration);
    }

    [Fact(DisableParallelization = true)]
    public void Master_weakerRouterThatShouts_isAnsweredButDoesNotFillTheLog()
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, s_master with { Extra = "garp_lower_prio_repeat 0" });
        Expect.Master(lab.A, s_master.ActiveDownInterval);
        int seen = lab.A.Daemon.Log.Count;
        lab.Sender.Flood([s_strong with { Priority = 1, Interval = 40 }], 5_000, s_duration / 2);
        Assert.InRange(lab.A.Daemon.Log.Count - seen, 10, MostLines);
        AssertSteady(lab, s_master);
        Assert.True(lab.A.Has(VrrpConfiguration.DefaultAddress));
    }

    private static void StartMeasured(Lab lab, string configuration)
    {
        File.WriteAllText(lab.A.ConfigurationFile, configuration);
        lab.A.StartAs("env", "KEEPALIVED_AOT_ALLOCATIONS=1", Binaries.PathOf(Implementation.Ours), "-n", "-l", "-D", "-f", lab.A.ConfigurationFile);
    }

    private static TimeSpan Cpu(Lab lab)
        => TimeSpan.FromMicroseconds(Directory.GetDirectories($"/proc/{lab.A.Daemon.Id}/task")
            .Sum(task => double.Parse(File.ReadAllText($"{task}/schedstat").Split(' ')[0], CultureInfo.InvariantCulture)) / 1000);

    /// <returns>The line with all counters.</returns>
    private static string AssertCounted(Lab lab, string[] kinds, long sent, int sorts)
    {
        lab.A.Daemon.Signal(SIGUSR2);
        string counters = lab.A.Daemon.WaitForLog(@"\(VI_1\) received \d+", Expect.Soon).Text;
        long counted = 0;
        foreach (string kind in kinds)
        {
            long count = long.Parse(Regex.Match(counters, $@"{kind} (\d+)").Groups[1].Value, CultureInfo.InvariantCulture);
            // A quarter of one sort's share: what the kernel drops for want of room is not ours to count.
            Assert.True(count > sent / sorts / 4, $"{kind}: {counters}");
            counted += count;
        }
        Assert.InRange(counted, 0, sent);
        return counters;
    }

    private static VrrpConfiguration WithPassword(string type) => new()
    {
        Version = 2,
        AdvertSeconds = 1,
        Priority = 150,
        Extra = $$"""
            authentication {
                    auth_type {{type}}
                    auth_pass secret
                }
            """,
    };

    // Bounded per packet, so that a slow machine, on which fewer are sent, decides nothing.
    private static void AssertCheap(TimeSpan used, long packets, double microseconds)
        => Assert.True(used.TotalMicroseconds < packets * microseconds + 100_000, $"{used.TotalMilliseconds} ms for {packets} packets");

    private static void AssertSteady(Lab lab, VrrpConfiguration configuration)
    {
        Advert[] adverts = [.. lab.Observer.Adverts.Snapshot()
            .Where(advert => advert.Source.Equals(lab.A.Address) || advert.Source.Equals(lab.A.LinkLocal))];
        Assert.NotInRange(adverts.Length, 0, 3);
        Assert.All(
            adverts.Zip(adverts.Skip(1), (earlier, later) => later.At - earlier.At),
            gap => Assert.InRange(gap, TimeSpan.Zero, configuration.AdvertInterval + TimeSpan.FromSeconds(0.2)));
    }
}
