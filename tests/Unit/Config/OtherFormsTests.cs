using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;

namespace KeepalivedAot.Tests.Unit.Config;

/// <summary>Words that are no keywords, and what whoever writes them is told.</summary>
public sealed class OtherFormsTests
{
    [Theory]
    [InlineData("global_defs {\n state_file_location /x\n}\n", "keepalived's manual calls it so; write 'state_dump_file'")]
    [InlineData("includet a.conf\n", "write 'include FILE', or includer, includem, includew, includeb or includea for its checks")]
    [InlineData("Include a.conf\n", "write 'include FILE', or includer, includem, includew, includeb or includea for its checks")]
    [InlineData("$A =1\n", "a definition is '$NAME=VALUE', without blanks before the '='; a name is replaced from the line behind it on")]
    [InlineData("includes_of_mine\n", null)]
    public void Word_that_means_something_elsewhere_has_advice(string text, string? expected)
    {
        LoadResult result = ConfigText.Load(text);
        Assert.Equal(expected, result.Diagnostics.First(static d => d.Code == "KA0201").Suggestion);
    }

    [Theory]
    [InlineData("priority = 120", "KA0302", "leave the '=' out: 'priority 120'")]
    [InlineData("priority =120", "KA0302", "leave the '=' out: 'priority 120'")]
    [InlineData("priority=120", "KA0201", "leave the '=' out: 'priority 120'")]
    [InlineData("state = MASTER", "KA0307", "leave the '=' out: 'state MASTER'")]
    [InlineData("smtp_alert = yes", "KA0306", "leave the '=' out: 'smtp_alert yes'")]
    [InlineData("mcast_src_ip = 10.0.0.1", "KA0308", "leave the '=' out: 'mcast_src_ip 10.0.0.1'")]
    [InlineData("interface = eth1", "KA0207", "leave the '=' out: 'interface eth1'")]
    [InlineData("mcast_src_ip router1.example.com", "KA0308", "names are not looked up: write its address")]
    [InlineData("mcast_src_ip 10.0.0.300", "KA0308", "each number of an IPv4 address is 0 to 255, without zeros in front")]
    [InlineData("mcast_src_ip 10.0.0", "KA0308", "an IPv4 address has four numbers")]
    [InlineData("mcast_src_ip 10::0::1", "KA0308", "an IPv6 address has groups of up to four hexadecimal digits with a ':' between them, such as 2001:db8::1")]
    [InlineData("mcast_src_ip 10.0.0.1:80", "KA0308", "write '10.0.0.1': there is no port here")]
    [InlineData("mcast_src_ip 10.0.0.1,", "KA0308", "write '10.0.0.1': nothing stands between addresses but blanks")]
    public void Form_of_another_program_in_an_instance_has_advice(string line, string code, string? expected)
    {
        LoadResult result = ConfigText.Load(ConfigText.File(line));
        Assert.Equal(expected, Assert.Single(result.Diagnostics, d => d.Code == code).Suggestion);
    }

    [Theory]
    [InlineData("10.0.0.1 netmask 255.255.255.0", "KA0314", "write '10.0.0.1/24'")]
    [InlineData("10.0.0.1/32 netmask 255.255.0.0", "KA0314", "write '10.0.0.1/16'")]
    [InlineData("10.0.0.1 mask", "KA0314", "write '10.0.0.1/LENGTH'")]
    [InlineData("10.0.0.2/24 eth0", "KA0314", "write 'dev eth0'")]
    [InlineData("10.0.0.2/24 dev eth0 eth1", "KA0314", null)]
    [InlineData("10.0.0.2/24 10.0.0.3/24", "KA0314", "begin a new line with it")]
    [InlineData("10.0.0.2 10.0.0.3", "KA0314", "begin a new line with it")]
    [InlineData("10.0.0.2/24 \"\"", "KA0314", null)]
    [InlineData("\"\"", "KA0308", "write an address, such as 192.0.2.1 or 2001:db8::1")]
    [InlineData("10.0.0.5/24,", "KA0309", "write 10.0.0.5/24")]
    [InlineData("10.0.0.5,", "KA0308", "write '10.0.0.5': nothing stands between addresses but blanks")]
    [InlineData("www.example.com", "KA0308", "names are not looked up: write its address")]
    [InlineData("10.0.0.1:80", "KA0308", "write '10.0.0.1': there is no port here")]
    public void Form_of_another_program_in_an_address_has_advice(string line, string code, string? expected)
    {
        LoadResult result = ConfigText.Load(ConfigText.File("", addresses: line));
        Assert.Equal(expected, result.Diagnostics.First(d => d.Code == code).Suggestion);
    }

