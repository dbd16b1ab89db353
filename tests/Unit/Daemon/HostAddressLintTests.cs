using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Config;
using KeepalivedAot.Daemon.Checks;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink;
using KeepalivedAot.Tests.Unit.Config;

namespace KeepalivedAot.Tests.Unit.Daemon;

/// <summary>Virtual addresses that an interface has already: by itself, or because the router is active.</summary>
public sealed class HostAddressLintTests : ILogSink
{
    void ILogSink.Write(LogLevel level, int eventId, ReadOnlySpan<byte> line)
    {
        // Not asked for.
    }

    private string[] Run(string body, string addresses, params InterfaceAddress[] present)
    {
        InterfaceTable table = new(new Log(this, LogLevel.Info));
        table.Track("eth0", out _);
        table.OnSnapshotBegin(0);
        Assert.True(KernelName.TryParse("eth0", out KernelName name));
        table.OnLink(new LinkInfo { Index = 2, Name = name });
        foreach (InterfaceAddress address in present)
            table.OnAddress(address with { InterfaceIndex = 2 });
        table.OnSnapshotEnd(0, Errno.None);
        LoadResult result = ConfigText.Load(ConfigText.File(body, addresses: addresses));
        int before = result.Diagnostics.Count;
        HostLints.Run(result.Configuration, result.Settings, result.Diagnostics, new ModelFiles(), table);
        return [.. result.Diagnostics.Skip(before).Select(static d => d.Message)];
    }

    private static InterfaceAddress Address(string text, byte length, byte protocol = 0, uint lifetime = InterfaceAddress.Forever)
        => new() { Address = IpAddress.Parse(text), PrefixLength = length, Protocol = protocol, ValidLifetimeSeconds = lifetime };

    [Fact]
    public void First_address_of_the_interface_is_its_own()
        => Assert.Equal(["(A) 192.0.2.1 is the address of eth0 itself, as 192.0.2.1/24"], Run("", "192.0.2.1/32", Address("192.0.2.1", 24)));

    [Theory]
    [InlineData("priority 255")]
    [InlineData("unicast_peer {\n198.51.100.2\n}")]
    [InlineData("mcast_src_ip 198.51.100.1")]
    public void First_address_may_be_there_otherwise(string body) => Assert.Empty(Run(body, "192.0.2.1/24", Address("192.0.2.1", 24)));

    [Fact]
    public void Address_behind_the_first_may_be_there_because_the_router_is_active()
        => Assert.Empty(Run("", "192.0.2.100/24", Address("192.0.2.1", 24), Address("192.0.2.100", 24)));

    [Fact]
    public void Address_that_keepalived_has_marked_is_a_virtual_one()
        => Assert.Empty(Run("", "192.0.2.100/24", Address("192.0.2.100", 24, protocol: 18)));

    [Fact]
    public void Address_that_ages_is_not_a_virtual_one()
        => Assert.Single(Run("", "192.0.2.100/24", Address("192.0.2.1", 24), Address("192.0.2.100", 24, lifetime: 3600)));

    [Fact]
    public void Address_that_the_kernel_made_is_not_a_virtual_one()
        => Assert.Single(Run("", "fe80::1/64\n2001:db8::5/64", Address("2001:db8::5", 64, protocol: 2)));

    [Fact]
    public void Ipv6_address_of_unknown_origin_is_left_alone()
        => Assert.Empty(Run("", "fe80::1/64\n2001:db8::5/64", Address("2001:db8::5", 64)));
}
