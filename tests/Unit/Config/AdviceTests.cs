using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;

namespace KeepalivedAot.Tests.Unit.Config;

/// <summary>What to write instead.</summary>
public sealed class AdviceTests
{
    private const string Script = "vrrp_script s {\nscript /bin/true\n";
    private const string Instance = "vrrp_instance A {\ninterface eth0\nvirtual_router_id 1\nvirtual_ipaddress {\n192.0.2.1/24\n}\n";

    /// <summary>The unit is the keyword's, whatever the user wrote; what cannot be written in it is no advice.</summary>
    [Theory]
    [InlineData(Script + "interval 2s\n}\n", "write 2")]
    [InlineData(Script + "timeout 3sec\n}\n", "write 3")]
    [InlineData(Script + "timeout 10s\n}\n", "write 10")]
    [InlineData(Script + "interval 500ms\n}\n", "write 0.5")]
    [InlineData(Script + "interval 2m\n}\n", "write 120")]
    [InlineData(Script + "interval 1us\n}\n", "write a number of seconds from 0 to 4294")]
    [InlineData(Instance + "preempt_delay 1e2\n}\n", "write 100")]
    [InlineData(Instance + "preempt_delay 1e3\n}\n", "write 1000")]
    [InlineData(Instance + "preempt_delay 1e30\n}\n", "write a number of seconds from 0 to 1000")]
    [InlineData(Instance + "advert_int 1,5\n}\n", "write 1.5")]
    [InlineData(Instance + "advert_int 500ms\n}\n", "write 0.5")]
    [InlineData(Instance + "advert_int 1h\n}\n", "write a number of seconds from 0.01 to 255")]
    [InlineData(Instance + "garp_master_delay 1500ms\n}\n", "write a whole number of seconds from 0 to 4294")]
    [InlineData(Instance + "garp_master_delay 2000ms\n}\n", "write 2")]
    [InlineData(Instance + "priority 100s\n}\n", "write 100")]
    [InlineData(Instance + "priority 1.5\n}\n", "write a whole number from 1 to 255")]
    [InlineData(Instance + "priority 0x64\n}\n", "write 100")]
    [InlineData(Instance + "priority 1000x\n}\n", "write a whole number from 1 to 255")]
    [InlineData("bfd_instance b {\nneighbor_ip 192.0.2.1\nmin_rx 1s\n}\n", "write 1000")]
    [InlineData("bfd_instance b {\nneighbor_ip 192.0.2.1\nmin_rx 50ms\n}\n", "write 50")]
    public void Unit_is_that_of_the_keyword(string text, string advice) => Assert.Equal(advice, Only(text, "KA0304").Suggestion);

    [Theory]
    [InlineData("KA0302", Instance + "priority $PRIO\n}\n", "there is no definition of '$PRIO' up to here that fits: write '$PRIO=VALUE' on a line before it")]
    [InlineData("KA0308", Instance + "mcast_src_ip $IP\n}\n", "there is no definition of '$IP' up to here that fits: write '$IP=VALUE' on a line before it")]
    [InlineData("KA0303", Instance + "priority 300\n}\n", "write 255 or less")]
    [InlineData("KA0303", Instance + "priority 0\n}\n", "write 1 or more")]
    [InlineData("KA0303", Instance + "garp_master_repeat -1\n}\n", "write 0 or more")]
    [InlineData("KA0308", Instance + "virtual_ipaddress_excluded {\n2001:db8::zz/64\n}\n}\n", "an IPv6 address has groups of up to four hexadecimal digits with a ':' between them, such as 2001:db8::1")]
    [InlineData("KA0309", Instance + "virtual_ipaddress_excluded {\n10.0.0.2/33\n}\n}\n", "write the prefix length of its network, such as 10.0.0.2/24")]
    [InlineData("KA0205", Instance + "}\n}\n", "take it out, or write the '{' that belongs to it")]
    [InlineData("KA0210", Instance + "}\n" + Instance + "}\n", "give one of them another name, or write both as one block")]
    public void Mistake_says_what_to_write(string code, string text, string advice) => Assert.Equal(advice, Only(text, code).Suggestion);

    [Fact]
    public void Wrong_part_of_a_value_costs_all_of_it()
    {
        LoadResult result = ConfigText.Load("virtual_server 192.0.2.1 80 {\nprotocol TCP\nreal_server 192.0.2.2 99999 {\n}\nreal_server 192.0.2.3 80 {\n}\n}\n");
        Assert.Equal("What it is a part of is left out.", Assert.Single(result.Diagnostics, static d => d.Code == "KA0303").Why);
        Assert.Single(Assert.Single(result.Configuration.VirtualServers).RealServers);
    }

    /// <summary>The advice is the same command, and not one that only looks like it.</summary>
    [Theory]
    [InlineData("script \"/bin/sh -c \"exit 0\"\"", "write script \"/bin/sh -c 'exit 0'\"")]
    [InlineData("script /bin/sh -c exit", "write script \"/bin/sh -c 'exit'\"")]
    [InlineData("script /bin/check a b", "write script \"/bin/check a b\"")]
    [InlineData("script \"/bin/check \"a b\" c\"", "put the command with its arguments into one pair of double quotes, and within them what belongs together into single ones")]
    [InlineData("script /bin/check 'a b'", "put the command with its arguments into one pair of double quotes, and within them what belongs together into single ones")]
    public void Command_is_advised_with_its_arguments(string line, string advice)
        => Assert.Equal(advice, Only($"vrrp_script s {{\n{line}\n}}\n", "KA0207").Suggestion);

    [Theory]
    [InlineData("notify_master \"/bin/sh -c \"touch /tmp/x\"\"", "write notify_master \"/bin/sh -c 'touch /tmp/x'\"")]
    [InlineData("notify_master \"/bin/sh -c touch\" /tmp/x", "write notify_master \"/bin/sh -c 'touch /tmp/x'\"")]
    [InlineData("notify_master \"/bin/sh -c 'touch /tmp/x'\" MASTER", "write notify_master \"/bin/sh -c 'touch /tmp/x' MASTER\"")]
    [InlineData("notify_master /bin/notify MASTER", "write notify_master \"/bin/notify MASTER\"")]
    public void Command_of_a_notifier_is_advised_with_its_arguments(string line, string advice)
    {
        LoadResult result = ConfigText.Load(Instance + line + "\n}\n");
        KeepalivedAot.Config.Lints.ConfigurationLints.Run(result.Configuration, result.Diagnostics);
        Assert.Equal(advice, Assert.Single(result.Diagnostics, static d => d.Code == "KA0920").Suggestion);
    }

    [Fact]
    public void Masked_secret_is_called_so_and_reads_back_as_another_one()
    {
        LoadResult result = ConfigText.Load(Instance + "authentication {\nauth_type PASS\nauth_pass hunter2\n}\n}\n");
        string text = KeepalivedAot.Config.Writing.EffectiveConfiguration.ToText(result.Configuration, showsSecrets: false);
        Assert.Contains("auth_pass \"********\" # masked; --show-secrets shows it\n", text, StringComparison.Ordinal);
        Assert.False(ConfigText.Load(text).Diagnostics.HasErrors);
        Assert.DoesNotContain("masked", KeepalivedAot.Config.Writing.EffectiveConfiguration.ToText(result.Configuration, showsSecrets: true), StringComparison.Ordinal);
    }

    private static Diagnostic Only(string text, string code) => Assert.Single(ConfigText.Load(text).Diagnostics, d => d.Code == code);
}
