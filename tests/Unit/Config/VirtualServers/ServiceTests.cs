using KeepalivedAot.Config;
using KeepalivedAot.Config.VirtualServers;

namespace KeepalivedAot.Tests.Unit.Config.VirtualServers;

/// <summary>Defaults of virtual servers, what they exclude, and the servers that are dropped or changed.</summary>
public sealed class ServiceTests
{
    [Theory]
    [InlineData("lvs_method NAT\nprotocol TCP\n", "Virtual server [192.0.2.1]:tcp:80: no scheduler set, setting default 'wlc'")]
    [InlineData("lvs_sched wlc\nprotocol TCP\n", "Virtual server [192.0.2.1]:tcp:80: no forwarding method set, setting default NAT")]
    [InlineData("lvs_sched wlc\nlvs_method NAT\n", "Virtual server [192.0.2.1]:none:80: no protocol set - defaulting to UDP")]
    public void Missing_setting_has_a_default_and_is_an_error(string head, string message)
    {
        LoadResult result = ServiceText.Load("", head: head);
        Assert.Equal([message], ServiceText.Messages(result));
        Assert.Equal(["KA0607"], ServiceText.Codes(result));
        VirtualServerBlock service = ServiceText.Service(result);
        Assert.Equal((Scheduler.WeightedLeastConnection, ForwardingKind.Nat), (service.Scheduler, service.Method!.Kind));
        Assert.NotNull(service.Protocol);
    }

    [Fact]
    public void Protocol_of_a_mark_is_ignored()
    {
        LoadResult result = ServiceText.Marked("protocol UDP", "real_server 192.0.2.10 {\n}\n");
        Assert.Equal(["Virtual server FWM 5: protocol specified for fwmark - protocol will be ignored"], ServiceText.Messages(result));
        Assert.Null(ServiceText.Service(result).Protocol);
    }

    [Theory]
    [InlineData("ops", "KA0608", false)]
    [InlineData("protocol UDP\nops", null, true)]
    [InlineData("ops\nprotocol UDP", null, true)]
    public void One_packet_scheduling_needs_udp(string lines, string? code, bool isOn)
    {
        LoadResult result = ServiceText.Load(lines);
        Assert.Equal(code is null ? [] : [code], ServiceText.Codes(result).Where(static c => c != "KA0208"));
        Assert.Equal(isOn, ServiceText.Service(result).OnePacketScheduling);
    }

    [Fact]
    public void Suspension_of_a_mark_is_cleared()
    {
        LoadResult result = ServiceText.Marked("ha_suspend", "real_server 192.0.2.10 {\n}\n");
        Assert.Equal(["Virtual server FWM 5: cannot use ha_suspend with fwmarks - clearing ha_suspend"], ServiceText.Messages(result));
        Assert.False(ServiceText.Service(result).HaSuspend);
    }

    [Theory]
    [InlineData("192.0.2.1", "", 360, true)]
    [InlineData("192.0.2.1 0", "", 360, true)]
    [InlineData("192.0.2.1 00", "persistence_timeout 50", 50, false)]
    [InlineData("192.0.2.1", "persistence_granularity 255.255.255.0", 360, false)]
    [InlineData("192.0.2.1 80", "persistence_timeout", 360, false)]
    [InlineData("192.0.2.1 80", "", 0, false)]
    public void All_ports_need_persistence(string address, string lines, uint timeout, bool isError)
    {
        LoadResult result = ServiceText.Load(lines, address: address);
        Assert.Equal(isError ? ["KA0608"] : [], ServiceText.Codes(result));
        Assert.Equal(timeout, ServiceText.Service(result).PersistenceTimeout);
    }

    [Theory]
    [InlineData("quorum 5", 1, 0, 1)]
    [InlineData("quorum 5\nweight 5", 5, 0, 0)]
    [InlineData("quorum 5\nhysteresis 2", 1, 0, 2)]
    [InlineData("hysteresis 1", 1, 0, 1)]
    [InlineData("quorum 5\nhysteresis 7\nweight 10", 5, 4, 1)]
    [InlineData("hysteresis 3\nquorum 5\nweight 9", 5, 3, 0)]
    public void Quorum_is_reduced_to_the_weight_and_hysteresis_below_it(string lines, uint quorum, uint hysteresis, int errors)
    {
        LoadResult result = ServiceText.Load(lines);
        Assert.Equal(Enumerable.Repeat("KA0609", errors), ServiceText.Codes(result));
        Assert.Equal((quorum, hysteresis), (ServiceText.Service(result).Quorum, ServiceText.Service(result).Hysteresis));
    }

