using System.Net;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Alone;

/// <summary>What is left in the kernel after accidents, and what comes back.</summary>
public sealed class RecoveryTests
{
    private static readonly VrrpConfiguration s_high = new() { Priority = 150 };
    private static readonly VrrpConfiguration s_low = new() { Priority = 100 };

    [Fact]
    public void Restart_afterKill_removesTheStaleAddressAndNothingElse()
    {
        using Lab lab = new();
        lab.A.Ip("address", "add", "10.9.0.77/32", "dev", "eth0");
        lab.A.Ip("address", "add", "10.88.0.1/24", "dev", "eth0", "label", "eth0:mine");
        lab.A.Ip("address", "add", "fd88::1/64", "dev", "eth0", "nodad");
        string[] addresses = [VrrpConfiguration.DefaultAddress, "10.9.0.101/24"];
        Expect.MasterAndBackup(
            lab, Implementation.Ours, Implementation.Ours, s_high with { Addresses = addresses }, s_low with { Addresses = addresses });
        lab.A.Crash();
        Expect.Master(lab.B, s_low.ActiveDownInterval);
        Assert.True(lab.A.Has(VrrpConfiguration.DefaultAddress));

        // The configuration has changed in between: one address is no longer in it, and it must go all the same.
        lab.A.Start(Implementation.Ours, s_high with { Priority = 50 });
        lab.A.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon);
        lab.A.Addresses.WaitFor(Expect.Vip, present: false, Expect.Soon);
        lab.A.Addresses.WaitFor(IPAddress.Parse("10.9.0.101"), present: false, Expect.Soon);
        Assert.Empty(lab.A.Daemon.LogMatches(Expect.EnteringMaster));
        Assert.True(lab.B.Has(VrrpConfiguration.DefaultAddress));
        VerifyForeign(lab.A);
        lab.A.Stop();
        VerifyForeign(lab.A);
    }

    private static void VerifyForeign(Router router)
    {
        foreach (string address in (string[])["10.9.0.1", "10.9.0.77", "10.88.0.1", "fd09::1", "fd88::1"])
            Assert.True(router.Has(address), address);
        Assert.DoesNotContain(
            router.Addresses.Events.Snapshot(),
            change => !change.Added && change.Address.ToString() is not (VrrpConfiguration.DefaultAddress or "10.9.0.101"));
    }

    [Fact]
    public void Restart_afterKillOfTheOnlyRouter_isMasterAgain()
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, s_high);
        Expect.Master(lab.A, s_high.ActiveDownInterval);
        lab.A.Crash();
        lab.A.Start(Implementation.Ours, s_high);
        Expect.Master(lab.A, s_high.ActiveDownInterval);
        Assert.Equal(0, lab.A.Stop());
        Assert.False(lab.A.Has(VrrpConfiguration.DefaultAddress));
    }

    [Theory]
    [InlineData("")]
    [InlineData("use_vmac")]
    public void Restart_beforeTheOthersTimersRunOut_goesOn_andTheAddressNeverGoes(string option)
    {
        // Six seconds and more until somebody takes over: time enough on a busy machine.
        VrrpConfiguration high = s_high with { AdvertSeconds = 2, Extra = option };
        VrrpConfiguration low = s_low with { AdvertSeconds = 2, Extra = option };
        using Lab lab = new();
        Expect.MasterAndBackup(lab, Implementation.Ours, Implementation.Ours, high, low);
        lab.Observer.WaitForAdvert(lab.A.Address, Expect.Soon);
        int before = lab.A.Addresses.Events.Count;
        lab.A.Crash();
        lab.A.Start(Implementation.Ours, high);
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        lab.A.Daemon.WaitForLog(@"reason: it was MASTER when its process was killed, [\d.]+ s ago, and until 6 s have passed no other router can be", Expect.Soon);
        int adverts = lab.Observer.Adverts.Count;
        lab.Observer.Adverts.WaitFor("another advert", advert => advert.Source.Equals(lab.A.Address), Expect.Soon, adverts);
        Assert.Empty(lab.B.Daemon.LogMatches(Expect.EnteringMaster));
        Assert.DoesNotContain(lab.A.Addresses.Events.Snapshot(before), static change => !change.Added && change.Address.Equals(Expect.Vip));
        Assert.Equal(0, lab.A.Stop());
        Assert.False(Directory.Exists(Path.Combine(lab.A.Scratch, "run", "keepalived")));
        Expect.Master(lab.B, low.ActiveDownInterval);
    }

    [Fact]
    public void Restart_beforeItsScriptHasAnswered_keepsTheAddress_andGoesOn()
    {
        const string Script = """
            vrrp_script chk {
                script "/bin/sleep 0.4"
                interval 2
            }

            """;
        const string Route = "10.99.0.0/16 dev eth0";
        VrrpConfiguration high = s_high with
        {
            AdvertSeconds = 2,
            Globals = "script_user root",
            Extra = $"track_script {{\n chk\n}}\nvirtual_routes {{\n {Route}\n}}",
        };
        VrrpConfiguration low = s_low with { AdvertSeconds = 2 };
        using Lab lab = new();
        lab.A.Start(Implementation.Ours, Script + high);
        Expect.Master(lab.A, high.ActiveDownInterval);
        lab.B.Start(Implementation.Ours, low);
        lab.B.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon);
        lab.Observer.WaitForAdvert(lab.A.Address, Expect.Soon);
        int before = lab.A.Addresses.Events.Count;
        lab.A.Crash();
        lab.A.Start(Implementation.Ours, Script + high);
        lab.A.Daemon.WaitForLog("Startup complete", Expect.Soon);
        Assert.StartsWith(Route, lab.A.Ip("route", "show", "10.99.0.0/16"), StringComparison.Ordinal);
        lab.A.Daemon.WaitForLog("reason: it was MASTER when its process was killed, ", Expect.Soon);
        Assert.Empty(lab.B.Daemon.LogMatches(Expect.EnteringMaster));
        Assert.DoesNotContain(lab.A.Addresses.Events.Snapshot(before), static change => !change.Added && change.Address.Equals(Expect.Vip));
        Assert.StartsWith(Route, lab.A.Ip("route", "show", "10.99.0.0/16"), StringComparison.Ordinal);
        Assert.Equal(0, lab.A.Stop());
        Assert.False(lab.A.Has(VrrpConfiguration.DefaultAddress));
        Assert.Empty(lab.A.Ip("route", "show", "10.99.0.0/16"));
    }

    [Fact]
    public void Stop_addressThatWasThereBefore_isLeftAlone()
    {
        using Lab lab = new(routers: 1);
        // RFC 9568's address owner: the virtual address is the interface's own.
        VrrpConfiguration owner = new() { Priority = 255, Addresses = ["10.9.0.1/24"] };
        lab.A.Start(Implementation.Ours, owner);
        Expect.Master(lab.A, TimeSpan.Zero, address: "10.9.0.1");
        lab.Observer.WaitForAdvert(lab.A.Address, Expect.Soon);
        Assert.Equal(0, lab.A.Stop());
        Assert.True(lab.A.Has("10.9.0.1"));
        Assert.DoesNotContain(lab.A.Addresses.Events.Snapshot(), change => !change.Added);
    }

    [Fact]
    public void Stop_addressesOfOthersBehindOurs_stayWithTheirRoutes()
    {
        const string Setting = "net/ipv4/conf/eth0/promote_secondaries";
        using Lab lab = new(routers: 1);
        lab.A.Sysctl(Setting, "0");
        // The first address of its subnet is the virtual one, and the host's own comes later.
        VrrpConfiguration other = s_high with { Addresses = ["10.5.0.100/24", "10.5.0.101/24"] };
        lab.A.Start(Implementation.Ours, other);
        Expect.Master(lab.A, other.ActiveDownInterval, address: "10.5.0.100");
        lab.A.Ip("address", "add", "10.5.0.7/24", "dev", "eth0");
        lab.A.Ip("route", "add", "10.66.0.0/16", "via", "10.5.0.9");
        lab.A.Addresses.WaitFor(IPAddress.Parse("10.5.0.7"), present: true, Expect.Soon);
        Assert.Equal(0, lab.A.Stop());
        lab.A.Addresses.WaitFor(IPAddress.Parse("10.5.0.101"), present: false, Expect.Soon);
        Assert.True(lab.A.Has("10.5.0.7"));
        Assert.DoesNotContain(lab.A.Addresses.Events.Snapshot(), static change => !change.Added && change.Address.ToString() == "10.5.0.7");
        Assert.Contains("10.66.0.0/16 via 10.5.0.9", lab.A.Ip("route", "show"), StringComparison.Ordinal);
        Assert.Equal("0", Shell.Run("ip", "netns", "exec", lab.A.Namespace, "cat", $"/proc/sys/{Setting}").Trim());
    }

    [Fact]
    public void Interface_missingAtStart_isUsedWhenItComes()
    {
        using Lab lab = new(routers: 1, connected: false);
        lab.A.Start(Implementation.Ours, s_high with { Globals = "dynamic_interfaces" });
        lab.A.Daemon.WaitForLog(@"\(VI_1\):? [Ee]ntering FAULT (state|STATE)", Expect.Soon);
        Thread.Sleep(s_high.ActiveDownInterval);
        Assert.Empty(lab.Observer.Adverts.Snapshot());
        lab.A.CreateInterface();
        lab.A.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon);
        Expect.Master(lab.A, s_high.ActiveDownInterval);
        lab.Observer.WaitForAdvert(lab.A.Address, Expect.Soon);
    }

    [Fact]
    public void Interface_deletedAndMadeAgain_isUsedAgain()
    {
        using Lab lab = new();
        Expect.MasterAndBackup(
            lab, Implementation.Ours, Implementation.Ours, s_high with { Globals = "dynamic_interfaces" }, s_low);
        int seenByA = lab.A.Daemon.Log.Count;
        lab.A.DeleteInterface();
        lab.A.Daemon.WaitForLog(Expect.EnteringFault, Expect.Soon, seenByA);
        Expect.Master(lab.B, s_low.ActiveDownInterval);

        int seenByB = lab.B.Daemon.Log.Count;
        seenByA = lab.A.Daemon.Log.Count;
        lab.A.CreateInterface();
        lab.A.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon, seenByA);
        Expect.Master(lab.A, s_high.ActiveDownInterval, seenByA);
        lab.B.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon, seenByB);
        Assert.True(lab.A.Has(VrrpConfiguration.DefaultAddress));
    }

    [Fact]
    public void Interface_administrativelyDown_faultsAndComesBack()
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, s_high);
        Expect.Master(lab.A, s_high.ActiveDownInterval);
        int seen = lab.A.Daemon.Log.Count;
        lab.A.Ip("link", "set", "eth0", "down");
        lab.A.Daemon.WaitForLog(Expect.EnteringFault, Expect.Soon, seen);
        lab.A.Addresses.WaitFor(Expect.Vip, present: false, Expect.Soon);
        seen = lab.A.Daemon.Log.Count;
        lab.A.Ip("link", "set", "eth0", "up");
        lab.A.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon, seen);
        Expect.Master(lab.A, s_high.ActiveDownInterval, seen);
    }

    [Fact]
    public void Vip_deletedBySomeone_backupForSkewTimeThenMasterAgain()
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, s_high with { AdvertSeconds = 1 });
        VrrpConfiguration configuration = s_high with { AdvertSeconds = 1 };
        Expect.Master(lab.A, configuration.ActiveDownInterval);
        int seen = lab.Observer.Adverts.Count;
        int seenByA = lab.A.Daemon.Log.Count;
        lab.A.Ip("address", "delete", $"{VrrpConfiguration.DefaultAddress}/32", "dev", "eth0");
        lab.A.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon, seenByA);
        Expect.GracefulTakeover(lab, lab.A.Address, lab.A.Address, configuration, seen);
        Expect.Master(lab.A, TimeSpan.Zero, seenByA);
    }
}
