using System.Globalization;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Alone;

/// <summary>
/// <c>kill -9</c> at any moment of a start, a takeover, a reload or a stop: after the next start and stop the kernel is as it was, and what others
/// put there is where it was.
/// </summary>
public sealed class CrashTests
{
    // KEEPALIVED_AOT_CRASHES=1000 is for longer; KEEPALIVED_AOT_CRASH_SEED=N begins elsewhere.
    private const int UsualCrashes = 40;
    private const int SIGHUP = 1;
    private const int SIGTERM = 15;

    private const string Instance = """
        vrrp_instance VI_1 {
            interface eth0
            virtual_router_id 51
            priority 200
            version 3
            advert_int 0.05
            use_vmac
            use_vmac_addr
            no_accept
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
            virtual_rules {
                from 10.80.0.0/16 lookup 80 priority 800
            }
        }

        """;

    private const string Other = """
        vrrp_instance VI_2 {
            interface eth0
            virtual_router_id 52
            priority 200
            version 3
            advert_int 0.05
            promote_secondaries
            virtual_ipaddress {
                10.9.0.101/24
                10.9.0.102/24
            }
        }
        static_routes {
            10.50.0.0/16 via 10.9.0.254 dev eth0
        }

        """;

    private static readonly string s_nothing = new VrrpConfiguration { Version = 2, AdvertSeconds = 100, Priority = 1 };

    private static int Number(string variable, int usual)
        => int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : usual;

    [Fact]
    public void Kill_atAnyMoment_leavesNothingBehindAndTouchesNothingElse()
    {
        int seed = Number("KEEPALIVED_AOT_CRASH_SEED", 1);
        Random random = new(seed);
        using Lab lab = new(routers: 1);
        lab.A.AddInterface("more");
        lab.A.Ip("link", "set", "more", "down");
        lab.A.Ip("link", "set", "more", "addrgenmode", "none", "up");
        lab.A.Ip("address", "add", "fe80::77/64", "dev", "more", "nodad");
        // Of others: in the same subnets, of the same kinds.
        lab.A.Ip("address", "add", "10.8.0.77/24", "dev", "more");
        lab.A.Ip("route", "add", "10.90.0.0/16", "dev", "eth0");
        lab.A.Ip("rule", "add", "from", "10.99.0.0/16", "lookup", "99", "priority", "990");
        lab.A.Ip("link", "add", "link", "more", "name", "theirs", "type", "macvlan", "mode", "private");
        lab.A.Sysctl("net/ipv4/conf/all/rp_filter", "1");
        string before = KernelPicture.Of(lab.A);
        for (int crash = 0; crash < Number("KEEPALIVED_AOT_CRASHES", UsualCrashes); crash++)
        {
            string story = Crash(lab.A, random);
            lab.A.Start(Implementation.Ours, random.Next(2) == 0 ? s_nothing : Instance);
            lab.A.Daemon.WaitForLog("Startup complete", Expect.Soon);
            Assert.Equal(0, lab.A.Stop());
            string after = KernelPicture.Of(lab.A);
            Assert.True(before == after, $"seed {seed}, crash {crash}: {story}\n{string.Join('\n', after.Split('\n').Except(before.Split('\n')))}\n--- is missing:\n{string.Join('\n', before.Split('\n').Except(after.Split('\n')))}");
        }
    }

    // Any of: early in the start, at the takeover, at a reload, at the stop.
    private static string Crash(Router router, Random random)
    {
        router.Start(Implementation.Ours, random.Next(2) == 0 ? Instance : Instance + Other);
        double wait = random.NextDouble() * random.Next(3) switch { 0 => 0.02, 1 => 0.1, _ => 0.5 };
        Thread.Sleep(TimeSpan.FromSeconds(wait));
        string story = string.Create(CultureInfo.InvariantCulture, $"{wait * 1000:0.0} ms after the start");
        int signal = random.Next(4) switch { 0 => SIGHUP, 1 => SIGTERM, _ => 0 };
        if (signal != 0 && !router.Daemon.HasExited)
        {
            if (signal == SIGHUP)
                File.WriteAllText(router.ConfigurationFile, random.Next(2) == 0 ? Other : s_nothing);
            router.Daemon.Signal(signal);
            double more = random.NextDouble() * 0.01;
            Thread.Sleep(TimeSpan.FromSeconds(more));
            story += string.Create(CultureInfo.InvariantCulture, $", {more * 1000:0.0} ms after signal {signal}");
        }
        if (!router.Daemon.HasExited)
            router.Crash();
        return story;
    }
}