    // keepalived sets a hysteresis of 4294967295 here.
    [Fact]
    public void Quorum_of_servers_without_weight_leaves_hysteresis_alone()
    {
        VirtualServerBlock service = ServiceText.Service(ServiceText.Server("weight 0"));
        Assert.Equal((0u, 0u), (service.Quorum, service.Hysteresis));
    }

    [Theory]
    [InlineData("sh-port", "KA0615", false)]
    [InlineData("lvs_sched sh\nsh-port", null, true)]
    [InlineData("lvs_sched mh\nsh-port", "KA0619", false)]
    public void Flag_of_a_scheduler_stands_behind_it(string lines, string? code, bool isOn)
    {
        LoadResult result = ServiceText.Load(lines);
        Assert.Equal(code is null ? [] : [code], ServiceText.Codes(result).Where(static c => c != "KA0208"));
        Assert.Equal(isOn, ServiceText.Service(result).SourceHashPort);
    }

    [Fact]
    public void Flag_in_front_of_its_scheduler_is_ignored()
    {
        LoadResult result = ServiceText.Load("", head: "mh-port\nlvs_sched mh\nlvs_method NAT\nprotocol TCP\n");
        Assert.Equal(["KA0615"], ServiceText.Codes(result));
        Assert.False(ServiceText.Service(result).MaglevPort);
    }

    [Theory]
    [InlineData("hashed", "KA0615")]
    [InlineData("lvs_sched mh\nhashed", "KA0213")]
    public void Hashed_is_an_error_without_a_hashing_scheduler(string lines, string code)
        => Assert.Equal([code], ServiceText.Codes(ServiceText.Load(lines)).Where(static c => c != "KA0208"));

    [Theory]
    [InlineData("sorry_server_inhibit\nsorry_server 192.0.2.20 80")]
    [InlineData("sorry_server_lvs_method DR\nsorry_server 192.0.2.20 80")]
    [InlineData("sorry_server_inhibit")]
    public void Setting_of_the_sorry_server_stands_behind_it(string lines)
    {
        LoadResult result = ServiceText.Load(lines);
        Assert.Equal(["KA0615"], ServiceText.Codes(result));
        VirtualServerBlock service = ServiceText.Service(result);
        Assert.False(service.SorryServerInhibit);
        Assert.NotEqual(ForwardingKind.DirectRoute, service.SorryServerMethod?.Kind);
    }

    [Theory]
    [InlineData("lvs_method NAT type gue port 6080", "KA0619")]
    [InlineData("lvs_method TUN type gue", "KA0605")]
    [InlineData("lvs_method TUN type gre port 5", "KA0605")]
    [InlineData("lvs_method TUN type ipip csum", "KA0605")]
    [InlineData("lvs_method TUN type gre remcsum", "KA0605")]
    [InlineData("lvs_method TUN port 6080 type gue csum remcsum", null)]
    [InlineData("lvs_method TUN foo", "KA0314")]
    [InlineData("lvs_method XX", "KA0307")]
    [InlineData("lvs_method", "KA0301")]
    public void Options_of_a_tunnel_fit_its_type(string line, string? code)
        => Assert.Equal(code is null ? [] : [code], ServiceText.Codes(ServiceText.Load(line)).Where(static c => c != "KA0208"));

    [Theory]
    [InlineData("DR", "81", 80, "virtual server [192.0.2.1]:tcp:80 and real server [192.0.2.10]:tcp:81 ports don't match - resetting")]
    [InlineData("DR", "", 80, null)]
    [InlineData("TUN", "0", 80, null)]
    [InlineData("NAT", "81", 81, null)]
    public void Port_of_a_server_changes_with_nat_only(string method, string port, ushort expected, string? message)
    {
        LoadResult result = ServiceText.Server($"lvs_method {method}", address: $"192.0.2.10 {port}");
        Assert.Equal(message is null ? [] : [message], ServiceText.Messages(result));
        Assert.Equal(expected, ServiceText.RealServerOf(result).Address.Port);
    }

