using System.Globalization;
using System.Text;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Alone;

/// <summary>Reload upon reload of a MASTER that advertises every ten milliseconds, with files that are right and files that are wrong.</summary>
public sealed class ReloadStormTests
{
    private const int SIGHUP = 1;
    private const string More = "KEEPALIVED_AOT_RELOADS";
    private const int Usual = 60;
    private const int Warm = 20;

    // A daemon of two instances has 0.7 MB beside its program's own data, whatever was before; what is lost with each reload is seen after some hundreds.
    private const long MostMemory = 2 << 20;

    // Garbage is collected when a reload has settled, after twelve seconds.
    private static readonly TimeSpan s_untilCollected = TimeSpan.FromSeconds(14);

    private static readonly VrrpConfiguration s_backup = new() { Priority = 100, AdvertSeconds = 0.01, Globals = "vrrp_rt_priority 20" };

    // A busy test machine must not decide the election: both daemons come before everybody else, and the backup has patience for 100 ms.
    private const string Globals = "global_defs {\n vrrp_version 3\n vrrp_rt_priority 20\n vrrp_garp_master_repeat 1\n script_user root\n enable_script_security\n}\n";

    [Fact(DisableParallelization = true)]
    public void Storm_ofRightAndWrongFiles_losesNoElectionAndLeaksNothing()
    {
        int reloads = int.TryParse(Environment.GetEnvironmentVariable(More), CultureInfo.InvariantCulture, out int more) ? more : Usual;
        Random random = new(reloads);
        using Lab lab = new();
        lab.A.Start(Implementation.Ours, Right(random));
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        lab.B.Start(Implementation.Ours, s_backup with { Extra = "down_timer_adverts 10\n" });
        lab.B.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon);
        int taken = 0;
        int refused = 0;
        int descriptors = 0;
        for (int i = 0; i < reloads; i++)
        {
            bool isWrong = random.Next(3) == 0;
            string text = isWrong ? Wrong(random) : Right(random);
            File.WriteAllText(lab.A.ConfigurationFile, text);
            int from = lab.A.Daemon.Log.Count;
            lab.A.Daemon.Signal(SIGHUP);
            LogEntry end = lab.A.Daemon.WaitForLog("Reload complete|Reload refused", Expect.Soon, from);
            Assert.True(isWrong == end.Text.Contains("Reload refused", StringComparison.Ordinal), $"{end.Text}\n{text}");
            taken += isWrong ? 0 : 1;
            refused += isWrong ? 1 : 0;
            if (i == Math.Min(Warm, reloads / 2))
                descriptors = Descriptors(lab.A.Daemon.Id);
            Thread.Sleep(random.Next(30));
        }
        Assert.True(taken > 0 && refused > 0);
        Assert.Empty(lab.B.Daemon.LogMatches(Expect.EnteringMaster));
        Assert.Single(lab.A.Daemon.LogMatches(Expect.EnteringMaster));
        Assert.Empty(lab.A.Daemon.LogMatches(Expect.EnteringBackup + ".*[Rr]eceived"));
        Assert.All(lab.Observer.Adverts.Snapshot().Where(advert => advert.Vrid == 51), advert => Assert.Equal((lab.A.Address, true), (advert.Source, advert.Priority > 100)));
        Assert.True(lab.A.Has(VrrpConfiguration.DefaultAddress));

        // One more, which takes everything else away: what is left must be what was there before.
        File.WriteAllText(lab.A.ConfigurationFile, Globals + Instance("VI_1", 51, 200, [VrrpConfiguration.DefaultAddress], ""));
        int last = lab.A.Daemon.Log.Count;
        lab.A.Daemon.Signal(SIGHUP);
        lab.A.Daemon.WaitForLog("Reload complete", Expect.Soon, last);
        Thread.Sleep(s_untilCollected);
        Assert.InRange(Descriptors(lab.A.Daemon.Id), 1, descriptors + 3);
        Assert.InRange(OwnBytes(lab.A.Daemon.Id), 1, MostMemory);
        // With the collection, the thread for finalizers has given up what the daemon's own gave up when it began.
        Assert.All(Directory.GetDirectories($"/proc/{lab.A.Daemon.Id}/task"), static thread
            => Assert.False(PrivilegeTests.Has(Path.Combine(thread, "status"), PrivilegeTests.SysModule), thread));

