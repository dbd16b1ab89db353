using System.Text;
using KeepalivedAot.Config;

namespace KeepalivedAot.Tests.Unit.Config.VirtualServers;

/// <summary>Load balancers have tens of thousands of real servers: what one of them may cost.</summary>
public sealed class ServiceMemoryTests
{
    private const int ServersOfEach = 10;
    private const int Most = 1500;

    // Twice as many minus the half of them, so that what is there once does not count. All that is allocated, kept or not.
    [Fact]
    public void Real_server_with_a_page_to_check_costs_little()
    {
        Allocated(20);
        long each = (Allocated(200) - Allocated(100)) / (100 * ServersOfEach);
        Assert.True(each <= Most, $"{each} bytes for each real server");
    }

    private static long Allocated(int services)
    {
        byte[] text = Encoding.UTF8.GetBytes(Text(services));
        long before = GC.GetAllocatedBytesForCurrentThread();
        LoadResult result = ConfigText.Load(text);
        long after = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(services, result.Configuration.VirtualServers.Count);
        return after - before;
    }

    private static string Text(int services)
    {
        StringBuilder text = new();
        for (int i = 0; i < services; i++)
        {
            text.Append($"virtual_server 10.0.{i}.1 80 {{\ndelay_loop 6\nlvs_sched rr\nlvs_method NAT\nprotocol TCP\n");
            for (int j = 0; j < ServersOfEach; j++)
            {
                text.Append($"real_server 172.16.{i}.{j + 1} 80 {{\nweight 1\nHTTP_GET {{\nurl {{\npath /health\nstatus_code 200\n}}\n")
                    .Append("connect_timeout 3\nretry 3\ndelay_before_retry 3\n}\n}\n");
            }
            text.Append("}\n");
        }
        return text.ToString();
    }
}