    [Theory]
    [InlineData("DR", 0, "fwmark virtual server FWM 5, real server [192.0.2.10]:none:80 has port specified - clearing")]
    [InlineData("NAT", 80, null)]
    public void Port_of_a_server_of_a_mark_is_for_nat_only(string method, ushort expected, string? message)
    {
        LoadResult result = ServiceText.Marked("", ServiceText.RealServer, method);
        Assert.Equal(message is null ? [] : [message], ServiceText.Messages(result));
        Assert.Equal(expected, ServiceText.RealServerOf(result).Address.Port);
    }

    [Fact]
    public void Port_of_the_sorry_server_is_reset_as_well()
    {
        LoadResult result = ServiceText.Load("sorry_server 192.0.2.20 81\nsorry_server_lvs_method DR");
        Assert.Equal(["virtual server [192.0.2.1]:tcp:80 and sorry server ports don't match - resetting"], ServiceText.Messages(result));
        Assert.Equal((ushort)80, ServiceText.Service(result).SorryServer!.Value.Port);
    }

    [Fact]
    public void Second_server_of_the_same_address_is_removed()
    {
        LoadResult result = ServiceText.Load("", ServiceText.RealServer + "real_server 192.0.2.10 81 {\n}\nreal_server 192.0.2.10 80 {\nweight 7\n}\n");
        Assert.Equal(["VS [192.0.2.1]:tcp:80: real server [192.0.2.10]:tcp:80 is duplicated - removing second rs"], ServiceText.Messages(result));
        Assert.Equal([(80, 1), (81, 1)], ServiceText.Service(result).RealServers.Select(static s => ((int)s.Address.Port, s.Weight)));
    }

    [Theory]
    [InlineData("", "KA0606")]
    [InlineData("real_server foo 80 {\nweight 3\n}\n", "KA0308")]
    [InlineData("real_server 192.0.2.10 x {\n}\n", "KA0302")]
    public void Service_without_servers_is_dropped(string servers, string code)
    {
        LoadResult result = ServiceText.Load("", servers);
        Assert.Contains(code, ServiceText.Codes(result));
        Assert.Empty(result.Configuration.VirtualServers);
    }

    [Theory]
    [InlineData("", "KA0301")]
    [InlineData("fwmark", "KA0301")]
    [InlineData("fwmark 5x", "KA0304")]
    [InlineData("192.0.2.1 70000", "KA0303")]
    [InlineData("foo 80", "KA0308")]
    public void Service_without_an_address_is_skipped(string address, string code)
    {
        LoadResult result = ServiceText.Load("", address: address);
        Assert.Equal([code], ServiceText.Codes(result));
        Assert.Empty(result.Configuration.VirtualServers);
    }

    [Theory]
    [InlineData("192.0.2.1 80 90")]
    [InlineData("fwmark 5 6")]
    public void Words_behind_the_address_are_a_warning(string address)
    {
        LoadResult result = ServiceText.Load("", "real_server 192.0.2.10 {\n}\n", address, address[0] == 'f' ? "lvs_sched rr\nlvs_method NAT\n" : "lvs_sched rr\nlvs_method NAT\nprotocol TCP\n");
        Assert.Equal(["KA0207"], ServiceText.Codes(result));
        Assert.Single(result.Configuration.VirtualServers);
    }

    [Theory]
    [InlineData("snmp_name a b", "KA0307")]
    [InlineData("snmp_name", "KA0317")]
    [InlineData("virtualhost", "KA0317")]
    [InlineData("virtualhost a\nvirtualhost b", "KA0616")]
    [InlineData("snmp_name \"a b\"", null)]
    public void Names_are_one_word(string lines, string? code)
        => Assert.Equal(code is null ? [] : [code], ServiceText.Codes(ServiceText.Load(lines)));

    [Fact]
    public void Second_ssl_block_replaces_the_first()
    {
        LoadResult result = ConfigText.Load("SSL {\nca a\nkey a\n}\nSSL {\nkey b\n}\n");
        Assert.Equal(["KA0616"], ServiceText.Codes(result));
        Assert.Equal((null, "b"), (result.Configuration.Ssl!.CertificateAuthorities, result.Configuration.Ssl.Key));
    }
}
