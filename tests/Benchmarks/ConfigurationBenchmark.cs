using System.Text;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Benchmarks;

/// <summary><c>-t</c>, from execve to exit: large files, a small one, and how the time grows with the file.</summary>
internal static class ConfigurationBenchmark
{
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(1);

    public static void Run(Table table, int trials)
    {
        using Lab lab = new(routers: 1);
        string directory = lab.A.Scratch;
        string small = Write(directory, "small.conf", Instances(2));
        string instances = Write(directory, "instances.conf", Instances(2000));
        string half = Write(directory, "half.conf", VirtualServers(1000));
        string servers = Write(directory, "servers.conf", VirtualServers(2000));

        (Sample stock, Sample ours, _, _) = Compare(lab.A, small, trials);
        table.AddSample("-t, 2 instances", stock, ours, "0.00", 4, reference: 4.9);
        (stock, ours, _, _) = Compare(lab.A, instances, trials);
        table.Add("-t, 2,000 instances, median", Measured.MedianOf(stock), Measured.MedianOf(ours), "ms", "0.0", 20, 57);
        (Sample stockHalf, Sample oursHalf, _, _) = Compare(lab.A, half, Math.Max(3, trials / 4));
        (stock, ours, double stockPeak, double oursPeak) = Compare(lab.A, servers, Math.Max(3, trials / 4));
        table.Add("-t, 2,000 virtual servers, 20,000 real servers, median", Measured.MedianOf(stock), Measured.MedianOf(ours), "ms", "0", 110, 324);
        table.Add("-t, 20,000 real servers, peak resident set", stockPeak, oursPeak, "MB", "0.0", 21.5, 21.5);
        table.Add("-t, growth from 10,000 real servers", stock.Median / stockHalf.Median, ours.Median / oursHalf.Median, "times", "0.00", 2, 2);
    }

    private static (Sample Stock, Sample Ours, double StockPeak, double OursPeak) Compare(Router router, string file, int trials)
    {
        Sample stock = new();
        Sample ours = new();
        for (int i = 0; i < trials; i++)
        {
            stock.Add(Measure(router, Implementation.Stock, file).Elapsed);
            ours.Add(Measure(router, Implementation.Ours, file).Elapsed);
        }
        // To look at a program every millisecond costs it time.
        double stockPeak = Measure(router, Implementation.Stock, file, isWatched: true).PeakMegabytes;
        double oursPeak = Measure(router, Implementation.Ours, file, isWatched: true).PeakMegabytes;
        return (stock, ours, stockPeak, oursPeak);
    }

    private static MeasuredRun Measure(Router router, Implementation implementation, string file, bool isWatched = false)
    {
        string program = Binaries.PathOf(implementation);
        string[] arguments = ["-t", "-f", file];
        MeasuredRun run = NetworkNamespace.Run(
            router.Namespace, () => isWatched ? MeasuredRun.Watch(s_longest, program, arguments) : MeasuredRun.Of(program, arguments));
        return run.ExitCode == 0 ? run : throw new LabException($"{implementation} refuses {file} with status {run.ExitCode}");
    }

    private static string Write(string directory, string name, string text)
    {
        string path = Path.Combine(directory, name);
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }

    // An interface has 255 VRIDs; those beyond the first need not exist for a test.
    private static string Instances(int count)
    {
        StringBuilder text = new("global_defs {\n    dynamic_interfaces\n}\n");
        for (int i = 0; i < count; i++)
        {
            text.Append($$"""
                vrrp_instance VI_{{i}} {
                    state BACKUP
                    interface eth{{i / 255}}
                    virtual_router_id {{(i % 255) + 1}}
                    priority {{(i % 200) + 1}}
                    advert_int 1
                    virtual_ipaddress {
                        10.{{i / 250}}.{{i % 250}}.1/24
                    }
                }

                """);
        }
        return text.ToString();
    }

    private static string VirtualServers(int count)
    {
        StringBuilder text = new();
        for (int i = 0; i < count; i++)
        {
            text.Append($$"""
                virtual_server 10.{{i / 250}}.{{i % 250}}.1 80 {
                    delay_loop 6
                    lvs_sched rr
                    lvs_method NAT
                    protocol TCP

                """);
            for (int j = 0; j < 10; j++)
            {
                text.Append($$"""
                        real_server 172.{{16 + (i / 250)}}.{{i % 250}}.{{j + 1}} 80 {
                            weight 1
                            HTTP_GET {
                                url {
                                    path /health
                                    status_code 200
                                }
                                connect_timeout 3
                                retry 3
                                delay_before_retry 3
                            }
                        }

                    """);
            }
            text.Append("}\n");
        }
        return text.ToString();
    }
}
