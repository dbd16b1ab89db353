using System.Net;
using KeepalivedAot.Tests.EndToEnd.Interoperation;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Alone;

/// <summary>SIGHUP on a MASTER: nothing that did not change is disturbed.</summary>
public sealed class ReloadTests
{
    private const int SIGHUP = 1;
    private static readonly VrrpConfiguration s_high = new() { Priority = 150 };
    private static readonly VrrpConfiguration s_low = new() { Priority = 100 };

    [Fact]
    public void Reload_changedPriority_isAdvertisedWithoutLosingMastership()
    {
        using Lab lab = new();
        Expect.MasterAndBackup(lab, Implementation.Ours, Implementation.Stock, s_high, s_low);
        Reload(lab.A, s_high with { Priority = 140 });
        lab.Observer.Adverts.WaitFor("priority 140", advert => advert.Priority == 140, Expect.Soon);
        VerifyUndisturbed(lab);
    }

    // keepalived calls it a warning too. The instance would stay in FAULT for a script that it does not track any more.
    [Theory, BesideStock]
    [InlineData(Implementation.Stock)]
    [InlineData(Implementation.Ours)]
    public void Reload_scriptThatNothingTracksAnyMore_isNoReasonToRefuse(Implementation implementation)
    {
        const string Script = "vrrp_script chk {\n script /bin/false\n interval 1\n}\n";
        using Lab lab = new(routers: 1);
        lab.A.Start(implementation, Script + s_high with { Globals = "script_user root\nenable_script_security", Extra = "track_script {\n chk\n}" });
        lab.A.Daemon.WaitForLog(@"VRRP_Script\(chk\) failed", Expect.Soon);
        int from = lab.A.Daemon.Log.Count;
        File.WriteAllText(lab.A.ConfigurationFile, Script + s_high with { Globals = "script_user root\nenable_script_security" });
        lab.A.Daemon.Signal(SIGHUP);
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon, from);
        Assert.Empty(lab.A.Daemon.LogMatches("Reload refused", from));
    }

    [Fact]
    public void Reload_priorityBelowThePeer_losesTheElection()
    {
        using Lab lab = new();
        Expect.MasterAndBackup(lab, Implementation.Ours, Implementation.Stock, s_high, s_low);
        Reload(lab.A, s_high with { Priority = 50 });
        Expect.Master(lab.B, s_low.ActiveDownInterval);
        lab.A.Addresses.WaitFor(Expect.Vip, present: false, Expect.Soon);
    }

    [Fact]
    public void Reload_addedAddress_isAddedBesideTheOldOne()
    {
        using Lab lab = new();
        Expect.MasterAndBackup(lab, Implementation.Ours, Implementation.Stock, s_high, s_low);
        Reload(lab.A, s_high with { Addresses = [VrrpConfiguration.DefaultAddress, "10.9.0.101"] });
        lab.A.Addresses.WaitFor(IPAddress.Parse("10.9.0.101"), present: true, Expect.Soon);
        lab.Observer.Adverts.WaitFor("two addresses", advert => advert.AddressCount == 2, Expect.Soon);
        lab.Observer.Announcements.WaitFor("its GARP", item => item.Address.ToString() == "10.9.0.101", Expect.Soon);
        VerifyUndisturbed(lab);
    }

    [Fact]
    public void Reload_replacedAndRelabelledAddresses_areExchangedWithoutLosingMastership()
    {
        string[] old = ["10.77.0.1/24 label eth0:a", "10.77.0.2/24 label eth0:b", "10.77.0.3/24"];
        using Lab lab = new();
        Expect.MasterAndBackup(
            lab, Implementation.Ours, Implementation.Stock,
            s_high with { Addresses = [VrrpConfiguration.DefaultAddress, .. old] }, s_low with { Addresses = [VrrpConfiguration.DefaultAddress, .. old] });
        Reload(lab.A, s_high with
        {
            Addresses = [VrrpConfiguration.DefaultAddress, "10.77.0.4/24", "10.77.0.2/24 label eth0:c", "10.77.0.3/24"],
        });
        lab.A.Addresses.WaitFor(IPAddress.Parse("10.77.0.1"), present: false, Expect.Soon);
        lab.A.Addresses.WaitFor(IPAddress.Parse("10.77.0.4"), present: true, Expect.Soon);
        VerifyUndisturbed(lab);
        InterfaceAddress[] present = [.. lab.A.ListAddresses("eth0")];
        Assert.Contains(present, entry => entry.Address.ToString() == "10.77.0.2" && entry.Label == "eth0:c");
        Assert.Contains(present, entry => entry.Address.ToString() == "10.77.0.3");
        Assert.Contains(present, entry => entry.Address.ToString() == "10.77.0.4");
    }

    [Fact]
    public void Reload_removedAddress_goesAndTheOtherStays()
    {
        string[] addresses = [VrrpConfiguration.DefaultAddress, "10.9.0.101"];
        using Lab lab = new();
        Expect.MasterAndBackup(
            lab, Implementation.Ours, Implementation.Stock, s_high with { Addresses = addresses }, s_low with { Addresses = addresses });
        Reload(lab.A, s_high);
        lab.A.Addresses.WaitFor(IPAddress.Parse("10.9.0.101"), present: false, Expect.Soon);
        lab.Observer.Adverts.WaitFor("one address", advert => advert.AddressCount == 1, Expect.Soon);
        VerifyUndisturbed(lab);
    }

    [Fact]
    public void Reload_unchangedFile_changesNothing()
    {
        using Lab lab = new();
        Expect.MasterAndBackup(lab, Implementation.Ours, Implementation.Stock, s_high, s_low);
        int events = lab.A.Addresses.Events.Count;
        Reload(lab.A, s_high);
        Thread.Sleep(s_high.AdvertInterval * 5);
        Assert.Equal(events, lab.A.Addresses.Events.Count);
        VerifyUndisturbed(lab);
    }

    [Theory]
    [InlineData("virtual_router_id", "virtual_router_idd")]
    [InlineData("priority 150", "priority many")]
    [InlineData("interface eth0", "interface eth0 }")]
    public void Reload_wrongFile_keepsRunningAndSaysWhere(string right, string wrong)
    {
        using Lab lab = new();
        Expect.MasterAndBackup(lab, Implementation.Ours, Implementation.Stock, s_high, s_low);
        string broken = s_high.ToString().Replace(right, wrong).Replace(VrrpConfiguration.DefaultAddress, "10.9.0.111");
        int seen = lab.A.Daemon.Log.Count;
        Reload(lab.A, broken);
        lab.A.Daemon.WaitForLog(@"keepalived\.conf:\d+:\d+", Expect.Soon, seen);
        Thread.Sleep(s_high.AdvertInterval * 5);
        Assert.False(lab.A.Daemon.HasExited);
        Assert.False(lab.A.Has("10.9.0.111"));
        VerifyUndisturbed(lab);

        // And a file that is right again is taken.
        Reload(lab.A, s_high with { Priority = 141 });
        lab.Observer.Adverts.WaitFor("priority 141", advert => advert.Priority == 141, Expect.Soon);
        VerifyUndisturbed(lab);
    }

    private static void Reload(Router router, string configuration)
    {
        File.WriteAllText(router.ConfigurationFile, configuration);
        router.Daemon.Signal(SIGHUP);
    }

    private static void VerifyUndisturbed(Lab lab)
    {
        Thread.Sleep(s_high.AdvertInterval * 3);
        Advert[] adverts = lab.Observer.Adverts.Snapshot();
        Assert.All(adverts, advert => Assert.Equal(lab.A.Address, advert.Source));
        Assert.All(adverts, advert => Assert.NotEqual(0, advert.Priority));
        IEnumerable<TimeSpan> gaps = adverts.Zip(adverts.Skip(1), (earlier, later) => later.At - earlier.At);
        Assert.All(gaps, gap => Assert.InRange(gap, TimeSpan.Zero, s_high.AdvertInterval + TimeSpan.FromSeconds(0.2)));
        Assert.DoesNotContain(lab.A.Addresses.Events.Snapshot(), change => !change.Added && change.Address.Equals(Expect.Vip));
        Assert.Single(lab.A.Daemon.LogMatches(Expect.EnteringMaster));
        Assert.Empty(lab.B.Daemon.LogMatches(Expect.EnteringMaster));
    }
}
