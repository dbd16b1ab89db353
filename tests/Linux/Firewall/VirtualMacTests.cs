using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Daemon.Kernel.Firewall;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink;
using KeepalivedAot.Tests.Linux.Namespaces;
using KeepalivedAot.Tests.Linux.Process;
using KeepalivedAot.Tests.Linux.Sockets;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Tests.Linux.Firewall;

/// <summary>What virtual MACs need of the packet filter, on macvlan interfaces, beside keepalived with use_vmac.</summary>
public sealed partial class VirtualMacTests : IDisposable, ILogSink
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(15);

    private readonly NetworkNamespace _router = new();
    private readonly DirectFirewallKernel _kernel = new();
    private readonly List<string> _lines = [];
    private readonly FirewallReconciler _firewall;

    public VirtualMacTests()
    {
        _firewall = new FirewallReconciler(_kernel, static () => new Instant(0), new Log(this, LogLevel.ExtraDetail));
        MakeLink(_router);
    }

    public void Dispose()
    {
        _kernel.Dispose();
        _router.Dispose();
    }

    void ILogSink.Write(LogLevel level, int eventId, ReadOnlySpan<byte> line) => _lines.Add(System.Text.Encoding.UTF8.GetString(line));

    private static void MakeLink(NetworkNamespace router)
    {
        router.Ip("link add lan address 02:00:00:00:00:01 type veth peer name far");
        router.Ip("link set lan up");
        router.Ip("link set far up");
        router.Ip("address add 10.9.0.1/24 dev lan");
    }

    private NetworkInterface Interface(string name)
    {
        Assert.True(KernelName.TryParse(name, out KernelName kernelName));
        NetworkInterface made = new(name, kernelName);
        made.SetLink(new LinkInfo { Index = _router.IndexOf(name), Name = kernelName });
        Assert.True(made.Exists);
        return made;
    }

    private NetworkInterface VirtualMac(string name, string mac)
    {
        _router.Ip($"link add link lan name {name} address {mac} type macvlan mode private");
        _router.Ip($"link set {name} up");
        return Interface(name);
    }

    private void Flush() => _router.Run(() =>
    {
        _firewall.FlushAdditions();
        _firewall.FlushRemovals();
    });

    // All of it as text and as JSON; counters run, and sets have no order.
    private static string Ruleset(NetworkNamespace router)
    {
        string text = Elements().Replace(
            router.Execute("nft", "list ruleset"), static match => string.Join(", ", match.Value.Split(',', StringSplitOptions.TrimEntries).Order()));
        JsonNode json = JsonNode.Parse(router.Execute("nft", "-j list ruleset"))!;
        foreach (JsonNode? set in json["nftables"]!.AsArray())
        {
            foreach (string kind in (string[])["set", "map"])
            {
                if (set?[kind]?["elem"] is JsonArray elements)
                    set[kind]!["elem"] = new JsonArray([.. elements.Select(static e => e!.ToJsonString()).Order().Select(static e => JsonNode.Parse(e))]);
            }
        }
        return Counters().Replace(text + json.ToJsonString(), "N");
    }

    private static string Keepaliveds(string configuration, int masters)
    {
        using TemporaryDirectory directory = new();
        using NetworkNamespace router = new();
        MakeLink(router);
        string file = directory.PathOf("keepalived.conf");
        File.WriteAllText(file, configuration);
        List<string> log = [];
        using System.Diagnostics.Process keepalived = router.Run(() => System.Diagnostics.Process.Start(new ProcessStartInfo(
            "/usr/sbin/keepalived",
            ["-n", "-l", "-D", "-P", "-f", file, "-p", directory.PathOf("k.pid"), "-r", directory.PathOf("v.pid")])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!);
        keepalived.OutputDataReceived += (_, line) => Add(line.Data);
        keepalived.ErrorDataReceived += (_, line) => Add(line.Data);
        keepalived.BeginOutputReadLine();
        keepalived.BeginErrorReadLine();
        try
        {
            Assert.True(SpinWait.SpinUntil(() => Count("Entering MASTER STATE") == masters, s_limit), string.Join('\n', log));
            Thread.Sleep(300);
            return Ruleset(router);
        }
        finally
        {
            _ = kill(keepalived.Id, SIGTERM);
            keepalived.WaitForExit(s_limit);
        }

        void Add(string? line)
        {
            lock (log)
                log.Add(line ?? "");
        }

        int Count(string what)
        {
            lock (log)
                return log.Count(line => line.Contains(what, StringComparison.Ordinal));
        }
    }

    private static string Configuration(string globals, params (string Name, int Vrid, string Words, string Addresses)[] instances)
        => $"global_defs {{\n{globals}\n}}\n" + string.Join('\n', instances.Select(static i => $$"""
            vrrp_instance {{i.Name}} {
                interface lan
                virtual_router_id {{i.Vrid}}
                priority {{260 - i.Vrid}}
                version 3
                advert_int 0.3
                use_vmac
                {{i.Words}}
                virtual_ipaddress {
                    {{i.Addresses}}
                }
            }
            """));

    private const string Settings = "nftables lab\nnftables_priority 4\nnftables_counters";

    [Theory]
    [InlineData("", "keepalived", -1, false)]
    [InlineData(Settings, "lab", 4, true)]
    public void Layout_isThatOfKeepalived(string globals, string table, int priority, bool counts)
    {
        string theirs = Keepaliveds(
            Configuration(globals, ("A", 51, "", "10.9.0.100"), ("B", 52, "", "10.9.0.101"), ("C", 53, "", "fe80::100"), ("D", 54, "", "fe80::101")), masters: 4);
        _firewall.Adopt(new FirewallSettings(table, priority, counts, PrefersIndex: false));
        NetworkInterface lan = Interface("lan");
        _firewall.SetVirtualMac(VirtualMac("vrrp.51", "00:00:5e:00:01:33"), lan, AddressFamily.IPv4, isWanted: true);
        _firewall.SetVirtualMac(VirtualMac("vrrp.52", "00:00:5e:00:01:34"), lan, AddressFamily.IPv4, isWanted: true);
        _firewall.SetVirtualMac(VirtualMac("vrrp.53", "00:00:5e:00:02:35"), lan, AddressFamily.IPv6, isWanted: true);
        _firewall.SetVirtualMac(VirtualMac("vrrp.54", "00:00:5e:00:02:36"), lan, AddressFamily.IPv6, isWanted: true);
        Flush();
        Assert.Equal(theirs, Ruleset(_router));
        Assert.Empty(_lines);
    }

    [Fact]
    public void Layout_withAddressesThatAreNotAccepted_isThatOfKeepalived()
    {
        string theirs = Keepaliveds(
            Configuration("", ("A", 51, "no_accept", "10.9.0.100"), ("B", 52, "no_accept", "fe80::100\n2001:db8::100/64")), masters: 2);
        NetworkInterface lan = Interface("lan");
        NetworkInterface first = VirtualMac("vrrp.51", "00:00:5e:00:01:33");
        NetworkInterface second = VirtualMac("vrrp.52", "00:00:5e:00:02:34");
        _firewall.SetVirtualMac(first, lan, AddressFamily.IPv4, isWanted: true);
        _firewall.SetVirtualMac(second, lan, AddressFamily.IPv6, isWanted: true);
        Flush();
        _firewall.Want(_firewall.Acquire(first, IpAddress.Parse("10.9.0.100"), mayBeAnother: false), true);
        Flush();
        foreach (string address in (string[])["fe80::100", "2001:db8::100"])
            _firewall.Want(_firewall.Acquire(second, IpAddress.Parse(address), mayBeAnother: false), true);
        Flush();
        Assert.Equal(theirs, Ruleset(_router));
    }

    [Fact]
    public void End_leavesNothing()
    {
        _router.Execute("nft", "add table ip mine");
        string before = Ruleset(_router);
        NetworkInterface lan = Interface("lan");
        NetworkInterface vmac = VirtualMac("vrrp.51", "00:00:5e:00:01:33");
        _firewall.SetVirtualMac(vmac, lan, AddressFamily.IPv4, isWanted: true);
        Flush();
        Assert.NotEqual(before, Ruleset(_router));
        _firewall.SetVirtualMac(vmac, lan, AddressFamily.IPv4, isWanted: false);
        Flush();
        Assert.Equal(before, Ruleset(_router));
    }

    [Fact]
    public void IgmpReportOfAVirtualMac_leavesByTheInterfaceBelow_withItsAddress()
    {
        byte[] own = [2, 0, 0, 0, 0, 1];
        byte[] virtualMac = [0, 0, 0x5E, 0, 1, 0x33];
        int far = _router.IndexOf("far");
        using FrameCatcher catcher = _router.Run(() => new FrameCatcher(far));
        NetworkInterface vmac = VirtualMac("vrrp.51", "00:00:5e:00:01:33");
        _router.Ip("address add 10.9.0.51/24 dev vrrp.51");
        Assert.Equal(virtualMac, SourceOfReport("239.1.2.3"));
        _firewall.SetVirtualMac(vmac, Interface("lan"), AddressFamily.IPv4, isWanted: true);
        Flush();
        Assert.Equal(own, SourceOfReport("239.1.2.4"));

        byte[] SourceOfReport(string group)
        {
            _router.Ip($"address add {group}/32 dev vrrp.51 autojoin");
            byte[] octets = IpBytes(group);
            return catcher.Await(frame => frame is [_, _, _, _, _, _, _, _, _, _, _, _, 0x08, 0x00, ..] && frame[23] == 2 && frame.AsSpan(34).IndexOf(octets) >= 0)[6..12];
        }
    }

    private static byte[] IpBytes(string address)
    {
        byte[] bytes = new byte[IpAddress.IPv4Length];
        IpAddress.Parse(address).CopyTo(bytes);
        return bytes;
    }

    [GeneratedRegex("(?<=(packets|bytes)(\": ?| ))[0-9]+")]
    private static partial Regex Counters();

    [GeneratedRegex("(?<=elements = {)[^}]*(?=})")]
    private static partial Regex Elements();
}
