using System.Text;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Pairs;

/// <summary>auth_hmac between routers of ours (keepalived 2.2.7 has none), and against a sender that computes it by itself.</summary>
public sealed class TrailerAuthenticationTests
{
    private const int SIGHUP = 1;
    private const string Key1 = "0123456789abcdef0123456789abcdef";

    // The digits of Key1 are a constant of the runtime, too.
    private const string Unlikely = "Zq3vXw7Kp1mN5tRyUbGhJkLoPeWsAd82";
    private const string Key2 = "fedcba9876543210fedcba9876543210";

    private static VrrpConfiguration With(int priority, string mode = "enforce", string keys = "key 1 " + Key1, int active = 1, string more = "")
        => new()
        {
            Priority = priority,
            Extra = $$"""
                auth_hmac {
                    {{keys}}
                    active_key {{active}}
                    mode {{mode}}
                    {{more}}
                }
                """,
        };

    private static VrrpConfiguration Without(int priority) => new() { Priority = priority };

    [Theory]
    [InlineData("enforce", "enforce", 28)]
    [InlineData("permissive", "enforce", 28)]
    [InlineData("permissive", "permissive", 28)]
    [InlineData("receive-only", "permissive", 0)]
    [InlineData("receive-only", "receive-only", 0)]
    public void Trailer_modesThatGetAlong_electAndTakeOver(string master, string backup, int trailer)
    {
        using Lab lab = new();
        VrrpConfiguration low = With(100, backup);
        Expect.MasterAndBackup(lab, Implementation.Ours, Implementation.Ours, With(150, master), low);
        Advert advert = lab.Observer.WaitForAdvert(lab.A.Address, Expect.Soon);
        Assert.Equal(trailer, advert.Trailer.Length);
        Assert.True(advert.ChecksumOk);
        lab.A.Crash();
        Expect.CrashTakeover(lab, lab.A.Address, lab.B.Address, low);
        bool isReported = lab.B.Daemon.LogMatches(@"no auth_hmac trailer from 10\.9\.0\.1, accepted \(mode permissive\)").Length == 1;
        Assert.Equal(trailer == 0 && backup == "permissive", isReported);
    }

    [Fact]
    public void Trailer_notSentButEnforced_makesTwoMasters()
    {
        using Lab lab = new();
        VrrpConfiguration low = With(100);
        Expect.MasterAndBackup(lab, Implementation.Ours, Implementation.Ours, Without(150), low);
        Expect.Master(lab.B, low.ActiveDownInterval);
        lab.B.Daemon.WaitForLog(@"\(VI_1\) no auth_hmac trailer from 10\.9\.0\.1", Expect.Soon);
        Assert.True(lab.A.Has(VrrpConfiguration.DefaultAddress));
    }

    [Fact]
    public void Trailer_fromNoneToEnforcedInSteps_neverLosesTheMaster()
    {
        using Lab lab = new();
        Expect.MasterAndBackup(lab, Implementation.Ours, Implementation.Ours, Without(150), Without(100));
        foreach (string mode in (string[])["receive-only", "permissive", "enforce"])
        {
            // First the one, then the other: in between they differ.
            foreach ((Router router, int priority) in ((Router, int)[])[(lab.B, 100), (lab.A, 150)])
                Reload(router, With(priority, mode));
        }
        Advert last = lab.Observer.Adverts.WaitFor("a trailer", static advert => advert.Trailer.Length == 28, Expect.Soon);
        Assert.Equal(lab.A.Address, last.Source);
        AssertUndisturbed(lab);
    }

    [Fact]
    public void Trailer_keysRotated_neverLosesTheMaster()
    {
        using Lab lab = new();
        Expect.MasterAndBackup(lab, Implementation.Ours, Implementation.Ours, With(150), With(100));
        const string Both = $"key 1 {Key1}\nkey 2 {Key2}";
        (string Keys, int Active)[] steps = [(Both, 1), (Both, 2), ($"key 2 {Key2}", 2)];
        foreach ((string keys, int active) in steps)
        {
            foreach ((Router router, int priority) in ((Router, int)[])[(lab.B, 100), (lab.A, 150)])
                Reload(router, With(priority, keys: keys, active: active));
        }
        lab.Observer.Adverts.WaitFor("key 2", static advert => advert.Trailer[1] == 2, Expect.Soon);
        AssertUndisturbed(lab);
        Assert.Empty(lab.B.Daemon.LogMatches("auth_hmac (key|from|advert)"));
    }

    [Theory]
    [InlineData("anti_replay time\ntime_window 60")]
    [InlineData("anti_replay monotonic")]
    public void Trailer_replayedAdvert_keepsNobodyWaiting(string more)
    {
        using Lab lab = new();
        VrrpConfiguration low = With(100, more: more);
        Expect.MasterAndBackup(lab, Implementation.Ours, Implementation.Ours, With(150, more: more), low);
        Advert recorded = lab.Observer.WaitForAdvert(lab.A.Address, Expect.Soon);
        lab.A.Crash();
        for (int i = 0; i < 15; i++)
        {
            lab.Sender.Replay(recorded);
            Thread.Sleep(100);
        }
        lab.B.Daemon.WaitForLog(@"\(VI_1\) replayed auth_hmac advert from 10\.9\.0\.1", Expect.Soon);
        lab.B.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        lab.B.Addresses.WaitFor(Expect.Vip, present: true, Expect.Soon);
    }

