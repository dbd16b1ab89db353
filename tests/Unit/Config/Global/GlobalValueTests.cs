using KeepalivedAot.Config;
using KeepalivedAot.Config.Global;

namespace KeepalivedAot.Tests.Unit.Config.Global;

/// <summary>Values of global_defs that read themselves.</summary>
public sealed class GlobalValueTests
{
    [Theory]
    [InlineData("process_name abcdefghijklmno", "abcdefghijklmno", 0)]
    [InlineData("process_name abcdefghijklmnop", "abcdefghijklmno", 5)]
    [InlineData("process_name \"a b\"", "a b", 0)]
    public void Process_name_is_cut_at_15_bytes(string line, string expected, int status)
    {
        LoadResult result = GlobalText.Load(line);
        Assert.Equal((expected, status), (result.Configuration.GlobalDefs.ProcessName?.Text, result.TestExitStatus));
        GlobalText.Written(line);
    }

    [Theory]
    [InlineData("192.0.2.25", "192.0.2.25", 25)]
    [InlineData("2001:db8::25 587", "2001:db8::25", 587)]
    [InlineData("mail-1.example.com 2525", "mail-1.example.com", 2525)]
    [InlineData("192.0.2.25/24", null, 0)]
    [InlineData("\"\"", null, 0)]
    [InlineData("a..b", null, 0)]
    [InlineData("1:2", null, 0)]
    [InlineData("192.0.2.25 0", null, 0)]
    [InlineData("192.0.2.25 65536", null, 0)]
    [InlineData("192.0.2.25 25x", null, 0)]
    public void Smtp_server_is_an_address_or_a_host_name_and_perhaps_a_port(string words, string? host, int port)
    {
        LoadResult result = GlobalText.Load($"smtp_server {words}");
        Assert.Equal(host is null ? 5 : 0, result.TestExitStatus);
        Assert.Equal(host is null ? null : new SmtpServer(host, (ushort)port), result.Configuration.GlobalDefs.SmtpServer);
    }

    [Theory]
    [InlineData("022", 0x12)]
    [InlineData("0x1f", 0x1F)]
    [InlineData("8", 8)]
    [InlineData("0777", 0x1FF)]
    [InlineData("IRUSR", 0x100)]
    [InlineData("IRUSR|IWUSR", 0x180)]
    [InlineData("IRUSR | IWUSR", 0x180)]
    [InlineData("IRUSR| IWGRP |IXOTH", 0x111)]
    [InlineData("IRWXG|IRWXO", 0x3F)]
    public void Umask_is_a_number_or_names_of_bits(string words, int bits)
    {
        LoadResult result = GlobalText.Load($"umask {words}");
        Assert.Empty(GlobalText.Codes(result));
        Assert.Equal((uint)bits, result.Configuration.GlobalDefs.Umask!.Bits);
        GlobalText.Written($"umask {words}");
    }

    [Theory]
    [InlineData("01000", "KA0303")]
    [InlineData("08", "KA0303")]
    [InlineData("022x", "KA0303")]
    [InlineData("022|IRUSR", "KA0303")]
    [InlineData("022 IRUSR", "KA0320")]
    [InlineData("IRUSR IWUSR", "KA0307")]
    [InlineData("IRUSR||IWUSR", "KA0307")]
    [InlineData("IRUSR|", "KA0307")]
    [InlineData("|IRUSR", "KA0307")]
    [InlineData("|", "KA0307")]
    [InlineData("\"\"", "KA0307")]
    [InlineData("irusr", "KA0307")]
    [InlineData("IRUSR | 022", "KA0307")]
    [InlineData("-1", "KA0307")]
    public void Umask_with_a_mistake_is_none(string words, string code)
    {
        LoadResult result = GlobalText.Load($"umask {words}");
        Assert.Equal([code], GlobalText.Codes(result));
        Assert.Equal((null, 5), (result.Configuration.GlobalDefs.Umask, result.TestExitStatus));
    }

