using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Checkers;
using KeepalivedAot.Config.VirtualServers;
using KeepalivedAot.Tests.Unit.Config.VirtualServers;

namespace KeepalivedAot.Tests.Unit.Config.Checkers;

/// <summary>What checkers take from the servers around them, and which of them are dropped.</summary>
public sealed class CheckerTests
{
    private const string Url = "url {\npath /\n}\n";
    private const string Tracked = "track_file tf {\nfile \"/tmp/x\"\nweight 3 reverse\n}\n";
    private const string Session = "bfd_instance b {\nneighbor_ip 192.0.2.9\n}\n";

    private static LoadResult Load(string kind, string lines, string server = "", string service = "", string before = "", string address = "192.0.2.10 80")
        => ServiceText.Server($"{server}\n{kind} {{\n{lines}\n}}", service, address, before);

    [Fact]
    public void Built_in_defaults_are_keepaliveds()
    {
        RealServerBlock server = ServiceText.RealServerOf(ServiceText.Server(
            $"TCP_CHECK {{\n}}\nHTTP_GET {{\n{Url}}}\nDNS_CHECK {{\n}}\nMISC_CHECK {{\nmisc_path /bin/true\n}}\nSMTP_CHECK {{\n}}\n"));
        Duration second = Duration.FromSeconds(1);
        Assert.Equal((1L, second, second * 60, second * 60), Times(server.TcpChecks![0]));
        Assert.Equal((1L, second * 3, second * 60, second * 60), Times(server.HttpGets![0]));
        Assert.Equal((3L, second * 60, second * 60, second * 60), Times(server.DnsChecks![0]));
        Assert.Equal((0L, second, second * 60, second * 60), Times(server.MiscChecks![0]));
        Assert.Equal((second * 5, IpAddress.Parse("192.0.2.10"), (ushort)80), (server.TcpChecks[0].ConnectTimeout, server.TcpChecks[0].ConnectAddress, server.TcpChecks[0].ConnectPort));
        Assert.Equal("smtpchecker.keepalived.org", server.SmtpChecks![0].HeloName);
        Assert.Equal(second * 60, server.MiscChecks[0].KillAfter);
        Assert.Equal((true, false, false), (server.SmtpAlert!.Value, server.Alpha!.Value, server.InhibitOnFailure!.Value));
    }

    private static (long, Duration, Duration, Duration) Times(CheckerBlock c) => (c.Retry, c.DelayBeforeRetry, c.Warmup, c.DelayLoop);

    [Fact]
    public void Checker_takes_from_the_real_server_and_that_from_the_virtual_server()
    {
        const string Service = "retry 4\ndelay_before_retry 5\nwarmup 6\nconnect_timeout 7\ndelay_loop 8\nalpha\nvirtualhost v\n";
        HttpGetBlock far = Assert.Single(ServiceText.RealServerOf(Load("HTTP_GET", Url, service: Service)).HttpGets!);
        Assert.Equal((4L, Duration.FromSeconds(5), Duration.FromSeconds(6), Duration.FromSeconds(8)), Times(far));
        Assert.Equal((Duration.FromSeconds(7), true, "v", "v"), (far.ConnectTimeout, far.Alpha!.Value, far.VirtualHost, far.Urls![0].VirtualHost));

        const string Server = "retry 14\nwarmup 0\nalpha no\nvirtualhost r\nconnect_timeout 17";
        HttpGetBlock near = Assert.Single(ServiceText.RealServerOf(Load("HTTP_GET", "retry 0\n" + Url, Server, Service)).HttpGets!);
        Assert.Equal((0L, Duration.FromSeconds(5), Duration.Zero, Duration.FromSeconds(8)), Times(near));
        Assert.Equal((Duration.FromSeconds(17), false, "r", "r"), (near.ConnectTimeout, near.Alpha!.Value, near.VirtualHost, near.Urls![0].VirtualHost));
    }

    // What stands behind the servers counts for them all the same.
    [Fact]
    public void Setting_of_the_service_behind_its_servers_is_inherited()
    {
        LoadResult result = ServiceText.Load("", "real_server 192.0.2.10 80 {\nTCP_CHECK {\n}\n}\ndelay_loop 9\nweight 5\n");
        RealServerBlock server = ServiceText.RealServerOf(result);
        Assert.Equal((5, Duration.FromSeconds(9)), (server.Weight, server.TcpChecks![0].DelayLoop));
    }