    [Theory]
    [InlineData("virtual_server 10.0.1.3:80 {\n}\n", "KA0308", "write '10.0.1.3 80'")]
    [InlineData("virtual_server [2001:db8::1]:80 {\n}\n", "KA0308", "write '2001:db8::1 80'")]
    [InlineData("virtual_server 10.0.1.3 80 {\nreal_server 10.0.1.4:8080 {\n}\n}\n", "KA0308", "write '10.0.1.4 8080'")]
    [InlineData("virtual_server_group G {\n10.0.1.4:8080\n}\n", "KA0604", "write '10.0.1.4 8080'")]
    public void Port_behind_a_colon_has_advice(string text, string code, string expected)
        => Assert.Equal(expected, ConfigText.Load(text).Diagnostics.First(d => d.Code == code).Suggestion);

    [Theory]
    [InlineData("unicast_peer { 10.0.0.2, 10.0.0.3, 10.0.0.4 }", "192.0.2.100/24")]
    [InlineData("", "10.0.0.2, 10.0.0.3")]
    public void Addresses_with_commas_on_one_line_are_one_mistake(string body, string addresses)
    {
        LoadResult result = ConfigText.Load(ConfigText.File(body, addresses: addresses));
        Diagnostic listed = Assert.Single(result.Diagnostics);
        Assert.Equal(("KA0308", "write each address on a line of its own, without the ','"), (listed.Code, listed.Suggestion));
    }

    [Fact]
    public void Names_on_one_line_of_a_track_list_have_advice()
    {
        LoadResult result = ConfigText.Load(
            "vrrp_script a {\nscript /bin/true\n}\nvrrp_script b {\nscript /bin/true\n}\n" + ConfigText.File("track_script { a b }"));
        Assert.Equal("begin a new line with it: each has a line of its own", Assert.Single(result.Diagnostics, static d => d.Code == "KA0314").Suggestion);
    }

    [Fact]
    public void Interfaces_on_one_line_of_a_track_list_have_advice()
    {
        LoadResult result = ConfigText.Load(ConfigText.File("track_interface { eth0 eth1 eth2 }"));
        Assert.Equal("begin a new line with it: each has a line of its own", Assert.Single(result.Diagnostics, static d => d.Code == "KA0314").Suggestion);
    }

    [Fact]
    public void Password_behind_an_equals_sign_is_not_shown()
    {
        LoadResult result = ConfigText.Load(ConfigText.File("authentication {\nauth_type PASS\nauth_pass=Xq7Zw9Kv\n}"));
        string text = ConfigText.Render(result);
        Assert.Contains("unknown keyword 'auth_pass=' in 'authentication'", text, StringComparison.Ordinal);
        Assert.Contains("write a blank in place of the '='", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Xq7Zw9Kv", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$ecret-1")]
    [InlineData("includeX")]
    public void Password_on_a_line_of_its_own_is_not_shown_for_looking_like_one(string password)
    {
        LoadResult result = ConfigText.Load($"vrrp_instance A {{\n authentication {{\n auth_type PASS\n {password}\n }}\n}}\n");
        Assert.All(result.Diagnostics, d => Assert.DoesNotContain(password, d.Message + d.Suggestion, StringComparison.Ordinal));
    }
}
