using KeepalivedAot.Tests.Dumps;
using KeepalivedAot.Tests.EndToEnd.Interoperation;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Dumps;

/// <summary>The dumps of our daemon and of stock keepalived with the same configuration and the same peers, read by the same readers.</summary>
public sealed class DumpComparisonTests
{
    // A master, a backup that hears one, one in a fault, a unicast one, one with a VMAC; what is tracked, and what is told of it.
    private const string Configuration = """
        global_defs {
            router_id r1
            enable_script_security
            script_user root
            vrrp_garp_master_delay 2
        }
        static_ipaddress {
            10.8.0.1/24 dev eth0
        }
        vrrp_script good {
            script "/bin/true arg"
            interval 1
            weight 5
            rise 2
        }
        vrrp_script bad {
            script "/bin/false"
            interval 1
            weight -7
        }
        vrrp_instance VI_1 {
            interface eth0
            virtual_router_id 51
            priority 150
            authentication {
                auth_type PASS
                auth_pass hushhush
            }
            virtual_ipaddress {
                10.9.0.100/24 dev eth0 label eth0:v
                10.9.0.101
            }
            virtual_ipaddress_excluded {
                10.9.1.100/32
            }
            virtual_routes {
                10.66.0.0/24 via 10.9.0.2 dev eth0 metric 10
            }
            virtual_rules {
                from 10.9.0.100 table 101 priority 501
            }
            track_script {
                good
                bad
            }
            notify_master "/bin/true m"
            notify "/bin/true a b"
        }
        vrrp_instance VI_2 {
            interface eth0
            virtual_router_id 52
            version 3
            priority 90
            advert_int 0.5
            virtual_ipaddress {
                fe80::100/64
                fd09::100/64
            }
        }
        vrrp_instance VI_3 {
            interface eth0
            virtual_router_id 53
            virtual_ipaddress {
                10.9.3.100/24
            }
            track_interface {
                gone
            }
        }
        vrrp_instance VI_4 {
            interface eth0
            virtual_router_id 54
            unicast_src_ip 10.9.0.1
            unicast_peer {
                10.9.0.2
            }
            nopreempt
            virtual_ipaddress {
                10.9.4.100/24
            }
        }
        vrrp_instance VI_5 {
            interface eth0
            virtual_router_id 55
            use_vmac
            version 3
            advert_int 0.3
            virtual_ipaddress {
                10.9.5.100/24
            }
        }
        """;

    private sealed record Dumped(string State, string Statistics, string Json);

