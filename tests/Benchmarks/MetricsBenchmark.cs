using System.Globalization;
using System.Net.Sockets;
using System.Text;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Benchmarks;

/// <summary>What a scrape of the metrics of 1,000 instances costs the loop.</summary>
internal static class MetricsBenchmark
{
    private const int Instances = 1000;
    private const int Scrapes = 20;

    public static void Run(Table table)
    {
        using Lab lab = new(routers: 2, connected: false);
        ManyInstances.Join(lab, Instances);
        string folder = Path.Combine(lab.A.Scratch, "etc");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "keepalived-aot.toml"), "[metrics]\nlisten = \"/run/metrics.sock\"\n");
        File.WriteAllText(lab.A.ConfigurationFile, ManyInstances.Configuration(Instances, 150, 1, globals: "vrrp_garp_master_repeat 1"));
        lab.A.StartAs(
            "bash", "-euc", "mkdir -p /etc/keepalived; mount --bind \"$1\" /etc/keepalived; shift; exec \"$@\"", "start", folder,
            Binaries.PathOf(Implementation.Ours), "-n", "-l", "-f", lab.A.ConfigurationFile);
        ManyInstances.WaitUntilHolding(lab.A, Instances);
        // Second bursts of gratuitous ARP come after five seconds, and ours collects the garbage of its start after twelve.
        Thread.Sleep(TimeSpan.FromSeconds(13));
        string path = Path.Combine(lab.A.Scratch, "run", "metrics.sock");
        int[] processes = lab.A.Processes();
        // What it does anyway, for as long.
        double idle = Measure(processes, static () => { });
        string text = "";
        double busy = Measure(processes, () => text = Scrape(path));
        string before = text;
        text = Scrape(path);
        double made = (Value(text, "_sum") - Value(before, "_sum")) / (Value(text, "_count") - Value(before, "_count"));
        table.AddOurs($"metrics of {Instances} instances: loop time that a scrape takes, text", made * 1000, "ms", "0.00", 10);
        table.AddOurs($"metrics of {Instances} instances: CPU time of a scrape, its way through the kernel with it", (busy - idle) / Scrapes, "ms", "0.00");
        table.AddOurs($"metrics of {Instances} instances: the longest that the loop was held at once", Value(text, "", "keepalived_aot_scrape_slice_max_seconds") * 1000, "ms", "0.000", isWorst: true);
    }

    /// <returns>Milliseconds of processor time in some seconds, in which the work is done some times.</returns>
    private static double Measure(int[] processes, Action work)
    {
        double before = Cpu(processes);
        TimeSpan begun = MonotonicClock.Now;
        for (int i = 1; i <= Scrapes; i++)
        {
            work();
            TimeSpan left = begun + TimeSpan.FromMilliseconds(250 * i) - MonotonicClock.Now;
            if (left > TimeSpan.Zero)
                Thread.Sleep(left);
        }
        return Cpu(processes) - before;
    }

    private static string Scrape(string path)
    {
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(path));
        socket.Send("GET /metrics HTTP/1.0\r\n\r\n"u8);
        MemoryStream all = new();
        byte[] buffer = new byte[1 << 16];
        for (int length; (length = socket.Receive(buffer)) > 0;)
            all.Write(buffer, 0, length);
        return Encoding.UTF8.GetString(all.GetBuffer(), 0, (int)all.Length);
    }

    private static double Value(string text, string suffix, string name = "keepalived_aot_scrape_loop_seconds")
    {
        string line = text.Split('\n').Single(line => line.StartsWith($"{name}{suffix} ", StringComparison.Ordinal));
        return double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);
    }

    private static double Cpu(int[] processes)
        => processes.SelectMany(process => Directory.GetDirectories($"/proc/{process}/task"))
            .Sum(task => double.Parse(File.ReadAllText($"{task}/schedstat").Split(' ')[0], CultureInfo.InvariantCulture)) / 1e6;
}
