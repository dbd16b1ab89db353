using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using KeepalivedAot.Tests.EndToEnd.Interoperation;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Alone;

/// <summary>Lines of the published program in each of their forms, and what becomes of them when nobody takes them.</summary>
public sealed class LogTests : IDisposable
{
    private const string Master = "(VI_1) Entering MASTER STATE";

    private readonly string _folder = Directory.CreateTempSubdirectory("ka-log-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Json_onTheConsole_eachLineIsAnObject()
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, new VrrpConfiguration(), "--log-format", "json");
        lab.A.Daemon.WaitForLog("Entering MASTER STATE", Expect.Soon);
        Assert.Equal(0, lab.A.Stop());
        JsonElement[] lines = [.. lab.A.Daemon.Log.Snapshot().Select(static entry => JsonDocument.Parse(entry.Text).RootElement)];
        Assert.StartsWith("Starting Keepalived", lines[0].GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.False(lines[0].TryGetProperty("instance", out _));
        JsonElement master = Assert.Single(lines, static line => line.GetProperty("message").GetString() == Master);
        Assert.Equal(("VI_1", 51, 1001, "info", "Keepalived_vrrp"), (master.GetProperty("instance").GetString(), master.GetProperty("vrid").GetInt32(),
            master.GetProperty("event").GetInt32(), master.GetProperty("level").GetString(), master.GetProperty("ident").GetString()));
        // What is about the instance says so in its text, too.
        Assert.All(
            lines.Where(static line => line.GetProperty("message").GetString()!.StartsWith("(VI_1) ", StringComparison.Ordinal)),
            static line => Assert.Equal("VI_1", line.GetProperty("instance").GetString()));
    }

    [Fact, BesideStock]
    public void Syslog_linesHaveTheFormOfStock()
    {
        string[] forms = new string[2];
        foreach (Implementation implementation in (Implementation[])[Implementation.Stock, Implementation.Ours])
        {
            using Lab lab = new(routers: 1);
            using SyslogReceiver syslog = new(lab.A);
            File.WriteAllText(lab.A.ConfigurationFile, new VrrpConfiguration());
            lab.A.StartAs(Binaries.PathOf(implementation), "-n", "-S", "3", "-f", lab.A.ConfigurationFile);
            string line = syslog.Lines.WaitFor("MASTER in syslog", static text => text.Contains("Entering MASTER STATE"), TimeSpan.FromSeconds(10));
            Match match = Regex.Match(line, @"^(<\d+>)(\w{3} [ \d]\d \d\d:\d\d:\d\d) (\w+)\[(\d+)\](: .*)$");
            Assert.True(match.Success, line);
            // Whose process it is.
            Assert.Contains(int.Parse(match.Groups[4].Value, CultureInfo.InvariantCulture), lab.A.Processes());
            forms[implementation == Implementation.Stock ? 0 : 1] = match.Groups[1].Value + match.Groups[3].Value + match.Groups[5].Value;
            Assert.Equal(0, lab.A.Stop());
        }
        Assert.Equal(forms[0], forms[1]);
        Assert.Equal($"<158>Keepalived_vrrp: {Master}", forms[1]);
    }

