using System.Net;
using KeepalivedAot.Tests.EndToEnd.Laboratory;
using KeepalivedAot.Tests.EndToEnd.Scripts;

namespace KeepalivedAot.Tests.EndToEnd.Alone;

/// <summary>A kernel without what came after Linux 4.19 (<see cref="OldKernel"/>): what has a fallback works.</summary>
public sealed class OldKernelTests
{
    private const string KeepsADescriptorOpen = """exec 7</etc/hostname; exec "$@" """;

    private static void Start(Router router, string configuration)
    {
        File.WriteAllText(router.ConfigurationFile, configuration);
        OldKernel.Run(() => router.StartAs(
            ["bash", "-euc", KeepsADescriptorOpen, "daemon", .. OldKernel.Command(Binaries.PathOf(Implementation.Ours), "-n", "-l", "-D", "-f", router.ConfigurationFile)]));
        router.Daemon.WaitForLog(@"Running on Linux 2\.6\.", Expect.Soon);
        Assert.Contains("Seccomp:\t2", File.ReadAllText($"/proc/{router.Daemon.Id}/status"));
    }

    [Fact]
    public void Everything_isThereAsMaster_andGoneAtTheEnd()
    {
        VrrpConfiguration configuration = new()
        {
            Priority = 200,
            Addresses = ["10.9.0.100/24"],
            Extra = """
                use_vmac
                no_accept
                virtual_ipaddress_excluded {
                    2001:db8::8/64
                }
                virtual_routes {
                    10.70.0.0/16 via 10.9.0.254 dev eth0
                }
                virtual_rules {
                    from 10.80.0.0/16 lookup 80 priority 800
                }
                """,
        };
        using Lab lab = new(routers: 1);
        string before = KernelPicture.Of(lab.A);
        Start(lab.A, configuration);
        Expect.Master(lab.A, configuration.ActiveDownInterval);
        lab.Observer.WaitForAdvert(lab.A.Address, Expect.Soon);
        string ruleset = "";
        Assert.True(SpinWait.SpinUntil(
            () => (ruleset = Shell.Run("ip", "netns", "exec", lab.A.Namespace, "nft", "list", "ruleset")).Contains("10.9.0.100", StringComparison.Ordinal), Expect.Soon), ruleset);
        Assert.Contains("ip protocol igmp dup to ip daddr device oif map @vmac_map drop", ruleset);
        Assert.DoesNotContain("oifkind", ruleset);
        Assert.Contains("10.70.0.0/16", lab.A.Ip("route"));
        Assert.Contains("from 10.80.0.0/16 lookup 80", lab.A.Ip("rule"));
        Assert.True(lab.A.Has("2001:db8::8"));
        Assert.Empty(lab.A.Daemon.LogMatches("cannot|Function not implemented|Protocol not available"));
        Assert.Equal(0, lab.A.Stop());
        Assert.Equal(before, KernelPicture.Of(lab.A));
    }

    [Fact]
    public void IPv6_isSpoken_andAPeerHeard()
    {
        VrrpConfiguration high = new() { Priority = 200, Addresses = ["fe80::51", "fd09::100"] };
        using Lab lab = new();
        Start(lab.A, high with { Priority = 100 });
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon + high.ActiveDownInterval);
        lab.Observer.WaitForAdvert(lab.A.LinkLocal, Expect.Soon);
        int from = lab.A.Daemon.Log.Count;
        lab.B.Start(Implementation.Ours, high);
        lab.B.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon + high.ActiveDownInterval);
        lab.A.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon, from);
        lab.A.Addresses.WaitFor(IPAddress.Parse("fd09::100"), present: false, Expect.Soon);
    }

    // Linux 5.18 tells whose an address is; before that it is the record that does.
    [Fact]
    public void Restart_afterKill_removesWhatIsOnRecord_andNothingElse()
    {
        VrrpConfiguration configuration = new() { Priority = 200 };
        using Lab lab = new(routers: 1);
        lab.A.Ip("address", "add", "10.9.0.77/32", "dev", "eth0");
        Start(lab.A, configuration);
        Expect.Master(lab.A, configuration.ActiveDownInterval);
        lab.A.Crash();
        Assert.True(lab.A.Has(VrrpConfiguration.DefaultAddress));
        Start(lab.A, configuration with { Addresses = ["10.9.0.101"], AdvertSeconds = 10 });
        lab.A.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon);
        lab.A.Addresses.WaitFor(Expect.Vip, present: false, Expect.Soon);
        Assert.True(lab.A.Has("10.9.0.77"));
    }

    [Fact]
    public void Scripts_areRunAwaitedAndEnded_andHaveNoDescriptorOfOthers()
    {
        using Lab lab = new(routers: 1);
        ScriptFolder scripts = new(lab.A);
        string notify = scripts.Add("notify_master", $"ls /proc/$$/fd > {scripts.Record}.fd");
        string track = scripts.AddRaw("track", $"test ! -e {scripts.Record}.bad");
        string slow = scripts.AddRaw("slow", "exec sleep 60");
        VrrpConfiguration configuration = new()
        {
            Priority = 200,
            Globals = "enable_script_security\nscript_user root",
            Extra = $$"""
                notify_master "{{notify}}"
                track_script {
                    good
                    slow weight 1
                }
                """,
        };
        string file = $$"""
            vrrp_script good {
                script "{{track}}"
                interval 1
                fall 1
                rise 1
            }
            vrrp_script slow {
                script "{{slow}}"
                interval 1
                timeout 1
            }

            """ + configuration;
        Start(lab.A, file);
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon + configuration.ActiveDownInterval);
        scripts.WaitForLine("notify_master");
        string descriptors = $"{scripts.Record}.fd";
        scripts.Wait("its descriptors", () => File.Exists(descriptors) && File.ReadAllText(descriptors).Contains('2', StringComparison.Ordinal));
        // The shell has one of its own for the script that it reads.
        Assert.DoesNotContain("7", File.ReadAllLines(descriptors));
        lab.A.Daemon.WaitForLog(@"VRRP_Script\(slow\) timed_out", Expect.Soon);
        int from = lab.A.Daemon.Log.Count;
        File.WriteAllText($"{scripts.Record}.bad", "");
        lab.A.Daemon.WaitForLog(Expect.EnteringFault, Expect.Soon, from);
        Assert.Equal(0, lab.A.Stop());
        Assert.Empty(lab.A.Processes());
    }
}
