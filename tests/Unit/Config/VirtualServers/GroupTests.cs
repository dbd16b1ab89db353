using KeepalivedAot.Base.Net;
using KeepalivedAot.Config;
using KeepalivedAot.Config.VirtualServers;

namespace KeepalivedAot.Tests.Unit.Config.VirtualServers;

/// <summary>Entries of groups (grammar 13.6), and what a service takes from its group.</summary>
public sealed class GroupTests
{
    private const string Unported = "real_server 192.0.2.10 {\n}\n";

    [Theory]
    [InlineData("192.0.2.5 80", "192.0.2.5", "192.0.2.5", 80)]
    [InlineData("192.0.2.5", "192.0.2.5", "192.0.2.5", 0)]
    [InlineData("192.0.2.5 00", "192.0.2.5", "192.0.2.5", 0)]
    [InlineData("192.0.2.5-9 80", "192.0.2.5", "192.0.2.9", 80)]
    [InlineData("192.0.2.5-255 80", "192.0.2.5", "192.0.2.255", 80)]
    [InlineData("192.0.2.5-192.0.3.2 80", "192.0.2.5", "192.0.3.2", 80)]
    [InlineData("192.0.2.5-192.0.2.5 80", "192.0.2.5", "192.0.2.5", 80)]
    [InlineData("192.0.2.0/24 80", "192.0.2.0", "192.0.2.255", 80)]
    [InlineData("192.0.2.5/32 80", "192.0.2.5", "192.0.2.5", 80)]
    [InlineData("0.0.0.0/1 80", "0.0.0.0", "127.255.255.255", 80)]
    [InlineData("2001:db8::5-a 80", "2001:db8::5", "2001:db8::a", 80)]
    [InlineData("2001:db8::5-ffff 80", "2001:db8::5", "2001:db8::ffff", 80)]
    [InlineData("2001:db8::/120 80", "2001:db8::", "2001:db8::ff", 80)]
    public void Entry_is_a_range_with_both_ends(string line, string first, string last, ushort port)
    {
        LoadResult result = ConfigText.Load($"virtual_server_group g {{\n{line}\n}}\n");
        Assert.Empty(ServiceText.Codes(result));
        AddressRange range = Assert.Single(Assert.Single(result.Configuration.VirtualServerGroups).Entries).Range!.Value;
        Assert.Equal((IpAddress.Parse(first), IpAddress.Parse(last), port), (range.First, range.Last, range.Port));
        AddressRange again = ConfigText.Load($"virtual_server_group g {{\n{range}\n}}\n").Configuration.VirtualServerGroups[0].Entries[0].Range!.Value;
        Assert.Equal(range, again);
    }

    [Theory]
    [InlineData("192.0.2.5-4 80", "KA0604")]
    [InlineData("192.0.2.5-5 80", "KA0604")]
    [InlineData("192.0.2.5-256 80", "KA0604")]
    [InlineData("192.0.2.5-192.0.2.4 80", "KA0604")]
    [InlineData("192.0.2.5-2001:db8::1 80", "KA0604")]
    [InlineData("2001:db8::5-10000 80", "KA0604")]
    [InlineData("2001:db8::5-g 80", "KA0604")]
    [InlineData("192.0.2.5/24 80", "KA0604")]
    [InlineData("0.0.0.0/0 80", "KA0604")]
    [InlineData("192.0.2.0/33 80", "KA0604")]
    [InlineData("foo 80", "KA0604")]
    [InlineData("192.0.2.5 x", "KA0302")]
    [InlineData("192.0.2.5 70000", "KA0303")]
    [InlineData("fwmark x", "KA0302")]
    [InlineData("fwmark 5 foo", "KA0314")]
    public void Entry_that_is_wrong_is_left_out(string line, string code)
    {
        LoadResult result = ConfigText.Load($"virtual_server_group g {{\n{line}\n192.0.2.200 80\n}}\n");
        Assert.Equal([code], ServiceText.Codes(result));
        Assert.Equal("192.0.2.200 80", Assert.Single(Assert.Single(result.Configuration.VirtualServerGroups).Entries).Range!.Value.ToString());
    }

    [Fact]
    public void Mark_without_its_number_ends_the_configuration()
        => Assert.Contains("KA0301", ServiceText.Codes(ConfigText.Load("virtual_server_group g {\nfwmark\n}\n")));

    [Theory]
    [InlineData("fwmark 5", AddressFamily.None)]
    [InlineData("fwmark 5 inet", AddressFamily.IPv4)]
    [InlineData("fwmark 5 inet6", AddressFamily.IPv6)]
    public void Mark_may_have_a_family(string line, AddressFamily family)
        => Assert.Equal(
            new MarkEntry(5, family), ConfigText.Load($"virtual_server_group g {{\n{line}\n}}\n").Configuration.VirtualServerGroups[0].Entries[0].Mark);

    [Fact]
    public void Group_without_entries_is_removed()
    {
        LoadResult result = Load("", "");
        // That its virtual server is ignored follows from it.
        Assert.Equal(["KA0614"], ServiceText.Codes(result).Order());
        Assert.Empty(result.Configuration.VirtualServerGroups);
        Assert.Empty(result.Configuration.VirtualServers);
    }

