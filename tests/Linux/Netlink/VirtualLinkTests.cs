using KeepalivedAot.Base.Net;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink;
using KeepalivedAot.Tests.Linux.Namespaces;

namespace KeepalivedAot.Tests.Linux.Netlink;

/// <summary>Interfaces on other interfaces, as the kernel takes them: what we make is what iproute2 shows.</summary>
public sealed class VirtualLinkTests : IDisposable
{
    private static readonly KernelName Name = KernelName.FromBytes("vrrp.51"u8);

    private readonly NetworkNamespace _router = new();
    private readonly ResultRecorder _recorder = new();
    private readonly RtnetlinkCommands _commands;
    private readonly int _base;

    public VirtualLinkTests()
    {
        _router.Ip("link add lan type veth peer name far");
        _router.Ip("link set lan up");
        _router.Ip("link set far up");
        _base = _router.IndexOf("lan");
        _commands = _router.Run(() =>
        {
            OsError failure = RtnetlinkCommands.Open(_recorder, out RtnetlinkCommands? commands);
            Assert.False(failure.IsError, failure.ToString());
            return commands!;
        });
    }

    public void Dispose()
    {
        _commands.Dispose();
        _router.Dispose();
    }

    private VirtualLink Vmac(uint group = 0) => new()
    {
        Name = Name, Kind = VirtualLinkKind.MacvlanPrivate, BaseIndex = _base, Address = new MacAddress(0x00005e000133), Group = group,
    };

    private Errno[] Do(Action what)
    {
        _recorder.Results.Clear();
        what();
        _commands.Flush();
        return [.. _recorder.Errors];
    }

    private string Shown(string name = "vrrp.51") => _router.Ip($"-d -o link show dev {name}");

    private string Setting(string path) => _router.Run(() => File.ReadAllText($"/proc/sys/net/{path}")).Trim();

    [Fact]
    public void Vmac_is_made_set_and_switched_on_in_one_batch()
    {
        Errno[] errors = Do(() =>
        {
            _commands.AddLink(Vmac(group: 7), 1);
            _commands.GenerateNoAddress(Name, 2);
            _commands.SetIpv4(Name, [(Ipv4Setting.ArpIgnore, 1), (Ipv4Setting.AcceptLocal, 1), (Ipv4Setting.RpFilter, 0), (Ipv4Setting.PromoteSecondaries, 1)], 3);
            _commands.SwitchOn(Name, 4);
        });
        Assert.Equal([Errno.None, Errno.None, Errno.None, Errno.None], errors);

        string shown = Shown();
        foreach (string part in (string[])["vrrp.51@lan", "00:00:5e:00:01:33", "macvlan mode private", "addrgenmode none", "group 7", ",UP"])
            Assert.Contains(part, shown, StringComparison.Ordinal);
        Assert.Equal("1", Setting("ipv4/conf/vrrp.51/arp_ignore"));
        Assert.Equal("1", Setting("ipv4/conf/vrrp.51/accept_local"));
        Assert.Equal("1", Setting("ipv4/conf/vrrp.51/promote_secondaries"));
        Assert.Equal("0", Setting("ipv4/conf/lan/arp_ignore"));
        Assert.DoesNotContain("inet6", _router.Ip("address show dev vrrp.51"), StringComparison.Ordinal);
    }

    [Fact]
    public void Monitor_tells_what_a_vmac_is()
    {
        Do(() => _commands.AddLink(Vmac(group: 7), 1));
        LinkRecorder heard = new();
        _router.Run(() =>
        {
            Assert.False(RtnetlinkMonitor.Open(heard, out RtnetlinkMonitor? monitor).IsError);
            monitor!.ReadSnapshot();
            monitor.Dispose();
            return 0;
        });

        LinkInfo? link = heard.Find("vrrp.51");
        Assert.NotNull(link);
        Assert.Equal(_base, link.Value.LinkIndex);
        Assert.Equal("macvlan", link.Value.Kind.ToString());
        Assert.Equal(1u, link.Value.MacvlanMode);
        Assert.Equal(7u, link.Value.Group);
        Assert.Equal(new MacAddress(0x00005e000133), link.Value.Address);
        Assert.Equal(0u, heard.Find("lan")!.Value.MacvlanMode);
    }

    [Fact]
    public void Name_that_is_taken_is_eexist_and_a_base_that_is_gone_enodev()
    {
        _router.Ip("link add vrrp.51 type veth peer name other");
        Assert.Equal([Errno.EEXIST], Do(() => _commands.AddLink(Vmac(), 1)));
        Assert.Equal([Errno.ENODEV], Do(() => _commands.AddLink(Vmac() with { Name = KernelName.FromBytes("vrrp.52"u8), BaseIndex = 9999 }, 1)));
    }

    [Fact]
    public void Second_vmac_with_the_same_address_cannot_be_switched_on()
    {
        KernelName second = KernelName.FromBytes("vrrp1.51"u8);
        Errno[] errors = Do(() =>
        {
            _commands.AddLink(Vmac(), 1);
            _commands.AddLink(Vmac() with { Name = second }, 2);
            _commands.SwitchOn(Name, 3);
            _commands.SwitchOn(second, 4);
        });
        Assert.Equal([Errno.None, Errno.None, Errno.None, Errno.EADDRINUSE], errors);
    }

    [Fact]
    public void Deleted_link_is_gone_and_once_more_is_enodev()
    {
        Assert.Equal([Errno.None, Errno.None, Errno.ENODEV], Do(() =>
        {
            _commands.AddLink(Vmac(), 1);
            _commands.DeleteLink(Name, 2);
            _commands.DeleteLink(Name, 3);
        }));
        Assert.DoesNotContain("vrrp.51", _router.Ip("link show"), StringComparison.Ordinal);
    }

    [Fact]
    public void Group_of_the_base_set_anew_is_reported_again()
    {
        LinkRecorder heard = new();
        RtnetlinkMonitor monitor = _router.Run(() =>
        {
            Assert.False(RtnetlinkMonitor.Open(heard, out RtnetlinkMonitor? opened).IsError);
            return opened!;
        });
        using (monitor)
        {
            Assert.Equal([Errno.None], Do(() => _commands.SetGroup(KernelName.FromBytes("lan"u8), 0, 1)));
            monitor.Drain(100);
        }
        Assert.Contains("link lan up", heard.Told);
    }

    [Fact]
    public void Vmac_of_a_bridge_follows_its_master()
    {
        _router.Ip("link add br0 type bridge");
        _router.Ip("link add spare type veth peer name spare2");
        KernelName spare = KernelName.FromBytes("spare"u8);
        Assert.Equal([Errno.None], Do(() => _commands.SetMaster(spare, _router.IndexOf("br0"), 1)));
        Assert.Contains("master br0", Shown("spare"), StringComparison.Ordinal);
        Assert.Equal([Errno.None], Do(() => _commands.SetMaster(spare, 0, 1)));
        Assert.DoesNotContain("master", Shown("spare"), StringComparison.Ordinal);
    }
}
