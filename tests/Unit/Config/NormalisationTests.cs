using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Global;
using KeepalivedAot.Config.Vrrp;

namespace KeepalivedAot.Tests.Unit.Config;

/// <summary>What the daemon gets of what was written: the tables of the VRRP reference on normalisation and strict mode.</summary>
public sealed class NormalisationTests
{
    [Fact]
    public void Defaults_of_an_instance_are_keepaliveds()
    {
        VrrpInstanceBlock i = ConfigText.Instance("");
        Assert.Equal(("A", "eth0", (byte)51, (byte)100, ConfiguredState.Backup, (byte)2), (i.Name, i.Interface, i.VirtualRouterId, i.Priority, i.State, i.Version));
        Assert.Equal((AddressFamily.IPv4, Duration.FromSeconds(1), (byte)3), (i.Family, i.AdvertisementInterval, i.DownTimerAdverts));
        Assert.Equal((true, Duration.Zero), (i.PreemptMode, i.PreemptDelay));
        Assert.Equal((Duration.FromSeconds(5), 5u, Duration.Zero, 1u), (i.GarpDelay, i.GarpRepeat, i.GarpRefresh, i.GarpRefreshRepeat));
        Assert.Equal((Duration.FromSeconds(5), 5u), (i.GarpLowerPriorityDelay, i.GarpLowerPriorityRepeat));
        Assert.Equal((IpAddress.Parse("224.0.0.18"), default(IpAddress), false), (i.MulticastGroup, i.Source, i.IsUnicast));
        Assert.Equal((AuthenticationType.None, 0), (i.AuthenticationType, i.AuthenticationData.Length));
        Assert.True(i is { AcceptMode: true, LowerPriorityNoAdvert: false, HigherPrioritySendAdvert: false, OwnerIgnoreAdverts: false, StrictMode: false });
        Assert.True(i is { CheckUnicastSource: false, DontTrackPrimary: false, TrackSource: false, V3ChecksumAsV2: false, UnicastTtl: null });
    }

    [Fact]
    public void Defaults_of_global_defs_are_keepaliveds()
    {
        GlobalDefsBlock g = ConfigText.Load("").Configuration.GlobalDefs;
        Assert.Equal((null, (byte)2, (byte)3), (g.RouterId, g.VrrpVersion, g.DownTimerAdverts));
        Assert.Equal((IpAddress.Parse("224.0.0.18"), IpAddress.Parse("ff02::12")), (g.MulticastGroup4, g.MulticastGroup6));
        Assert.Equal((Duration.Zero, Duration.Zero, Duration.Zero), (g.StartupDelay, g.GarpInterval, g.GnaInterval));
        Assert.Equal(DynamicInterfaces.No, g.DynamicInterfaces);
    }

    [Theory]
    [InlineData("", 100, ConfiguredState.Backup)]
    [InlineData("state MASTER", 255, ConfiguredState.Master)]
    [InlineData("state BACKUP", 100, ConfiguredState.Backup)]
    [InlineData("priority 255", 255, ConfiguredState.Master)]
    [InlineData("priority 254", 254, ConfiguredState.Backup)]
    [InlineData("state MASTER\npriority 150", 150, ConfiguredState.Master)]
    [InlineData("state BACKUP\npriority 255", 255, ConfiguredState.Backup)]
    [InlineData("state MASTER\npriority 999", 100, ConfiguredState.Master)]
    [InlineData("state FOO", 100, ConfiguredState.Backup)]
    [InlineData("strict_mode\nstate MASTER\npriority 150", 150, ConfiguredState.Backup)]
    [InlineData("strict_mode\nstate BACKUP\npriority 255", 255, ConfiguredState.Master)]
    public void Priority_and_state_follow_from_each_other(string body, byte priority, ConfiguredState state)
    {
        VrrpInstanceBlock i = ConfigText.Instance(body);
        Assert.Equal((priority, state), (i.Priority, i.State));
    }

