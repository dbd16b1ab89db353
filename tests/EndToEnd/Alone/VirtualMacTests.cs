using System.Net;
using System.Text.RegularExpressions;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Alone;

/// <summary>Interfaces that are made for instances, in the kernel: what they look like, who may touch them, and that nothing stays behind.</summary>
public sealed partial class VirtualMacTests
{
    private static readonly VrrpConfiguration s_vmac = new() { Priority = 200, Extra = "use_vmac" };

    private static Lab MakeLab()
    {
        Lab lab = new(routers: 1);
        lab.A.AddInterface("more");
        // Always the same one, and an address of its own, so that VMACs there have one to speak from.
        lab.A.Ip("link", "set", "more", "down");
        lab.A.Ip("link", "set", "more", "address", "02:00:00:00:07:07", "addrgenmode", "none", "up");
        lab.A.Ip("address", "add", "fe80::77/64", "dev", "more", "nodad");
        return lab;
    }

    // What a VMAC is made of: the link, its addresses, and the settings of its own and of the interface below.
    // The kernel comes to know in its own time that a link that is up is.
    private static string Made(Router router) => KernelPicture.Links(router, "macvlan").Replace("state UNKNOWN", "state UP", StringComparison.Ordinal)
        + KernelPicture.Addresses(router)
        + KernelPicture.Settings(router, static name => Interesting().IsMatch(name));

    [GeneratedRegex(@"/conf/(vrrp|mine|kad|eth0|more|all|default)[^/]*/(arp_ignore|arp_filter|accept_local|rp_filter|promote_secondaries|addr_gen_mode)$")]
    private static partial Regex Interesting();

    private static void AwaitMade(Router router, Predicate<string> condition)
        => Assert.True(SpinWait.SpinUntil(() => condition(Made(router)), Expect.Soon), Made(router));

