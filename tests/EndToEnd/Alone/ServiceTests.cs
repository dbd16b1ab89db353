using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Alone;

/// <summary>What an init system is told (sd_notify(3)).</summary>
public sealed class ServiceTests
{
    private const int SIGHUP = 1;

    private static Socket Listen(string path)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = (int)Expect.Soon.TotalMilliseconds };
        socket.Bind(new UnixDomainSocketEndPoint(path));
        return socket;
    }

    private static string Next(Socket socket)
    {
        byte[] buffer = new byte[4096];
        return Encoding.UTF8.GetString(buffer, 0, socket.Receive(buffer));
    }

    private static void Start(Router router, VrrpConfiguration configuration, string socket, params string[] options)
        => StartWatched(router, configuration, socket, [], options);

    // The shell becomes the daemon, so WATCHDOG_PID can be the number that the daemon will have.
    private static void StartWatched(Router router, VrrpConfiguration configuration, string socket, string[] variables, string[] options)
    {
        File.WriteAllText(router.ConfigurationFile, configuration.ToString());
        router.StartAs(["env", $"NOTIFY_SOCKET={socket}", .. variables, "sh", "-c", "exec env ${OWN_PID:+WATCHDOG_PID=$$} \"$@\"", "sh",
            Binaries.Ours, .. options, "-D", "-f", router.ConfigurationFile]);
    }

    private static List<string> NextWithin(Socket socket, TimeSpan time)
    {
        List<string> messages = [];
        Stopwatch watch = Stopwatch.StartNew();
        while (time - watch.Elapsed is var left && left > TimeSpan.Zero)
        {
            if (socket.Poll(left, SelectMode.SelectRead))
                messages.Add(Next(socket));
        }
        return messages;
    }

    [Fact]
    public void Start_takeover_reloads_and_stop_are_told_in_order()
    {
        VrrpConfiguration configuration = new();
        using Lab lab = new(routers: 1);
        using Socket socket = Listen(Path.Combine(lab.A.Scratch, "run", "notify"));
        Start(lab.A, configuration, "/run/notify", "-n", "-l");
        Assert.Equal($"READY=1\nMAINPID={lab.A.Daemon.Id}\nSTATUS=1 BACKUP\n", Next(socket));
        Assert.Equal("STATUS=1 MASTER\n", Next(socket));

        lab.A.Daemon.Signal(SIGHUP);
        Assert.Matches("^RELOADING=1\nMONOTONIC_USEC=[0-9]+\n$", Next(socket));
        Assert.Equal($"READY=1\nMAINPID={lab.A.Daemon.Id}\nSTATUS=1 MASTER\n", Next(socket));

        File.AppendAllText(lab.A.ConfigurationFile, "\nvrrp_instance {\n");
        lab.A.Daemon.Signal(SIGHUP);
        Assert.StartsWith("RELOADING=1\n", Next(socket), StringComparison.Ordinal);
        Assert.Equal($"READY=1\nMAINPID={lab.A.Daemon.Id}\nSTATUS=1 MASTER; the last reload was refused\n", Next(socket));

        lab.A.Stop();
        Assert.Equal("STOPPING=1\n", Next(socket));
    }

    // More than a socket takes at a time: nothing is lost, and nobody waits for it.
    [Fact]
    public void Listener_that_sleeps_hears_all_when_it_wakes_and_holds_nothing_up()
    {
        VrrpConfiguration configuration = new();
        using Lab lab = new(routers: 1);
        using Socket socket = Listen(Path.Combine(lab.A.Scratch, "run", "notify"));
        using (Socket other = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified))
        {
            other.Connect(new UnixDomainSocketEndPoint(Path.Combine(lab.A.Scratch, "run", "notify")));
            other.Blocking = false;
            Assert.Throws<SocketException>(() =>
            {
                for (int i = 0; i < 10_000; i++)
                    other.Send("X_FULL=1\n"u8);
            });
        }
        Start(lab.A, configuration, "/run/notify", "-n", "-l");
        Expect.Master(lab.A, configuration.ActiveDownInterval);
        string text;
        do
            text = Next(socket);
        while (text == "X_FULL=1\n");
        Assert.StartsWith("READY=1\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/run/nobody", "sendto /run/nobody: No such file or directory")]
    [InlineData("@ka-test-nobody", "sendto @ka-test-nobody: Connection refused")]
    [InlineData("vsock:2:1234", "NOTIFY_SOCKET vsock:2:1234: Address family not supported by protocol")]
    public void Nobody_who_listens_is_said_once_and_changes_nothing(string socket, string problem)
    {
        VrrpConfiguration configuration = new();
        using Lab lab = new(routers: 1);
        Start(lab.A, configuration, socket, "-n", "-l");
        Expect.Master(lab.A, configuration.ActiveDownInterval);
        Thread.Sleep(1500);
        lab.A.Daemon.Signal(SIGHUP);
        lab.A.Daemon.WaitForLog("Reload complete", Expect.Soon);
        Assert.Single(lab.A.Daemon.LogMatches("The init system is (not told|told nothing).*"), line => line.Text.EndsWith(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void Daemon_in_the_background_is_told_of_by_its_own_number_and_children_do_not_know_the_socket()
    {
        VrrpConfiguration configuration = new() { Extra = "notify_master \"/bin/sh -c 'env > $TMPDIR/environment.part && mv $TMPDIR/environment.part $TMPDIR/environment'\"", Globals = "script_user root" };
        using Lab lab = new(routers: 1);
        using Socket socket = Listen(Path.Combine(lab.A.Scratch, "run", "notify"));
        StartWatched(lab.A, configuration, "/run/notify", ["WATCHDOG_USEC=400000", "WATCHDOG_PID=1"], []);
        string ready = Next(socket);
        int id = int.Parse(File.ReadAllText(Path.Combine(lab.A.Scratch, "run", "keepalived.pid")), CultureInfo.InvariantCulture);
        Assert.Equal($"READY=1\nMAINPID={id}\nSTATUS=1 BACKUP\n", ready);
        string environment = Path.Combine(lab.A.Scratch, "tmp", "environment");
        Assert.True(SpinWait.SpinUntil(() => File.Exists(environment), Expect.Soon));
        Assert.DoesNotContain("NOTIFY_SOCKET", File.ReadAllText(environment), StringComparison.Ordinal);
        Assert.DoesNotContain("WATCHDOG_", File.ReadAllText(environment), StringComparison.Ordinal);
        Assert.Contains("TMPDIR=", File.ReadAllText(environment), StringComparison.Ordinal);
        lab.A.RunCommand("kill", id.ToString(CultureInfo.InvariantCulture));
        string next;
        do
            next = Next(socket);
        while (next.StartsWith("STATUS=", StringComparison.Ordinal));
        Assert.Equal("STOPPING=1\n", next);
    }

    [Fact]
    public void Watchdog_is_told_while_the_daemon_runs_and_not_while_it_stands_still()
    {
        const int SIGSTOP = 19;
        const int SIGCONT = 18;
        VrrpConfiguration configuration = new();
        using Lab lab = new(routers: 1);
        using Socket socket = Listen(Path.Combine(lab.A.Scratch, "run", "notify"));
        StartWatched(lab.A, configuration, "/run/notify", ["WATCHDOG_USEC=400000", "OWN_PID=yes"], ["-n", "-l"]);
        Assert.StartsWith("READY=1\n", Next(socket), StringComparison.Ordinal);
        // Every 0.2 s.
        Assert.InRange(NextWithin(socket, TimeSpan.FromSeconds(2)).Count(IsAlive), 7, 10);

        lab.A.Daemon.Signal(SIGSTOP);
        NextWithin(socket, TimeSpan.FromMilliseconds(100));
        Assert.Empty(NextWithin(socket, TimeSpan.FromSeconds(1)));
        lab.A.Daemon.Signal(SIGCONT);
        Assert.Contains("WATCHDOG=1\n", NextWithin(socket, TimeSpan.FromSeconds(1)));

        // A reload is no reason to be silent.
        lab.A.Daemon.Signal(SIGHUP);
        List<string> reload = NextWithin(socket, TimeSpan.FromSeconds(1));
        Assert.Contains(reload, message => message.StartsWith("RELOADING=1\n", StringComparison.Ordinal));
        Assert.InRange(reload.Count(IsAlive), 3, 6);

        lab.A.Stop();
        List<string> end = NextWithin(socket, TimeSpan.FromMilliseconds(500));
        Assert.Equal("STOPPING=1\n", end[^1]);

        static bool IsAlive(string message) => message == "WATCHDOG=1\n";
    }

    [Theory]
    [InlineData("WATCHDOG_USEC=400000", "WATCHDOG_PID=1")]
    [InlineData("WATCHDOG_USEC=0", "OWN_PID=yes")]
    public void Watchdog_of_another_process_or_without_a_limit_is_told_nothing(string limit, string process)
    {
        VrrpConfiguration configuration = new();
        using Lab lab = new(routers: 1);
        using Socket socket = Listen(Path.Combine(lab.A.Scratch, "run", "notify"));
        StartWatched(lab.A, configuration, "/run/notify", [limit, process], ["-n", "-l"]);
        Assert.StartsWith("READY=1\n", Next(socket), StringComparison.Ordinal);
        Assert.DoesNotContain("WATCHDOG=1\n", NextWithin(socket, TimeSpan.FromSeconds(1)));
    }
}
