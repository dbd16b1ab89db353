using System.Globalization;
using System.Net;
using KeepalivedAot.Tests.EndToEnd.Laboratory;
using KeepalivedAot.Tests.EndToEnd.Scripts;

namespace KeepalivedAot.Tests.EndToEnd.Alone;

/// <summary>
/// A daemon that is started on router A and works in the network namespace of router B: what it has of each, and how several of them share
/// the run directory of one host.
/// </summary>
public sealed class NamespaceTests
{
    private static readonly IPAddress s_vip = IPAddress.Parse(VrrpConfiguration.DefaultAddress);

    private static string RunDirectory(Router router) => Path.Combine(router.Scratch, "run", "keepalived");

    private static string In(Router there, string rest, string instance = "")
        => $"net_namespace {there.Namespace}\n{(instance.Length == 0 ? "" : $"instance {instance}\n")}{rest}";

    /// <summary>Paths below the run directory, without our records and without the pid files of modules that keepalived does not start.</summary>
    private static string[] Files(Router router) => !Directory.Exists(RunDirectory(router)) ? [] :
    [
        .. Directory.GetFileSystemEntries(RunDirectory(router), "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(RunDirectory(router), path))
            .Where(static path => Path.GetFileName(path) is var name && !name.StartsWith("kernel", StringComparison.Ordinal)
                && !name.StartsWith("bfd", StringComparison.Ordinal) && !name.StartsWith("checkers", StringComparison.Ordinal)
                && !name.StartsWith("control", StringComparison.Ordinal)).Order(),
    ];

    private static string NetworkOf(Router router) => NetworkNamespace.Run(router.Namespace, static () => Link("/proc/thread-self/ns/net"));

    private static string Link(string path) => new FileInfo(path).LinkTarget ?? "";

    private static int DaemonId(Router router, string file) => int.Parse(File.ReadAllText(Path.Combine(RunDirectory(router), file)), CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(Implementation.Ours)]
    [InlineData(Implementation.Stock)]
    public void Daemon_worksInItsNamespace_andHasItsOwnRunDirectory(Implementation implementation)
    {
        using Lab lab = new();
        lab.A.Start(implementation, In(lab.B, new VrrpConfiguration(), "one"));
        lab.A.Daemon.WaitForLog($"Changing syslog ident to Keepalived_{lab.B.Namespace}_one$", Expect.Soon);
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        lab.B.Addresses.WaitFor(s_vip, present: true, Expect.Soon);
        Assert.False(lab.A.Has(VrrpConfiguration.DefaultAddress));
        lab.Observer.Adverts.WaitFor("adverts of B", advert => advert.Source.Equals(lab.B.Address), Expect.Soon);
        Assert.DoesNotContain(lab.Observer.Adverts.Snapshot(), advert => advert.Source.Equals(lab.A.Address));

        string own = lab.B.Namespace;
        Assert.Equal([own, $"{own}/keepalived_one.pid", $"{own}/vrrp_one.pid"], Files(lab.A));
        int parent = DaemonId(lab.A, $"{own}/keepalived_one.pid");
        Assert.Equal(lab.A.Daemon.Id, parent);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
            File.GetUnixFileMode(Path.Combine(RunDirectory(lab.A), own, "vrrp_one.pid")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead | UnixFileMode.OtherExecute, File.GetUnixFileMode(Path.Combine(RunDirectory(lab.A), own)));
        // Its own directory stands in the place of the common one; the host does not see that.
        Assert.True(File.Exists($"/proc/{parent}/root/run/keepalived/vrrp_one.pid"));

        lab.A.Stop();
        lab.B.Addresses.WaitFor(s_vip, present: false, Expect.Soon);
        Assert.False(Directory.Exists(RunDirectory(lab.A)));
    }

    [Fact]
    public void Nothing_ofTheDaemon_isInAnotherNamespace()
    {
        using Lab lab = new();
        using SyslogReceiver syslog = new(lab.A);
        ScriptFolder scripts = new(lab.A);
        const string Where = "$(readlink /proc/self/ns/net) $(readlink /proc/self/ns/mnt) $(echo /run/keepalived/*)";
        string script = scripts.AddRaw("where", $"echo \"$1 {Where}\" >> {scripts.Record}");
        string fifo = scripts.AddRaw("fifo", $"echo \"fifo {Where}\" >> {scripts.Record}; exec cat > /dev/null");
        VrrpConfiguration configuration = new()
        {
            Globals = $"""
                script_user root
                    startup_script "{script} startup"
                    shutdown_script "{script} shutdown"
                    vrrp_notify_fifo {scripts.PathOf("pipe")}
                    vrrp_notify_fifo_script {fifo}
                """,
            Extra = $"notify_master \"{script} notify\"\n track_script {{\n tracked weight 1\n }}",
        };
        string tracked = $"vrrp_script tracked {{\n script \"{script} tracked\"\n interval 1\n}}\n";
        lab.A.Start(Implementation.Ours, In(lab.B, tracked + configuration.ToString().Replace(tracked, "", StringComparison.Ordinal), "one"));
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        syslog.Lines.WaitFor("the ident of the VRRP module", line => line.Contains($"Keepalived_vrrp_{lab.B.Namespace}_one[", StringComparison.Ordinal), Expect.Soon);
        syslog.Lines.WaitFor("the ident of the daemon", line => line.Contains($"Keepalived_{lab.B.Namespace}_one[", StringComparison.Ordinal), Expect.Soon);

        int id = lab.A.Daemon.Id;
        string there = NetworkOf(lab.B);
        Assert.NotEqual(there, NetworkOf(lab.A));
        string mounts = Link($"/proc/{id}/ns/mnt");
        string[] threads = Directory.GetDirectories($"/proc/{id}/task");
        Assert.Equal(2, threads.Length);
        Assert.All(threads, thread => Assert.Equal((there, mounts), (Link($"{thread}/ns/net"), Link($"{thread}/ns/mnt"))));
        AssertSocketsAreThere(id);

        lab.A.Stop();
        string[] said = scripts.Lines();
        foreach (string kind in (string[])["startup", "notify", "tracked", "fifo", "shutdown"])
        {
            string[] words = Assert.Single(said.Where(line => line.StartsWith($"{kind} ", StringComparison.Ordinal)).Take(1)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal((there, mounts), (words[1], words[2]));
            if (kind is not ("startup" or "shutdown"))
                Assert.Contains("/run/keepalived/keepalived_one.pid", words);
        }
    }

    // The kernel lists a socket in the namespace that it was opened in, and nowhere else.
    private static void AssertSocketsAreThere(int id)
    {
        string listed = string.Concat(((string[])["netlink", "raw", "raw6", "packet", "unix", "udp", "udp6", "tcp", "tcp6"])
            .Select(kind => File.ReadAllText($"/proc/{id}/net/{kind}")));
        string[] words = listed.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        string[] sockets = [.. Directory.GetFiles($"/proc/{id}/fd").Select(Link).Where(static link => link.StartsWith("socket:[", StringComparison.Ordinal))];
        Assert.True(sockets.Length >= 5, string.Join(' ', sockets));
        Assert.All(sockets, socket => Assert.Contains(socket["socket:[".Length..^1], words));
    }

    [Theory]
    [InlineData(Implementation.Ours)]
    [InlineData(Implementation.Stock)]
    public void CommandLine_comesBeforeTheConfiguration(Implementation implementation)
    {
        using Lab lab = new();
        lab.A.Start(implementation, "net_namespace nowhere\n" + new VrrpConfiguration(), "-s", lab.B.Namespace);
        lab.A.Daemon.WaitForLog($"Overriding config net_namespace 'nowhere' with command line namespace '{lab.B.Namespace}'", Expect.Soon);
        lab.B.Addresses.WaitFor(s_vip, present: true, Expect.Soon);
        Assert.Contains($"{lab.B.Namespace}/vrrp.pid", Files(lab.A));
        // At a reload, too: what the file says of it does not count.
        if (implementation == Implementation.Ours)
        {
            File.WriteAllText(lab.A.ConfigurationFile, In(lab.A, new VrrpConfiguration()));
            lab.A.Daemon.Signal(Libc.SIGHUP);
            lab.A.Daemon.WaitForLog("Reload complete", Expect.Soon);
        }
        lab.A.Stop();
    }

    [Fact]
    public void Path_namesANamespace_too()
    {
        using Lab lab = new();
        string path = Path.Combine(lab.A.Scratch, "blue");
        lab.A.StartAs("bash", "-euc", $"touch {path}; mount --bind /run/netns/{lab.B.Namespace} {path}; exec \"$@\"", "x",
            Binaries.Ours, "-n", "-l", "-D", "-f", Write(lab.A, $"net_namespace {path}\n{new VrrpConfiguration()}"));
        lab.B.Addresses.WaitFor(s_vip, present: true, Expect.Soon);
        Assert.Contains($"{path.Trim('/').Replace('/', '-')}/vrrp.pid", Files(lab.A));
        lab.A.Stop();
    }

    private static string Write(Router router, string configuration)
    {
        File.WriteAllText(router.ConfigurationFile, configuration);
        return router.ConfigurationFile;
    }

    [Theory]
    [InlineData("net_namespace nowhere", "", 2, "KA0512.*Unable to set network namespace nowhere: /run/netns/nowhere does not exist")]
    [InlineData("net_namespace /etc/hosts", "", 2, "KA0512.*Unable to set network namespace /etc/hosts: /etc/hosts is no network namespace")]
    [InlineData("net_namespace /proc/self/ns/uts", "", 2, "KA0512.*/proc/self/ns/uts is no network namespace")]
    [InlineData("", "-s nowhere", 1, "Unable to set network namespace nowhere: /run/netns/nowhere does not exist")]
    [InlineData("instance a/b", "", 2, "KA0425")]
    public void Start_isRefused_whenThereIsNoSuchNamespace(string line, string option, int status, string message)
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, $"{line}\n{new VrrpConfiguration()}", option.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(status, lab.A.Daemon.WaitForExit(Expect.Soon));
        // Its last lines are read a moment after its end.
        lab.A.Daemon.WaitForLog(message, Expect.Soon);
        Assert.Empty(Files(lab.A));
        CommandResult test = lab.A.Run(Implementation.Ours, ["-t", "-f", lab.A.ConfigurationFile, .. option.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.Equal(4, test.ExitCode);
        Assert.Matches(message, test.Error);
    }

    [Fact]
    public void Start_isRefused_withoutPermission()
    {
        using Lab lab = new();
        lab.A.StartAs("setpriv", "--bounding-set=-sys_admin", Binaries.Ours, "-n", "-l", "-D", "-f", Write(lab.A, In(lab.B, new VrrpConfiguration())));
        Assert.Equal(4, lab.A.Daemon.WaitForExit(Expect.Soon));
        Assert.NotEmpty(lab.A.Daemon.LogMatches($"Unable to set network namespace {lab.B.Namespace}: it takes root, or the capability CAP_SYS_ADMIN"));
    }

    [Theory]
    [InlineData("network namespace", "net_namespace .*", "net_namespace nowhere")]
    [InlineData("network namespace", "net_namespace .*", "")]
    [InlineData("IPVS network namespace", "^", "net_namespace_ipvs blue\n")]
    [InlineData("IPVS network namespace", "^", "net_namespace_ipvs\n")]
    [InlineData("instance name", "(?m)^instance .*", "instance two")]
    [InlineData("instance name", "(?m)^instance .*", "")]
    public void Reload_thatNeedsARestart_isRefusedAsAWhole(string what, string pattern, string replacement)
    {
        using Lab lab = new();
        string[] says = [];
        foreach (Implementation implementation in (Implementation[])[Implementation.Stock, Implementation.Ours])
        {
            string before = In(lab.B, new VrrpConfiguration(), "one");
            lab.A.Start(implementation, before);
            lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
            int from = lab.A.Daemon.Log.Count;
            string after = System.Text.RegularExpressions.Regex.Replace(before, pattern, replacement)
                .Replace(VrrpConfiguration.DefaultAddress, "10.9.0.101", StringComparison.Ordinal);
            File.WriteAllText(lab.A.ConfigurationFile, after);
            lab.A.Daemon.Signal(Libc.SIGHUP);
            lab.A.Daemon.WaitForLog($"Cannot change {what} at a reload - please restart keepalived", Expect.Soon, from);
            Thread.Sleep(TimeSpan.FromSeconds(1));
            Assert.Empty(lab.A.Daemon.LogMatches("Reload complete|Entering", from));
            Assert.True(lab.B.Has(VrrpConfiguration.DefaultAddress));
            Assert.False(lab.B.Has("10.9.0.101"));
            // The next one may be right.
            File.WriteAllText(lab.A.ConfigurationFile, before);
            lab.A.Daemon.Signal(Libc.SIGHUP);
            lab.A.Daemon.WaitForLog("Reload complete", Expect.Soon, from);
            lab.A.Stop();
            lab.B.Addresses.WaitFor(s_vip, present: false, Expect.Soon);
        }
    }

    [Fact]
    public void Daemons_ofOneHost_inTwoNamespaces_areTwoRouters()
    {
        using Lab lab = new(routers: 3);
        Router b = lab.B;
        Router c = lab.Routers[2];
        DaemonProcess first = lab.A.Start(Implementation.Ours, In(b, new VrrpConfiguration { Priority = 200 }));
        b.Addresses.WaitFor(s_vip, present: true, Expect.Soon);
        string second = Path.Combine(lab.A.Scratch, "second.conf");
        File.WriteAllText(second, In(c, new VrrpConfiguration { Priority = 100 }));
        DaemonProcess other = lab.A.StartAs(Binaries.Ours, "-n", "-l", "-D", "-f", second);
        other.WaitForLog(Expect.EnteringBackup, Expect.Soon);
        Assert.Equal(
            ((string[])[b.Namespace, c.Namespace]).SelectMany(static name => (string[])[name, $"{name}/keepalived.pid", $"{name}/vrrp.pid"]).Order(), Files(lab.A).Order());

        // A second one in the same namespace is one too many.
        DaemonProcess third = lab.A.StartAs(Binaries.Ours, "-n", "-l", "-D", "-f", second);
        third.WaitForLog("daemon is already running", Expect.Soon);
        Assert.Equal(0, third.WaitForExit(Expect.Soon));

        // One crashes: the other takes over; what the crash left is removed by the next start in that namespace, and by no other one.
        first.Signal(Libc.SIGKILL);
        first.WaitForExit(Expect.Soon);
        c.Addresses.WaitFor(s_vip, present: true, Expect.Soon);
        Assert.True(b.Has(VrrpConfiguration.DefaultAddress));
        first = lab.A.Start(Implementation.Ours, In(b, new VrrpConfiguration { Priority = 50, Addresses = ["10.9.0.100", "10.9.0.102"] }));
        first.WaitForLog(Expect.EnteringBackup, Expect.Soon);
        b.Addresses.WaitFor(s_vip, present: false, Expect.Soon);
        Assert.True(c.Has(VrrpConfiguration.DefaultAddress));

        first.Signal(Libc.SIGTERM);
        first.WaitForExit(Expect.Soon);
        Assert.Equal([c.Namespace, $"{c.Namespace}/keepalived.pid", $"{c.Namespace}/vrrp.pid"], Files(lab.A));
        other.Signal(Libc.SIGTERM);
        other.WaitForExit(Expect.Soon);
        Assert.False(Directory.Exists(RunDirectory(lab.A)));
    }

    [Fact]
    public void Instances_inOneNamespace_haveFilesOfTheirOwn()
    {
        using Lab lab = new(routers: 1);
        DaemonProcess one = lab.A.Start(Implementation.Ours, $"instance one\n{new VrrpConfiguration()}");
        lab.A.Addresses.WaitFor(s_vip, present: true, Expect.Soon);
        string second = Path.Combine(lab.A.Scratch, "second.conf");
        File.WriteAllText(second, $"instance two\n{new VrrpConfiguration { Vrid = 52, Name = "VI_2", Addresses = ["10.9.0.102"] }}");
        DaemonProcess two = lab.A.StartAs(Binaries.Ours, "-n", "-l", "-D", "-f", second);
        lab.A.Addresses.WaitFor(IPAddress.Parse("10.9.0.102"), present: true, Expect.Soon);
        Assert.Equal(["keepalived_one.pid", "keepalived_two.pid", "vrrp_one.pid", "vrrp_two.pid"], Files(lab.A));
        Assert.Equal(2, Directory.GetFiles(RunDirectory(lab.A), "*.record").Length);

        one.Signal(Libc.SIGKILL);
        one.WaitForExit(Expect.Soon);
        one = lab.A.Start(Implementation.Ours, $"instance one\n{new VrrpConfiguration { Addresses = ["10.9.0.103"], AdvertSeconds = 20 }}");
        lab.A.Addresses.WaitFor(s_vip, present: false, Expect.Soon);
        Assert.True(lab.A.Has("10.9.0.102"));
        one.Signal(Libc.SIGTERM);
        one.WaitForExit(Expect.Soon);
        Assert.Equal(["keepalived_two.pid", "vrrp_two.pid"], Files(lab.A));
        two.Signal(Libc.SIGTERM);
        two.WaitForExit(Expect.Soon);
        Assert.False(Directory.Exists(RunDirectory(lab.A)));
    }

    [Theory]
    [InlineData("use_pid_dir", "keepalived.pid")]
    [InlineData("instance one", "keepalived_one.pid")]
    public void PidDirectory_isThatOfKeepalived(string line, string file)
    {
        using Lab lab = new(routers: 1);
        List<string[]> files = [];
        foreach (Implementation implementation in (Implementation[])[Implementation.Stock, Implementation.Ours])
        {
            lab.A.Start(implementation, $"{line}\n{new VrrpConfiguration()}");
            lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
            files.Add(Files(lab.A));
            lab.A.Stop();
            Assert.False(Directory.Exists(RunDirectory(lab.A)));
        }
        Assert.Equal(files[0], files[1]);
        Assert.Contains(file, files[1]);
    }

    [Fact]
    public void Start_inTheBackground_entersTheNamespace()
    {
        using Lab lab = new();
        CommandResult started = lab.A.Run(Implementation.Ours, "-f", Write(lab.A, In(lab.B, new VrrpConfiguration())));
        Assert.Equal(0, started.ExitCode);
        lab.B.Addresses.WaitFor(s_vip, present: true, Expect.Soon);
        int id = DaemonId(lab.A, $"{lab.B.Namespace}/keepalived.pid");
        Assert.Equal("/", Link($"/proc/{id}/cwd"));
        Assert.All(Directory.GetDirectories($"/proc/{id}/task"), static thread => Assert.Equal("/", Link($"{thread}/cwd")));
        Assert.Equal(0, Libc.Kill(id, Libc.SIGTERM));
        Assert.True(SpinWait.SpinUntil(() => !Directory.Exists(RunDirectory(lab.A)), Expect.Soon));

        started = lab.A.Run(Implementation.Ours, "-f", Write(lab.A, $"net_namespace nowhere\n{new VrrpConfiguration()}"));
        Assert.Equal(2, started.ExitCode);
        Assert.Contains("KA0512", started.Error);
    }

    [Theory]
    [InlineData("log/ka.txt", "log/ka{0}{1}_one.txt")]
    [InlineData("a.d/log", "a.d/log{0}{1}_one")]
    [InlineData(null, "tmp/keepalived{0}{1}_one.log")]
    public void LogFiles_areNamedAfterNamespaceAndInstance(string? given, string expected)
    {
        using Lab lab = new();
        string option = given is null ? "-g" : $"-g{Path.Combine(lab.A.Scratch, given)}";
        if (given is not null)
            Directory.CreateDirectory(Path.Combine(lab.A.Scratch, Path.GetDirectoryName(given)!));
        lab.A.Start(Implementation.Ours, In(lab.B, new VrrpConfiguration(), "one"), option);
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        string daemon = Path.Combine(lab.A.Scratch, string.Format(CultureInfo.InvariantCulture, expected, "", $"_{lab.B.Namespace}"));
        string vrrp = Path.Combine(lab.A.Scratch, string.Format(CultureInfo.InvariantCulture, expected, "_vrrp", $"_{lab.B.Namespace}"));
        Assert.Matches("Starting Keepalived", File.ReadLines(daemon).First());
        Assert.True(SpinWait.SpinUntil(
            () => File.ReadLines(vrrp).Any(static line => line.EndsWith(": (VI_1) Entering MASTER STATE", StringComparison.Ordinal)), Expect.Soon));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(vrrp));
        // Whoever rotates it asks for a reload.
        File.Move(daemon, $"{daemon}.1");
        lab.A.Daemon.Signal(Libc.SIGHUP);
        lab.A.Daemon.WaitForLog("Reload complete", Expect.Soon);
        Assert.True(SpinWait.SpinUntil(() => File.ReadAllText(daemon).Contains("Reload complete", StringComparison.Ordinal), Expect.Soon));
        Assert.DoesNotContain("Reloading", File.ReadAllText($"{daemon}.1"));
        lab.A.Stop();
    }

    [Fact]
    public void CheckOnThisHost_looksIntoEachNamespace()
    {
        using Lab lab = new();
        lab.B.AddInterface("there");
        lab.A.AddInterface("here");
        string first = Path.Combine(lab.A.Scratch, "there.conf");
        string second = Path.Combine(lab.A.Scratch, "here.conf");
        File.WriteAllText(first, In(lab.B, new VrrpConfiguration { Vrid = 7 }.ToString().Replace("eth0", "there", StringComparison.Ordinal)));
        File.WriteAllText(second, new VrrpConfiguration { Vrid = 8 }.ToString().Replace("eth0", "here", StringComparison.Ordinal));
        CommandResult both = lab.A.Run(Implementation.Ours, "check", "--host", first, second);
        Assert.DoesNotContain("KA0502", both.Output);
        File.WriteAllText(second, In(lab.B, File.ReadAllText(second)));
        both = lab.A.Run(Implementation.Ours, "check", "--host", second, first);
        Assert.Contains("interface here does not exist", both.Output);
        Assert.DoesNotContain("interface there does not exist", both.Output);
        Assert.Equal(5, lab.A.Run(Implementation.Ours, "-t", "-f", second).ExitCode);
        Assert.Equal(0, lab.A.Run(Implementation.Ours, "-t", "-f", first).ExitCode);
        Assert.Equal(0, lab.A.Run(Implementation.Ours, "-t", "-f", second, "-s", lab.A.Namespace).ExitCode);
    }

    // As in a container that lets it change its network and mount nothing.
    [Fact]
    public void Mount_thatIsRefused_leavesThePidFilesWhereTheyAre()
    {
        const string Script = """
            mount -t tmpfs tmpfs /run
            mkdir /run/netns; ip netns add n1
            ip -n n1 link add eth0 type veth peer name far0
            ip -n n1 address add 10.9.0.1/24 dev eth0
            ip -n n1 link set eth0 up; ip -n n1 link set far0 up
            echo 1 > /proc/sys/user/max_mnt_namespaces
            "$1" -f "$2" -n -l -D -s n1 2> /run/log &
            there() { nsenter --net=/run/netns/n1 ip address show dev eth0; }
            for i in $(seq 50); do there | grep -q 10.9.0.100 && break; sleep 0.1; done
            echo /run/keepalived/n1/*; there
            kill %1; wait %1; echo "status $? $(ls /run | grep -c keepalived)"; cat /run/log
            """;
        using Lab lab = new(routers: 1);
        Assert.SkipUnless(Shell.Try("unshare", "-Urnm", "true").ExitCode == 0, "user namespaces are not permitted");
        string output = Shell.Run(
            "unshare", "-Urnm", "--propagation", "private", "bash", "-c", Script, "x", Binaries.Ours, Write(lab.A, new VrrpConfiguration { Priority = 250 }));
        Assert.Contains("/run/keepalived/n1/keepalived.pid /run/keepalived/n1/kernel-run-keepalived-vrrp.pid.record /run/keepalived/n1/kernel-run-keepalived-vrrp.pid.roles /run/keepalived/n1/vrrp.pid", output);
        Assert.Contains("10.9.0.100/32", output);
        Assert.Contains("status 0 0", output);
        Assert.Contains("No mount namespace of our own", output);
    }
}