    [Theory]
    [InlineData("MTU", null, true, false, null)]
    [InlineData("mtu", null, true, false, null)]
    [InlineData("Advert", null, false, true, null)]
    [InlineData("500", 500, false, false, null)]
    [InlineData("ADVERT MTU", null, true, false, "KA0438")]
    [InlineData("500 MTU", 500, false, false, "KA0438")]
    [InlineData("MTU 500", null, true, false, "KA0307")]
    [InlineData("MTU foo", null, true, false, "KA0307")]
    public void Receive_buffer_is_a_policy_or_a_number_that_comes_first(string words, int? bytes, bool byMtu, bool byAdvertisement, string? code)
    {
        LoadResult result = GlobalText.Load($"vrrp_rx_bufs_policy {words}");
        Assert.Equal(new ReceiveBufferPolicy((uint?)bytes, byMtu, byAdvertisement), result.Configuration.GlobalDefs.ReceiveBufferPolicy);
        Assert.Equal(code is null ? [] : [code], GlobalText.Codes(result));
        GlobalText.Written($"vrrp_rx_bufs_policy {words}");
    }

    [Theory]
    [InlineData("foo")]
    [InlineData("500x")]
    [InlineData("-5")]
    [InlineData("4294967296")]
    public void Receive_buffer_that_is_neither_is_not_taken(string words)
    {
        LoadResult result = GlobalText.Load($"vrrp_rx_bufs_policy {words}");
        Assert.Equal((null, 5), (result.Configuration.GlobalDefs.ReceiveBufferPolicy, result.TestExitStatus));
    }

    [Theory]
    [InlineData("vrrp_rt_priority 0", 1, 5)]
    [InlineData("vrrp_rt_priority -7", 1, 5)]
    [InlineData("vrrp_rt_priority 50", 50, 0)]
    [InlineData("vrrp_rt_priority 100", 99, 5)]
    public void Real_time_priority_is_moved_into_its_range(string line, int expected, int status)
    {
        LoadResult result = GlobalText.Load(line);
        Assert.Equal((expected, status), (result.Configuration.GlobalDefs.VrrpRealTimePriority!.Value.Value, result.TestExitStatus));
    }

    [Theory]
    [InlineData("0 1 1", "0 1 1")]
    [InlineData("0 x 1", null)]
    [InlineData("0 1024", null)]
    [InlineData("-1", null)]
    public void Processors_are_all_right_or_there_are_none(string words, string? expected)
    {
        LoadResult result = GlobalText.Load($"checker_cpu_affinity {words}");
        CpuSet? processors = result.Configuration.GlobalDefs.CheckerCpuAffinity;
        Assert.Equal(expected, processors is null ? null : string.Join(' ', processors.Processors));
        Assert.Equal(expected is null ? 5 : 0, result.TestExitStatus);
    }

    [Theory]
    [InlineData("0", null, null, 5)]
    [InlineData("5", false, 5, 0)]
    [InlineData("all 5", true, 5, 0)]
    [InlineData("all all 5", true, 5, 0)]
    [InlineData("all 86401", null, null, 5)]
    [InlineData("all", null, null, 5)]
    [InlineData("x", null, null, 5)]
    public void Garp_on_other_interfaces_needs_a_time(string words, bool? onAll, int? seconds, int status)
    {
        LoadResult result = GlobalText.Load($"vrrp_garp_extra_if {words}");
        GlobalDefsBlock globals = result.Configuration.GlobalDefs;
        Assert.Equal((onAll, status), (globals.ExtraInterfaceGarp?.OnAll, result.TestExitStatus));
        Assert.Equal(seconds, (int?)globals.ExtraInterfaceGarp?.Interval.WholeSeconds);
    }

    [Theory]
    [InlineData("lvs_timeouts tcp 5", 5, null, null, 0)]
    [InlineData("lvs_timeouts tcp 5 tcpfin 6 udp 7", 5, 6, 7, 0)]
    [InlineData("lvs_timeouts tcp 5 udp", 5, null, null, 5)]
    [InlineData("lvs_timeouts tcp x udp 7", null, null, 7, 5)]
    public void Lvs_timeouts_keep_those_that_are_right(string line, int? tcp, int? fin, int? udp, int status)
    {
        LoadResult result = GlobalText.Load(line);
        LvsTimeouts timeouts = result.Configuration.GlobalDefs.LvsTimeouts!;
        Assert.Equal((tcp, fin, udp), ((int?)timeouts.Tcp?.WholeSeconds, (int?)timeouts.TcpFin?.WholeSeconds, (int?)timeouts.Udp?.WholeSeconds));
        Assert.Equal(status, result.TestExitStatus);
    }

    [Theory]
    [InlineData("lvs_timeouts")]
    [InlineData("lvs_timeouts tcp")]
    [InlineData("lvs_timeouts tcp 2678401")]
    [InlineData("lvs_timeouts foo")]
    public void Lvs_timeouts_without_one_that_is_right_are_none(string line)
    {
        LoadResult result = GlobalText.Load(line);
        Assert.Equal((null, 5), (result.Configuration.GlobalDefs.LvsTimeouts, result.TestExitStatus));
    }

