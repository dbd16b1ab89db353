using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Control;

/// <summary>The verbs that ask a running daemon, and those who ask what they should not.</summary>
public sealed class ControlTests
{
    private static readonly VrrpConfiguration s_high = new() { Priority = 150 };
    private static readonly VrrpConfiguration s_low = new() { Priority = 100 };

    private static CommandResult Ask(Router router, params string[] words) => router.Run(Implementation.Ours, words);

    private static string Told(Router router, params string[] words)
    {
        CommandResult result = Ask(router, words);
        Assert.True(result.ExitCode == 0, $"{string.Join(' ', words)}: {result.ExitCode}\n{result.Output}{result.Error}");
        return result.Output;
    }

    private static string SocketOf(Router router) => Path.Combine(router.Scratch, "run", "keepalived", "control.sock");

    private static Lab StartPair()
    {
        Lab lab = new();
        Expect.MasterAndBackup(lab, Implementation.Ours, Implementation.Ours, s_high, s_low);
        return lab;
    }

    private static JsonElement StatusOf(Router router) => JsonDocument.Parse(Told(router, "status", "--json")).RootElement;

    private static JsonElement InstanceOf(Router router) => StatusOf(router).GetProperty("instances")[0];

    private static void AwaitState(Router router, string state)
        => Assert.True(SpinWait.SpinUntil(() => InstanceOf(router).GetProperty("state").GetString() == state, Expect.Soon), Told(router, "status"));

    [Fact]
    public void Status_and_why_of_a_pair()
    {
        using Lab lab = StartPair();
        string status = Told(lab.A, "status");
        Assert.Matches(@"(?m)^VI_1 +MASTER +\d\d:\d\d:\d\d +150 +this router +eth0 +51 +10\.9\.0\.100/", status);
        Assert.Matches(@"(?m)^VI_1 +BACKUP +\d\d:\d\d:\d\d +100 +10\.9\.0\.1 \(150\) +eth0 +51 +10\.9\.0\.100/", Told(lab.B, "status"));
        Assert.Matches(@"^VI_1 is MASTER since \d\d:\d\d:\d\d \(\d+ s\), because no router heard for 0\.\d+ s \(limit 0\.68\d s\)\.", Told(lab.A, "why", "VI_1"));
        Assert.Contains("10.9.0.1 is MASTER, with priority 150; this router has 100, and takes over when nothing is heard from there for 0.721 s.", Told(lab.B, "why"), StringComparison.Ordinal);

        JsonElement instance = InstanceOf(lab.B);
        Assert.Equal(("BACKUP", 51, 3, "10.9.0.1", 150), (
            instance.GetProperty("state").GetString(), instance.GetProperty("vrid").GetInt32(), instance.GetProperty("version").GetInt32(),
            instance.GetProperty("master").GetProperty("address").GetString(), instance.GetProperty("master").GetProperty("priority").GetInt32()));
    }

    [Fact]
    public void Failover_once_the_lower_priority_keeps_the_role_until_it_is_gone()
    {
        using Lab lab = StartPair();
        int from = lab.Observer.Adverts.Count;
        Assert.Contains("has given its role up", Told(lab.A, "failover", "VI_1", "--reason", "patch day"), StringComparison.Ordinal);
        Expect.Master(lab.B, s_low.ActiveDownInterval);
        lab.Observer.Adverts.WaitFor("priority 0 from A", advert => advert.Priority == 0 && advert.Source.Equals(lab.A.Address), Expect.Soon, from);
        Thread.Sleep(s_high.ActiveDownInterval * 3);
        AwaitState(lab.A, "BACKUP");
        Assert.Contains("told to give its role up (failover: patch day, uid 0, pid ", Told(lab.A, "why"), StringComparison.Ordinal);
        lab.B.Crash();
        AwaitState(lab.A, "MASTER");
        // Once is once: the role is fought for again.
        lab.B.Start(Implementation.Ours, s_low with { Priority = 200 });
        AwaitState(lab.A, "BACKUP");
        lab.B.Stop();
        AwaitState(lab.A, "MASTER");
    }