    [Theory]
    [InlineData("", true, 0)]
    [InlineData("nopreempt", false, 0)]
    [InlineData("nopreempt\npreempt", true, 0)]
    [InlineData("nopreempt\npriority 255", true, 0)]
    [InlineData("nopreempt\nstate MASTER\npriority 100", true, 0)]
    [InlineData("preempt_delay 5", true, 5)]
    [InlineData("preempt_delay 5\nnopreempt", false, 0)]
    [InlineData("preempt_delay 5\nstate MASTER\npriority 100", true, 0)]
    [InlineData("preempt_delay 5\nstrict_mode", true, 0)]
    public void Preemption_what_contradicts_itself_is_cleared(string body, bool preempts, int delaySeconds)
    {
        VrrpInstanceBlock i = ConfigText.Instance(body);
        Assert.Equal((preempts, Duration.FromSeconds(delaySeconds)), (i.PreemptMode, i.PreemptDelay));
    }

    [Theory]
    [InlineData(2, "1", 1_000)]
    [InlineData(2, "1.4", 1_000)]
    [InlineData(2, "1.5", 2_000)]
    [InlineData(2, "1.6", 2_000)]
    [InlineData(2, "0.3", 1_000)]
    [InlineData(2, "255", 255_000)]
    [InlineData(3, "0.01", 10)]
    [InlineData(3, "1.234", 1_230)]
    [InlineData(3, "1.235", 1_240)]
    [InlineData(3, "1.239", 1_240)]
    [InlineData(3, "40.95", 40_950)]
    [InlineData(3, "40.951", 40_950)]
    [InlineData(3, "255", 40_950)]
    public void Interval_is_rounded_to_what_the_version_can_say(int version, string written, long milliseconds)
        => Assert.Equal(milliseconds, ConfigText.Instance($"version {version}\nadvert_int {written}").AdvertisementInterval.WholeMilliseconds);

    [Theory]
    [InlineData("", "", "192.0.2.1", AddressFamily.IPv4, 2)]
    [InlineData("", "vrrp_version 3", "192.0.2.1", AddressFamily.IPv4, 3)]
    [InlineData("version 2", "vrrp_version 3", "192.0.2.1", AddressFamily.IPv4, 2)]
    [InlineData("", "vrrp_version 2", "fe80::1", AddressFamily.IPv6, 3)]
    [InlineData("version 2", "", "fe80::1", AddressFamily.IPv6, 2)]
    [InlineData("version 2\nstrict_mode", "", "fe80::1", AddressFamily.IPv6, 3)]
    [InlineData("native_ipv6\nversion 2", "", "fe80::1", AddressFamily.IPv6, 3)]
    [InlineData("native_ipv6\nno_virtual_ipaddress", "", "", AddressFamily.IPv6, 3)]
    [InlineData("mcast_src_ip fe80::9", "", "192.0.2.1", AddressFamily.IPv6, 3)]
    [InlineData("unicast_peer {\nfe80::9\n}", "", "192.0.2.1", AddressFamily.IPv6, 3)]
    public void Family_is_what_is_written_first_and_version_follows(string body, string globals, string addresses, AddressFamily family, byte version)
    {
        VrrpInstanceBlock i = ConfigText.Instance(body, globals, addresses);
        Assert.Equal((family, version), (i.Family, i.Version));
        Assert.All(i.VirtualAddresses, a => Assert.Equal(family, a.Address.Address.Family));
    }

