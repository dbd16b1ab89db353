using KeepalivedAot.Base.Time;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Global;
using KeepalivedAot.Config.Values;

namespace KeepalivedAot.Tests.Unit.Config.Global;

/// <summary>Rules of global_defs that go beyond one value, and statuses as stock keepalived gives them.</summary>
public sealed class GlobalRuleTests
{
    // Without the value keepalived 2.2.7 stops with status 2 at these, and goes on after others.
    private static readonly HashSet<string> s_stopsWithout =
    [
        "process_name", "vrrp_process_name", "checker_process_name", "lvs_process_name", "bfd_process_name", "smtp_server", "smtp_connect_timeout",
        "vrrp_mcast_group4", "vrrp_mcast_group6", "vrrp_garp_master_delay", "vrrp_garp_master_repeat", "vrrp_garp_master_refresh",
        "vrrp_garp_master_refresh_repeat", "vrrp_garp_lower_prio_delay", "vrrp_garp_lower_prio_repeat", "vrrp_down_timer_adverts", "vrrp_garp_interval",
        "vrrp_gna_interval", "vrrp_version", "nftables_priority", "vrrp_rlimit_rttime", "vrrp_rlimit_rtime", "nftables_ipvs_priority",
        "nftables_ipvs_start_fwmark", "checker_rlimit_rttime", "checker_rlimit_rtime", "bfd_rlimit_rttime", "bfd_rlimit_rtime", "vrrp_startup_delay",
        "vmac_prefix", "vmac_addr_prefix", "umask", "random_seed", "config_save_dir",
    ];

    // Later than 2.2.7, so that nothing is known.
    private static readonly HashSet<string> s_unknown =
    [
        "snmp_vs_stats_update_interval", "snmp_rs_stats_update_interval", "dbus_no_interface_name", "vrrp_delay_after_boot", "json_version", "state_dump_file",
        "stats_dump_file", "json_dump_file",
    ];

    public static TheoryData<string> Words => [.. GlobalDefsBlock.Schema.Words.Select(static w => w.Word).Where(static w => !s_unknown.Contains(w))];

    [Theory]
    [MemberData(nameof(Words))]
    public void Word_alone_stops_the_reading_where_it_does_so_in_keepalived(string word)
        => Assert.Equal(s_stopsWithout.Contains(word), GlobalText.Load(word).TestExitStatus == 2);

    [Theory]
    [InlineData("vrrp_rx_bufs_multiplier 5 6")]
    [InlineData("snmp_socket a b")]
    [InlineData("reload_time_file /tmp/x y")]
    [InlineData("iproute_usr_dir /a /b")]
    [InlineData("iproute_etc_dir /a /b")]
    public void Line_with_more_than_its_one_value_is_ignored(string line)
    {
        LoadResult result = GlobalText.Load(line);
        Diagnostic only = Assert.Single(result.Diagnostics, static d => d.Code == "KA0320");
        Assert.Equal((line.LastIndexOf(' ') + 2, 5), (only.Location.Column, result.TestExitStatus));
        GlobalDefsBlock globals = result.Configuration.GlobalDefs;
        Assert.Equal(
            (3u, null, null, null, null),
            (globals.ReceiveBufferMultiplier, globals.SnmpSocket, globals.ReloadTimeFile, globals.IprouteUsrDirectory, globals.IprouteEtcDirectory));
    }

    [Theory]
    [InlineData("nftables a\nnftables b")]
    [InlineData("nftables_ipvs a\nnftables_ipvs b")]
    [InlineData("snmp_socket a\nsnmp_socket b")]
    [InlineData("vmac_prefix a\nvmac_prefix b")]
    [InlineData("vmac_addr_prefix a\nvmac_addr_prefix b")]
    [InlineData("tmp_config_directory /a\ntmp_config_directory /b")]
    [InlineData("notify_fifo /a\nnotify_fifo /b")]
    [InlineData("notify_fifo_script /a\nnotify_fifo_script /b")]
    [InlineData("startup_script /a\nstartup_script /b")]
    [InlineData("shutdown_script /a\nshutdown_script /b")]
    public void Word_that_counts_once_is_ignored_the_second_time(string lines)
    {
        LoadResult result = GlobalText.Load(lines);
        Assert.Contains("KA0319", ConfigText.Codes(result));
        Assert.Equal(GlobalText.Written(lines.Split('\n')[0]), GlobalText.Written(lines));
        Assert.Equal(5, result.TestExitStatus);
    }