        // The other one was there all the time.
        File.WriteAllText(lab.A.ConfigurationFile, Globals + Instance("VI_1", 51, 50, [VrrpConfiguration.DefaultAddress], ""));
        lab.A.Daemon.Signal(SIGHUP);
        Expect.Master(lab.B, s_backup.ActiveDownInterval);
    }

    private static string Right(Random random)
    {
        StringBuilder text = new(Globals);
        bool hasScript = random.Next(3) == 0;
        if (hasScript)
            text.Append(CultureInfo.InvariantCulture, $"vrrp_script chk {{\n script /bin/true\n interval {random.Next(1, 4)}\n weight {random.Next(3)}\n}}\n");
        List<string> addresses = [VrrpConfiguration.DefaultAddress];
        for (int extra = 1; extra <= 3; extra++)
        {
            if (random.Next(2) == 0)
                addresses.Add($"10.9.0.{100 + extra}/24");
        }
        string more = random.Next(2) == 0 ? $"garp_master_refresh {random.Next(1, 60)}\n" : "";
        if (hasScript)
            more += "track_script {\n chk\n }\n";
        if (random.Next(3) == 0)
            more += "smtp_alert\n";
        text.Append(Instance("VI_1", 51, 150 + random.Next(80), addresses, more));
        List<string> others = [];
        for (int other = 1; other <= 3; other++)
        {
            if (random.Next(2) != 0)
                continue;
            others.Add($"VI_X{other}");
            text.Append(Instance(others[^1], 60 + other, 100 + random.Next(100), [$"10.9.0.{120 + other}/24"], Extras(random, other)));
        }
        if (others.Count > 1 && random.Next(2) == 0)
            text.Append(CultureInfo.InvariantCulture, $"vrrp_sync_group G {{\n group {{\n  {string.Join("\n  ", others)}\n }}\n notify /bin/true\n}}\n");
        if (random.Next(4) == 0)
            text.Append("static_routes {\n 192.0.2.0/24 via 10.9.0.250 dev eth0\n}\n");
        return text.ToString();
    }

    // Of everything that an instance may have, something: each has its own things to forget. Virtual MACs are not among them: the kernel takes some 20 ms
    // to remove each, and three of them come near to the backup's patience.
    private static string Extras(Random random, int number)
    {
        string[] all =
        [
            "no_accept\n", "promote_secondaries\n", "notify_master /bin/true\n", "track_interface {\n lo weight 1\n }\n",
            $"virtual_routes {{\n 198.51.{number}.0/24 via 10.9.0.250 dev eth0\n }}\n", $"virtual_rules {{\n from 203.0.{number}.0/24 lookup 10{number}\n }}\n",
            $"virtual_ipaddress_excluded {{\n 2001:db8::{number}/64 dev eth0\n }}\n",
        ];
        return string.Concat(all.Where(_ => random.Next(4) == 0));
    }

    private static string Wrong(Random random)
    {
        string right = Right(random);
        return random.Next(6) switch
        {
            0 => right.Replace("virtual_router_id", "virtual_router_idd"),
            1 => right.Replace("interface eth0", "interface eth0 }"),
            2 => right.Replace("interface eth0", "interface none7"),
            3 => right[..(right.LastIndexOf('}') - 2)],
            4 => right.Replace("priority", "priority many #"),
            _ => "include /nowhere/at/all.conf\n" + right + "vrrp_instance {\n",
        };
    }

    private static string Instance(string name, int vrid, int priority, IEnumerable<string> addresses, string more)
        => $"vrrp_instance {name} {{\n interface eth0\n virtual_router_id {vrid}\n priority {priority}\n advert_int 0.01\n {more} virtual_ipaddress {{\n  {string.Join("\n  ", addresses)}\n }}\n}}\n";

    private static int Descriptors(int process) => Directory.GetFiles($"/proc/{process}/fd").Length;

    // Without the program's own data, which grow with it and not with reloads: the mappings of its file, and what follows them without a gap.
    private static long OwnBytes(int process)
    {
        const int SmapsUnit = 1024;
        string program = File.ResolveLinkTarget($"/proc/{process}/exe", returnFinalTarget: false)!.FullName;
        string endOfProgram = "";
        bool isProgram = false;
        long own = 0;
        foreach (string line in File.ReadLines($"/proc/{process}/smaps"))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (!words[0].EndsWith(':'))
            {
                string[] range = words[0].Split('-');
                isProgram = words[^1] == program || range[0] == endOfProgram;
                if (isProgram)
                    endOfProgram = range[1];
            }
            else if (words[0] == "Anonymous:" && !isProgram)
            {
                own += long.Parse(words[1], CultureInfo.InvariantCulture) * SmapsUnit;
            }
        }
        return own;
    }
}
