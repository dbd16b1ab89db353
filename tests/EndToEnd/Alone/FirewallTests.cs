using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Alone;

/// <summary>The packet filter of no_accept, as nft(8) shows it, beside keepalived with the same file; and what it does to packets.</summary>
public sealed partial class FirewallTests
{
    private const string Foreign = """
        table ip mine { set vips { type ipv4_addr; elements = { 10.9.0.100 } }; chain in { type filter hook input priority 5; ip daddr 192.0.2.1 drop; }; }
        table inet keepalived { chain c { tcp dport 9 drop; }; }
        """;

    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(1);

    private static VrrpConfiguration Silent(string extra = "no_accept", string globals = "", params string[] addresses) => new()
    {
        Priority = 200, Extra = extra, Globals = globals, Addresses = addresses.Length > 0 ? addresses : [VrrpConfiguration.DefaultAddress],
    };

    // Further instances are slower to become master, so that those before them are first.
    private static string Another(string name, byte vrid, int priority, string extra, params string[] addresses)
    {
        string file = new VrrpConfiguration { Name = name, Vrid = vrid, Priority = priority, Extra = extra, Addresses = addresses };
        return file[file.IndexOf("vrrp_instance", StringComparison.Ordinal)..];
    }

    public static TheoryData<string> Names => [.. s_files.Keys];

    private static readonly Dictionary<string, string> s_files = new()
    {
        ["IPv4"] = Silent(addresses: [VrrpConfiguration.DefaultAddress, "10.9.0.101"]),
        ["excluded of the other family"] = Silent("no_accept\nvirtual_ipaddress_excluded {\n10.9.0.102\nfd09::102\n}"),
        ["IPv6"] = Silent(addresses: ["fd09::100", "fd09::101/64"]),
        ["link-local"] = Silent(addresses: ["fe80::100"]),
        ["link-local by name"] = Silent("no_accept\ndont_track_primary", addresses: ["fe80::100", "fd09::100"]),
        ["link-local by index all the same"] = Silent("no_accept\ndont_track_primary", "nftables_ifindex", "fe80::100"),
        ["link-local elsewhere"] = Silent("no_accept\ndont_track_primary", addresses: ["fe80::100 dev more", "fe80::101 dev more no_track", "fe80::102"]),
        ["both families"] = Silent() + Another("VI_2", 52, 1, "no_accept", "fe80::100", "fd09::100"),
        ["IPv6 first"] = Silent(addresses: ["fe80::100", "fd09::100"]) + Another("VI_2", 52, 1, "no_accept", VrrpConfiguration.DefaultAddress),
        ["link-local in both ways"] = Silent("no_accept\ndont_track_primary", addresses: ["fe80::100"]) + Another("VI_2", 52, 1, "no_accept", "fe80::101"),
        ["settings"] = Silent("no_accept", "nftables lab\nnftables_priority -77\nnftables_counters", "fe80::100", "fd09::100"),
        ["settings, IPv4"] = Silent("no_accept", "nftables lab\nnftables_priority 3\nnftables_counters"),
        ["strict"] = Silent("strict_mode"),
        ["one that accepts"] = Silent() + Another("VI_2", 52, 1, "accept", "10.9.0.101"),
        ["owner"] = Silent() with { Priority = 255 },
        ["older form"] = Silent("no_accept", "vrrp_iptables"),
    };

    /// <summary>Counters run and sets have no order; all the rest, handles included, is compared.</summary>
    private static string Ruleset(Router router)
    {
        JsonNode json = JsonNode.Parse(Nft(router, "-j", "list", "ruleset"))!;
        foreach (JsonNode? set in json["nftables"]!.AsArray())
        {
            if (set?["set"]?["elem"] is JsonArray elements)
                set["set"]!["elem"] = new JsonArray([.. elements.Select(static e => e!.ToJsonString()).Order().Select(static e => JsonNode.Parse(e))]);
        }
        string text = Regex.Replace(
            Nft(router, "list", "ruleset"), "elements = {(?<list>[^}]*)}", static match => string.Join(", ", match.Groups["list"].Value.Split(',', StringSplitOptions.TrimEntries).Order()));
        return Counters().Replace(text + json.ToJsonString(), "N");
    }

    private static string Nft(Router router, params string[] arguments) => Shell.Run("ip", ["netns", "exec", router.Namespace, "nft", .. arguments]);

    private static void AwaitRuleset(Router router, Predicate<string> condition)
        => Assert.True(SpinWait.SpinUntil(() => condition(Nft(router, "list", "ruleset")), Expect.Soon), Nft(router, "list", "ruleset"));