    [Theory]
    [InlineData("auth_type PASS\nauth_pass secret", "", "192.0.2.1", AuthenticationType.Password, "736563726574" + "0000")]
    [InlineData("auth_type PASS\nauth_pass abcdefghij", "", "192.0.2.1", AuthenticationType.Password, "6162636465666768")]
    [InlineData("auth_type AH\nauth_pass secret", "", "192.0.2.1", AuthenticationType.AuthenticationHeader, "7365637265740000")]
    [InlineData("auth_type AH\nauth_pass secret", "", "fe80::1", AuthenticationType.None, "")]
    [InlineData("auth_type PASS", "", "192.0.2.1", AuthenticationType.None, "")]
    [InlineData("auth_type PASS\nauth_pass \"\"", "", "192.0.2.1", AuthenticationType.None, "")]
    [InlineData("auth_pass secret", "", "192.0.2.1", AuthenticationType.None, "")]
    [InlineData("auth_type PASS\nauth_pass secret", "version 3", "192.0.2.1", AuthenticationType.None, "")]
    [InlineData("auth_type PASS\nauth_pass secret", "strict_mode", "192.0.2.1", AuthenticationType.None, "")]
    public void Authentication_in_force_is_eight_bytes_or_none(string authentication, string body, string addresses, AuthenticationType type, string hex)
    {
        VrrpInstanceBlock i = ConfigText.Instance($"{(body.StartsWith("version", StringComparison.Ordinal) ? "" : "version 2\n")}{body}\nauthentication {{\n{authentication}\n}}", addresses: addresses);
        Assert.Equal((type, hex), (i.AuthenticationType, Convert.ToHexStringLower(i.AuthenticationData)));
    }

    [Theory]
    [InlineData("state MASTER\npriority 100", ConfiguredState.Backup)]
    [InlineData("state MASTER", ConfiguredState.Master)]
    public void Authentication_header_forbids_state_master_except_for_the_owner(string body, ConfiguredState state)
        => Assert.Equal(state, ConfigText.Instance($"{body}\nauthentication {{\nauth_type AH\nauth_pass x\n}}").State);

    [Fact]
    public void Globals_before_the_instance_are_its_defaults()
    {
        VrrpInstanceBlock i = ConfigText.Instance("", """
            vrrp_garp_master_delay 7
            vrrp_garp_master_repeat 8
            vrrp_garp_master_refresh 9
            vrrp_garp_master_refresh_repeat 10
            vrrp_down_timer_adverts 11
            v3_checksum_as_v2
            vrrp_skip_check_adv_addr
            vrrp_lower_prio_no_advert
            vrrp_higher_prio_send_advert
            vrrp_mcast_group4 224.0.0.99
            """);
        Assert.Equal((Duration.FromSeconds(7), 8u, Duration.FromSeconds(9), 10u), (i.GarpDelay, i.GarpRepeat, i.GarpRefresh, i.GarpRefreshRepeat));
        Assert.Equal((Duration.FromSeconds(7), 8u, (byte)11), (i.GarpLowerPriorityDelay, i.GarpLowerPriorityRepeat, i.DownTimerAdverts));
        Assert.True(i is { V3ChecksumAsV2: true, SkipCheckAdvertisedAddresses: true, LowerPriorityNoAdvert: true, HigherPrioritySendAdvert: true });
        Assert.Equal(IpAddress.Parse("224.0.0.99"), i.MulticastGroup);
    }

    [Fact]
    public void Globals_behind_the_instance_come_too_late_for_what_is_copied_at_its_start()
    {
        LoadResult result = ConfigText.Load(ConfigText.File("") + "global_defs {\nvrrp_garp_master_repeat 8\nvrrp_down_timer_adverts 9\nvrrp_lower_prio_no_advert\n}\n");
        VrrpInstanceBlock i = result.Configuration.VrrpInstances[0];
        Assert.Equal((5u, (byte)3, 8u, true), (i.GarpRepeat, i.DownTimerAdverts, i.GarpLowerPriorityRepeat, i.LowerPriorityNoAdvert));
    }

    [Theory]
    [InlineData("vrrp_min_garp", 1, 0)]
    [InlineData("vrrp_min_garp\nvrrp_garp_master_repeat 4", 4, 0)]
    [InlineData("vrrp_garp_master_delay 6\nvrrp_min_garp", 1, 6)]
    [InlineData("vrrp_min_garp false", 5, 5)]
    public void Min_garp_changes_only_what_nobody_gave(string globals, uint repeat, int delaySeconds)
    {
        VrrpInstanceBlock i = ConfigText.Instance("", globals);
        Assert.Equal((repeat, Duration.FromSeconds(delaySeconds)), (i.GarpRepeat, i.GarpDelay));
    }

