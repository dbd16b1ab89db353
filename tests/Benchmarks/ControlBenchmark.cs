using System.Net.Sockets;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Benchmarks;

/// <summary>What it takes to ask 255 instances, which advertise every ten milliseconds, how they are.</summary>
internal static class ControlBenchmark
{
    private const int Instances = 255;
    private const int Requests = 50;

    public static void Run(Table table)
    {
        using Lab lab = new(routers: 2, connected: false);
        ManyInstances.Join(lab, Instances);
        ManyInstances.Start(lab.A, Implementation.Ours, ManyInstances.Configuration(Instances, 150, 0.01, globals: "vrrp_garp_master_repeat 1\nvrrp_garp_master_delay 0"));
        ManyInstances.WaitUntilHolding(lab.A, Instances);
        // Ours collects the garbage of its start after twelve seconds.
        Thread.Sleep(TimeSpan.FromSeconds(13));
        using Observer watch = new(lab.B.Namespace, "eth0", lab.Describe, bothDirections: true);
        double without = LongestInterval(watch, static () => { });
        string socket = Path.Combine(lab.A.Scratch, "run", "keepalived", "control.sock");
        Sample replies = new();
        double with = LongestInterval(watch, () => replies.Add(Ask(socket)));
        Sample commands = new();
        for (int i = 0; i < Requests / 5; i++)
        {
            TimeSpan begun = MonotonicClock.Now;
            if (lab.A.Run(Implementation.Ours, "status").ExitCode != 0)
                throw new LabException("status failed");
            commands.Add(MonotonicClock.Now - begun);
        }
        table.AddOurs($"status of {Instances} instances at 0.01 s: request to the end of the reply, median", Measured.MedianOf(replies), "ms", "0.00", 5);
        table.AddOurs($"status of {Instances} instances at 0.01 s: longest interval between two advertisements while asked {Requests} times", with, "ms", "0.00", isWorst: true);
        table.AddNoise($"status of {Instances} instances at 0.01 s: the same while nobody asks", without, "ms", "0.00");
        table.AddOurs($"status of {Instances} instances at 0.01 s: the command, its namespaces with it, median", Measured.MedianOf(commands), "ms", "0.0");
    }

    private static TimeSpan Ask(string path)
    {
        TimeSpan begun = MonotonicClock.Now;
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { ReceiveTimeout = 5000 };
        socket.Connect(new UnixDomainSocketEndPoint(path));
        socket.Send("{\"verb\":\"status\"}\n"u8);
        byte[] buffer = new byte[1 << 16];
        for (int length; (length = socket.Receive(buffer)) > 0;)
        {
            if (buffer.AsSpan(0, length).Contains((byte)'\n'))
                return MonotonicClock.Now - begun;
        }
        throw new LabException("no reply to status");
    }

    private static double LongestInterval(Observer watch, Action ask)
    {
        int from = watch.Adverts.Count;
        for (int i = 0; i < Requests; i++)
        {
            ask();
            Thread.Sleep(47);
        }
        double longest = 0;
        foreach (IGrouping<byte, Advert> router in watch.Adverts.Snapshot(from).GroupBy(static advert => advert.Vrid))
        {
            Advert[] adverts = [.. router];
            for (int i = 1; i < adverts.Length; i++)
                longest = Math.Max(longest, (adverts[i].At - adverts[i - 1].At).TotalMilliseconds);
        }
        return longest;
    }
}