    [Fact]
    public void Trailer_reloadOfTheReceiver_remembersWhatItHeard()
    {
        using Lab lab = new();
        VrrpConfiguration low = With(100, more: "time_window 60");
        Expect.MasterAndBackup(lab, Implementation.Ours, Implementation.Ours, With(150, more: "time_window 60"), low);
        Advert recorded = lab.Observer.WaitForAdvert(lab.A.Address, Expect.Soon);
        lab.Observer.Adverts.WaitFor("another one", advert => advert.At > recorded.At, Expect.Soon);
        Reload(lab.B, low with { Priority = 101 });
        lab.Sender.Replay(recorded);
        lab.B.Daemon.WaitForLog(@"\(VI_1\) replayed auth_hmac advert from 10\.9\.0\.1", Expect.Soon);
    }

    [Fact]
    public void Trailer_senderOfOurOwn_isBelievedWhenItIsRight()
    {
        using Lab lab = new(routers: 1);
        VrrpConfiguration configuration = With(150, keys: $"key 1 {Key1}\nkey 2 {Key2}");
        lab.A.Start(Implementation.Ours, configuration);
        Expect.Master(lab.A, configuration.ActiveDownInterval);
        CraftedAdvert right = new() { Priority = 200, TrailerKey = Encoding.ASCII.GetBytes(Key2), TrailerKeyId = 2 };
        const string From = @"from 10\.9\.0\.250";
        (CraftedAdvert Advert, string Line)[] wrong =
        [
            (right with { TrailerKey = null }, $"no auth_hmac trailer {From}"),
            (right with { TrailerKeyId = 3 }, $"unknown auth_hmac key 3 {From}"),
            (right with { TrailerKeyId = 1 }, $"invalid auth_hmac {From}, made with key 1"),
            (right with { TrailerClock = TimeSpan.FromMinutes(-1) }, $@"stale auth_hmac timestamp {From}: \d\d seconds behind our clock"),
            (right with { TrailerClock = TimeSpan.FromMinutes(1) }, $@"stale auth_hmac timestamp {From}: \d\d seconds ahead of our clock"),
        ];
        foreach ((CraftedAdvert advert, string line) in wrong[..4])
        {
            lab.Sender.Repeat(advert, times: 3, TimeSpan.FromMilliseconds(20));
            lab.A.Daemon.WaitForLog($@"\(VI_1\) {line}", Expect.Soon);
            Assert.Single(lab.A.Daemon.LogMatches(line));
        }
        lab.Sender.Repeat(wrong[4].Advert, times: 3, TimeSpan.FromMilliseconds(20));
        Thread.Sleep(configuration.AdvertInterval);
        Assert.True(lab.A.Has(VrrpConfiguration.DefaultAddress));
        lab.Sender.Send(right);
        lab.A.Addresses.WaitFor(Expect.Vip, present: false, Expect.Soon);
    }