    // Each as stock keepalived takes it.
    [Theory]
    [InlineData("lo", null, null, 0)]
    [InlineData("lo VI_1", "VI_1", null, 0)]
    [InlineData("lo inst VI_1", "VI_1", null, 0)]
    [InlineData("lo id 5", null, 5, 0)]
    [InlineData("lo VI_1 id 5 maxlen 100 port 8000 ttl 5 group 224.0.0.5", "VI_1", 5, 0)]
    [InlineData("lo inst VI_1 id 5 id 6", "VI_1", 6, 0)]
    [InlineData("lo 5", "5", null, 0)]
    [InlineData("lo VI_1 5", "VI_1", 5, 5)]
    [InlineData("lo VI_1 256", "VI_1", null, 5)]
    [InlineData("lo VI_1 id", "VI_1", null, 5)]
    [InlineData("lo VI_1 inst VI_2", "VI_1", null, 5)]
    [InlineData("lo inst VI_1 inst VI_2", "VI_1", null, 5)]
    [InlineData("lo inst VI_1 5", "VI_1", null, 5)]
    [InlineData("lo maxlen 100 VI_1", null, null, 5)]
    [InlineData("lo ttl 5 6", null, null, 5)]
    [InlineData("lo VI_1 group 192.0.2.1", "VI_1", null, 5)]
    [InlineData("lo inst", null, null, 2)]
    public void Sync_daemon_is_known_by_words_and_by_places(string words, string? instance, int? id, int status)
    {
        LoadResult result = GlobalText.Load($"lvs_sync_daemon {words}");
        Assert.Equal(status, result.TestExitStatus);
        if (status == 2)
            return;
        LvsSyncDaemon daemon = result.Configuration.GlobalDefs.LvsSyncDaemon!;
        Assert.Equal(("lo", instance, id), (daemon.Interface, daemon.Instance, (int?)daemon.Id));
        GlobalText.Written($"lvs_sync_daemon {words}");
    }

    [Fact]
    public void Second_sync_daemon_is_ignored()
    {
        LoadResult result = GlobalText.Load("lvs_sync_daemon lo VI_1\nlvs_sync_daemon lo VI_2");
        Assert.Equal(("VI_1", 5), (result.Configuration.GlobalDefs.LvsSyncDaemon!.Instance, result.TestExitStatus));
    }

    [Theory]
    [InlineData("a", "a a6 a_if6 a_igmp a_mld a_nd")]
    [InlineData("a b c", "a b c a_igmp a_mld a_nd")]
    [InlineData("", "")]
    public void Ipsets_that_are_left_out_are_named_after_the_first(string words, string expected)
    {
        LoadResult result = GlobalText.Load($"vrrp_iptables\nvrrp_ipsets {words}");
        Assert.Empty(GlobalText.Codes(result));
        Assert.Equal(expected, string.Join(' ', result.Configuration.GlobalDefs.Ipsets!.Names));
        GlobalText.Written($"vrrp_iptables\nvrrp_ipsets {words}");
    }

    [Theory]
    [InlineData("vrrp_iptables\nvrrp_ipsets a a", "KA0436")]
    [InlineData("vrrp_iptables\nvrrp_ipsets abcdefghijklmnopqrstuvwxyz0123", "KA0312")]
    [InlineData("vrrp_iptables\nvrrp_ipsets abcdefghijklmnopqrstuvwxyz01234", "KA0312")]
    [InlineData("vrrp_ipsets a", "KA0437")]
    [InlineData("vrrp_iptables a a", "KA0430")]
    [InlineData("vrrp_iptables abcdefghijklmnopqrstuvwxyz01", "KA0312")]
    public void Chains_and_sets_that_cannot_be_are_reported(string lines, string code)
        => Assert.Equal([code], GlobalText.Codes(GlobalText.Load(lines)));

    [Theory]
    [InlineData("vrrp_iptables", "INPUT", "OUTPUT")]
    [InlineData("vrrp_iptables a", "a", null)]
    [InlineData("vrrp_iptables a b", "a", "b")]
    public void Iptables_by_itself_means_the_usual_chains(string line, string incoming, string? outgoing)
        => Assert.Equal(new IptablesChains(incoming, outgoing), GlobalText.Read(line).Iptables);
}
