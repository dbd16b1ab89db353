using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Vrrp;

namespace KeepalivedAot.Tests.Unit.Config.Vrrp;

/// <summary>VMAC and ipvlan interfaces: options in any order, names that nobody else has.</summary>
public sealed class DeviceTests
{
    [Theory]
    [InlineData("use_vmac", "vrrp.51", null, false)]
    [InlineData("use_vmac v1 netlink_notify_msg", "v1", null, true)]
    [InlineData("use_vmac 02:1:2:3:4:5 v1", "v1", "02:01:02:03:04:05", false)]
    [InlineData("use_vmac 02:00:00:00:00:", "vrrp.51", "02:00:00:00:00:33", false)]
    [InlineData("use_vmac name group", "group", null, false)]
    public void Vmac_takes_its_options_in_any_order(string line, string name, string? mac, bool notifies)
    {
        VrrpInstanceBlock instance = ConfigText.Instance(line);
        Assert.Equal(name, instance.OwnDevice?.Name);
        Assert.Equal(notifies, instance.UseVmac!.NetlinkNotify);
        Assert.Equal(mac, instance.UseVmac.Mac.IsNone ? null : instance.UseVmac.Mac.For(instance.VirtualRouterId).ToString());
    }

    [Theory]
    [InlineData("use_vmac 01:00:00:00:00:09", "KA0452")]
    [InlineData("use_vmac 00:00:5e:00:02:09", "KA0452")]
    [InlineData("use_vmac 00:00:5e:00:01", "KA0452")]
    [InlineData("use_vmac 1:2:3:4", "KA0452")]
    [InlineData("use_vmac 1:2:3:4:5:6:7", "KA0452")]
    [InlineData("use_vmac 1:2:3:4:5:6:", "KA0452")]
    [InlineData("use_vmac abcdefghijklmnopq", "KA0313")]
    [InlineData("use_vmac a b", "KA0450")]
    [InlineData("use_vmac a\nuse_ipvlan b 192.0.2.9", "KA0450")]
    [InlineData("use_ipvlan", "KA0453")]
    [InlineData("use_ipvlan fe80::1", "KA0453")]
    [InlineData("vmac_xmit_base", "KA0454")]
    [InlineData("vrf red", "KA0455")]
    [InlineData("timer_expired_backup", "KA0456")]
    public void What_cannot_be_is_reported(string body, string code)
    {
        LoadResult result = ConfigText.Load(ConfigText.File(body));
        Assert.Contains(code, ConfigText.Codes(result));
        Assert.False(result.Diagnostics.HasFatal);
    }

    [Fact]
    public void Names_are_unique_those_that_are_given_first()
    {
        LoadResult result = ConfigText.Load(
            Instance("A", "use_vmac", "192.0.2.1") + Instance("B", "use_vmac", "fe80::1") + Instance("C", "use_vmac vrrp.7\n", "192.0.2.2", "eth1")
            + Instance("D", "use_vmac vrrp.7", "fe80::2", "eth1"));
        Assert.Equal(["vrrp1.7", "vrrp6.7", "vrrp.7", "vrrp2.7"], result.Configuration.VrrpInstances.Select(static i => i.OwnDevice!.Name));
        Assert.Contains(result.Diagnostics, static d => d.Message == "(D) VRRP instance C is already using vrrp.7 - ignoring name");
    }

    [Fact]
    public void Ipvlan_has_the_mode_that_is_written_last()
    {
        UseIpvlan ipvlan = ConfigText.Instance("use_ipvlan private ip9 192.0.2.9/24 vepa group 7").UseIpvlan!;
        Assert.Equal(("ip9", "192.0.2.9/24", false, false, true), (ipvlan.GivenName, ipvlan.Address.ToString(), ipvlan.Bridge, ipvlan.Private, ipvlan.Vepa));
        Assert.Equal("7", ipvlan.Group.ToString());
    }

    private static string Instance(string name, string body, string address, string device = "eth0")
        => $"vrrp_instance {name} {{\ninterface {device}\nvirtual_router_id 7\nvirtual_ipaddress {{\n{address}\n}}\n{body}\n}}\n";
}