    [Fact]
    public void Failover_of_a_backup_or_of_nobody_is_refused()
    {
        using Lab lab = StartPair();
        CommandResult backup = Ask(lab.B, "failover", "VI_1");
        Assert.Equal((1, "keepalived-aot: VI_1 is BACKUP: only a MASTER can give its role up\n"), (backup.ExitCode, backup.Error));
        CommandResult nobody = Ask(lab.A, "failover", "VI_l");
        Assert.Equal((1, "keepalived-aot: there is no instance VI_l; did you mean VI_1?\n"), (nobody.ExitCode, nobody.Error));
    }

    [Fact]
    public void Maintenance_stays_out_survives_a_restart_and_ends()
    {
        using Lab lab = StartPair();
        Told(lab.A, "maintenance", "on", "--reason", "new fan");
        Expect.Master(lab.B, s_low.ActiveDownInterval);
        AwaitState(lab.A, "FAULT");
        Assert.Contains("because maintenance: new fan.", Told(lab.A, "why"), StringComparison.Ordinal);
        lab.A.Crash();
        lab.A.Start(Implementation.Ours, s_high);
        lab.A.Daemon.WaitForLog("Maintenance goes on after the restart: new fan", Expect.Soon);
        AwaitState(lab.A, "FAULT");
        Assert.Contains("! In maintenance since ", Told(lab.A, "status"), StringComparison.Ordinal);
        Assert.Empty(lab.A.Daemon.LogMatches(Expect.EnteringMaster));
        Told(lab.A, "maintenance", "off");
        AwaitState(lab.A, "MASTER");
        Assert.False(StatusOf(lab.A).GetProperty("daemon").TryGetProperty("maintenance", out _));
    }