    [Fact]
    public void Script_is_killed_after_the_delay_of_the_service_or_its_own()
    {
        Assert.Equal(Duration.FromMilliseconds(1500), ServiceText.RealServerOf(Load("MISC_CHECK", "misc_path a\ndelay_loop 4", service: "delay_loop 1.5")).MiscChecks![0].KillAfter);
        Assert.Equal(Duration.FromSeconds(9), ServiceText.RealServerOf(Load("MISC_CHECK", "misc_path a\nmisc_timeout 9")).MiscChecks![0].KillAfter);
    }

    [Theory]
    [InlineData("connect_ip 2001:db8::2\nbindto 2001:db8::1", null, "2001:db8::2", "2001:db8::1")]
    [InlineData("connect_ip 2001:db8::2\nbindto 192.0.2.2", "bindto address 192.0.2.2 does not match address family of connect_ip - skipping", "2001:db8::2", null)]
    [InlineData("bindto 2001:db8::1", "bindto address 2001:db8::1 does not match address family of connect_ip - skipping", "192.0.2.10", null)]
    [InlineData("bindto 2001:db8::1\nconnect_ip 2001:db8::2", "bindto address 2001:db8::1 does not match address family of connect_ip - skipping", "2001:db8::2", null)]
    [InlineData("bindto 192.0.2.2\nconnect_ip 2001:db8::2", "connect_ip address 2001:db8::2 does not match address family of bindto - skipping", "192.0.2.10", "192.0.2.2")]
    public void Addresses_of_two_families_are_decided_by_their_order(string lines, string? message, string target, string? source)
    {
        LoadResult result = Load("TCP_CHECK", lines);
        Assert.Equal(message is null ? [] : [message], ServiceText.Messages(result));
        TcpCheckBlock check = Assert.Single(ServiceText.RealServerOf(result).TcpChecks!);
        Assert.Equal((IpAddress.Parse(target), source is null ? default : IpAddress.Parse(source)), (check.ConnectAddress, check.BindAddress));
    }

    [Theory]
    [InlineData("TCP_CHECK", "connect_ip fe80::1", true)]
    [InlineData("TCP_CHECK", "connect_ip fe80::1\nbind_if eth0", false)]
    [InlineData("DNS_CHECK", "connect_ip fe80::1", true)]
    [InlineData("HTTP_GET", "connect_ip fe80::1\n" + Url, true)]
    [InlineData("SMTP_CHECK", "host {\nconnect_ip fe80::1\n}", true)]
    [InlineData("SMTP_CHECK", "host {\nconnect_ip fe80::1\nbind_if eth0\n}", false)]
    public void Link_local_target_needs_an_interface(string kind, string lines, bool isDropped)
    {
        LoadResult result = Load(kind, lines);
        Assert.Equal(isDropped ? ["KA0612"] : [], ServiceText.Codes(result).Where(static c => c != "KA0211"));
        Assert.Equal(!isDropped, ServiceText.RealServerOf(result).HasCheckers);
    }

    [Fact]
    public void Host_of_a_mail_server_sets_its_checker()
    {
        LoadResult result = Load("SMTP_CHECK", "connect_port 25\nretry 2\nhost {\nconnect_ip 192.0.2.30\nconnect_timeout 9\nfwmark 7\n}");
        SmtpCheckBlock check = Assert.Single(ServiceText.RealServerOf(result).SmtpChecks!);
        Assert.Equal((IpAddress.Parse("192.0.2.30"), (ushort)25, 2L, Duration.FromSeconds(9), 7u), (check.ConnectAddress, check.ConnectPort, check.Retry, check.ConnectTimeout, check.Mark));
        Assert.Null(check.Hosts);
    }

    [Theory]
    [InlineData("MISC_CHECK", "retry 1", "No script path has been specified for MISC_CHECKER - skipping")]
    [InlineData("MISC_CHECK", "misc_path \"\"", "'misc_path' names no program")]
    [InlineData("HTTP_GET", "retry 1", "HTTP/SSL_GET checker has no urls specified - ignoring")]
    [InlineData("SSL_GET", "", "HTTP/SSL_GET checker has no urls specified - ignoring")]
    [InlineData("FILE_CHECK", "weight 1", "FILE_CHECK has no track_file specified - ignoring")]
    [InlineData("FILE_CHECK", "track_file x", "track_file x not found - ignoring the checker")]
    [InlineData("BFD_CHECK", "", "No name has been specified for BFD_CHECKER - skipping")]
    [InlineData("BFD_CHECK", "name x", "BFD_CHECK - BFD x not configured - ignoring the checker")]
    public void Checker_that_cannot_check_is_dropped(string kind, string lines, string message)
    {
        LoadResult result = Load(kind, lines, before: Tracked + Session);
        Assert.Equal([message], ServiceText.Messages(result).Where(static m => !m.Contains("does not act on", StringComparison.Ordinal)));
        Assert.False(ServiceText.RealServerOf(result).HasCheckers);
    }