    [Fact]
    public void Service_of_an_unknown_group_is_left_out_and_a_config_test_is_content()
    {
        LoadResult result = ServiceText.Load("", Unported, "group wep", behind: "virtual_server_group web {\n192.0.2.5 80\n}\n");
        Assert.Equal(["KA0613"], ServiceText.Codes(result));
        Assert.Equal("did you mean 'web'?", result.Diagnostics.Last().Suggestion);
        Assert.False(result.Diagnostics.HasErrors);
        Assert.Empty(result.Configuration.VirtualServers);
    }

    [Theory]
    [InlineData("fwmark 5", "protocol TCP", "KA0608", null)]
    [InlineData("fwmark 5", "", null, null)]
    [InlineData("fwmark 5\n192.0.2.5 80", "protocol TCP", null, ServiceProtocol.Tcp)]
    [InlineData("192.0.2.5 80", "", "KA0607", ServiceProtocol.Udp)]
    [InlineData("192.0.2.5 80", "protocol TCP\nops", "KA0608", ServiceProtocol.Tcp)]
    [InlineData("fwmark 5", "ops", null, null)]
    [InlineData("fwmark 5\n192.0.2.5 80", "protocol TCP\nha_suspend", "KA0608", ServiceProtocol.Tcp)]
    [InlineData("192.0.2.5 80", "protocol TCP\nha_suspend", null, ServiceProtocol.Tcp)]
    [InlineData("192.0.2.5", "protocol TCP", "KA0608", ServiceProtocol.Tcp)]
    [InlineData("192.0.2.5", "protocol TCP\npersistence_timeout 5", null, ServiceProtocol.Tcp)]
    public void Service_follows_the_entries_of_its_group(string entries, string lines, string? code, byte? protocol)
    {
        LoadResult result = Load(entries, lines);
        Assert.Equal(code is null ? [] : [code], ServiceText.Codes(result));
        Assert.Equal(protocol, ServiceText.Service(result).Protocol?.Number);
    }

    [Theory]
    [InlineData("192.0.2.5 80", "DR", "80", 0, null)]
    [InlineData("192.0.2.5 80", "DR", "", 0, null)]
    [InlineData("192.0.2.5 80", "NAT", "81", 81, null)]
    [InlineData("192.0.2.5 80", "DR", "81", 0, "virtual server [g]:0:[192.0.2.5,80] and real server [192.0.2.10]:tcp:81 ports don't match")]
    [InlineData("192.0.2.5 80\n192.0.2.6 81", "TUN", "80", 0, "virtual server [g]:0:[192.0.2.6,81] and real server [192.0.2.10]:tcp:80 ports don't match")]
    public void Ports_of_the_entries_are_used_without_nat(string entries, string method, string port, ushort expected, string? message)
    {
        LoadResult result = Load(entries, "protocol TCP", method, $"real_server 192.0.2.10 {port} {{\n}}\n");
        Assert.Equal(message is null ? [] : [message], ServiceText.Messages(result));
        Assert.Equal(expected, ServiceText.RealServerOf(result).Address.Port);
    }

    // The servers of a group's service are needed longer than those of others; a mere test forgets them too.
    [Fact]
    public void Group_is_checked_when_servers_are_not_kept()
    {
        string text = "virtual_server group g {\nlvs_sched rr\nlvs_method DR\nprotocol TCP\nreal_server 192.0.2.10 81 {\n}\n}\nvirtual_server_group g {\n192.0.2.5 80\n}\n";
        LoadResult result = ConfigurationLoader.Load(
            ConfigText.Path, new ConfigText.MemoryFiles(System.Text.Encoding.UTF8.GetBytes(text)), new LoadOptions { KeepsServers = false });
        Assert.Equal(["KA0608"], ServiceText.Codes(result));
        Assert.Empty(ServiceText.Service(result).RealServers);
    }

    // Whether scripts are there the test has to ask the host.
    [Theory]
    [InlineData("", 0)]
    [InlineData("TCP_CHECK {\n}", 0)]
    [InlineData("MISC_CHECK {\nmisc_path /bin/true\n}", 1)]
    [InlineData("notify_up /bin/true", 1)]
    [InlineData("notify_down /bin/true", 1)]
    public void Server_with_scripts_is_kept_by_a_test(string line, int kept)
    {
        string text = $"virtual_server 192.0.2.5 80 {{\nlvs_sched rr\nlvs_method NAT\nprotocol TCP\nreal_server 192.0.2.10 81 {{\n{line}\n}}\n}}\n";
        LoadResult result = ConfigurationLoader.Load(
            ConfigText.Path, new ConfigText.MemoryFiles(System.Text.Encoding.UTF8.GetBytes(text)), new LoadOptions { KeepsServers = false });
        Assert.Equal(kept, ServiceText.Service(result).RealServers.Count);
    }

    private static LoadResult Load(string entries, string lines, string method = "NAT", string servers = Unported)
        => ServiceText.Load(lines, servers, "group g", $"lvs_sched rr\nlvs_method {method}\n", behind: $"virtual_server_group g {{\n{entries}\n}}\n");
}