    [Fact]
    public void Maintenance_ends_by_itself_even_while_the_daemon_does_not_run()
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, s_high);
        Expect.Master(lab.A, s_high.ActiveDownInterval);
        Told(lab.A, "maintenance", "on", "--for", "2s");
        AwaitState(lab.A, "FAULT");
        AwaitState(lab.A, "MASTER");
        Told(lab.A, "maintenance", "on", "--for", "1s");
        lab.A.Crash();
        Thread.Sleep(1100);
        lab.A.Start(Implementation.Ours, s_high);
        lab.A.Daemon.WaitForLog("Maintenance ended at .*, while the daemon did not run", Expect.Soon);
        AwaitState(lab.A, "MASTER");
    }

    [Fact]
    public void Maintenance_file_that_makes_no_sense_is_said_and_keeps_nobody_out()
    {
        using Lab lab = new(routers: 1);
        string folder = Path.Combine(lab.A.Scratch, "lib", "keepalived-aot");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "maintenance.json"), "{\"since_unix_us\":\"yesterday\"");
        lab.A.Start(Implementation.Ours, s_high);
        lab.A.Daemon.WaitForLog("Whether there is maintenance cannot be told, so there is none: .*maintenance.json makes no sense", Expect.Soon);
        Expect.Master(lab.A, s_high.ActiveDownInterval);
    }

    [Fact]
    public void Maintenance_file_that_cannot_be_removed_is_said_to_whoever_asked()
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, s_high);
        Expect.Master(lab.A, s_high.ActiveDownInterval);
        Told(lab.A, "maintenance", "on");
        string file = Path.Combine(lab.A.Scratch, "lib", "keepalived-aot", "maintenance.json");
        File.Delete(file);
        Directory.CreateDirectory(file);
        Assert.Matches("^Maintenance is over: .* A restart would begin it again: .*maintenance.json: Is a directory\n$", Told(lab.A, "maintenance", "off"));
    }

    [Fact]
    public void Priority_by_request_moves_the_election_for_a_while()
    {
        using Lab lab = StartPair();
        Assert.Equal("VI_1 has priority 160 now (+60) for 3 s.\n", Told(lab.B, "priority", "VI_1", "+60", "--for", "3s", "--reason", "try"));
        AwaitState(lab.B, "MASTER");
        AwaitState(lab.A, "BACKUP");
        Assert.Contains("priority +60: asked for: try, uid 0", Told(lab.B, "why"), StringComparison.Ordinal);
        // It ends by itself.
        AwaitState(lab.A, "MASTER");
        Assert.Equal(100, InstanceOf(lab.B).GetProperty("priority").GetInt32());
    }

    [Fact]
    public void Garp_announces_again()
    {
        using Lab lab = StartPair();
        int from = lab.Observer.Announcements.Count;
        Told(lab.A, "garp", "VI_1");
        lab.Observer.Announcements.WaitFor("an announcement", _ => true, Expect.Soon, from);
        Assert.Equal(1, Ask(lab.B, "garp", "VI_1").ExitCode);
    }

    [Fact]
    public void Reload_tells_who_asked_whether_it_was_taken()
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, s_high);
        Expect.Master(lab.A, s_high.ActiveDownInterval);
        Told(lab.A, "reload");
        File.WriteAllText(lab.A.ConfigurationFile, s_high.ToString().Replace("priority 150", "priority high", StringComparison.Ordinal));
        CommandResult refused = Ask(lab.A, "reload");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("refused", refused.Error, StringComparison.Ordinal);
        Assert.Contains("! The reload at ", Told(lab.A, "status"), StringComparison.Ordinal);
        Assert.Equal("MASTER", InstanceOf(lab.A).GetProperty("state").GetString());
    }

    [Fact]
    public void Plan_compares_with_what_runs_and_changes_nothing()
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, s_high);
        Expect.Master(lab.A, s_high.ActiveDownInterval);
        Assert.Equal(0, Ask(lab.A, "plan", lab.A.ConfigurationFile).ExitCode);
        string other = Path.Combine(lab.A.Scratch, "other.conf");
        File.WriteAllText(other, s_high with { Vrid = 52 });
        CommandResult moved = Ask(lab.A, "plan", other);
        Assert.Equal(2, moved.ExitCode);
        Assert.Contains("vrrp_instance VI_1: restarted, another VRID", moved.Output, StringComparison.Ordinal);
        // Of a file there is the text, too: so what peers notice is told with its place. The rest is the same.
        string[] ofFile = lab.A.Run(Implementation.Ours, "plan", other, "--from", lab.A.ConfigurationFile).Output.Split('\n');
        Assert.Equal(moved.Output.Split('\n'), ofFile.Where(static line => !line.Contains(" in /", StringComparison.Ordinal)));
        Assert.Equal(2, Ask(lab.A, "plan", other, "--json").ExitCode);
        File.WriteAllText(other, "vrrp_instance {");
        CommandResult wrong = Ask(lab.A, "plan", other);
        Assert.Equal(3, wrong.ExitCode);
        Assert.Contains("is wrong: a reload with it is refused", wrong.Error, StringComparison.Ordinal);
        Assert.Equal(3, Ask(lab.A, "plan", "-").ExitCode);
        Assert.Equal("MASTER", InstanceOf(lab.A).GetProperty("state").GetString());
        Assert.Equal(51, InstanceOf(lab.A).GetProperty("vrid").GetInt32());
        Assert.Empty(lab.A.Daemon.LogMatches("Reload"));
    }

    [Fact]
    public void Loglevel_and_dump_do_what_they_say()
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, s_high);
        Expect.Master(lab.A, s_high.ActiveDownInterval);
        Told(lab.A, "loglevel", "error");
        int from = lab.A.Daemon.Log.Count;
        Told(lab.A, "garp", "VI_1");
        Thread.Sleep(300);
        Assert.Equal(from, lab.A.Daemon.Log.Count);
        Told(lab.A, "loglevel", "detail");
        Told(lab.A, "garp", "VI_1");
        lab.A.Daemon.WaitForLog("Sending gratuitous ARP on eth0 for", Expect.Soon, from);
        Told(lab.A, "dump", "json");
        Assert.Equal("VI_1", JsonDocument.Parse(File.ReadAllText(Path.Combine(lab.A.Scratch, "tmp", "keepalived.json"))).RootElement[0].GetProperty("data").GetProperty("iname").GetString());
        Assert.Equal(2, Ask(lab.A, "dump", "everything").ExitCode);
    }

    [Fact]
    public void Journal_outlives_a_crash_and_tells_why_without_a_daemon()
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, s_high);
        Expect.Master(lab.A, s_high.ActiveDownInterval);
        lab.A.Crash();
        Assert.Matches(@"^VI_1 does not run\. At \d\d:\d\d:\d\d it became MASTER, because no router heard for ", Told(lab.A, "why"));
        string[] events = Told(lab.A, "events", "--json").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["started", "transition", "transition"], events.Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("event").GetString()));
        Assert.Equal(3, Ask(lab.A, "status").ExitCode);
        // The file goes on.
        lab.A.Start(Implementation.Ours, s_high);
        Expect.Master(lab.A, s_high.ActiveDownInterval);
        Assert.Equal(6, Told(lab.A, "events").Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public void Events_follow_what_happens()
    {
        using Lab lab = StartPair();
        using DaemonProcessOutput follower = new(lab.A, "events", "--follow", "-n", "0");
        follower.WaitFor("nothing yet", static text => text.Length == 0);
        Told(lab.A, "garp", "VI_1");
        follower.WaitFor("the request", static text => text.Contains("VI_1: addresses announced again (uid 0, pid ", StringComparison.Ordinal));
        lab.A.Stop();
        follower.WaitFor("the end", static text => text.Contains("MASTER -> INIT: told to stop", StringComparison.Ordinal));
    }

    [Fact]
    public void Top_draws_and_draws_again_what_has_changed()
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, s_high);
        Expect.Master(lab.A, s_high.ActiveDownInterval);
        string drawn = Told(lab.A, "top", "-n", "3");
        Assert.Equal(1, drawn.Split("VI_1").Length - 1);
        Assert.StartsWith("\e[H\e[2J\e[1;1Hkeepalived-aot ", drawn, StringComparison.Ordinal);
        Assert.Equal(3, Ask(lab.A, "top", "--socket", "/run/none.sock").ExitCode);
    }

    [Fact]
    public void Journal_is_bounded_and_a_directory_that_cannot_be_written_costs_nothing_else()
    {
        using Lab lab = new(routers: 1);
        string folder = Path.Combine(lab.A.Scratch, "lib");
        // A file where a directory should be.
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "keepalived-aot"), "");
        lab.A.Start(Implementation.Ours, s_high);
        lab.A.Daemon.WaitForLog("The journal is kept in memory only: ", Expect.Soon);
        Expect.Master(lab.A, s_high.ActiveDownInterval);
        // Memory answers.
        Assert.Contains("BACKUP -> MASTER", Told(lab.A, "events"), StringComparison.Ordinal);
        Assert.Contains("VI_1 is MASTER", Told(lab.A, "why"), StringComparison.Ordinal);
        Assert.Contains("would not survive a restart", Told(lab.A, "maintenance", "on"), StringComparison.Ordinal);
        AwaitState(lab.A, "FAULT");
    }

    [Fact]
    public void Socket_is_for_root_until_a_group_is_named_and_the_group_may_only_look()
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, s_high);
        Expect.Master(lab.A, s_high.ActiveDownInterval);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite, File.GetUnixFileMode(SocketOf(lab.A)));
        string[] asNobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", Binaries.Ours];
        CommandResult stranger = lab.A.RunCommand([.. asNobody, "status"]);
        Assert.Equal(3, stranger.ExitCode);
        Assert.Contains("Permission denied: root may ask the daemon, and members of the group that control.group", stranger.Error, StringComparison.Ordinal);

        string etc = Path.Combine(lab.A.Scratch, "etc");
        Directory.CreateDirectory(etc);
        File.WriteAllText(Path.Combine(etc, "keepalived-aot.toml"), "[control]\ngroup = \"daemon\"\n");
        lab.A.Stop();
        lab.A.StartAs(
            "bash", "-euc", "mkdir -p /etc/keepalived; mount --bind \"$1\" /etc/keepalived; shift; exec \"$@\"", "start", etc,
            Binaries.Ours, "-n", "-l", "-D", "-f", lab.A.ConfigurationFile);
        Expect.Master(lab.A, s_high.ActiveDownInterval);
        string[] asDaemon = ["setpriv", "--reuid=65534", "--regid=1", "--clear-groups", Binaries.Ours];
        Assert.Contains("MASTER", lab.A.RunCommand([.. asDaemon, "status"]).Output, StringComparison.Ordinal);
        CommandResult change = lab.A.RunCommand([.. asDaemon, "failover", "VI_1"]);
        Assert.Equal((1, "keepalived-aot: 'failover' is for root; the group may look\n"), (change.ExitCode, change.Error));
        Assert.Equal("MASTER", InstanceOf(lab.A).GetProperty("state").GetString());
    }

    [Fact]
    public void Hostile_clients_cost_nobody_anything()
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, s_high with { AdvertSeconds = 0.01 });
        Expect.Master(lab.A, s_high.ActiveDownInterval);
        int from = lab.Observer.Adverts.Count;
        byte[] rubbish = new byte[100_000];
        new Random(7).NextBytes(rubbish);
        List<Socket> open = [];
        for (int round = 0; round < 40; round++)
        {
            Socket client = new(System.Net.Sockets.AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { SendTimeout = 1000, ReceiveTimeout = 3000 };
            client.Connect(new UnixDomainSocketEndPoint(SocketOf(lab.A)));
            open.Add(client);
            try
            {
                switch (round % 4)
                {
                    case 0:
                        client.Send(rubbish);
                        break;
                    case 1:
                        // Much is asked for, and nothing is taken.
                        client.Send(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"verb\":\"status\"}\n", 400))));
                        break;
                    case 2:
                        client.Send("{\"verb\":"u8);
                        break;
                    default:
                        client.Dispose();
                        break;
                }
            }
            catch (SocketException)
            {
                // The daemon has had enough of it.
            }
        }
        foreach (Socket client in open)
            client.Dispose();
        Assert.Contains("MASTER", Told(lab.A, "status"), StringComparison.Ordinal);
        Assert.False(lab.A.Daemon.HasExited);
        Advert[] adverts = [.. lab.Observer.Adverts.Snapshot(from)];
        TimeSpan worst = adverts.Zip(adverts.Skip(1), static (a, b) => b.At - a.At).Max();
        Assert.True(worst < TimeSpan.FromMilliseconds(200), string.Create(CultureInfo.InvariantCulture, $"{worst.TotalMilliseconds} ms between two adverts"));
    }

    [Fact]
    public void Wrong_requests_are_answered_with_what_is_wrong()
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, s_high);
        Expect.Master(lab.A, s_high.ActiveDownInterval);
        Assert.Equal(
            [
                "bad_request: no JSON at byte 0",
                "bad_request: a request is an object with a 'verb'",
                "bad_request: unknown verb; there are status, events, failover, maintenance, priority, garp, reload, plan, dump, loglevel",
                "bad_request: 'garp' needs 'instance'",
                "bad_request: 'reload' takes nothing more",
                "bad_request: 'amount' is a whole number from -254 to 254",
                "bad_request: 'maintenance' takes on, seconds, reason, and nothing else",
                "not_found: there is no instance x",
                "bad_request: there is text in it that is none",
            ],
            Raw(lab.A, "x", "[]", "{\"verb\":\"halt\"}", "{\"verb\":\"garp\"}", "{\"verb\":\"reload\",\"now\":true}", "{\"verb\":\"priority\",\"instance\":\"VI_1\",\"amount\":1000}",
                "{\"verb\":\"maintenance\",\"on\":true,\"instance\":\"VI_1\"}", "{\"verb\":\"status\",\"instance\":\"x\"}", "{\"verb\":\"\\ud800\"}"));
    }

    [Fact]
    public void Client_that_says_no_more_gets_its_whole_answer()
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, s_high);
        Expect.Master(lab.A, s_high.ActiveDownInterval);
        using Socket client = new(System.Net.Sockets.AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { ReceiveTimeout = 5000 };
        client.Connect(new UnixDomainSocketEndPoint(SocketOf(lab.A)));
        client.Send(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"verb\":\"status\"}\n", 100))));
        using StreamReader reader = new(new NetworkStream(client));
        client.Shutdown(SocketShutdown.Send);
        Assert.Equal(100, reader.ReadToEnd().Split("{\"ok\":true}").Length - 1);
    }

    [Fact]
    public void Request_without_end_is_told_so_and_ended()
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, s_high);
        Expect.Master(lab.A, s_high.ActiveDownInterval);
        using Socket client = new(System.Net.Sockets.AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { ReceiveTimeout = 5000 };
        client.Connect(new UnixDomainSocketEndPoint(SocketOf(lab.A)));
        client.Send(new byte[20_000]);
        using StreamReader reader = new(new NetworkStream(client));
        Assert.Equal("{\"ok\":false,\"code\":\"bad_request\",\"error\":\"a request is one line of at most 8 KiB\"}\n", reader.ReadToEnd());
    }

    [Fact]
    public void Group_that_takes_all_connections_leaves_some_for_root()
    {
        using Lab lab = new(routers: 1);
        string etc = Path.Combine(lab.A.Scratch, "etc");
        Directory.CreateDirectory(etc);
        File.WriteAllText(Path.Combine(etc, "keepalived-aot.toml"), "[control]\ngroup = \"daemon\"\n");
        File.WriteAllText(lab.A.ConfigurationFile, s_high);
        lab.A.StartAs(
            "bash", "-euc", "mkdir -p /etc/keepalived; mount --bind \"$1\" /etc/keepalived; shift; exec \"$@\"", "start", etc,
            Binaries.Ours, "-n", "-l", "-D", "-f", lab.A.ConfigurationFile);
        Expect.Master(lab.A, s_high.ActiveDownInterval);
        const string Script = """
            for i in $(seq 24); do setpriv --reuid=65534 --regid=1 --clear-groups "$1" events --follow > "$TMPDIR/out.$i" 2>&1 & done
            sleep 2
            "$1" garp VI_1
            kill $(jobs -p)
            grep -l 'too many control connections' "$TMPDIR"/out.* | wc -l
            """;
        CommandResult result = lab.A.RunCommand("bash", "-uc", Script, "group", Binaries.Ours);
        Assert.Equal("VI_1 announces its addresses.\n12\n", result.Output);
    }

    [Fact]
    public void Socket_that_somebody_has_removed_is_there_again_after_a_reload()
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, s_high);
        Expect.Master(lab.A, s_high.ActiveDownInterval);
        File.Delete(SocketOf(lab.A));
        Assert.Equal(3, Ask(lab.A, "status").ExitCode);
        lab.A.Daemon.Signal(1);
        lab.A.Daemon.WaitForLog("Reload complete", Expect.Soon);
        Assert.Contains("MASTER", Told(lab.A, "status"), StringComparison.Ordinal);
    }

    [Fact]
    public void Journal_on_a_full_disk_has_whole_lines_once_and_the_rest_is_told_by_the_daemon()
    {
        using Lab lab = new(routers: 1);
        File.WriteAllText(lab.A.ConfigurationFile, s_high);
        const string Script = """
            mount -t tmpfs -o size=8k none /var/lib
            "$1" -n -l -D -f "$2" 2> "$TMPDIR/log" & pid=$!
            sleep 1.5
            for i in $(seq 40); do "$1" priority VI_1 "+$i" > /dev/null; done
            "$1" events --json -n 2
            echo "--- $("$1" status | grep -c 'The journal is not written')"
            cat /var/lib/keepalived-aot/journal/events.jsonl
            kill $pid; wait $pid
            """;
        string[] parts = lab.A.RunCommand("bash", "-uc", Script, "full", Binaries.Ours, lab.A.ConfigurationFile).Output.Split("--- 1\n");
        Assert.Equal(2, parts.Length);
        Assert.Contains("\"reason\":\"priority +40: asked for, uid 0, pid ", parts[0], StringComparison.Ordinal);
        Assert.EndsWith("\n", parts[1], StringComparison.Ordinal);
        long[] sequence = [.. parts[1].TrimEnd('\n').Split('\n').Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("seq").GetInt64())];
        Assert.InRange(sequence.Length, 10, 80);
        Assert.Equal(Enumerable.Range(1, sequence.Length).Select(static i => (long)i), sequence);
    }

    [Fact]
    public void Answers_are_as_the_installed_schema_says()
    {
        using Lab lab = StartPair();
        string tracked = Path.Combine(lab.A.Scratch, "run", "tracked");
        File.WriteAllText(tracked, "-3");
        File.WriteAllText(lab.A.ConfigurationFile, $$"""
            {{s_high with { Globals = "script_user root" }}}
            vrrp_script chk {
                script "/usr/bin/test -e /run/absent"
                interval 1
                weight -2
                fall 1
            }
            track_file tf {
                file /run/tracked
                weight 1
            }
            vrrp_sync_group G {
                group {
                    VI_2
                    VI_6
                }
            }
            vrrp_instance VI_2 {
                interface eth0
                virtual_router_id 52
                virtual_ipaddress {
                    10.9.0.102
                }
            }
            vrrp_instance VI_6 {
                interface eth0
                virtual_router_id 56
                virtual_ipaddress {
                    fe80::56
                }
            }
            vrrp_instance VI_3 {
                interface eth0
                virtual_router_id 53
                track_script {
                    chk
                }
                track_file {
                    tf
                }
                track_interface {
                    lo weight 1
                }
                virtual_ipaddress {
                    10.9.0.103
                }
            }
            """);
        string wrong = Path.Combine(lab.A.Scratch, "run", "wrong.conf");
        File.WriteAllText(wrong, "vrrp_instance {");
        JsonSchema schema = JsonSchema.Read(Path.Combine(Binaries.Repository, "rootfs/usr/share/keepalived-aot/control.schema.json"));
        HashSet<string> kinds = [];
        void Ask(string request, bool isValid = true)
        {
            Assert.Equal(isValid, schema.Problem("request", JsonDocument.Parse(request).RootElement) is null);
            using Socket client = new(System.Net.Sockets.AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { ReceiveTimeout = 5000 };
            client.Connect(new UnixDomainSocketEndPoint(SocketOf(lab.A)));
            client.Send(Encoding.UTF8.GetBytes(request + "\n"));
            using StreamReader reader = new(new NetworkStream(client));
            while (true)
            {
                string line = reader.ReadLine()!;
                JsonElement value = JsonDocument.Parse(line).RootElement;
                string? problem = schema.Problem("reply", value);
                Assert.True(problem is null, $"{problem}\n{line}");
                kinds.Add(value.EnumerateObject().First().Name);
                if (value.TryGetProperty("ok", out _))
                    return;
            }
        }

        Ask("""{"verb":"status"}""");
        Ask("""{"verb":"reload"}""");
        Ask("""{"verb":"priority","instance":"VI_1","amount":5,"seconds":100,"reason":"x"}""");
        Thread.Sleep(1500);
        Ask("""{"verb":"status"}""");
        Ask("""{"verb":"failover","instance":"VI_1"}""");
        Ask("""{"verb":"garp","instance":"VI_1"}""");
        Ask("""{"verb":"maintenance","on":true,"seconds":100,"reason":"\"x\" ü"}""");
        Ask("""{"verb":"status","instance":"VI_3"}""");
        Ask("""{"verb":"maintenance","on":false}""");
        foreach (string what in (string[])["data", "stats", "stats-clear", "json"])
            Ask($$"""{"verb":"dump","what":"{{what}}"}""");
        foreach (string level in (string[])["error", "warning", "notice", "info", "extra-detail", "detail"])
            Ask($$"""{"verb":"loglevel","what":"{{level}}"}""");
        Ask("""{"verb":"plan","file":"/run/wrong.conf"}""");
        Ask($$"""{"verb":"plan","file":"{{lab.A.ConfigurationFile}}","json":true}""");
        File.WriteAllText(lab.A.ConfigurationFile, "vrrp_instance {");
        Ask("""{"verb":"reload"}""");
        Ask("""{"verb":"status"}""");
        Ask("""{"verb":"events"}""");
        Ask("""{"verb":"loglevel","what":"loud"}""", isValid: false);
        Ask("""{"verb":"priority","instance":"VI_1"}""", isValid: false);
        Assert.Equal(["daemon", "diagnostics", "group", "instance", "ok", "plan", "seq", "tracked"], kinds.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("top -d x", "--interval takes a whole number from 1 to 3600, not 'x'")]
    [InlineData("top --interval 0", "--interval takes a whole number from 1 to 3600, not '0'")]
    [InlineData("top -n 5x", "--count takes a whole number from 0, not '5x'")]
    [InlineData("events -n x", "--lines takes a whole number from 0, not 'x'")]
    [InlineData("events -n -5", "--lines takes a whole number from 0, not '-5'")]
    [InlineData("events --lines 99999999999", "--lines takes a whole number from 0, not '99999999999'")]
    [InlineData("events -n", "Required argument missing for option: '-n'.")]
    [InlineData("priority VI_1 5", "AMOUNT is a number with its sign, from -254 to +254, not '5'")]
    [InlineData("maintenance on --for 5x", "--for takes a time such as 90s, 30m, 2h or 1d, not '5x'")]
    [InlineData("loglevel loud", "Argument 'loud' not recognized.")]
    public void Arguments_that_make_no_sense_are_said(string words, string problem)
    {
        using Lab lab = new(routers: 1);
        CommandResult result = Ask(lab.A, words.Split(' '));
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith(problem, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Verbs_whose_output_nobody_takes_end()
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, s_high);
        Expect.Master(lab.A, s_high.ActiveDownInterval);
        const string Script = """
            { timeout 6 "$1" top; echo "top $?" >&2; } | head -c 1 > /dev/null
            { timeout 6 "$1" events --follow; echo "events $?" >&2; } | head -1 > /dev/null &
            sleep 0.5; "$1" garp VI_1 > /dev/null; sleep 0.2; "$1" garp VI_1 > /dev/null; wait
            """;
        Assert.Equal("top 0\nevents 0\n", lab.A.RunCommand("bash", "-uc", Script, "pipe", Binaries.Ours).Error);
    }

    // All on one connection, one answer after the other.
    private static List<string> Raw(Router router, params string[] requests)
    {
        using Socket client = new(System.Net.Sockets.AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { ReceiveTimeout = 5000 };
        client.Connect(new UnixDomainSocketEndPoint(SocketOf(router)));
        client.Send(Encoding.UTF8.GetBytes(string.Concat(requests.Select(static request => request + "\n"))));
        using StreamReader reader = new(new NetworkStream(client));
        List<string> answers = [];
        foreach (string _ in requests)
        {
            JsonElement answer = JsonDocument.Parse(reader.ReadLine()!).RootElement;
            Assert.False(answer.GetProperty("ok").GetBoolean());
            answers.Add($"{answer.GetProperty("code").GetString()}: {answer.GetProperty("error").GetString()}");
        }
        return answers;
    }
}
