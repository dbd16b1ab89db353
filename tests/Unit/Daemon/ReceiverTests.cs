using KeepalivedAot.Daemon.Worlds;

namespace KeepalivedAot.Tests.Unit.Daemon;

/// <summary>What the kernel is told about the sockets: whom they hear, and how much may wait in them.</summary>
public sealed class ReceiverTests
{
    private static string Instance(string name, int vrid, string more = "") => $$"""
        vrrp_instance {{name}} {
            interface eth0
            virtual_router_id {{vrid}}
            {{more}}
            virtual_ipaddress {
                10.0.0.{{vrid}}/24
            }
        }

        """;

    private static ModelRouter Start(string configuration, out ModelWorld world)
    {
        world = new ModelWorld();
        world.SetLink(2, "eth0", mtu: 1400);
        world.AddForeign(2, "10.0.0.1", 24);
        ModelRouter router = new(world, configuration);
        router.Settle();
        return router;
    }

    private static ReceiverKey Only(ModelWorld world) => Assert.Single(world.Receivers);

    [Fact]
    public void Filter_passes_the_vrids_that_listen_and_follows_reloads()
    {
        ModelRouter router = Start(Instance("A", 1) + Instance("B", 64) + Instance("C", 255), out ModelWorld world);
        Assert.Equal([1, 64, 255], world.Vrids[Only(world)]);
        router.Reload(Instance("A", 1) + Instance("D", 7));
        router.Settle();
        Assert.Equal([1, 7], world.Vrids[Only(world)]);
    }

    [Fact]
    public void Filter_passes_everything_while_unknown_vrids_are_logged()
    {
        const string Globals = "global_defs {\n log_unknown_vrids\n}\n";
        ModelRouter router = Start(Globals + Instance("A", 1), out ModelWorld world);
        Assert.Equal(256, world.Vrids[Only(world)].Length);
        router.Reload(Instance("A", 1));
        router.Settle();
        Assert.Equal([1], world.Vrids[Only(world)]);
    }

    [Fact]
    public void Unknown_vrid_is_logged_once_a_minute_each()
    {
        ModelRouter router = Start("global_defs {\n log_unknown_vrids\n}\n" + Instance("A", 1), out ModelWorld world);
        byte[] datagram = new byte[40];
        datagram[0] = 0x45;
        for (int i = 0; i < 1000; i++)
        {
            datagram[21] = (byte)(100 + i % 2);
            world.Receive(datagram, "10.0.0.9", "224.0.0.18");
        }
        string[] lines = [.. router.Lines.Where(line => line.StartsWith("Unknown VRID", StringComparison.Ordinal))];
        Assert.Equal(
            ["Unknown VRID(100) received on interface(eth0). ignoring...", "Unknown VRID(101) received on interface(eth0). ignoring..."], lines);
        router.Advance(61);
        world.Receive(datagram, "10.0.0.9", "224.0.0.18");
        Assert.Equal(3, router.Lines.Count(line => line.StartsWith("Unknown VRID", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("kernel_rx_buf_size 5000", "", 10000)]
    [InlineData("", "vrrp_rx_bufs_policy 7000", 14000)]
    [InlineData("", "vrrp_rx_bufs_policy MTU", 2 * 3 * 1400)]
    [InlineData("", "vrrp_rx_bufs_policy ADVERT\n vrrp_rx_bufs_multiplier 10", 2 * 10 * (20 + 8 + 4 + 8))]
    [InlineData("kernel_rx_buf_size 5000", "vrrp_rx_bufs_policy MTU", 10000)]
    public void Buffer_is_the_sum_of_what_the_instances_want(string instance, string globals, int expected)
    {
        Start($"global_defs {{\n {globals}\n}}\n" + Instance("A", 1, instance) + Instance("B", 2, instance), out ModelWorld world);
        Assert.Equal(expected, world.Buffers.GetValueOrDefault(Only(world)));
    }

    [Fact]
    public void Buffer_that_is_no_longer_configured_is_the_usual_one_again()
    {
        ModelRouter router = Start(Instance("A", 1, "kernel_rx_buf_size 5000"), out ModelWorld world);
        router.Reload(Instance("A", 1));
        router.Settle();
        Assert.Equal(0, world.Buffers[Only(world)]);
    }
}
