using KeepalivedAot.Config.Diagnostics;

namespace KeepalivedAot.Tests.Unit.Config.Lints;

/// <summary>Virtual addresses, each by itself and beside one another.</summary>
public sealed class AddressLintTests
{
    [Theory]
    [InlineData("192.0.2.100/24", null)]
    [InlineData("192.0.2.100", "KA0906")]
    [InlineData("192.0.2.100/32", null)]
    [InlineData("192.0.2.100/32\n192.0.2.101", "KA0906")]
    [InlineData("192.0.2.100 peer 192.0.2.1", null)]
    [InlineData("fe80::1", "KA0906")]
    [InlineData("fe80::1/64\n2001:db8::1/128", null)]
    [InlineData("192.0.2.0/24", "KA0909")]
    [InlineData("192.0.2.255/24", "KA0909")]
    [InlineData("192.0.2.255/23", null)]
    [InlineData("192.0.3.255/23", "KA0909")]
    [InlineData("192.0.2.0/31", null)]
    [InlineData("192.0.2.255/32", null)]
    [InlineData("fe80::1/64\n2001:db8::/64", "KA0909")]
    [InlineData("fe80::1/64\n2001:db8::/127", null)]
    [InlineData("fe80::1/64\n2001:db8::ffff:ffff:ffff:ffff/64", null)]
    [InlineData("224.0.0.1/24", "KA0910")]
    [InlineData("127.0.0.2/8", "KA0910")]
    [InlineData("0.0.0.0/24", "KA0910")]
    [InlineData("fe80::1/64\n::1/128", "KA0910")]
    [InlineData("fe80::1/64\nff02::5/64", "KA0910")]
    [InlineData("192.0.2.100/24\n192.0.2.100/24 label eth0:1", "KA0907")]
    [InlineData("192.0.2.100/24\n192.0.2.100/25", "KA0907")]
    [InlineData("192.0.2.100/24\n192.0.2.100/24 dev eth1", "KA0908")]
    [InlineData("192.0.2.100/24\n192.0.2.101/24", null)]
    [InlineData("fe80::1/64\nfe80::1/64 dev eth1", null)]
    [InlineData("fe80::1/64\nfe80::1/64", "KA0907")]
    public void Address_is_told_what_is_wrong_with_it(string addresses, string? code)
        => Assert.Equal(code is null ? [] : [code], LintText.Codes(LintText.Instance("", addresses: addresses)));

    [Theory]
    [InlineData("$VIP", true)]
    [InlineData("${VIP} dev eth1", true)]
    [InlineData("192.0.2.${N}", true)]
    [InlineData("~SEQ(I, 1, 2) 192.0.2.$I", true)]
    [InlineData("${VIP}/24", false)]
    [InlineData("${VIP}/32", false)]
    [InlineData("$PREFIX", false)]
    [InlineData("~SEQ(I, 1, 2) 192.0.2.$I/24", false)]
    public void Missing_prefix_length_is_noticed_through_definitions(string addresses, bool expected)
    {
        string text = "$VIP=192.0.2.100\n$N=7\n$PREFIX=192.0.2.101/32\n" + LintText.Instance("", addresses: addresses);
        Assert.Equal(expected ? ["KA0906"] : [], LintText.Codes(text));
    }

    [Fact]
    public void Address_of_two_instances_names_both_places()
    {
        Diagnostic found = Assert.Single(LintText.Found(LintText.Run(LintText.Instance("") + LintText.Instance("", "B", vrid: 8))));
        Assert.Equal(("KA0907", "(B) 192.0.2.100 is an address of A too"), (found.Code, found.Message));
        Assert.Equal((14, 6), (found.Location.Line, Assert.Single(found.Related).Location.Line));
    }

    [Fact]
    public void Address_that_is_advertised_and_excluded_is_given_twice()
        => Assert.Equal(["KA0907"], LintText.Codes(LintText.Instance("virtual_ipaddress_excluded {\n192.0.2.100/24\n}")));

    [Fact]
    public void Missing_prefix_lengths_of_an_instance_are_one_finding()
    {
        Diagnostic found = Assert.Single(LintText.Found(LintText.Run(
            LintText.Instance("virtual_ipaddress_excluded {\n2001:db8::1\n}", addresses: "192.0.2.100/24\n192.0.2.101\n192.0.2.102"))));
        Assert.Equal("(A) 192.0.2.101 and 2 more have no prefix length; /32 is used", found.Message);
        Assert.Equal("write that of the network, such as 192.0.2.101/24, or 192.0.2.101/32 if that is meant", found.Suggestion);
        Assert.Equal((9, 1, 11), (found.Location.Line, found.Location.Column, found.Location.Length));
    }
}
