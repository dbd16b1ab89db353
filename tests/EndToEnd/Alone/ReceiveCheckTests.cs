using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Alone;

/// <summary>Bad packets on the segment: ignored, and logged once per kind with their sender (vrrp.md, section 6).</summary>
public sealed class ReceiveCheckTests
{
    private const string From = @"from 10\.9\.0\.250";
    private static readonly CraftedAdvert s_strong = new() { Priority = 200 };

    [Fact]
    public void Master_v3_ignoresBadPacketsAndLogsEachKindOnce()
    {
        VrrpConfiguration configuration = new() { Priority = 150 };
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, configuration);
        Expect.Master(lab.A, configuration.ActiveDownInterval);
        (CraftedAdvert Advert, string Log)[] kinds =
        [
            (s_strong with { ChecksumDamage = 0x0100 }, $"Invalid VRRPv3 checksum {From}"),
            (s_strong with { TimeToLive = 254 }, $@"invalid TTL/HL {From}\. Received 254 and expect 255"),
            (s_strong with { Version = 4 }, $@"wrong VRRP version {From}\. Received 4 and expect 3"),
            (s_strong with { CutTo = 10 }, $@"vrrp packet {From} too short, length \d+ and expect \d+"),
            (s_strong with { Type = 2 }, $@"Invalid packet type {From}"),
        ];
        foreach ((CraftedAdvert advert, string log) in kinds)
        {
            int seen = lab.A.Daemon.Log.Count;
            lab.Sender.Repeat(advert, times: 3, TimeSpan.FromMilliseconds(30));
            lab.A.Daemon.WaitForLog($@"\(VI_1\).*{log}", Expect.Soon, seen);
        }
        Thread.Sleep(configuration.AdvertInterval);
        foreach ((_, string log) in kinds)
            Assert.Single(lab.A.Daemon.LogMatches(log));
        Assert.Empty(lab.A.Daemon.LogMatches(Expect.EnteringBackup).Skip(1));
        Assert.True(lab.A.Has(VrrpConfiguration.DefaultAddress));
        AssertSteady(lab, configuration);
    }

    [Fact]
    public void Master_v2_ignoresBadAuthenticationAndInterval()
    {
        VrrpConfiguration configuration = new()
        {
            Version = 2,
            AdvertSeconds = 1,
            Priority = 150,
            Extra = """
                authentication {
                        auth_type PASS
                        auth_pass secret
                    }
                """,
        };
        CraftedAdvert right = s_strong with
        {
            Version = 2,
            Interval = 1,
            AuthenticationType = 1,
            AuthenticationData = [.. "secret"u8, 0, 0],
        };
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, configuration);
        Expect.Master(lab.A, configuration.ActiveDownInterval);
        (CraftedAdvert Advert, string Log)[] kinds =
        [
            (right with { AuthenticationData = [.. "Secret"u8, 0, 0] }, $"received an invalid passwd {From}!"),
            (right with { AuthenticationType = 0 }, $"received a 0 auth {From}, expecting 1!"),
            (right with { AuthenticationType = 7 }, $"Invalid auth type {From}: 7"),
            (right with { Interval = 2 }, $@"advertisement interval mismatch with 10\.9\.0\.250 mine=1 sec rcv'd=2 sec"),
            (right with { ChecksumDamage = 1 }, $"Invalid VRRPv2 checksum {From}"),
        ];
        foreach ((CraftedAdvert advert, string log) in kinds)
        {
            lab.Sender.Repeat(advert, times: 3, TimeSpan.FromMilliseconds(30));
            lab.A.Daemon.WaitForLog($@"\(VI_1\) {log}", Expect.Soon);
        }
        foreach ((_, string log) in kinds)
            Assert.Single(lab.A.Daemon.LogMatches(log));
        Assert.True(lab.A.Has(VrrpConfiguration.DefaultAddress));

        // The packet that is right is obeyed, so the others were refused for what was wrong with them.
        lab.Sender.Send(right);
        lab.A.Addresses.WaitFor(Expect.Vip, present: false, Expect.Soon);
    }

    [Fact]
    public void Backup_badPacketsOnly_doNotKeepItFromTakingOver()
    {
        VrrpConfiguration configuration = new() { Priority = 100 };
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, configuration);
        lab.A.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon);
        lab.Sender.Repeat(s_strong, times: 10, configuration.AdvertInterval);
        Assert.Empty(lab.A.Daemon.LogMatches(Expect.EnteringMaster));
        lab.Sender.Repeat(s_strong with { ChecksumDamage = 1 }, times: 10, configuration.AdvertInterval);
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
    }

    [Fact]
    public void Master_floodOfBadPackets_advertisesOnTime()
    {
        // keepalived re-arms its advert timer on any packet of its VRID (vrrp.md, section 25); ours must not be silenced.
        VrrpConfiguration configuration = new() { Priority = 150 };
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, configuration);
        Expect.Master(lab.A, configuration.ActiveDownInterval);
        lab.Sender.Repeat(s_strong with { ChecksumDamage = 1 }, times: 100, TimeSpan.FromMilliseconds(20));
        AssertSteady(lab, configuration);
    }

    private static void AssertSteady(Lab lab, VrrpConfiguration configuration)
    {
        Advert[] adverts = lab.Observer.Adverts.Snapshot();
        Assert.All(
            adverts.Zip(adverts.Skip(1), (earlier, later) => later.At - earlier.At),
            gap => Assert.InRange(gap, TimeSpan.Zero, configuration.AdvertInterval + TimeSpan.FromSeconds(0.2)));
    }
}
