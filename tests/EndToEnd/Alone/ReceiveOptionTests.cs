using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Alone;

/// <summary>Options about what of an advertisement is looked at; the other router is a raw sender (vrrp.md, sections 2 and 6).</summary>
public sealed class ReceiveOptionTests
{
    private static readonly CraftedAdvert s_strong = new() { Priority = 200 };
    private static readonly VrrpConfiguration s_backup = new() { Priority = 100 };

    [Theory]
    [InlineData("v3_checksum_as_v2", true, true)]
    [InlineData("v3_checksum_as_v2", false, true)]
    [InlineData("", true, false)]
    [InlineData("", false, true)]
    public void ChecksumAsV2_eachForm_isHeardAsConfigured(string option, bool isAsVersion2, bool isHeard)
    {
        foreach (VrrpConfiguration configuration in (VrrpConfiguration[])[s_backup with { Globals = option }, s_backup with { Extra = option }])
        {
            using Lab lab = new(routers: 1);
            lab.A.Start(Implementation.Ours, configuration);
            lab.A.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon);
            lab.Sender.Repeat(s_strong with { ChecksumAsVersion2 = isAsVersion2 }, times: 10, configuration.AdvertInterval);
            Assert.Equal(isHeard ? 0 : 1, lab.A.Daemon.LogMatches(Expect.EnteringMaster).Length);
            Assert.Equal(isHeard ? 0 : 1, lab.A.Daemon.LogMatches("Invalid VRRPv3 checksum from").Length);
        }
    }

    [Fact]
    public void ChecksumAsV2_sent_leavesThePseudoHeaderOut()
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, s_backup with { Extra = "v3_checksum_as_v2" });
        Advert advert = lab.Observer.WaitForAdvert(lab.A.Address, s_backup.ActiveDownInterval + Expect.Soon);
        Assert.False(advert.ChecksumOk);
        Assert.Equal(0xFFFFu, (uint)FrameDecoder.Fold(FrameDecoder.Sum(advert.Payload)));
    }

    [Fact]
    public void ChecksumAsV2_damaged_isRefusedThough()
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, s_backup with { Extra = "v3_checksum_as_v2" });
        lab.A.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon);
        lab.Sender.Repeat(s_strong with { ChecksumDamage = 3 }, times: 10, s_backup.AdvertInterval);
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("owner_ignore_adverts", true)]
    public void OwnerIgnoreAdverts_secondOwner_isIgnoredAsConfigured(string option, bool isIgnored)
    {
        // The sender's address is the higher one: a router that listens yields.
        using Lab lab = new(routers: 1);
        VrrpConfiguration owner = s_backup with { Priority = 255, Extra = option };
        lab.A.Start(Implementation.Ours, owner);
        Expect.Master(lab.A, owner.AdvertInterval);
        lab.Sender.Repeat(s_strong with { Priority = 255 }, times: 5, owner.AdvertInterval);
        Assert.Equal(isIgnored, lab.A.Has(VrrpConfiguration.DefaultAddress));
        Assert.Equal(isIgnored ? 1 : 0, lab.A.Daemon.LogMatches(@"Dropping packet\(s\) from 10\.9\.0\.250 since we are address owner").Length);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("skip_check_adv_addr", 0)]
    public void SkipCheckAdvAddr_otherAddressesOfTheSameMaster_areToldAsConfigured(string option, int lines)
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, s_backup with { Extra = option });
        lab.A.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon);
        lab.Sender.Repeat(s_strong, times: 3, s_backup.AdvertInterval);
        lab.Sender.Repeat(s_strong with { Addresses = [System.Net.IPAddress.Parse("10.9.0.111")] }, times: 3, s_backup.AdvertInterval);
        Assert.Equal(lines, lab.A.Daemon.LogMatches(@"not present in advert from 10\.9\.0\.250: 10\.9\.0\.100").Length);
        Assert.Empty(lab.A.Daemon.LogMatches(Expect.EnteringMaster));
    }
}