    [Fact]
    public void Trailer_ipv6_isCoveredByTheChecksum()
    {
        using Lab lab = new();
        string[] addresses = ["fe80::51", "fd09::100"];
        VrrpConfiguration low = With(100) with { Addresses = addresses };
        lab.A.Start(Implementation.Ours, With(150) with { Addresses = addresses });
        lab.A.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon);
        lab.B.Start(Implementation.Ours, low);
        Advert advert = lab.Observer.WaitForAdvert(lab.A.LinkLocal, low.ActiveDownInterval + Expect.Soon);
        Assert.Equal(28, advert.Trailer.Length);
        Assert.True(advert.ChecksumOk);
        lab.A.Crash();
        Expect.CrashTakeover(lab, lab.A.LinkLocal, lab.B.LinkLocal, low);
        Assert.Empty(lab.B.Daemon.LogMatches("auth_hmac"));
    }

    [Fact]
    public void Trailer_unicast_isHeard()
    {
        using Lab lab = new();
        static VrrpConfiguration Unicast(int priority, int own, int peer)
        {
            VrrpConfiguration plain = With(priority);
            return plain with { Extra = $"{plain.Extra}\nunicast_src_ip 10.9.0.{own}\nunicast_peer {{\n10.9.0.{peer}\n}}" };
        }
        VrrpConfiguration low = Unicast(100, 2, 1);
        Expect.MasterAndBackup(lab, Implementation.Ours, Implementation.Ours, Unicast(150, 1, 2), low);
        lab.A.Crash();
        Expect.CrashTakeover(lab, lab.A.Address, lab.B.Address, low);
        Assert.Empty(lab.B.Daemon.LogMatches("auth_hmac"));
    }

    [Fact]
    public void Key_inAFile_isReadAndAFileThatIsGoneRefusesTheReload()
    {
        using Lab lab = new();
        string path = Path.Combine(lab.A.Scratch, "vrrp.key");
        File.WriteAllText(path, Key1 + "\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        VrrpConfiguration high = With(150, keys: $"key 1 file:{path}");
        VrrpConfiguration low = With(100);
        Expect.MasterAndBackup(lab, Implementation.Ours, Implementation.Ours, high, low);
        Assert.Equal(28, lab.Observer.WaitForAdvert(lab.A.Address, Expect.Soon).Trailer.Length);

        File.Delete(path);
        int from = lab.A.Daemon.Log.Count;
        lab.A.Daemon.Signal(SIGHUP);
        lab.A.Daemon.WaitForLog("KA0464", Expect.Soon, from);
        lab.A.Daemon.WaitForLog("Reload refused", Expect.Soon, from);
        int adverts = lab.Observer.Adverts.Count;
        lab.Observer.Adverts.WaitFor("still signed", static advert => advert.Trailer.Length == 28, Expect.Soon, adverts);

        File.WriteAllText(path, Key1);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        lab.A.Daemon.Signal(SIGHUP);
        lab.A.Daemon.WaitForLog("KA0465", Expect.Soon, from);
        AssertUndisturbed(lab);
        Assert.DoesNotContain(lab.A.Daemon.Log.Snapshot(), static entry => entry.Text.Contains(Key1, StringComparison.Ordinal));
    }

    [Fact]
    public void Key_ofACredential_isReadAndNobodySeesIt()
    {
        using Lab lab = new(routers: 1);
        string directory = Path.Combine(lab.A.Scratch, "credentials");
        Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Combine(directory, "vrrp"), Key1);
        VrrpConfiguration configuration = With(150, keys: "key 1 credential:vrrp\nkey 2 " + Key2);
        File.WriteAllText(lab.A.ConfigurationFile, configuration);
        lab.A.StartAs("env", $"CREDENTIALS_DIRECTORY={directory}", Binaries.PathOf(Implementation.Ours), "-n", "-l", "-D", "-d", "-f", lab.A.ConfigurationFile);
        Expect.Master(lab.A, configuration.ActiveDownInterval);
        Assert.Equal(28, lab.Observer.WaitForAdvert(lab.A.Address, Expect.Soon).Trailer.Length);
        lab.A.Daemon.WaitForLog(@"Key 2 = \*{8}", Expect.Soon);
        Assert.DoesNotContain(
            lab.A.Daemon.Log.Snapshot(),
            static entry => entry.Text.Contains(Key1, StringComparison.Ordinal) || entry.Text.Contains(Key2, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("version 3", "auth_hmac {\nkey 1 " + Unlikely + "\nactive_key 1\n}", Unlikely)]
    [InlineData("version 2", "authentication {\nauth_type AH\nauth_pass qzXw7Kp1\n}", "qzXw7Kp1")]
    // Lines that are not as they stand in the file: put together, or without a backslash.
    [InlineData("version 2", "authentication {\n$P=Xw7Kp1\nauth_type AH\nauth_pass qz${P}\n}", "qzXw7Kp1")]
    [InlineData("version 2", "authentication {\nauth_type AH\nauth_pass qzXw\\#Kp1\n}", "qzXw#Kp1")]
    public void Key_isNotInTheMemoryOfTheDaemonAnyMore(string version, string block, string secret)
    {
        using Lab lab = new(routers: 1);
        VrrpConfiguration configuration = new() { AdvertSeconds = 1, Priority = 150, Extra = $"{version}\n{block}" };
        lab.A.Start(Implementation.Ours, configuration);
        Expect.Master(lab.A, TimeSpan.FromSeconds(4));
        // The control: what is found where it is must be found.
        Assert.True(ProcessMemory.Contains(lab.A.Daemon.Id, Encoding.ASCII.GetBytes("Startup complete")));
        AssertGone(lab, secret);
        Reload(lab.A, configuration with { Priority = 140 });
        AssertGone(lab, secret);
    }

    // At once, and in no encoding: what the collector may move has never held it.
    private static void AssertGone(Lab lab, string secret)
    {
        Assert.False(ProcessMemory.Contains(lab.A.Daemon.Id, Encoding.ASCII.GetBytes(secret)), "bytes");
        Assert.False(ProcessMemory.Contains(lab.A.Daemon.Id, Encoding.Unicode.GetBytes(secret)), "characters");
    }

    private static void Reload(Router router, VrrpConfiguration configuration)
    {
        int from = router.Daemon.Log.Count;
        File.WriteAllText(router.ConfigurationFile, configuration);
        router.Daemon.Signal(SIGHUP);
        router.Daemon.WaitForLog("Reload complete", Expect.Soon, from);
        // So that adverts of this step are heard before the next.
        Thread.Sleep(2 * configuration.AdvertInterval);
    }

    private static void AssertUndisturbed(Lab lab)
    {
        Assert.Single(lab.A.Daemon.LogMatches(Expect.EnteringMaster));
        Assert.Empty(lab.B.Daemon.LogMatches(Expect.EnteringMaster));
        Assert.All(lab.Observer.Adverts.Snapshot(), advert => Assert.Equal(lab.A.Address, advert.Source));
    }
}