    [Fact]
    public void Syslog_thatComesLateAndIsStartedAnew_missesNoLine()
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, new VrrpConfiguration());
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        using (SyslogReceiver late = new(lab.A))
        {
            // It is looked for again after seconds, more each time.
            late.Lines.WaitFor("the first line", static text => text.Contains(": Starting Keepalived"), TimeSpan.FromSeconds(20));
            late.Lines.WaitFor("MASTER", static text => text.Contains("Entering MASTER STATE"), Expect.Soon);
            Assert.DoesNotContain(late.Lines.Snapshot(), static text => text.Contains("dropped"));
            // In their order, as on the console.
            string[] console = [.. lab.A.Daemon.Log.Snapshot().Select(static entry => entry.Text[26..])];
            string[] lines = [.. late.Lines.Snapshot().Select(static text => text[(text.IndexOf("]: ", StringComparison.Ordinal) + 3)..])];
            Assert.Equal(console[..lines.Length], lines);
        }
        File.Delete(Path.Combine(lab.A.Scratch, "dev", "log"));
        lab.A.Daemon.Signal(Libc.SIGHUP);
        lab.A.Daemon.WaitForLog("Reload complete", Expect.Soon);
        using SyslogReceiver next = new(lab.A);
        next.Lines.WaitFor("the reload", static text => text.Contains("Reload complete"), TimeSpan.FromSeconds(10));
        Assert.Contains(next.Lines.Snapshot(), static text => text.Contains("]: Reloading"));
        Assert.Equal(0, lab.A.Stop());
        next.Lines.WaitFor("the end", static text => text.Contains("Stopped"), Expect.Soon);
    }

    [Fact]
    public void Syslog_thatDoesNotRead_costsNoAdvertAndSomeCountedLines()
    {
        using Lab lab = new(routers: 1);
        // Bound, and read by nobody.
        using Socket silent = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        silent.Bind(new UnixDomainSocketEndPoint(Path.Combine(lab.A.Scratch, "dev", "log")));
        lab.A.Start(Implementation.Ours, new VrrpConfiguration());
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        int from = lab.Observer.Adverts.Count;
        for (int i = 0; i < 60; i++)
        {
            lab.A.Daemon.Signal(Libc.SIGHUP);
            Thread.Sleep(30);
        }
        Thread.Sleep(400);
        TimeSpan[] times = [.. lab.Observer.Adverts.Snapshot(from).Select(static advert => advert.At)];
        Assert.All(times.Zip(times.Skip(1), static (a, b) => b - a), static gap => Assert.InRange(gap, TimeSpan.Zero, TimeSpan.FromMilliseconds(400)));
        // Read now: all of it comes, in its order, the end too.
        List<string> lines = [];
        byte[] buffer = new byte[8192];
        silent.ReceiveTimeout = 1000;
        lab.A.Daemon.Signal(Libc.SIGTERM);
        try
        {
            while (true)
                lines.Add(Encoding.UTF8.GetString(buffer, 0, silent.Receive(buffer)));
        }
        catch (SocketException)
        {
            // Nothing more.
        }
        Assert.Equal(0, lab.A.Daemon.WaitForExit(Expect.Soon));
        long dropped = lines.Select(static line => Regex.Match(line, @"\((\d+) log lines were dropped: ")).Where(static m => m.Success)
            .Sum(static m => long.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture));
        int console = lab.A.Daemon.Log.Snapshot().Length;
        int notices = lines.Count(static line => line.Contains("log lines were dropped"));
        Assert.Equal(console, lines.Count - notices + dropped);
        Assert.Contains("Stopped Keepalived", lines[^1]);
    }

    [Fact]
    public void Settings_chooseTheFormOfTheHostsLog_andAReloadAnother()
    {
        using Receiver syslog = new(Path.Combine(_folder, "dev", "log"));
        using Receiver journal = new(Path.Combine(_folder, "run", "systemd", "journal", "socket"));
        CommandResult result = Inside("""
            echo '[log]' > /etc/keepalived/keepalived-aot.toml
            echo 'syslog = "journal"' >> /etc/keepalived/keepalived-aot.toml
            "$ka" -n -f /etc/keepalived/keepalived.conf & pid=$!
            sleep 2
            sed -i s/journal/rfc5424/ /etc/keepalived/keepalived-aot.toml
            kill -HUP $pid; sleep 0.5
            rm /run/systemd/journal/socket
            sed -i s/rfc5424/journal/ /etc/keepalived/keepalived-aot.toml
            kill -HUP $pid; sleep 0.5
            kill $pid; wait $pid
            """);
        Assert.True(result.ExitCode == 0, result.Error);
        string[] fields = journal.Messages.First(static m => m.Contains(Master, StringComparison.Ordinal)).TrimEnd('\n').Split('\n');
        Assert.Equal([$"MESSAGE={Master}", "PRIORITY=6", "SYSLOG_FACILITY=3", "SYSLOG_IDENTIFIER=Keepalived_vrrp"], fields[..4]);
        Assert.Equal(["KEEPALIVED_EVENT=1001", "KEEPALIVED_INSTANCE=VI_1", "KEEPALIVED_VRID=51"], fields[5..]);
        Assert.StartsWith("MESSAGE=Starting Keepalived", journal.Messages[0], StringComparison.Ordinal);
        // Between the reloads.
        Assert.Contains(syslog.Messages, static m => Regex.IsMatch(m, @"^<30>1 \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}[+-]\d\d:\d\d \S+ Keepalived \d+ 121 - Reloading \.\.\.$"));
        Assert.Contains(syslog.Messages, static m => Regex.IsMatch(m, @"^<28>\w{3} .* Keepalived\[\d+\]: There is no journal \(/run/systemd/journal/socket\): lines go to syslog$"));
        Assert.Contains(syslog.Messages, static m => Regex.IsMatch(m, @"^<30>\w{3} .* Keepalived_vrrp\[\d+\]: \(VI_1\) sent 0 priority$"));
    }

    [Fact]
    public void File_onAFullDisk_losesCountedLinesAndTearsNone()
    {
        CommandResult result = Inside("""
            mkdir -p /run/disk
            mount -t tmpfs -o size=64k none /run/disk
            "$ka" -n -G -D -g/run/disk/log --log-format=json -f /etc/keepalived/keepalived.conf & pid=$!
            sleep 1.5
            dd if=/dev/zero of=/run/disk/full bs=4k 2>/dev/null || true
            for i in $(seq 40); do kill -HUP $pid; sleep 0.05; done
            rm /run/disk/full
            kill -HUP $pid; sleep 0.3
            kill $pid; wait $pid
            cat /run/disk/log >&2
            """);
        Assert.True(result.ExitCode == 0, result.Error);
        JsonElement[] lines = [.. result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(IsWhole).Select(static line => JsonDocument.Parse(line).RootElement)];
        int torn = result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Count(static line => !IsWhole(line));
        // The one that the disk took only a part of, which is counted among the lost.
        Assert.InRange(torn, 0, 1);
        Assert.Contains(lines, static line => Regex.IsMatch(line.GetProperty("message").GetString()!, @"^\(\d+ log lines were dropped: the file took no more\)$"));
        Assert.StartsWith("Stopped Keepalived", lines[^1].GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    private static bool IsWhole(string line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // A network, an /etc/keepalived, a /run and a /dev of its own.
    private CommandResult Inside(string script)
    {
        foreach (string directory in (string[])["etc", "run", "dev"])
            Directory.CreateDirectory(Path.Combine(_folder, directory));
        foreach (string device in (string[])["null", "zero", "urandom"])
            File.WriteAllText(Path.Combine(_folder, "dev", device), "");
        File.WriteAllText(Path.Combine(_folder, "etc", "keepalived.conf"), new VrrpConfiguration());
        return Shell.Try("unshare", ["--net", "--mount", "--propagation", "private", "--", "bash", "-euc", $"""
            ip link add eth0 type veth peer name peer0
            ip address add 10.9.0.1/24 dev eth0
            ip link set eth0 up
            ip link set peer0 up
            mkdir -p /etc/keepalived
            mount --bind {_folder}/etc /etc/keepalived
            mount --bind {_folder}/run /run
            for device in null zero urandom; do mount --bind "/dev/$device" "{_folder}/dev/$device"; done
            mount --rbind {_folder}/dev /dev
            ka={Binaries.PathOf(Implementation.Ours)}
            {script}
            """], TimeSpan.FromSeconds(60));
    }

    private sealed class Receiver : IDisposable
    {
        private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 100 };
        private readonly List<string> _messages = [];
        private readonly Thread _thread;
        private volatile bool _closing;

        public Receiver(string path)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            _socket.Bind(new UnixDomainSocketEndPoint(path));
            _thread = new Thread(Listen) { IsBackground = true };
            _thread.Start();
        }

        public string[] Messages
        {
            get
            {
                lock (_messages)
                    return [.. _messages];
            }
        }

        public void Dispose()
        {
            _closing = true;
            _thread.Join();
            _socket.Dispose();
        }

        private void Listen()
        {
            byte[] buffer = new byte[8192];
            while (!_closing)
            {
                try
                {
                    string message = Encoding.UTF8.GetString(buffer, 0, _socket.Receive(buffer));
                    lock (_messages)
                        _messages.Add(message);
                }
                catch (SocketException e) when (e.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock)
                {
                    // Nothing for a while: look whether to go on.
                }
            }
        }
    }
}
