using KeepalivedAot.Base.Net;
using KeepalivedAot.Config;
using KeepalivedAot.Config.VirtualServers;

namespace KeepalivedAot.Tests.Unit.Config.VirtualServers;

/// <summary>Which family a service has, and what does not fit it; as keepalived -t has it.</summary>
public sealed class FamilyTests
{
    private const string V4 = "real_server 192.0.2.10 {\n}\n";
    private const string V6 = "real_server 2001:db8::10 {\n}\n";

    [Theory]
    [InlineData("", V4 + V6, "NAT", AddressFamily.IPv4, 1)]
    [InlineData("", V6 + V4, "NAT", AddressFamily.IPv6, 1)]
    [InlineData("ip_family inet6", V4 + V6, "NAT", AddressFamily.IPv6, 1)]
    [InlineData("persistence_granularity 64", V4 + V6, "NAT", AddressFamily.IPv6, 1)]
    [InlineData("", V6 + V4, "TUN", AddressFamily.IPv4, 2)]
    [InlineData("ip_family inet6", V4, "TUN", AddressFamily.IPv6, 1)]
    [InlineData("", "real_server 192.0.2.10 {\nlvs_method TUN\n}\n" + V6, "NAT", AddressFamily.IPv6, 2)]
    public void Family_of_a_mark_is_what_is_said_first(string lines, string servers, string method, AddressFamily family, int kept)
    {
        VirtualServerBlock service = ServiceText.Service(ServiceText.Marked(lines, servers, method));
        Assert.Equal((family, kept), (service.Family, service.RealServers.Count));
        Assert.Equal(family == AddressFamily.IPv6 ? ServiceFamily.IPv6 : ServiceFamily.IPv4, service.IpFamily);
    }

    [Fact]
    public void Family_that_comes_behind_the_servers_is_ignored()
    {
        LoadResult result = ServiceText.Marked("", V4 + "ip_family inet6\n");
        Assert.Equal(["KA0608"], ServiceText.Codes(result));
        Assert.Equal(AddressFamily.IPv4, ServiceText.Service(result).Family);
        Assert.Equal("192.0.2.10", ServiceText.RealServerOf(result).Address.Address.ToString());
    }

    [Fact]
    public void Family_other_than_the_address_is_ignored()
    {
        LoadResult result = ServiceText.Load("ip_family inet6");
        Assert.Equal(["Virtual server specified family inet6 conflicts with server family"], ServiceText.Messages(result));
        Assert.Equal((AddressFamily.IPv4, ServiceFamily.Unknown), (ServiceText.Service(result).Family, ServiceText.Service(result).IpFamily));
    }

    [Fact]
    public void Server_of_the_other_family_is_skipped()
    {
        LoadResult result = ServiceText.Load("", ServiceText.RealServer + "real_server 2001:db8::10 80 {\n}\n");
        Assert.Equal(["Address family of virtual server and real server 2001:db8::10 don't match - skipping real server."], ServiceText.Messages(result));
        Assert.Equal("192.0.2.10", ServiceText.RealServerOf(result).Address.Address.ToString());
    }

    [Fact]
    public void Server_of_the_other_family_stays_behind_a_tunnel()
    {
        LoadResult result = ServiceText.Load("", ServiceText.RealServer + "real_server 2001:db8::10 80 {\nlvs_method TUN\n}\n");
        Assert.Empty(ServiceText.Codes(result));
        Assert.Equal(2, ServiceText.Service(result).RealServers.Count);
    }

    [Theory]
    [InlineData("sorry_server 2001:db8::20 80", true)]
    [InlineData("sorry_server 2001:db8::20 80\nsorry_server_lvs_method TUN", false)]
    [InlineData("sorry_server 192.0.2.20 80", false)]
    public void Sorry_server_of_the_other_family_is_skipped(string lines, bool isSkipped)
    {
        LoadResult result = ServiceText.Load(lines);
        Assert.Equal(isSkipped ? ["KA0611"] : [], ServiceText.Codes(result));
        Assert.Equal(isSkipped, ServiceText.Service(result).SorryServer is null);
    }

    [Fact]
    public void Mask_of_an_ipv6_service_is_ignored()
    {
        LoadResult result = ServiceText.Load("persistence_granularity 255.255.255.0", "real_server 2001:db8::10 80 {\n}\n", "2001:db8::1 80");
        Assert.Equal(["KA0608"], ServiceText.Codes(result));
        Assert.Null(ServiceText.Service(result).PersistenceGranularity);
    }

    [Fact]
    public void Mask_of_an_ipv4_service_without_dots_is_an_address()
    {
        LoadResult result = ServiceText.Load("persistence_granularity 24");
        Assert.Equal(["KA0620"], ServiceText.Codes(result));
        Assert.Equal(IpAddress.Parse("0.0.0.24"), ServiceText.Service(result).PersistenceGranularity!.Value.Mask);
        Assert.Equal(360u, ServiceText.Service(result).PersistenceTimeout);
    }
}
