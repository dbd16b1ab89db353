using System.Reflection;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;

namespace KeepalivedAot.Tests.Unit.Config;

/// <summary>Each kind of finding at its exact place: « and » in the text mark what must be underlined.</summary>
public sealed class DiagnosticPositionTests
{
    private const string Head = "vrrp_instance A {\n  interface eth0\n  virtual_router_id 51\n";
    private const string Addresses = "  virtual_ipaddress {\n    192.0.2.1/24\n  }\n";
    private const string Tail = Addresses + "}\n";

    public static TheoryData<string, string> Cases => new()
    {
        { "KA0101", "global_defs {\n  router_id «\"m1»\n}\n" },
        { "KA0102", "global_defs {\n  router_id «\0»m1\n}\n" },
        { "KA0103", $"# {new string('x', 1020)}«{new string('y', 100)}»\n" },
        { "KA0104", "global_defs {\n  router_id m1 «\\»\n}\n" },
        { "KA0106", "$A=x «$A»\nglobal_defs {\n  router_id $A\n}\n" },
        { "KA0108", "global_defs {\n  router_id m«${_RANDOM x}»\n}\n" },
        { "KA0109", "global_defs {\n  router_id «${NAME}»\n}\n" },
        { "KA0110", "«~SEQ(i, 0, 0, 0) use_pid_dir»\n" },
        { "KA0111", "«~SEQ(i, 1000000000) use_pid_dir»\n" },
        { "KA0112", "$NAME=x\nglobal_defs {\n  router_id \"«$NAME»\"\n}\n" },
        { "KA0113", "$NAME=use_pid_dir «# x \\»\n$NAME\n" },
        { "KA0201", Head + "  «prio» 100\n" + Tail },
        { "KA0201", Head + "  «\"prio\"» 100\n" + Tail },
        { "KA0202", "«bfd_instance» peer {\n  neighbor_ip 192.0.2.1\n}\n" },
        { "KA0203", Head + "  priority 100 «{»\n  }\n" + Tail },
        { "KA0204", "«global_defs»\n  router_id m1\n}\n" },
        { "KA0205", "use_pid_dir\n«}»\n" },
        { "KA0206", "«global_defs» {\n  router_id m1\n" },
        { "KA0207", Head + "  priority 100 «110 120»\n" + Tail },
        { "KA0208", Head + "  priority 100\n  «priority» 110\n" + Tail },
        { "KA0209", "«vrrp_instance» {\n}\n" },
        { "KA0209", "vrrp_instance «A B» {\n}\n" },
        { "KA0210", Head + Tail + "vrrp_instance «A» {\n}\n" },
        { "KA0211", "vrrp_instance A {\n  interface eth0\n  virtual_router_id 51\n  «native_ipv6»\n  virtual_ipaddress {\n    fe80::1\n  }\n}\n" },
        { "KA0213", Head + "  «debug» 1\n" + Tail },
        { "KA0214", Head + "  «unicast_peer»\n" + Tail },
        { "KA0215", Head + "  «virtual_ipaddress»\n    192.0.2.1/24\n  }\n}\n" },
        { "KA0219", "global_defs {\n  vrrp_iptables «A B»\n}\n" },
        { "KA0216", Head + "  virtual_ipaddress «foo» {\n    192.0.2.1/24\n  }\n}\n" },
        { "KA0301", Head + "  «priority»\n" + Tail },
        { "KA0302", Head + "  priority «high»\n" + Tail },
        { "KA0303", Head + "  priority «256»\n" + Tail },
        { "KA0304", Head + "  priority «100x»\n" + Tail },
        { "KA0305", Head + "  preempt_delay «1.1234567»\n" + Tail },
        { "KA0306", Head + "  lower_prio_no_advert «maybe»\n" + Tail },
        { "KA0307", Head + "  state «master»\n" + Tail },
        { "KA0308", Head + "  mcast_src_ip «router1»\n" + Tail },
        { "KA0308", Head + "  virtual_ipaddress {\n    192.0.2.1/24\n    «192.0.2»\n  }\n}\n" },
        { "KA0309", Head + "  virtual_ipaddress {\n    «192.0.2.1/33»\n  }\n}\n" },
        { "KA0310", Head + "  mcast_src_ip «192.0.2.9/24»\n" + Tail },
        { "KA0311", "global_defs {\n  vrrp_mcast_group4 «ff02::12»\n}\n" },
        { "KA0312", Head + "  virtual_ipaddress {\n    192.0.2.1/24\n    192.0.2.2 label «sixteen_letters_»\n  }\n}\n" },
        { "KA0313", "vrrp_instance A {\n  interface eth0\n  interface «eth/0»\n  virtual_router_id 51\n" + Tail },
        { "KA0314", Head + "  virtual_ipaddress {\n    192.0.2.1/24 «lable» x\n  }\n}\n" },
        { "KA0315", "«vrrp_instance A» {\n  interface eth0\n" + Tail },
        { "KA0316", "global_defs {\n  vrrp_mcast_group4 «192.0.2.1»\n}\n" },
        { "KA0317", Head + "  virtual_ipaddress {\n    192.0.2.1/24\n    192.0.2.2 «dev»\n  }\n}\n" },
        { "KA0318", Head + "  garp_master_repeat «0»\n" + Tail },
        { "KA0401", "«vrrp_instance A» {\n  virtual_router_id 51\n" + Tail },
        { "KA0402", Head + Tail + "vrrp_instance B {\n  interface eth0\n  virtual_router_id «51»\n" + Tail },
        { "KA0403", "«vrrp_instance A» {\n  interface eth0\n  virtual_router_id 51\n  version 3\n}\n" },
        { "KA0404", "«vrrp_instance A» {\n  interface eth0\n  virtual_router_id 51\n}\n" },
        { "KA0405", Head + "  virtual_ipaddress {\n    «2001:db8::1»\n  }\n}\n" },
        { "KA0407", Head + "  virtual_ipaddress {\n    192.0.2.1/24\n    «fe80::1/64»\n  }\n}\n" },
        { "KA0408", Head + "  virtual_ipaddress {\n    fe80::1/64\n  }\n  version «2»\n}\n" },
        { "KA0409", Head + "  advert_int «1.5»\n" + Tail },
        { "KA0410", Head + "  version 3\n  advert_int «1.234»\n" + Tail },
        { "KA0411", Head + "  version 3\n  advert_int «41»\n" + Tail },
        { "KA0412", Head + "  state MASTER\n  «nopreempt»\n" + Tail },
        { "KA0413", Head + "  nopreempt\n  preempt_delay «5»\n" + Tail },
        { "KA0414", Head + "  strict_mode\n  garp_lower_prio_repeat «5»\n" + Tail },
        { "KA0415", Head + "  strict_mode\n  «unicast_peer» {\n    192.0.2.2\n  }\n" + Tail },
        { "KA0416", Head + "  version 3\n  authentication {\n    auth_type «PASS»\n    auth_pass x\n  }\n" + Tail },
        { "KA0417", Head + "  authentication {\n    auth_type PASS\n    auth_pass «123456789»\n  }\n" + Tail },
        { "KA0418", Head + "  unicast_src_ip «192.0.2.9»\n" + Tail },
        { "KA0419", Head + "  «unicast_peer» {\n  }\n  unicast_fault_no_peer\n" + Tail },
        { "KA0420", Head + "  unicast_ttl «5»\n" + Tail },
        { "KA0421", Head + "  unicast_peer {\n    192.0.2.2\n    «192.0.2.2»\n  }\n" + Tail },
        { "KA0422", Head + "  owner_ignore_adverts «true»\n" + Tail },
        { "KA0423", "global_defs {\n  vrrp_mcast_group6 «ff05::12»\n}\n" },
        { "KA0424", Head + "  state «MASTER»\n  priority 100\n  authentication {\n    auth_type AH\n    auth_pass x\n  }\n" + Tail },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Mistake_is_reported_once_at_its_place(string code, string marked)
    {
        int start = marked.IndexOf('«');
        int length = marked.IndexOf('»') - start - 1;
        string text = marked.Remove(start + length + 1, 1).Remove(start, 1);
        string before = text[..start];
        int line = 1 + before.Count(static c => c == '\n');
        int column = start - before.LastIndexOf('\n');

        LoadResult result = ConfigText.Load(text);

        Diagnostic only = Assert.Single(result.Diagnostics, d => d.Code == code);
        Assert.Equal((line, column, length), (only.Location.Line, only.Location.Column, only.Location.Length));
        // What follows from one mistake by necessity is that the block lacks a word, and nothing else.
        Assert.All(result.Diagnostics, d => Assert.True(d.Code == code || d.Severity != Severity.Error || IsConsequence(code, d.Code), d.ToString()));
    }

    [Fact]
    public void Too_many_addresses_are_moved_and_reported_at_the_first_that_is()
    {
        string addresses = string.Join('\n', Enumerable.Range(0, 300).Select(static i => $"10.0.{i / 200}.{i % 200}"));
        LoadResult result = ConfigText.Load(ConfigText.File("", addresses: addresses));
        Diagnostic only = Assert.Single(result.Diagnostics);
        Assert.Equal("KA0406", only.Code);
        Assert.Equal("(A) Number of VIPs (300) exceeds maximum/space available in packet (max 255 addresses) - excess moved to eVIPs", only.Message);
        Assert.Equal(9 + 255, only.Location.Line);
        Assert.Equal(255, result.Configuration.VrrpInstances[0].VirtualAddresses.Count);
        Assert.Equal(45, result.Configuration.VrrpInstances[0].ExcludedAddresses.Count);
    }

    [Fact]
    public void Missing_file_is_reported_without_a_line()
    {
        LoadResult result = ConfigurationLoader.Load("/etc/x.conf", new ConfigText.MemoryFiles(null), isConfigTest: true);
        Assert.Equal("/etc/x.conf: error [KA0501]: cannot read '/etc/x.conf': No such file or directory\n", ConfigText.Render(result));
        Assert.False(result.CanRun);
    }

    private static bool IsConsequence(string cause, string effect)
        => (cause, effect) is ("KA0101", "KA0317") or ("KA0315", _) or ("KA0401", _) or ("KA0209", _) or ("KA0408", "KA0405") or ("KA0415", _);
}