    private static Dumped Run(Implementation implementation)
    {
        using Lab lab = new(routers: 2);
        lab.A.Ip("link", "add", "gone", "address", "02:00:00:00:99:01", "type", "veth", "peer", "name", "gone-too");
        lab.B.Start(Implementation.Ours, """
            vrrp_instance VI_2 {
                interface eth0
                virtual_router_id 52
                version 3
                priority 200
                advert_int 0.3
                virtual_ipaddress {
                    fe80::100/64
                    fd09::100/64
                }
            }
            """);
        lab.B.Daemon.WaitForLog(@"\(VI_2\) Entering MASTER STATE", Expect.Soon);
        lab.A.Start(implementation, Configuration);
        foreach (string name in (string[])["VI_1", "VI_4", "VI_5"])
            lab.A.Daemon.WaitForLog($@"\({name}\) Entering MASTER STATE", Expect.Soon);
        lab.A.Daemon.WaitForLog(@"\(VI_1\) (Changing|Setting) effective priority (from \d+ )?to 148", Expect.Soon);
        // What a master does first is done, and what is learned is learned.
        Thread.Sleep(500);
        Dumped dumped = new(
            lab.A.Dump(Libc.SIGUSR1, "keepalived.data"), lab.A.Dump(Libc.SIGUSR2, "keepalived.stats"), lab.A.Dump(DumpedRouter.Json, "keepalived.json"));
        // Stock's parent is another process, with a pace of its own.
        Assert.True(SpinWait.SpinUntil(() => File.Exists(lab.A.PathOf("keepalived_parent.data")), Expect.Soon));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(lab.A.PathOf("keepalived.data")));
        Assert.Equal(0, lab.A.Stop());
        return dumped;
    }

    private static string[] Lines(string text) => text.TrimEnd('\n').Split('\n');

    [Fact, BesideStock]
    public void Dumps_besideStock_areTheSame()
    {
        Dumped stock = Run(Implementation.Stock);
        Dumped ours = Run(Implementation.Ours);

        // The exporters' and VyOS' view of it.
        string[] facts = [.. StateReader.ReadBlocks(Lines(stock.State)).Select(static one => one.ToString())];
        Assert.Equal("VI_1 MASTER MASTER eth0 51 2 [10.9.0.100/24 eth0, 10.9.0.101 eth0]", facts[0]);
        Assert.Equal("VI_2 BACKUP BACKUP eth0 52 2 [fe80::100/64 eth0, fd09::100/64 eth0]", facts[1]);
        Assert.Equal("VI_3 FAULT FAULT eth0 53 2 [10.9.3.100/24 eth0]", facts[2]);
        Assert.Equal(facts, StateReader.ReadBlocks(Lines(ours.State)).Select(static one => one.ToString()));
        Assert.Equal(
            StateReader.ReadUntilFirstOther(Lines(stock.State)).Select(static one => one.ToString()),
            StateReader.ReadUntilFirstOther(Lines(ours.State)).Select(static one => one.ToString()));
        Assert.Equal([("good", "GOOD"), ("bad", "BAD")], StateReader.ReadScripts(Lines(ours.State)).Select(static one => (one.Name, one.Status)));
        Assert.Equal(
            JsonReader.Read(stock.Json).Select(static one => one.ToString()), JsonReader.Read(ours.Json).Select(static one => one.ToString()));
        Assert.All(JsonReader.Read(ours.Json), static one => Assert.InRange(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - one.LastTransition, 0, 60));

        // Line by line, field by field.
        Assert.Equal(Sorted(ComparableState.Of(stock.State)), Sorted(ComparableState.Of(ours.State)));
        Assert.Equal(
            JsonReader.Shape(stock.Json), JsonReader.Shape(ours.Json).Where(static field => !field.Contains(".auth_ext_", StringComparison.Ordinal)));
        Assert.Equal(Counters(stock), Counters(ours));
        Dictionary<string, string[]> interfaces = ComparableState.InterfacesOf(stock.State);
        foreach ((string name, string[] lines) in ComparableState.InterfacesOf(ours.State))
            Assert.Equal(interfaces[name].Order(StringComparer.Ordinal), lines.Order(StringComparer.Ordinal));

        static string[] Counters(Dumped dumped) =>
        [
            .. StatisticsReader.Read(Lines(dumped.Statistics)).SelectMany(static one => one.Counters
                .Where(static counter => !counter.Key.StartsWith("Authentication Extension", StringComparison.Ordinal))
                .Select(counter => $"{one.Instance} {counter.Key}")),
        ];

        // Who runs a check at this moment is chance.
        static string[] Sorted(string[] lines) => [.. lines.Select(static line => line is "   State = running" ? "   State = idle" : line)];
    }

    [Fact, BesideStock]
    public void StatisticsThenClear_ofBoth_clears()
    {
        foreach (Implementation implementation in (Implementation[])[Implementation.Stock, Implementation.Ours])
        {
            using Lab lab = new(routers: 1);
            lab.A.Start(implementation, new VrrpConfiguration { Priority = 150 });
            lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
            Thread.Sleep(300);
            Dictionary<string, long> first = StatisticsReader.Read(Lines(lab.A.Dump(DumpedRouter.StatisticsThenClear, "keepalived.stats")))[0].Counters;
            Assert.Equal(1, first["Became master"]);
            Assert.True(first["Advertisements/Sent"] > 1);
            lab.A.Daemon.WaitForLog("Printing and clearing VRRP stats for process", Expect.Soon);
            Dictionary<string, long> second = StatisticsReader.Read(Lines(lab.A.Dump(Libc.SIGUSR2, "keepalived.stats")))[0].Counters;
            Assert.Equal(0, second["Became master"]);
            Assert.True(second["Advertisements/Sent"] <= 1);
            Assert.Equal(0, lab.A.Stop());
        }
    }
}
