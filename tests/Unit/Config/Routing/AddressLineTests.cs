using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Routing.Names;

namespace KeepalivedAot.Tests.Unit.Config.Routing;

/// <summary>Lines of static_ipaddress and what they have in common with virtual_ipaddress.</summary>
public sealed class AddressLineTests
{
    [Theory]
    [InlineData("192.0.2.1/24 brd + scope site label eth0:1", "192.0.2.1/24 scope 200 broadcast + label eth0:1")]
    [InlineData("192.0.2.1 peer 192.0.2.2/30 track_group tg", "192.0.2.1/32 peer 192.0.2.2/30 track_group tg")]
    [InlineData("2001:db8::1/64 -nodad home preferred_lft 0", "2001:db8::1/64 home -nodad preferred_lft 0")]
    public void Address_is_written_in_canonical_order(string line, string written)
    {
        RoutingText.Address(line);
        Assert.Equal([written], RoutingText.Lines(RoutingText.Load("static_ipaddress", line), "static_ipaddress"));
    }

    [Theory]
    [InlineData("2001:db8::1 dev lo scope link", "KA0492", "2001:db8::1/128 dev lo")]
    [InlineData("2001:db8::1 dev lo label x", "KA0492", "2001:db8::1/128 dev lo")]
    [InlineData("2001:db8::1 dev lo brd +", "KA0493", null)]
    [InlineData("192.0.2.1/24 peer 192.0.2.2", "KA0492", "192.0.2.1/32 peer 192.0.2.2/32")]
    [InlineData("192.0.2.1 peer 192.0.2.2 brd 192.0.2.255", "KA0492", "192.0.2.1/32 peer 192.0.2.2/32")]
    [InlineData("192.0.2.1 peer 2001:db8::1", "KA0493", null)]
    [InlineData("192.0.2.1 brd +", "KA0492", "192.0.2.1/32")]
    [InlineData("192.0.2.1 scope nosuch", "KA0470", "192.0.2.1/32 scope 0")]
    [InlineData("192.0.2.1 brd x", "KA0307", null)]
    [InlineData("192.0.2.1 preferred_lft x", "KA0307", "192.0.2.1/32")]
    [InlineData("192.0.2.1 track_group nosuch", "KA0498", "192.0.2.1/32")]
    [InlineData("192.0.2.1 use_vmac", "KA0314", "192.0.2.1/32")]
    [InlineData("192.0.2.1 label abcdefghijklmnopq", "KA0312", null)]
    public void Mistake_is_reported_once_and_only_what_keepalived_drops_is_dropped(string line, string code, string? left)
    {
        LoadResult result = RoutingText.Load("static_ipaddress", line);
        Assert.Equal(code, Assert.Single(result.Diagnostics, static d => d.Code != "KA0202").Code);
        Assert.Equal(left is null ? [] : [left], RoutingText.Lines(result, "static_ipaddress"));
    }

    [Fact]
    public void Second_device_drops_the_address()
        => Assert.Empty(RoutingText.Load("static_ipaddress", "192.0.2.1 dev lo dev eth1").Configuration.StaticAddresses);

    [Fact]
    public void Virtual_address_takes_use_vmac_and_no_track_group()
    {
        LoadResult result = ConfigText.Load(ConfigText.File("", addresses: "192.0.2.1 use_vmac\n192.0.2.2 track_group tg"));
        Assert.True(Assert.Single(result.Configuration.VrrpInstances).VirtualAddresses[0].UseVmac);
        Assert.Contains(result.Diagnostics, static d => d.Kind == DiagnosticCatalogue.UnknownOption);
    }

    [Fact]
    public void Name_of_another_host_is_no_error()
    {
        LoadResult result = ConfigurationLoader.Load(
            ConfigText.Path, new ConfigText.MemoryFiles("static_ipaddress {\n192.0.2.1 scope upstairs\n}\nstatic_routes {\n10.0.0.0/8 dev lo table blue\n}\n"u8.ToArray()),
            new LoadOptions { IsConfigTest = true, Names = BuiltInNames.OfAnotherHost });
        Assert.Equal(["KA0471", "KA0471"], ConfigText.Codes(result).Where(static c => c != "KA0202"));
        Assert.Equal(["192.0.2.1/32 scope upstairs"], RoutingText.Lines(result, "static_ipaddress"));
        Assert.Equal("blue", Assert.Single(result.Configuration.StaticRoutes).RoutingTable!.Value.Name);
    }
}
