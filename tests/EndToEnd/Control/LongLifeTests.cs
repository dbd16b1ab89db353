using System.Globalization;
using System.Net.Sockets;
using System.Text;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Control;

/// <summary>A daemon that is asked again and again: neither its memory nor its descriptors grow.</summary>
/// <remarks>KEEPALIVED_AOT_REQUESTS says how many requests; 100,000 take some minutes.</remarks>
public sealed class LongLifeTests
{
    private const int PerConnection = 50;

    private static readonly int s_requests = Environment.GetEnvironmentVariable("KEEPALIVED_AOT_REQUESTS") is { } given
        ? int.Parse(given, CultureInfo.InvariantCulture) : 4000;

    private static readonly string[] s_lines =
    [
        "{\"verb\":\"status\"}", "{\"verb\":\"events\"}", "{\"verb\":\"garp\",\"instance\":\"VI_1\"}", "{\"verb\":\"priority\",\"instance\":\"VI_1\",\"amount\":1}", "rubbish",
    ];

    [Fact]
    public void Requests_leave_nothing_behind()
    {
        using Lab lab = new(routers: 1);
        VrrpConfiguration configuration = new() { Priority = 150 };
        lab.A.Start(Implementation.Ours, configuration);
        Expect.Master(lab.A, configuration.ActiveDownInterval);
        string socket = Path.Combine(lab.A.Scratch, "run", "keepalived", "control.sock");
        Ask(socket, s_requests / 4);
        (int descriptors, long memory) = Measure(lab.A.Daemon.Id);
        Ask(socket, s_requests);
        (int descriptorsAfter, long memoryAfter) = Measure(lab.A.Daemon.Id);
        Assert.Equal(descriptors, descriptorsAfter);
        // The collector may have been about to start at the first look.
        Assert.True(memoryAfter < memory + (4 << 10), $"{memory} kB before, {memoryAfter} kB after {s_requests} requests");
    }

    private static void Ask(string socket, int count)
    {
        byte[] requests = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, PerConnection).Select(static i => s_lines[i % s_lines.Length] + "\n")));
        for (int done = 0; done < count; done += PerConnection)
        {
            using Socket client = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { ReceiveTimeout = 5000 };
            client.Connect(new UnixDomainSocketEndPoint(socket));
            client.Send(requests);
            using StreamReader reader = new(new NetworkStream(client));
            for (int answered = 0; answered < PerConnection;)
            {
                if (reader.ReadLine()!.StartsWith("{\"ok\":", StringComparison.Ordinal))
                    answered++;
            }
        }
    }

    // The daemon closes what its client has closed in a turn of its own.
    private static (int Descriptors, long Memory) Measure(int process)
    {
        Thread.Sleep(500);
        string line = File.ReadLines($"/proc/{process}/status").First(static text => text.StartsWith("VmRSS:", StringComparison.Ordinal));
        return (Directory.GetFiles($"/proc/{process}/fd").Length, long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture));
    }
}
