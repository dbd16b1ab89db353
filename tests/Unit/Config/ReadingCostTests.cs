using System.Text;
using KeepalivedAot.Config;

namespace KeepalivedAot.Tests.Unit.Config;

/// <summary>What reading costs beside the configuration itself: thousands of instances are to be read without much garbage.</summary>
public sealed class ReadingCostTests
{
    private const int Count = 500;

    // An instance with an address comes to some 1,100 bytes that stay; a closure or a string for each of them would be seen here.
    private const long MostOfInstance = 1_500;

    [Fact]
    public void Instance_leavesLittleGarbage()
    {
        byte[] text = Encoding.UTF8.GetBytes("global_defs {\ndynamic_interfaces\n}\n" + string.Concat(Enumerable.Range(0, Count).Select(static i => $$"""
            vrrp_instance VI_{{i}} {
                state BACKUP
                interface eth{{i / 255}}
                virtual_router_id {{(i % 255) + 1}}
                priority 100
                advert_int 1
                virtual_ipaddress {
                    10.{{i / 250}}.{{i % 250}}.1/24
                }
            }

            """)));
        LoadResult? result = null;
        long allocated = Allocated.AtLeast(() => result = ConfigText.Load(text));
        Assert.Equal(Count, result!.Configuration.VrrpInstances.Count);
        Assert.Empty(result.Diagnostics);
        Assert.InRange(allocated / Count, 500, MostOfInstance);
    }
}