    [Fact]
    public void Url_without_a_path_is_dropped_and_the_others_stay()
    {
        LoadResult result = Load("HTTP_GET", Url + "url {\nstatus_code 200\n}");
        Assert.Equal(["KA0612"], ServiceText.Codes(result));
        Assert.Equal("/", Assert.Single(ServiceText.RealServerOf(result).HttpGets![0].Urls!).Path);
    }

    [Theory]
    [InlineData("", 3, true)]
    [InlineData("weight 5", 5, true)]
    [InlineData("weight 5 noreverse", 5, false)]
    [InlineData("weight -2147483647 reverse", -2147483647, true)]
    public void Weight_of_a_file_is_that_of_the_track_file_unless_it_is_said(string line, int factor, bool isReversed)
    {
        LoadResult result = Load("FILE_CHECK", "track_file tf\n" + line, before: Tracked);
        Assert.Equal(new FileWeight(factor, isReversed), Assert.Single(ServiceText.RealServerOf(result).FileChecks!).Weight);
    }

    [Fact]
    public void File_or_session_must_be_defined_before()
    {
        LoadResult file = ConfigText.Load("virtual_server 192.0.2.1 80 {\nlvs_sched rr\nlvs_method NAT\nprotocol TCP\nreal_server 192.0.2.10 80 {\nFILE_CHECK {\ntrack_file tf\n}\nBFD_CHECK {\nname b\n}\n}\n}\n" + Tracked + Session);
        Assert.Equal(["KA0612", "KA0612"], ServiceText.Codes(file));
    }

    [Fact]
    public void Session_is_checked_once_for_a_server()
    {
        LoadResult result = ServiceText.Server("alpha\nBFD_CHECK {\nname b\n}\nBFD_CHECK {\nname b\n}\n", before: Session);
        Assert.Equal(["KA0612"], ServiceText.Codes(result));
        Assert.True(Assert.Single(ServiceText.RealServerOf(result).BfdChecks!).Alpha);
    }

    [Fact]
    public void Session_that_tells_vrrp_alone_is_none_for_a_checker()
        => Assert.Equal(["KA0612"], ServiceText.Codes(Load("BFD_CHECK", "name b", before: "bfd_instance b {\nneighbor_ip 192.0.2.9\nvrrp\n}\n")));

    [Theory]
    [InlineData("min_reply_length 300", true)]
    [InlineData("max_reply_length 10\nmin_reply_length 20", true)]
    [InlineData("min_reply_length 255", false)]
    public void Reply_that_can_never_be_long_enough_is_an_error(string lines, bool isError)
        => Assert.Equal(isError ? ["KA0617"] : [], ServiceText.Codes(Load("UDP_CHECK", lines)));

    [Theory]
    [InlineData("nb_get_retry 3", 3)]
    [InlineData("retry 2\nnb_get_retry 3", 3)]
    [InlineData("nb_get_retry 3\nretry 2", 2)]
    public void Old_name_of_retry_sets_it_and_is_an_error(string lines, long retry)
    {
        LoadResult result = Load("HTTP_GET", lines + "\n" + Url);
        Assert.Equal(["KA0212"], ServiceText.Codes(result));
        Assert.Equal(retry, ServiceText.RealServerOf(result).HttpGets![0].Retry);
    }

    [Theory]
    [InlineData("1.0", HttpProtocol.Http10)]
    [InlineData("1.0C", HttpProtocol.Http10Close)]
    [InlineData("1.0c", HttpProtocol.Http10Close)]
    [InlineData("1.1", HttpProtocol.Http11)]
    public void Version_of_http_is_one_of_three(string word, HttpProtocol expected)
        => Assert.Equal(expected, ServiceText.RealServerOf(Load("HTTP_GET", $"http_protocol {word}\n{Url}")).HttpGets![0].Protocol);

    [Fact]
    public void Name_for_tls_turns_it_on_and_close_notify_is_that_of_either()
    {
        LoadResult result = Load("SSL_GET", "sni_name a.example\ntls_compliant\nurl {\npath /\n}\n");
        SslGetBlock check = Assert.Single(ServiceText.RealServerOf(result).SslGets!);
        Assert.Equal((true, true), (check.EnableSni, check.Urls![0].TlsCompliant));
    }
}