    private static void AwaitMasters(Router router, string file, int from = 0)
    {
        router.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon, from);
        if (file.Contains("VI_2", StringComparison.Ordinal))
            router.Daemon.WaitForLog(@"\(VI_2\) Entering MASTER STATE", Expect.Soon, from);
        // The log comes first.
        Thread.Sleep(300);
    }

    // What each has in the kernel: before, as backup, as master, in fault, as master again, after.
    private static string[] Story(Implementation implementation, string file)
    {
        using Lab lab = new(routers: 1);
        lab.A.AddInterface("more");
        Nft(lab.A, Foreign);
        List<string> story = [Ruleset(lab.A)];
        lab.A.Start(implementation, file);
        lab.A.Daemon.WaitForLog($"{Expect.EnteringBackup}|{Expect.EnteringMaster}", Expect.Soon);
        AwaitMasters(lab.A, file);
        story.Add(Ruleset(lab.A));
        if (!file.Contains("dont_track_primary", StringComparison.Ordinal))
        {
            int from = lab.A.Daemon.Log.Count;
            lab.A.LoseCarrier();
            lab.A.Daemon.WaitForLog(Expect.EnteringFault, Expect.Soon, from);
            Thread.Sleep(300);
            story.Add(Ruleset(lab.A));
            lab.A.RegainCarrier();
            AwaitMasters(lab.A, file, from);
            story.Add(Ruleset(lab.A));
        }
        lab.A.Stop();
        story.Add(Ruleset(lab.A));
        return [.. story];
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Story_isThatOfKeepalived(string name)
    {
        string[] ours = Story(Implementation.Ours, s_files[name]);
        string[] theirs = Story(Implementation.Stock, s_files[name]);
        Assert.Equal(theirs, ours);
        Assert.Equal(ours[0], ours[^1]);
        Assert.Equal(name == "owner", ours[0] == ours[1]);
    }

    [Fact]
    public void LogOfTakeoverAndStop_isThatOfKeepalived()
    {
        string[] ours = [.. LinesOf(Implementation.Ours)];
        Assert.Equal(LinesOf(Implementation.Stock), ours);
        Assert.Contains("(VI_1) setting firewall drop rule", ours);

        static IEnumerable<string> LinesOf(Implementation implementation)
        {
            using Lab lab = new(routers: 1);
            lab.A.Start(implementation, Silent());
            Expect.Master(lab.A, TimeSpan.FromSeconds(1));
            lab.A.Stop();
            return [.. lab.A.Daemon.LogMatches(@"\(VI_1\) (setting|removing) |using nftables").Select(static entry => FromParenthesis().Match(entry.ToString()).Value)];
        }
    }

    [Fact]
    public void PacketsForAnAddressThatIsNotAccepted_areDropped_andOthersAnswered()
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(
            Implementation.Ours,
            Silent(addresses: ["10.9.0.100/24"]) + Another("VI_2", 52, 150, "no_accept", "fe80::100", "fd09::100/64")
                + Another("VI_3", 53, 140, "accept", "10.9.0.101/24") + Another("VI_4", 54, 130, "accept", "fe80::101", "fd09::101/64"));
        for (int i = 1; i <= 4; i++)
            lab.A.Daemon.WaitForLog($@"\(VI_{i}\) Entering MASTER STATE", Expect.Soon);
        lab.A.Addresses.WaitFor(IPAddress.Parse("fd09::101"), present: true, Expect.Soon);
        Assert.Equal("refused", Connect(lab.Host, "10.9.0.101"));
        Assert.Equal("refused", Connect(lab.Host, "fd09::101"));
        Assert.Equal("silence", Connect(lab.Host, "10.9.0.100"));
        Assert.Equal("silence", Connect(lab.Host, "fd09::100"));
        Assert.True(Answers(lab.Host, "10.9.0.101"));
        Assert.True(Answers(lab.Host, "fd09::101"));
        Assert.True(Answers(lab.Host, "fe80::101%eth0"));
        Assert.False(Answers(lab.Host, "10.9.0.100"));
        Assert.False(Answers(lab.Host, "fd09::100"));
        Assert.False(Answers(lab.Host, "fe80::100%eth0"));
        // The host has found all of them: ARP and Neighbour Discovery are answered, or nobody could forward by this router.
        string neighbours = lab.Host.Ip("neighbour", "show");
        foreach (string address in (string[])["10.9.0.100", "fd09::100", "fe80::100"])
            Assert.Matches($"(?m)^{address} dev eth0 lladdr {lab.A.Mac}", neighbours);
        // The router's own address is not concerned.
        Assert.True(Answers(lab.Host, "10.9.0.1"));
    }

    private static bool Answers(Router host, string address) => NetworkNamespace.Run(host.Namespace, () =>
    {
        using Ping ping = new();
        return ping.Send(IPAddress.Parse(address), s_silence, null, null).Status == IPStatus.Success;
    });

    private static string Connect(Router host, string address) => NetworkNamespace.Run(host.Namespace, () =>
    {
        using Socket socket = new(IPAddress.Parse(address).AddressFamily, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
        try
        {
            socket.Connect(IPAddress.Parse(address), 9);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
        }
        if (!socket.Poll(s_silence, SelectMode.SelectError))
            return "silence";
        return (SocketError)(int)socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)! == SocketError.ConnectionRefused ? "refused" : "error";
    });

    [Fact]
    public void FlushOfTheRuleset_isMadeGoodAtOnce()
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, Silent(addresses: ["fe80::100", "fd09::100"]) + Another("VI_2", 52, 150, "no_accept", VrrpConfiguration.DefaultAddress));
        AwaitMasters(lab.A, "VI_2");
        string before = Nft(lab.A, "list", "ruleset");
        Nft(lab.A, "flush", "ruleset");
        lab.A.Daemon.WaitForLog("Restoring table ip keepalived: somebody else has removed it", Expect.Soon);
        lab.A.Daemon.WaitForLog("Restoring table ip6 keepalived: somebody else has removed it", Expect.Soon);
        AwaitRuleset(lab.A, ruleset => ruleset.Split('\n').Order().SequenceEqual(before.Split('\n').Order()));
        // As `systemctl reload nftables` does it: all goes and something else comes, in one transaction.
        int from = lab.A.Daemon.Log.Count;
        File.WriteAllText(Path.Combine(lab.A.Scratch, "rules"), "flush ruleset\n" + Foreign);
        Nft(lab.A, "-f", Path.Combine(lab.A.Scratch, "rules"));
        lab.A.Daemon.WaitForLog("Restoring table ip keepalived", Expect.Soon, from);
        AwaitRuleset(lab.A, static ruleset => ruleset.Contains("table ip keepalived", StringComparison.Ordinal) && ruleset.Contains("table ip6 keepalived", StringComparison.Ordinal));
        lab.A.Stop();
        Assert.DoesNotContain("table ip keepalived", Nft(lab.A, "list", "ruleset"));
        Assert.Contains("table ip mine", Nft(lab.A, "list", "ruleset"));
    }

    [Fact]
    public void Crash_leavesTables_thatTheNextStartRemoves_whateverItsFileSays()
    {
        using Lab lab = new(routers: 1);
        Nft(lab.A, Foreign);
        string before = Ruleset(lab.A);
        foreach (string next in (string[])[Silent(addresses: ["fd09::100"]), Silent("accept")])
        {
            lab.A.Start(Implementation.Ours, Silent(addresses: [VrrpConfiguration.DefaultAddress]) + Another("VI_2", 52, 150, "no_accept", "fe80::100"));
            AwaitMasters(lab.A, "VI_2");
            lab.A.Crash();
            Assert.Contains("table ip keepalived", Nft(lab.A, "list", "ruleset"));
            lab.A.Start(Implementation.Ours, next);
            lab.A.Daemon.WaitForLog("Removing table ip keepalived: an earlier run left it there", Expect.Soon);
            lab.A.Daemon.WaitForLog("Removing table ip6 keepalived: an earlier run left it there", Expect.Soon);
            lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
            lab.A.Stop();
            Assert.Equal(WithoutHandles(before), WithoutHandles(Ruleset(lab.A)));
        }
    }

    private static string WithoutHandles(string ruleset) => Handles().Replace(ruleset, "");

    [Fact]
    public void KeepalivedsTables_areRemovedByAStartThatNeedsTheirName()
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Stock, Silent());
        AwaitMasters(lab.A, "");
        lab.A.Crash();
        Assert.Contains("table ip keepalived", Nft(lab.A, "list", "ruleset"));
        lab.A.Start(Implementation.Ours, Silent(addresses: ["10.9.0.101"]));
        lab.A.Daemon.WaitForLog("Removing table ip keepalived: an earlier run left it there", Expect.Soon);
        AwaitMasters(lab.A, "");
        AwaitRuleset(lab.A, static ruleset => ruleset.Contains("10.9.0.101", StringComparison.Ordinal) && !ruleset.Contains("10.9.0.100", StringComparison.Ordinal));
        lab.A.Stop();
        Assert.Equal("", Nft(lab.A, "list", "ruleset"));
    }

    [Fact]
    public void Reload_changesWhatIsDropped()
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, Silent());
        AwaitMasters(lab.A, "");
        Reload(Silent(addresses: ["10.9.0.101", "10.9.0.102"]));
        AwaitRuleset(lab.A, static r => r.Contains("10.9.0.101", StringComparison.Ordinal) && r.Contains("10.9.0.102", StringComparison.Ordinal) && !r.Contains("10.9.0.100", StringComparison.Ordinal));
        Reload(Silent("accept", addresses: ["10.9.0.101", "10.9.0.102"]) + Another("VI_2", 52, 150, "no_accept", "fd09::100"));
        AwaitRuleset(lab.A, static r => !r.Contains("table ip ", StringComparison.Ordinal) && r.Contains("fd09::100", StringComparison.Ordinal));
        Assert.True(Answers(lab.Host, "10.9.0.101"));
        Reload(Silent("no_accept", "nftables other\nnftables_counters\nnftables_priority 9", "10.9.0.101", "10.9.0.102"));
        AwaitRuleset(
            lab.A,
            static r => !r.Contains("ip6", StringComparison.Ordinal) && r.Contains("table ip other", StringComparison.Ordinal) && r.Contains("priority filter + 9", StringComparison.Ordinal)
                && r.Contains("counter", StringComparison.Ordinal) && r.Contains("10.9.0.102", StringComparison.Ordinal));
        Assert.False(Answers(lab.Host, "10.9.0.101"));
        lab.A.Stop();
        Assert.Equal("", Nft(lab.A, "list", "ruleset"));

        void Reload(string file)
        {
            int from = lab.A.Daemon.Log.Count;
            File.WriteAllText(lab.A.ConfigurationFile, file);
            lab.A.Daemon.Signal(Libc.SIGHUP);
            lab.A.Daemon.WaitForLog("Reload complete", Expect.Soon, from);
        }
    }

    [Theory]
    [InlineData("accept", 0)]
    [InlineData("no_accept", 2)]
    public void NothingIsOpened_untilSomebodyDoesNotAccept(string word, int sockets)
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, Silent(word));
        AwaitMasters(lab.A, "");
        // Of the namespace: the column behind the address is the protocol, NETLINK_NETFILTER is 12.
        string[] netfilter = [.. File.ReadLines($"/proc/{lab.A.Daemon.Id}/net/netlink").Where(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, "12", not "0", ..])];
        Assert.Equal(sockets, netfilter.Length);
    }

    [Fact]
    public void TableThatAnotherProcessOwns_isToldOnce_andTheDaemonGoesOn()
    {
        using Lab lab = new(routers: 1);
        // NFT_TABLE_F_OWNER: nobody else may change it, as long as its maker lives.
        lab.A.StartAs("sh", "-c", "(echo 'add table ip keepalived { flags owner; }'; sleep 60) | nft -i");
        AwaitRuleset(lab.A, static ruleset => ruleset.Contains("flags owner", StringComparison.Ordinal));
        string before = Nft(lab.A, "list", "ruleset");
        lab.A.Start(Implementation.Ours, Silent(addresses: ["10.9.0.100", "10.9.0.101"]) + Another("VI_2", 52, 150, "no_accept", "fd09::100"));
        AwaitMasters(lab.A, "VI_2");
        Thread.Sleep(1500);
        Assert.True(lab.A.Has("10.9.0.100"));
        Assert.Equal(
            ["cannot remove table ip keepalived - Operation not permitted", "cannot add table ip keepalived - Operation not permitted"],
            lab.A.Daemon.LogMatches("Netlink: cannot").Select(static entry => entry.ToString()[entry.ToString().IndexOf("cannot", StringComparison.Ordinal)..]));
        // The other family is not concerned.
        Assert.Contains("fd09::100", Nft(lab.A, "list", "table", "ip6", "keepalived"));
        lab.A.Stop();
        Assert.Equal(before, Nft(lab.A, "list", "ruleset"));
    }

    [Fact]
    public void TwoThousandAddresses_comeAndGo()
    {
        using Lab lab = new(routers: 1);
        string[] addresses = [.. Enumerable.Range(0, 2000).Select(static i => $"10.{50 + i / 250}.0.{i % 250 + 1}/32")];
        lab.A.Start(Implementation.Ours, Silent($"no_accept\nvirtual_ipaddress_excluded {{\n{string.Join('\n', addresses)}\n}}"));
        AwaitMasters(lab.A, "");
        AwaitRuleset(lab.A, static ruleset => OneOfMany().Count(ruleset) == 2000);
        lab.A.Stop();
        Assert.Equal("", Nft(lab.A, "list", "ruleset"));
    }

    [GeneratedRegex("(?<=(packets|bytes)(\": ?| ))[0-9]+")]
    private static partial Regex Counters();

    [GeneratedRegex("\"handle\":[0-9]+,?")]
    private static partial Regex Handles();

    [GeneratedRegex(@"\(VI_1\).*|use_vmac.*")]
    private static partial Regex FromParenthesis();

    [GeneratedRegex(@"10\.5[0-9]\.0\.[0-9]+")]
    private static partial Regex OneOfMany();
}