    [Theory]
    [InlineData("process_names")]
    [InlineData("vrrp_process_name a")]
    [InlineData("checker_process_name a")]
    [InlineData("bfd_process_name a")]
    [InlineData("tmp_config_directory /tmp")]
    [InlineData("reload_check_config")]
    public void Word_for_what_is_not_here_is_accepted_with_the_reason(string line)
    {
        LoadResult result = GlobalText.Load(line);
        Diagnostic only = Assert.Single(result.Diagnostics);
        Assert.Equal(("KA0218", Severity.Warning, 0), (only.Code, only.Kind.Severity, result.TestExitStatus));
        Assert.StartsWith($"'{line.Split(' ')[0]}' changes nothing in keepalived-aot: ", only.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nftables_ipvs_resets_what_was_said_before_it()
    {
        LoadResult result = GlobalText.Load("nftables_ipvs_priority 5\nnftables_ipvs_start_fwmark 6\nnftables_ipvs");
        GlobalDefsBlock globals = result.Configuration.GlobalDefs;
        Assert.Equal((-1, 1000u, "keepalived_ipvs"), (globals.NftablesIpvsPriority, globals.NftablesIpvsStartMark, globals.NftablesIpvs!.Name));
        Assert.Equal(["KA0435", "KA0435"], GlobalText.Codes(result));
        Assert.Equal(0, result.TestExitStatus);
    }

    [Fact]
    public void Nftables_ipvs_leaves_what_is_said_behind_it()
    {
        GlobalDefsBlock globals = GlobalText.Read("nftables_ipvs marks\nnftables_ipvs_priority 5\nnftables_ipvs_start_fwmark 6");
        Assert.Equal((5, 6u, "marks"), (globals.NftablesIpvsPriority, globals.NftablesIpvsStartMark, globals.NftablesIpvs!.Name));
    }

    [Theory]
    [InlineData("notify_fifo /a\nvrrp_notify_fifo /a", "/a", null, null)]
    [InlineData("vrrp_notify_fifo /a\nnotify_fifo /a", "/a", null, null)]
    [InlineData("notify_fifo /a\nlvs_notify_fifo /a", "/a", null, null)]
    [InlineData("notify_fifo /a\nvrrp_notify_fifo /b\nlvs_notify_fifo /c", "/a", "/b", "/c")]
    public void Fifo_of_all_events_is_no_fifo_of_some(string lines, string? all, string? vrrp, string? lvs)
    {
        LoadResult result = GlobalText.Load(lines);
        GlobalDefsBlock globals = result.Configuration.GlobalDefs;
        Assert.Equal((all, vrrp, lvs), (globals.NotifyFifo?.Path, globals.VrrpNotifyFifo?.Path, globals.LvsNotifyFifo?.Path));
        Assert.Equal(0, result.TestExitStatus);
    }

    [Fact]
    public void Fifo_of_vrrp_and_checkers_has_the_script_of_vrrp()
    {
        LoadResult result = GlobalText.Load("vrrp_notify_fifo /a\nvrrp_notify_fifo_script /s1\nlvs_notify_fifo /a\nlvs_notify_fifo_script /s2");
        GlobalDefsBlock globals = result.Configuration.GlobalDefs;
        Assert.Equal(("/s1", null, "/a"), (globals.VrrpNotifyFifoScript!.Command, globals.LvsNotifyFifoScript?.Command, globals.LvsNotifyFifo?.Path));
        Assert.Equal(["KA0432", "KA0202"], ConfigText.Codes(result));
    }

    // Its lines come with the checkers.
    [Fact]
    public void Fifo_of_checkers_is_said_to_be_silent()
        => Assert.Equal(["KA0202"], ConfigText.Codes(GlobalText.Load("lvs_notify_fifo /a\nlvs_notify_fifo_script /s")));

    [Fact]
    public void Ipsets_and_iptables_may_be_in_two_blocks()
        => Assert.DoesNotContain("KA0437", ConfigText.Codes(ConfigText.Load("global_defs {\nvrrp_ipsets a\n}\nglobal_defs {\nvrrp_iptables\n}\n")));

    [Theory]
    [InlineData("smtp_connect_timeout 0", 5)]
    [InlineData("smtp_connect_timeout 1", 0)]
    public void Smtp_timeout_is_at_least_a_second(string line, int status)
    {
        LoadResult result = GlobalText.Load(line);
        Assert.Equal((Duration.FromSeconds(1), status), (result.Configuration.GlobalDefs.SmtpConnectTimeout, result.TestExitStatus));
    }

    [Theory]
    [InlineData("vrrp_rlimit_rttime 1")]
    [InlineData("vrrp_rlimit_rtime 1")]
    [InlineData("vrrp_rlimit_rttime 2")]
    public void Real_time_limit_is_at_least_two_microseconds(string line) => Assert.Equal(2u, GlobalText.Read(line).VrrpRealTimeLimit);

    [Fact]
    public void Recipients_are_all_words_of_all_lines()
        => Assert.Equal(
            ["a@example.com", "B C <d@example.com>", "e@example.com"],
            GlobalText.Read("notification_email { a@example.com \"B C <d@example.com>\"\ne@example.com }").NotificationEmail.Select(static n => n.Name));

    [Theory]
    [InlineData("notification_email { }", 5)]
    [InlineData("notification_email {\n}", 5)]
    [InlineData("notification_email x {\na\n}", 5)]
    public void Recipients_that_are_none_or_outside_are_an_error(string lines, int status) => Assert.Equal(status, GlobalText.Load(lines).TestExitStatus);

    [Theory]
    [InlineData("max_auto_priority", 99)]
    [InlineData("max_auto_priority -1", -1)]
    [InlineData("max_auto_priority 5", 5)]
    [InlineData("max_auto_priority -2", 0)]
    [InlineData("max_auto_priority 100", 0)]
    public void Automatic_priority_alone_is_the_highest(string line, int expected) => Assert.Equal(expected, GlobalText.Read(line).MaxAutoPriority);

    [Theory]
    [InlineData("vrrp_priority 20", 0)]
    [InlineData("vrrp_priority -20", -20)]
    [InlineData("vrrp_priority -5\nvrrp_priority 20", 0)]
    public void Nice_value_that_is_wrong_is_zero(string lines, int expected) => Assert.Equal(expected, GlobalText.Read(lines).VrrpPriority);

    [Theory]
    [InlineData("startup_script /s", "/s", null, null)]
    [InlineData("startup_script \"/s 'a b' c\" u g", "/s 'a b' c", "u", "g")]
    [InlineData("startup_script '/s \"a b\" c' u", "/s \"a b\" c", "u", null)]
    [InlineData("startup_script \"/s \\\"a b\\\"\" u", "/s \"a b\"", "u", null)]
    [InlineData("startup_script /s\\ a u", "/s a", "u", null)]
    [InlineData("startup_script \"/s 'a'\"' \"b\"' u", "/s 'a' \"b\"", "u", null)]
    public void Script_is_one_word_by_its_own_quoting(string line, string command, string? user, string? group)
    {
        LoadResult result = GlobalText.Load(line);
        Assert.Empty(GlobalText.Codes(result));
        ConfigScript script = result.Configuration.GlobalDefs.StartupScript!;
        Assert.Equal((command, user, group), (script.Command, script.User, script.Group));
        GlobalText.Written(line);
    }
}