    [Fact]
    public void Garp_lower_priority_defaults_come_from_the_globals_not_from_the_instance()
    {
        VrrpInstanceBlock i = ConfigText.Instance("garp_master_repeat 2\ngarp_master_delay 3");
        Assert.Equal((5u, Duration.FromSeconds(5)), (i.GarpLowerPriorityRepeat, i.GarpLowerPriorityDelay));
    }

    [Fact]
    public void Strict_mode_forces_what_the_standard_has()
    {
        LoadResult result = ConfigText.Load(ConfigText.File(
            "state MASTER\npriority 100\naccept\npreempt_delay 3\ndown_timer_adverts 4\nlower_prio_no_advert no\nhigher_prio_send_advert\n"
            + "garp_lower_prio_repeat 3\ngarp_lower_prio_delay 3\nauthentication {\nauth_type PASS\nauth_pass x\n}", "vrrp_strict"));
        VrrpInstanceBlock i = result.Configuration.VrrpInstances[0];
        Assert.True(i is { StrictMode: true, AcceptMode: false, LowerPriorityNoAdvert: true, HigherPrioritySendAdvert: false, DownTimerAdverts: 3 });
        Assert.Equal((ConfiguredState.Backup, 0u, Duration.Zero, Duration.Zero), (i.State, i.GarpLowerPriorityRepeat, i.GarpLowerPriorityDelay, i.PreemptDelay));
        string[] expected =
        [
            "(A) State MASTER must match being address owner",
            "(A) Strict mode does not support authentication. Ignoring.",
            "(A) preempt_delay is incompatible with strict mode - resetting",
            "(A) Strict mode requires no lower priority advert. resetting",
            "(A) strict mode requires higher_prio_send_advert to be clear. resetting",
            "(A) down_timer_adverts is incompatible with strict mode - resetting",
            "(A) warning - accept mode for VRRP version 2 does not comply with RFC3768 - resetting",
            "(A) Strict mode requires no repeat garps. resetting",
            "(A) Strict mode requires no repeat garp delay. resetting",
        ];
        Assert.Equal(expected.Order(), result.Diagnostics.Select(static d => d.Message).Order());
        Assert.True(result.CanRun);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("no_accept", false)]
    [InlineData("no_accept\npriority 255", true)]
    [InlineData("strict_mode", false)]
    [InlineData("strict_mode\npriority 255", true)]
    [InlineData("strict_mode\naccept", false)]
    [InlineData("strict_mode\naccept\nversion 3", true)]
    public void Accept_mode_is_on_unless_refused_or_strict(string body, bool expected)
        => Assert.Equal(expected, ConfigText.Instance(body).AcceptMode);

    [Theory]
    [InlineData("", "", false)]
    [InlineData("priority 255", "", false)]
    [InlineData("priority 255", "vrrp_owner_ignore_adverts", true)]
    [InlineData("priority 255\nowner_ignore_adverts", "", true)]
    [InlineData("priority 255\nowner_ignore_adverts no", "vrrp_owner_ignore_adverts", false)]
    [InlineData("priority 255\nowner_ignore_adverts no\nstrict_mode", "", true)]
    [InlineData("", "vrrp_owner_ignore_adverts", false)]
    [InlineData("strict_mode", "", false)]
    public void Owner_ignore_adverts_is_for_the_owner(string body, string globals, bool expected)
        => Assert.Equal(expected, ConfigText.Instance(body, globals).OwnerIgnoreAdverts);

