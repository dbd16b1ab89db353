using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Alone;

/// <summary>Metrics as the published daemon serves them: to curl-like clients of the test's own, to promtool and Prometheus, and to who means harm.</summary>
public sealed class MetricsTests
{
    private const int Port = 9650;
    private const int SIGHUP = 1;
    private const string OpenMetrics = "application/openmetrics-text;version=1.0.0";
    private const int MostConnections = 16;
    private const int MostRounds = 15;

    // Between two advertisements of an interval of 10 ms.
    private static readonly TimeSpan s_punctual = TimeSpan.FromMilliseconds(13);

    private static readonly VrrpConfiguration s_configuration = new()
    {
        Priority = 150,
        Addresses = ["10.9.0.100/24", "10.9.0.101"],
    };

    private static readonly string s_listen = Listen($"127.0.0.1:{Port}");

    private static string Listen(string where) => $"[metrics]\nlisten = \"{where}\"\n";

    // With an /etc/keepalived of its own, where the settings are.
    private static void Start(Lab lab, string settings, string? configuration = null, params string[] options)
    {
        string folder = Path.Combine(lab.A.Scratch, "etc");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "keepalived-aot.toml"), settings);
        File.WriteAllText(lab.A.ConfigurationFile, configuration ?? s_configuration);
        lab.A.Ip("link", "set", "lo", "up");
        lab.A.StartAs([
            "bash", "-euc", "mkdir -p /etc/keepalived; mount --bind \"$1\" /etc/keepalived; shift; exec \"$@\"", "start", folder,
            Binaries.PathOf(Implementation.Ours), "-n", "-l", "-f", lab.A.ConfigurationFile, .. options]);
    }

    private static void StartMaster(Lab lab, string settings)
    {
        Start(lab, settings, options: "-D");
        Expect.Master(lab.A, s_configuration.ActiveDownInterval);
    }

    private static void Reload(Lab lab, string settings)
    {
        int from = lab.A.Daemon.Log.Count;
        File.WriteAllText(Path.Combine(lab.A.Scratch, "etc", "keepalived-aot.toml"), settings);
        lab.A.Daemon.Signal(SIGHUP);
        lab.A.Daemon.WaitForLog("Reload complete|Reload refused", Expect.Soon, from);
    }

    private static Socket Connect(Lab lab, EndPoint? to = null) => NetworkNamespace.Run(lab.A.Namespace, () =>
    {
        EndPoint at = to ?? new IPEndPoint(IPAddress.Loopback, Port);
        bool isLocal = at is UnixDomainSocketEndPoint;
        Socket socket = new(at.AddressFamily, SocketType.Stream, isLocal ? ProtocolType.Unspecified : ProtocolType.Tcp)
        {
            ReceiveTimeout = 30_000,
            SendTimeout = 30_000,
        };
        socket.Connect(at);
        return socket;
    });

    private static string Ask(Lab lab, string request, EndPoint? to = null)
    {
        using Socket socket = Connect(lab, to);
        socket.Send(Encoding.Latin1.GetBytes(request));
        return ReadToEnd(socket);
    }

    private static string ReadToEnd(Socket socket)
    {
        MemoryStream all = new();
        byte[] buffer = new byte[1 << 16];
        for (int length; (length = socket.Receive(buffer)) > 0;)
            all.Write(buffer, 0, length);
        return Encoding.UTF8.GetString(all.ToArray());
    }

    // The body of a 200, taken out of its chunks.
    private static string Scrape(Lab lab, string accept = "text/plain", EndPoint? to = null)
        => Body(Ask(lab, $"GET /metrics HTTP/1.1\r\nHost: router\r\nAccept: {accept}\r\n\r\n", to));

    private static string Body(string answer)
    {
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer, StringComparison.Ordinal);
        int at = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
        if (!answer[..at].Contains("Transfer-Encoding: chunked", StringComparison.Ordinal))
            return answer[at..];
        // Names here are ASCII, so that bytes are characters.
        StringBuilder body = new();
        while (true)
        {
            int end = answer.IndexOf("\r\n", at, StringComparison.Ordinal);
            int length = int.Parse(answer.AsSpan(at, end - at), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (length == 0)
                break;
            body.Append(answer, end + 2, length);
            Assert.Equal("\r\n", answer.Substring(end + 2 + length, 2));
            at = end + 2 + length + 2;
        }
        Assert.Equal("0\r\n\r\n", answer[at..]);
        return body.ToString();
    }

    private static double Value(string text, string sample)
    {
        string line = text.Split('\n').Single(line => line.StartsWith($"{sample} ", StringComparison.Ordinal));
        return double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);
    }

    private static string Tool(string program, string input, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(60_000), $"{program} ends");
        Assert.True(process.ExitCode == 0, $"{program}: {process.ExitCode}\n{output}{error.Result}");
        return output + error.Result;
    }

    private static void SkipWithout(string program)
        => Assert.SkipUnless(File.Exists(program), $"{program} is not there: packaging/prerequisites installs it");

    [Fact]
    public void Metrics_areThoseOfTheDaemon_andPromtoolHasNothingToSay()
    {
        SkipWithout("/usr/bin/promtool");
        using Lab lab = new(routers: 1);
        StartMaster(lab, s_listen);
        string text = Scrape(lab);
        Assert.Equal(1, Value(text, "keepalived_up"));
        Assert.Equal(2, Value(text, "keepalived_vrrp_state{iname=\"VI_1\",intf=\"eth0\",vrid=\"51\",ip_address=\"10.9.0.100/24\"}"));
        Assert.Equal(2, Value(text, "keepalived_vrrp_state{iname=\"VI_1\",intf=\"eth0\",vrid=\"51\",ip_address=\"10.9.0.101\"}"));
        Assert.InRange(Value(text, "keepalived_advertisements_sent_total{iname=\"VI_1\",intf=\"eth0\",vrid=\"51\",state=\"MASTER\"}"), 1, 1000);
        Assert.Equal(1, Value(text, "keepalived_aot_transitions_total{iname=\"VI_1\",intf=\"eth0\",vrid=\"51\",reason=\"nobody_heard\"}"));
        Assert.InRange(Value(text, "keepalived_aot_wakeup_lateness_seconds_count"), 1, 100_000);
        Assert.InRange(Value(text, "keepalived_aot_resident_memory_bytes"), 1 << 20, 64 << 20);
        Assert.InRange(Value(text, "keepalived_aot_start_time_seconds"), DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 60, DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 1);
        Assert.Equal("", Tool("/usr/bin/promtool", text, "check", "metrics"));
        // The text is not just any that promtool takes.
        Assert.ThrowsAny<Exception>(() => Tool("/usr/bin/promtool", text + "}\n", "check", "metrics"));
    }

    [Fact]
    public void Reloads_maintenance_conflictsAndJournal_areCounted()
    {
        using Lab lab = new(routers: 1);
        StartMaster(lab, s_listen);
        string text = Scrape(lab);
        Assert.DoesNotContain("keepalived_aot_reload_success", text, StringComparison.Ordinal);
        Assert.Equal(0, Value(text, "keepalived_aot_maintenance"));
        double written = Value(text, "keepalived_aot_journal_events_written_total");
        Assert.InRange(written, 2, 100);

        Reload(lab, s_listen);
        Reload(lab, s_listen + "nonsense = 1\n");
        lab.Sender.Send(new CraftedAdvert { Priority = 100, Addresses = [IPAddress.Parse("10.9.0.50")] });
        lab.A.Daemon.WaitForLog("also uses VRID 51", Expect.Soon);
        lab.A.Run(Implementation.Ours, "maintenance", "on", "--for", "1h");
        text = Scrape(lab);
        Assert.Equal((1, 1, 0), (
            Value(text, "keepalived_aot_reloads_total{outcome=\"accepted\"}"), Value(text, "keepalived_aot_reloads_total{outcome=\"refused\"}"),
            Value(text, "keepalived_aot_reload_success")));
        double now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        Assert.InRange(Value(text, "keepalived_aot_reload_time_seconds"), now - 30, now + 1);
        Assert.InRange(Value(text, "keepalived_aot_reload_duration_seconds"), 0.0001, 10);
        Assert.Equal(1, Value(text, "keepalived_aot_maintenance"));
        Assert.InRange(Value(text, "keepalived_aot_maintenance_end_time_seconds"), now + 3570, now + 3601);
        Assert.Equal(1, Value(text, "keepalived_aot_conflicts_total{iname=\"VI_1\",intf=\"eth0\",vrid=\"51\",kind=\"foreign_vrid\"}"));
        Assert.Equal(0, Value(text, "keepalived_aot_conflicts_total{iname=\"VI_1\",intf=\"eth0\",vrid=\"51\",kind=\"two_masters\"}"));
        Assert.InRange(Value(text, "keepalived_aot_journal_events_written_total"), written + 4, 200);
        Assert.Equal(0, Value(text, "keepalived_aot_journal_events_lost_total"));
        lab.A.Run(Implementation.Ours, "maintenance", "off");
    }

    [Fact]
    public void OpenMetrics_areTakenByAStrictReader()
    {
        SkipWithout("/usr/lib/python3/dist-packages/prometheus_client/openmetrics/parser.py");
        using Lab lab = new(routers: 1);
        StartMaster(lab, s_listen);
        string text = Scrape(lab, OpenMetrics);
        Assert.EndsWith("\n# EOF\n", text, StringComparison.Ordinal);
        const string Read = "import sys; from prometheus_client.openmetrics.parser import text_string_to_metric_families as read; print(len(list(read(sys.stdin.read()))))";
        int families = text.Split('\n').Count(static line => line.StartsWith("# TYPE ", StringComparison.Ordinal));
        Assert.Equal(families.ToString(CultureInfo.InvariantCulture), Tool("/usr/bin/python3", text, "-c", Read).Trim());
        Assert.ThrowsAny<Exception>(() => Tool("/usr/bin/python3", text[..^6], "-c", Read));
    }

    [Fact]
    public void Prometheus_scrapesThem()
    {
        SkipWithout("/usr/bin/prometheus");
        using Lab lab = new(routers: 1);
        StartMaster(lab, s_listen);
        string folder = Path.Combine(lab.Scratch, "prometheus");
        Directory.CreateDirectory(folder);
        string configuration = Path.Combine(folder, "prometheus.yml");
        File.WriteAllText(configuration, $"global:\n  scrape_interval: 1s\n  scrape_timeout: 1s\nscrape_configs:\n  - job_name: keepalived\n    static_configs:\n      - targets: ['127.0.0.1:{Port}']\n");
        Tool("/usr/bin/promtool", "", "check", "config", configuration);
        using Process prometheus = Process.Start(new ProcessStartInfo(
            "ip",
            ["netns", "exec", lab.A.Namespace, "/usr/bin/prometheus", $"--config.file={configuration}", $"--storage.tsdb.path={folder}/data", "--web.listen-address=127.0.0.1:9090"])
        {
            RedirectStandardError = true,
        })!;
        StringBuilder log = new();
        prometheus.ErrorDataReceived += (_, line) =>
        {
            lock (log)
                log.AppendLine(line.Data);
        };
        prometheus.BeginErrorReadLine();
        try
        {
            Assert.True(SpinWait.SpinUntil(() => Query(lab, "keepalived_aot_state") == "2", TimeSpan.FromSeconds(40)), log.ToString());
            Assert.Equal("1", Query(lab, "up"));
            Assert.Equal("2", Query(lab, "count(keepalived_vrrp_state == 2)"));
            Assert.Equal("1", Query(lab, "keepalived_become_master_total{state='MASTER'}"));
            // Read as a histogram.
            Assert.InRange(double.Parse(Query(lab, "histogram_quantile(1, keepalived_aot_wakeup_lateness_seconds_bucket)")!, CultureInfo.InvariantCulture), 0, 10);
        }
        finally
        {
            prometheus.Kill();
            prometheus.WaitForExit();
        }
    }

    // The value of the first sample; null when there is none, or nobody answers yet.
    private static string? Query(Lab lab, string expression)
    {
        try
        {
            Thread.Sleep(200);
            string answer = Ask(lab, $"GET /api/v1/query?query={Uri.EscapeDataString(expression)} HTTP/1.0\r\nHost: a\r\n\r\n", new IPEndPoint(IPAddress.Loopback, 9090));
            // It listens before it has read what it has stored.
            if (answer.StartsWith("HTTP/1.0 503", StringComparison.Ordinal))
                return null;
            using JsonDocument document = JsonDocument.Parse(Body(answer.Replace("HTTP/1.0 200", "HTTP/1.1 200", StringComparison.Ordinal)));
            JsonElement result = document.RootElement.GetProperty("data").GetProperty("result");
            return result.GetArrayLength() == 0 ? null : result[0].GetProperty("value")[1].GetString();
        }
        catch (SocketException)
        {
            return null;
        }
    }

    [Fact]
    public void Answers_areThoseOfHttp()
    {
        using Lab lab = new(routers: 1);
        StartMaster(lab, s_listen);
        Assert.Contains("\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\n", Ask(lab, "GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n"), StringComparison.Ordinal);
        Assert.Contains(
            "\r\nContent-Type: application/openmetrics-text; version=1.0.0; charset=utf-8\r\n",
            Ask(lab, $"GET /metrics HTTP/1.1\r\nHost: a\r\nAccept: {OpenMetrics}\r\n\r\n"), StringComparison.Ordinal);
        string old = Ask(lab, "GET /metrics HTTP/1.0\r\n\r\n");
        Assert.DoesNotContain("chunked", old, StringComparison.Ordinal);
        Assert.Contains("keepalived_aot_build_info", Body(old), StringComparison.Ordinal);
        Assert.EndsWith("Connection: close\r\n\r\n", Ask(lab, "HEAD /metrics HTTP/1.1\r\nHost: a\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 404 Not Found\r\n", Ask(lab, "GET / HTTP/1.1\r\nHost: a\r\n\r\n"), StringComparison.Ordinal);
        Assert.Contains("\r\nAllow: GET, HEAD\r\n", Ask(lab, "DELETE /metrics HTTP/1.1\r\nHost: a\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 400 Bad Request\r\n", Ask(lab, "nonsense\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 431 ", Ask(lab, $"GET /metrics HTTP/1.1\r\nX: {new string('x', 20_000)}\r\n\r\n"), StringComparison.Ordinal);
        // In pieces, and with the other direction closed afterwards.
        using Socket slow = Connect(lab);
        foreach (byte one in "GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n"u8.ToArray())
        {
            slow.Send([one]);
            Thread.Sleep(2);
        }
        slow.Shutdown(SocketShutdown.Send);
        Assert.Contains("keepalived_aot_build_info", Body(ReadToEnd(slow)), StringComparison.Ordinal);
    }

    [Fact]
    public void Place_movesWithAReload_andIsOffWithoutSettings()
    {
        using Lab lab = new(routers: 1);
        StartMaster(lab, "");
        Assert.Throws<SocketException>(() => Connect(lab));
        Reload(lab, s_listen);
        lab.A.Daemon.WaitForLog(@"Metrics are served at 127\.0\.0\.1:9650", Expect.Soon);
        Assert.Contains("keepalived_up 1\n", Scrape(lab), StringComparison.Ordinal);

        // The same place again: who is being served does not notice.
        using Socket open = Connect(lab);
        open.Send("GET /metrics HTTP/1.1\r\n"u8);
        Thread.Sleep(100);
        Reload(lab, s_listen);
        open.Send("Host: a\r\n\r\n"u8);
        Assert.Contains("keepalived_up 1\n", Body(ReadToEnd(open)), StringComparison.Ordinal);

        Reload(lab, Listen("[::1]:9651"));
        Assert.Contains("keepalived_up 1\n", Scrape(lab, to: new IPEndPoint(IPAddress.IPv6Loopback, 9651)), StringComparison.Ordinal);
        Assert.Throws<SocketException>(() => Connect(lab));

        Reload(lab, Listen("/run/metrics.sock"));
        string path = Path.Combine(lab.A.Scratch, "run", "metrics.sock");
        Assert.Contains("keepalived_up 1\n", Scrape(lab, to: new UnixDomainSocketEndPoint(path)), StringComparison.Ordinal);
        Assert.Throws<SocketException>(() => Connect(lab, new IPEndPoint(IPAddress.IPv6Loopback, 9651)));

        Reload(lab, "");
        lab.A.Daemon.WaitForLog(@"Metrics are no longer served at /run/metrics\.sock", Expect.Soon);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void Socket_goesWithTheDaemon_andIsTakenOverAfterACrash()
    {
        using Lab lab = new(routers: 1);
        StartMaster(lab, Listen("/run/metrics.sock"));
        string path = Path.Combine(lab.A.Scratch, "run", "metrics.sock");
        lab.A.Crash();
        Assert.True(File.Exists(path));
        StartMaster(lab, Listen("/run/metrics.sock"));
        Assert.Contains("keepalived_up 1\n", Scrape(lab, to: new UnixDomainSocketEndPoint(path)), StringComparison.Ordinal);
        Assert.Equal(0, lab.A.Stop());
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void Place_thatIsTaken_isOneLine_andTriedAgain()
    {
        using Lab lab = new(routers: 1);
        lab.A.Ip("link", "set", "lo", "up");
        Socket other = NetworkNamespace.Run(lab.A.Namespace, static () =>
        {
            Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, Port));
            socket.Listen();
            return socket;
        });
        using (other)
        {
            StartMaster(lab, s_listen);
            Thread.Sleep(7000);
            Assert.Single(lab.A.Daemon.Log.Snapshot(), static line => line.Text.Contains("Metrics are not served at 127.0.0.1:9650: bind 127.0.0.1 port 9650: Address already in use", StringComparison.Ordinal));
        }
        lab.A.Daemon.WaitForLog("Metrics are served at", TimeSpan.FromSeconds(10));
        Assert.Contains("keepalived_up 1\n", Scrape(lab), StringComparison.Ordinal);
    }

    [Fact(DisableParallelization = true)]
    public void HostileClients_harmNeitherAdvertisementsNorOthers()
    {
        using Lab lab = new(routers: 1);
        StartMaster(lab, s_listen);
        TimeSpan begun = MonotonicClock.Now;
        Random random = new(1);
        // Whoever says nothing, says it slowly, does not read, or says nonsense: all at once.
        List<Socket> silent = [.. Enumerable.Range(0, MostConnections).Select(_ => Connect(lab))];
        Thread.Sleep(300);
        using (Socket refused = Connect(lab))
            Assert.True(IsOver(refused));
        lab.A.Daemon.WaitForLog("16 connections are open, and another one was refused", Expect.Soon);
        // After 10 seconds they are gone, and there is room again.
        Assert.True(SpinWait.SpinUntil(() => TryScrape(lab) is not null, TimeSpan.FromSeconds(15)));
        foreach (Socket socket in silent)
        {
            Assert.True(IsOver(socket));
            socket.Dispose();
        }
        for (int run = 0; run < 200; run++)
        {
            byte[] nonsense = new byte[random.Next(1, 30_000)];
            random.NextBytes(nonsense);
            using Socket socket = Connect(lab);
            try
            {
                socket.Send(nonsense);
                socket.Shutdown(SocketShutdown.Send);
                if (run % 3 == 0)
                    socket.Receive(new byte[100]);
            }
            catch (SocketException)
            {
                // It was closed on the way.
            }
        }
        List<Socket> deaf = [.. Enumerable.Range(0, MostConnections - 2).Select(_ => Connect(lab))];
        foreach (Socket socket in deaf)
            socket.Send("GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n"u8);
        Assert.Contains("keepalived_aot_build_info", Scrape(lab), StringComparison.Ordinal);
        foreach (Socket socket in deaf)
            socket.Dispose();
        Assert.InRange(Value(Scrape(lab), "keepalived_aot_scrape_connections_refused_total"), 1, 1000);
        // Nobody would have taken over.
        Assert.InRange(LongestGap(lab, begun), TimeSpan.Zero, s_configuration.ActiveDownInterval);
        Assert.DoesNotContain(lab.A.Daemon.Log.Snapshot(), static line => line.Text.Contains("Internal error", StringComparison.Ordinal));
        Assert.Equal(0, lab.A.Stop());
    }

    [Fact(DisableParallelization = true)]
    public void ThousandInstances_areScraped_whileAnotherOneAdvertisesEveryTenMilliseconds()
    {
        using Lab lab = new(routers: 1);
        // As a router that advertises so often should be run: whoever else has work to do on this machine is no matter.
        StringBuilder text = new(new VrrpConfiguration { AdvertSeconds = 0.01, Priority = 200, Globals = "vrrp_rt_priority 30\nvrrp_rlimit_rttime 5000000" });
        // On interfaces that lead nowhere, as VRIDs end at 255.
        for (int at = 0; at < 4; at++)
        {
            lab.A.AddInterface($"x{at}");
            lab.A.Ip("address", "add", $"10.{20 + at}.0.1/16", "dev", $"x{at}");
            for (int vrid = 1; vrid <= 250; vrid++)
                text.Append(CultureInfo.InvariantCulture, $"vrrp_instance I{at}_{vrid} {{\ninterface x{at}\nvirtual_router_id {vrid}\npriority 100\nadvert_int 1\nvirtual_ipaddress {{\n10.{20 + at}.1.{vrid}/32\n}}\n}}\n");
        }
        Start(lab, s_listen + "[memory]\ntrim = false\n", text.ToString());
        Assert.True(SpinWait.SpinUntil(() => TryScrape(lab) is { } scrape && scrape.Split('\n').Count(static line => line.StartsWith("keepalived_aot_state{", StringComparison.Ordinal) && line.EndsWith(" 2", StringComparison.Ordinal)) == 1001, TimeSpan.FromSeconds(30)));
        // The second bursts of gratuitous ARP are over.
        Thread.Sleep(TimeSpan.FromSeconds(6));
        // A busy machine is late by itself, but not in each of many rounds; a text that is made at once is.
        string last = "";
        TimeSpan least = TimeSpan.MaxValue;
        for (int round = 0; round < MostRounds && least > s_punctual; round++)
        {
            TimeSpan begun = MonotonicClock.Now;
            for (int scrape = 0; scrape < 3; scrape++)
            {
                last = Scrape(lab, OpenMetrics);
                Thread.Sleep(100);
            }
            TimeSpan gap = LongestGap(lab, begun);
            least = gap < least ? gap : least;
        }
        Assert.InRange(least, TimeSpan.Zero, s_punctual);
        string[] samples = [.. last.Split('\n').Where(static line => line.Length > 0 && line[0] != '#').Select(static line => line[..line.LastIndexOf(' ')])];
        Assert.Equal(samples.Length, samples.Distinct().Count());
        Assert.Equal(1001, samples.Count(static line => line.StartsWith("keepalived_aot_priority{", StringComparison.Ordinal)));
        double scrapes = Value(last, "keepalived_aot_scrape_loop_seconds_count");
        double each = Value(last, "keepalived_aot_scrape_loop_seconds_sum") / scrapes;
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{samples.Length} samples, {last.Length} bytes, {each * 1000:0.00} ms of the loop, longest slice {Value(last, "keepalived_aot_scrape_slice_max_seconds") * 1e6:0} us, {least.TotalMilliseconds:0.0} ms between two advertisements"));
    }

    private static string? TryScrape(Lab lab)
    {
        try
        {
            Thread.Sleep(200);
            string answer = Ask(lab, "GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n");
            return answer.Length == 0 ? null : Body(answer);
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private static bool IsOver(Socket socket)
    {
        try
        {
            socket.ReceiveTimeout = 15_000;
            return socket.Receive(new byte[1]) == 0;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode == SocketError.ConnectionReset;
        }
    }

    private static TimeSpan LongestGap(Lab lab, TimeSpan since)
    {
        TimeSpan until = MonotonicClock.Now;
        // What the kernel has stamped by then the observer may have yet to read.
        Thread.Sleep(200);
        TimeSpan[] at = [since, .. lab.Observer.Adverts.Snapshot()
            .Where(advert => advert.Source.Equals(lab.A.Address) && advert.At > since && advert.At < until).Select(static advert => advert.At), until];
        return at.Zip(at.Skip(1), static (earlier, later) => later - earlier).Max();
    }
}