    // What each has in the kernel: as backup, as master.
    private static string[] Story(Implementation implementation, VrrpConfiguration configuration)
    {
        using Lab lab = MakeLab();
        lab.A.Start(implementation, configuration);
        lab.A.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon);
        Thread.Sleep(200);
        string backup = Made(lab.A);
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, configuration.ActiveDownInterval + Expect.Soon);
        Thread.Sleep(200);
        string master = Made(lab.A);
        lab.A.Stop();
        return [backup, master];
    }

    public static TheoryData<string, string[]> Stories => new()
    {
        { "use_vmac", ["10.9.0.100/24", "10.8.0.100/24 dev more"] },
        { "use_vmac", ["fe80::100", "2001:db8::100/64"] },
        { "use_vmac mine 02:00:5e:11:22\nvmac_xmit_base", ["10.9.0.100/24"] },
        { "use_vmac\nvmac_xmit_base", ["fe80::100"] },
        { "use_vmac\nuse_vmac_addr\nvirtual_ipaddress_excluded {\n 2001:db8::8/64\n 2001:db8:1::8/64 dev more\n}", ["10.9.0.100/24", "10.8.0.100/24 dev more"] },
        { "use_vmac_addr\nvirtual_ipaddress_excluded {\n 2001:db8::8/64\n 10.7.0.8/24 dev more\n}", ["10.9.0.100/24", "10.8.0.100/24 dev more"] },
        { "", ["10.9.0.100/24 use_vmac", "10.8.0.100/24 dev more use_vmac", "10.9.0.101/24"] },
        { "use_vmac\nvirtual_ipaddress_excluded {\n 10.9.0.103/24 dev eth0\n}", ["10.9.0.100/24"] },
    };

    [Theory, MemberData(nameof(Stories))]
    public void Kernel_hasWhatKeepalivedPutsThere(string lines, string[] addresses)
    {
        VrrpConfiguration configuration = new()
        {
            Priority = 200, Extra = lines, Addresses = addresses, Globals = "vmac_addr_prefix kad",
        };
        Assert.Equal(Story(Implementation.Stock, configuration), Story(Implementation.Ours, configuration));
    }

    [Theory]
    [InlineData("10.9.0.100/24", "vrrp.51")]
    [InlineData("fe80::100", "vrrp.51")]
    public void PacketFilter_isThatOfKeepalived(string address, string device)
    {
        string stock = Filter(Implementation.Stock, s_vmac with { Addresses = [address] });
        Assert.Contains($"\"{device}\" : \"eth0\"", stock, StringComparison.Ordinal);
        // Of keepalived 2.4: 2.2.7 does not have it yet.
        string ours = ParentLinkLocal().Replace(Filter(Implementation.Ours, s_vmac with { Addresses = [address] }), "");
        Assert.Equal(stock, ours);
    }

    [GeneratedRegex(@"\tset parent_link_local \{.*?\n\t\}\n\n|\t\t[^\n]*@parent_link_local drop\n", RegexOptions.Singleline)]
    private static partial Regex ParentLinkLocal();

    [Fact]
    public void AddressOfTheInterfaceBelow_isAnsweredForByThatAlone()
    {
        using Lab lab = MakeLab();
        lab.A.Start(Implementation.Ours, s_vmac with { Addresses = ["fe80::100"] });
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        AwaitMade(lab.A, made => made.Contains($"vrrp.51    inet6 {lab.A.LinkLocal}/64", StringComparison.Ordinal));
        for (int time = 0; time < 3; time++)
        {
            lab.Host.Ip("neighbour", "flush", "dev", "eth0");
            Announcement[] answers = Solicit(lab, lab.A.LinkLocal);
            Assert.NotEmpty(answers);
            Assert.All(answers, answer => Assert.Equal(lab.A.Mac, answer.LinkLayerAddress));
        }
        // The virtual address is the virtual MAC address's as ever.
        lab.Host.Ip("neighbour", "flush", "dev", "eth0");
        Assert.All(Solicit(lab, IPAddress.Parse("fe80::100")), static answer => Assert.Equal("00:00:5e:00:02:33", answer.LinkLayerAddress));
        lab.A.Stop();
    }

    // Whoever sends a datagram asks for the MAC address first.
    private static Announcement[] Solicit(Lab lab, IPAddress address)
    {
        int seen = lab.Observer.Announcements.Count;
        Shell.Run("ip", "netns", "exec", lab.Host.Namespace, "bash", "-c", $"echo >/dev/udp/{address}%eth0/9");
        lab.Observer.Announcements.WaitFor($"an answer for {address}", entry => entry.Address.Equals(address), Expect.Soon, seen);
        Thread.Sleep(100);
        return [.. lab.Observer.Announcements.Snapshot(seen).Where(entry => entry.Address.Equals(address))];
    }

    private static string Filter(Implementation implementation, VrrpConfiguration configuration)
    {
        using Lab lab = MakeLab();
        lab.A.Start(implementation, configuration);
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        string Shown() => Shell.Run("ip", "netns", "exec", lab.A.Namespace, "nft", "list", "ruleset");
        SpinWait.SpinUntil(() => Shown().Contains("eth0", StringComparison.Ordinal), Expect.Soon);
        string shown = Shown();
        lab.A.Stop();
        Assert.Equal("", Shown());
        return shown;
    }

    [Fact]
    public void Stop_leavesTheKernelAsItWas()
    {
        using Lab lab = MakeLab();
        lab.A.Sysctl("net/ipv4/conf/all/rp_filter", "2");
        lab.A.Sysctl("net/ipv4/conf/more/rp_filter", "1");
        string before = KernelPicture.Of(lab.A);
        string file = """
            global_defs {
                disable_local_igmp
            }
            static_ipaddress {
                10.6.0.1/24 dev more
            }
            static_routes {
                10.50.0.0/16 via 10.9.0.254 dev eth0
            }
            vrrp_instance VI_1 {
                interface eth0
                virtual_router_id 51
                priority 200
                version 3
                advert_int 0.2
                use_vmac
                use_vmac_addr
                virtual_ipaddress {
                    10.9.0.100/24
                    10.8.0.100/24 dev more
                }
                virtual_ipaddress_excluded {
                    2001:db8::8/64
                }
                virtual_routes {
                    10.70.0.0/16 via 10.9.0.254 dev eth0
                }
            }
            vrrp_instance VI_6 {
                interface eth0
                virtual_router_id 52
                priority 200
                version 3
                advert_int 0.2
                use_vmac
                virtual_ipaddress {
                    fe80::100
                    2001:db8::100/64
                }
            }
            vrrp_instance VI_S {
                interface more
                virtual_router_id 53
                priority 200
                version 3
                advert_int 0.2
                promote_secondaries
                unicast_src_ip 10.9.0.1
                unicast_peer {
                    10.9.0.2
                }
                virtual_ipaddress {
                    10.5.0.1/24
                    10.5.0.2/24
                }
            }

            """;
        lab.A.Start(Implementation.Ours, file);
        foreach (string name in (string[])["VI_1", "VI_6", "VI_S"])
            lab.A.Daemon.WaitForLog($@"\({name}\) Entering MASTER STATE", Expect.Soon);
        AwaitMade(lab.A, static made => made.Contains("2001:db8::100/64", StringComparison.Ordinal) && made.Contains("10.5.0.2/24", StringComparison.Ordinal));
        Assert.NotEqual(before, KernelPicture.Of(lab.A));
        Assert.Equal(0, lab.A.Stop());
        Assert.Equal(before, KernelPicture.Of(lab.A));
    }

    [Fact]
    public void Kill_andAnotherConfiguration_leavesTheKernelAsItWas()
    {
        using Lab lab = MakeLab();
        lab.A.Sysctl("net/ipv4/conf/all/rp_filter", "1");
        string before = KernelPicture.Of(lab.A);
        lab.A.Start(Implementation.Ours, s_vmac);
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        AwaitMade(lab.A, static made => made.Contains("vrrp.51    inet 10.9.0.100", StringComparison.Ordinal));
        lab.A.Crash();
        Assert.NotEqual(before, KernelPicture.Of(lab.A));
        lab.A.Start(Implementation.Ours, new VrrpConfiguration { Version = 2, AdvertSeconds = 100, Priority = 1 });
        lab.A.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon);
        Assert.Equal(before, KernelPicture.Of(lab.A));
        lab.A.Stop();
        Assert.Equal(before, KernelPicture.Of(lab.A));
    }

    [Fact]
    public void Kill_andTheSameConfiguration_takesItOver()
    {
        using Lab lab = MakeLab();
        string before = KernelPicture.Of(lab.A);
        for (int run = 0; run < 3; run++)
        {
            lab.A.Start(Implementation.Ours, s_vmac);
            lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
            AwaitMade(lab.A, static made => made.Contains("vrrp.51    inet 10.9.0.100", StringComparison.Ordinal));
            Assert.Equal(run == 0, lab.A.Daemon.LogMatches("Success creating VMAC").Length > 0);
            if (run < 2)
                lab.A.Crash();
        }
        lab.A.Stop();
        Assert.Equal(before, KernelPicture.Of(lab.A));
    }

    [Fact]
    public void Deleted_isMadeAgain()
    {
        using Lab lab = MakeLab();
        lab.A.Start(Implementation.Ours, s_vmac);
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        AwaitMade(lab.A, static made => made.Contains("10.9.0.100", StringComparison.Ordinal));
        int from = lab.A.Daemon.Log.Count;
        lab.A.Ip("link", "delete", "vrrp.51");
        lab.A.Daemon.WaitForLog(Expect.EnteringFault, Expect.Soon, from);
        lab.A.Daemon.WaitForLog(@"\(VI_1\): Success creating VMAC interface vrrp.51", Expect.Soon, from);
        lab.A.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon, from);
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon, from);
        AwaitMade(lab.A, static made => made.Contains("vrrp.51    inet 10.9.0.100", StringComparison.Ordinal));
    }

    [Fact]
    public void Renamed_isMadeAgain()
    {
        using Lab lab = MakeLab();
        string before = KernelPicture.Of(lab.A);
        lab.A.Start(Implementation.Ours, s_vmac);
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        lab.A.Ip("link", "set", "vrrp.51", "down");
        lab.A.Ip("link", "set", "vrrp.51", "name", "stolen");
        AwaitMade(lab.A, static made => made.Contains("vrrp.51    inet 10.9.0.100", StringComparison.Ordinal) && !made.Contains("stolen", StringComparison.Ordinal));
        lab.A.Stop();
        Assert.Equal(before, KernelPicture.Of(lab.A));
    }

    [Fact]
    public void InterfaceBelow_renamed_getsItsSettingsBack()
    {
        using Lab lab = MakeLab();
        lab.A.Start(Implementation.Ours, s_vmac);
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        lab.A.Ip("link", "set", "eth0", "down");
        lab.A.Ip("link", "set", "eth0", "name", "eth0x");
        AwaitMade(lab.A, static made => made.Contains("/proc/sys/net/ipv4/conf/eth0x/arp_ignore 0", StringComparison.Ordinal)
            && made.Contains("/proc/sys/net/ipv4/conf/eth0x/arp_filter 0", StringComparison.Ordinal));
        lab.A.Ip("link", "set", "eth0x", "name", "eth0");
        lab.A.Ip("link", "set", "eth0", "up");
        AwaitMade(lab.A, static made => made.Contains("vrrp.51    inet 10.9.0.100", StringComparison.Ordinal));
        lab.A.Stop();
    }

    [Fact]
    public void InterfaceBelow_goesAndComesBack()
    {
        using Lab lab = MakeLab();
        lab.A.Start(Implementation.Ours, s_vmac);
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        int from = lab.A.Daemon.Log.Count;
        lab.A.DeleteInterface();
        lab.A.Daemon.WaitForLog(Expect.EnteringFault, Expect.Soon, from);
        lab.A.CreateInterface();
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon, from);
        AwaitMade(lab.A, static made => made.Contains("vrrp.51    inet 10.9.0.100", StringComparison.Ordinal));
        Assert.Contains("/proc/sys/net/ipv4/conf/eth0/arp_ignore 1", Made(lab.A), StringComparison.Ordinal);
        lab.A.Stop();
        Assert.Contains("/proc/sys/net/ipv4/conf/eth0/arp_ignore 0", Made(lab.A), StringComparison.Ordinal);
    }

    [Fact]
    public void InterfaceBelow_downAndUp_isAFaultMeanwhile()
    {
        using Lab lab = MakeLab();
        lab.A.Start(Implementation.Ours, s_vmac);
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        int from = lab.A.Daemon.Log.Count;
        lab.A.LoseCarrier();
        lab.A.Daemon.WaitForLog(Expect.EnteringFault, Expect.Soon, from);
        lab.A.RegainCarrier();
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon, from);
        Assert.Empty(lab.A.Daemon.LogMatches("Success creating", from));
    }

    [Fact]
    public void Reload_toAndFro_movesTheAddressAndKeepsTheRole()
    {
        using Lab lab = MakeLab();
        string before = KernelPicture.Of(lab.A);
        VrrpConfiguration without = s_vmac with { Extra = "" };
        lab.A.Start(Implementation.Ours, without);
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        for (int time = 0; time < 3; time++)
        {
            Reload(lab.A, s_vmac);
            AwaitMade(lab.A, static made => made.Contains("vrrp.51    inet 10.9.0.100", StringComparison.Ordinal) && !made.Contains("eth0    inet 10.9.0.100", StringComparison.Ordinal));
            Reload(lab.A, without);
            AwaitMade(lab.A, static made => made.Contains("eth0    inet 10.9.0.100", StringComparison.Ordinal) && !made.Contains("vrrp.51", StringComparison.Ordinal));
        }
        Reload(lab.A, s_vmac);
        AwaitMade(lab.A, static made => made.Contains("vrrp.51    inet 10.9.0.100", StringComparison.Ordinal));
        Reload(lab.A, s_vmac with { Extra = "use_vmac other" });
        AwaitMade(lab.A, static made => made.Contains("other    inet 10.9.0.100", StringComparison.Ordinal) && !made.Contains("vrrp.51", StringComparison.Ordinal));
        Reload(lab.A, s_vmac with { Extra = "use_vmac other 02:00:00:00:00:07" });
        AwaitMade(lab.A, static made => made.Contains("02:00:00:00:00:07", StringComparison.Ordinal) && made.Contains("other    inet 10.9.0.100", StringComparison.Ordinal));
        Assert.Single(lab.A.Daemon.LogMatches("Entering [A-Z]+ STATE$"));
        Assert.Empty(lab.A.Daemon.LogMatches("cannot create"));
        lab.A.Stop();
        Assert.Equal(before, KernelPicture.Of(lab.A));
    }

    [Fact]
    public void TwoInstances_withOneMacAddress_theSecondStaysInFault()
    {
        using Lab lab = MakeLab();
        string second = new VrrpConfiguration { Name = "VI_2", Priority = 200, Addresses = ["10.9.0.101 dev eth0 use_vmac"], Extra = "" }.ToString()
            .Replace("interface eth0", "interface more", StringComparison.Ordinal);
        lab.A.Ip("address", "add", "10.8.0.1/24", "dev", "more");
        lab.A.Start(Implementation.Ours, s_vmac + second);
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        lab.A.Daemon.WaitForLog("another interface there has its MAC address 00:00:5e:00:01:33", Expect.Soon);
        Assert.Empty(lab.A.Daemon.LogMatches(@"\(VI_2\) Entering MASTER"));
        lab.A.Stop();
        Assert.DoesNotContain("vrrp", KernelPicture.Links(lab.A), StringComparison.Ordinal);
    }

    private static void Reload(Router router, string configuration)
    {
        File.WriteAllText(router.ConfigurationFile, configuration);
        router.Daemon.Signal(1);
    }
}