    [Theory]
    [InlineData("", false, false, null, "(none)")]
    [InlineData("unicast_peer {\n192.0.2.2\n}", true, false, null, "(none)")]
    [InlineData("unicast_peer {\n192.0.2.2 min_ttl 255\n}\nunicast_ttl 9\nunicast_src_ip 192.0.2.9", true, true, 9, "192.0.2.9")]
    [InlineData("unicast_peer {\n192.0.2.2\n}\ncheck_unicast_src", true, true, null, "(none)")]
    [InlineData("unicast_peer {\n}", false, false, null, "(none)")]
    [InlineData("unicast_peer {\n}\nunicast_fault_no_peer", true, false, null, "(none)")]
    [InlineData("unicast_src_ip 192.0.2.9", false, false, null, "192.0.2.9")]
    [InlineData("mcast_src_ip 192.0.2.8", false, false, null, "192.0.2.8")]
    [InlineData("mcast_src_ip 192.0.2.8\nunicast_ttl 3", false, false, null, "192.0.2.8")]
    public void Unicast_needs_peers(string body, bool isUnicast, bool checks, int? ttl, string source)
    {
        VrrpInstanceBlock i = ConfigText.Instance(body);
        Assert.Equal((isUnicast, checks, ttl, source), (i.IsUnicast, i.CheckUnicastSource, i.UnicastTtl, i.Source.ToString()));
    }

    [Theory]
    [InlineData("mcast_dst_ip 224.0.0.99", "192.0.2.1", "224.0.0.99")]
    [InlineData("mcast_dst_ip ff02::99", "192.0.2.1", "224.0.0.18")]
    [InlineData("mcast_dst_ip ff02::99", "fe80::1", "ff02::99")]
    [InlineData("mcast_dst_ip ff05::99", "fe80::1", "ff02::12")]
    [InlineData("", "fe80::1", "ff02::12")]
    public void Multicast_group_is_of_the_instances_family(string body, string addresses, string expected)
        => Assert.Equal(expected, ConfigText.Instance(body, addresses: addresses).MulticastGroup.ToString());

    [Theory]
    [InlineData("", "192.0.2.1", true)]
    [InlineData("", "", true)]
    [InlineData("version 3", "", false)]
    [InlineData("version 3\nno_virtual_ipaddress", "", true)]
    [InlineData("strict_mode", "", false)]
    [InlineData("strict_mode\nunicast_peer {\n192.0.2.2\n}", "192.0.2.1", false)]
    [InlineData("priority 999\nfoo\nadvert_int 1.5", "192.0.2.1", true)]
    [InlineData("priority", "192.0.2.1", false)]
    public void Configuration_can_run_unless_keepalived_would_not(string body, string addresses, bool expected)
    {
        LoadResult result = ConfigText.Load(ConfigText.File(body, addresses: addresses));
        Assert.Equal(expected, result.CanRun);
        Assert.Equal(expected ? 0 : 2, result.StartExitStatus);
    }

    [Theory]
    [InlineData("interface eth0\nvirtual_router_id 5", "interface eth0\nvirtual_router_id 5", "A and B both use VRID 5 with IPv4 on interface eth0")]
    [InlineData("interface eth0\nvirtual_router_id 5", "interface eth1\nvirtual_router_id 5", null)]
    [InlineData("interface eth0\nvirtual_router_id 5", "interface eth0\nvirtual_router_id 6", null)]
    [InlineData("interface eth0\nvirtual_router_id 5", "interface eth0\nvirtual_router_id 5\nmcast_src_ip fe80::1\nno_virtual_ipaddress", null)]
    public void Vrid_twice_on_an_interface_and_family_is_fatal(string first, string second, string? message)
    {
        LoadResult result = ConfigText.Load(
            $"vrrp_instance A {{\n{first}\nvirtual_ipaddress {{\n192.0.2.1\n}}\n}}\nvrrp_instance B {{\n{second}\nvirtual_ipaddress {{\n192.0.2.2\n}}\n}}\n");
        Assert.Equal(message, result.Diagnostics.SingleOrDefault(static d => d.IsFatal)?.Message);
    }
}
