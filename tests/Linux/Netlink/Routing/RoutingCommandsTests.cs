using KeepalivedAot.Base.Net;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink;
using KeepalivedAot.Linux.Netlink.Routing;
using KeepalivedAot.Tests.Linux.Namespaces;

namespace KeepalivedAot.Tests.Linux.Netlink.Routing;

/// <summary>Routes and rules as the kernel takes them: what we add is what iproute2 shows.</summary>
public sealed class RoutingCommandsTests : IDisposable
{
    private const byte Keepalived = 18;

    private readonly NetworkNamespace _router = new();
    private readonly ResultRecorder _recorder = new();
    private readonly RtnetlinkCommands _commands;
    private readonly int _index;

    public RoutingCommandsTests()
    {
        _router.Ip("link add lan type veth peer name far");
        _router.Ip("link set lan up");
        _router.Ip("link set far up");
        _router.Ip("address add 10.9.0.1/24 dev lan");
        _router.Ip("address add 2001:db8::1/64 dev lan nodad");
        _index = _router.IndexOf("lan");
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

    private static IpAddress Ip(string text) => IpAddress.Parse(text);

    private KernelRoute Route(string destination, byte length) => new()
    {
        Family = Ip(destination).Family, Destination = Ip(destination), DestinationLength = length, Protocol = Keepalived, OutputInterface = _index,
    };

    private static KernelRule Rule(uint priority) => new()
    {
        Family = AddressFamily.IPv4, Priority = priority, Action = 1, Table = 80, Protocol = Keepalived,
    };

    private Errno Do(Action what)
    {
        what();
        _commands.Flush();
        return _recorder.Results[^1].Error;
    }

    private string Shown(string family = "-4") => string.Join(' ', _router.Ip($"-d {family} route show table all proto {Keepalived}").Split([' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries));

    private string ShownRules(string family = "-4")
        => string.Join('|', _router.Ip($"{family} rule show").Split('\n').Where(static line => line.Contains("keepalived", StringComparison.Ordinal)).Select(static line => line.Trim().Replace('\t', ' ')));

    public static TheoryData<string, string> Routes => new()
    {
        { "plain", "unicast 10.70.0.0/16 dev lan table main scope global" },
        { "gateway", "unicast 10.70.0.0/16 via 10.9.0.254 dev lan table main scope global" },
        { "all", "unicast 10.70.0.0/16 tos 0x10 via 10.9.0.254 dev lan table 100 scope global src 10.9.0.1 metric 30 realms 3/4 mtu lock 1400 advmss 1300 initcwnd 20 congctl reno" },
        { "link", "unicast 10.70.0.0/16 dev lan table main scope link" },
        { "onlink", "unicast 10.70.0.0/16 via 192.0.2.1 dev lan table main scope global onlink" },
        { "blackhole", "blackhole 10.70.0.0/16 table main scope global" },
        { "default", "unicast default via 10.9.0.254 dev lan table 300 scope global" },
        { "hops", "unicast 10.70.0.0/16 table main scope global nexthop via 10.9.0.253 dev lan weight 2 nexthop via 10.9.0.252 dev lan weight 3" },
        { "via6", "unicast 10.70.0.0/16 via inet6 2001:db8::fe dev lan table main scope global" },
        { "ip tunnel", "unicast 10.70.0.0/16 encap ip id 7 src 10.9.0.1 dst 10.9.0.9 ttl 9 tos 0 dev lan table main scope global" },
    };

    private KernelRoute Named(string name) => name switch
    {
        "gateway" => Route("10.70.0.0", 16) with { Gateway = Ip("10.9.0.254") },
        "all" => Route("10.70.0.0", 16) with
        {
            Gateway = Ip("10.9.0.254"),
            Table = 100,
            PreferredSource = Ip("10.9.0.1"),
            Priority = 30,
            TypeOfService = 0x10,
            Flow = (3 << 16) | 4,
            Metrics = [(1, 1 << 2), (2, 1400), (8, 1300), (11, 20)],
            CongestionControl = "reno",
        },
        "link" => Route("10.70.0.0", 16) with { Scope = 253 },
        "onlink" => Route("10.70.0.0", 16) with { Gateway = Ip("192.0.2.1"), IsOnLink = true },
        "blackhole" => Route("10.70.0.0", 16) with { Type = 6, OutputInterface = 0 },
        "default" => new KernelRoute { Family = AddressFamily.IPv4, Gateway = Ip("10.9.0.254"), Table = 300, Protocol = Keepalived },
        "hops" => Route("10.70.0.0", 16) with
        {
            OutputInterface = 0,
            Hops = [new RouteHop { Gateway = Ip("10.9.0.253"), Interface = _index, Weight = 2 }, new RouteHop { Gateway = Ip("10.9.0.252"), Interface = _index, Weight = 3 }],
        },
        "via6" => Route("10.70.0.0", 16) with { Gateway = Ip("2001:db8::fe") },
        "ip tunnel" => Route("10.70.0.0", 16) with
        {
            Tunnel = new IpRouteTunnel(AddressFamily.IPv4) { Id = 7, Source = Ip("10.9.0.1"), Destination = Ip("10.9.0.9"), HopLimit = 9 },
        },
        _ => Route("10.70.0.0", 16),
    };

    [Theory]
    [MemberData(nameof(Routes))]
    public void Route_isShownAsItWasWanted_andGoesAgain(string name, string shown)
    {
        KernelRoute route = Named(name);
        Assert.Equal(Errno.None, Do(() => _commands.AddRoute(route, RouteInsertion.Prepend, 1)));
        Assert.Equal(shown, Shown());
        Assert.Equal(Errno.EEXIST, Do(() => _commands.AddRoute(route, RouteInsertion.Prepend, 2)));
        Assert.Equal(Errno.EEXIST, Do(() => _commands.AddRoute(route, RouteInsertion.Add, 3)));
        Assert.Equal(Errno.None, Do(() => _commands.DeleteRoute(route, 4)));
        Assert.Equal("", Shown());
        Assert.Equal(Errno.ESRCH, Do(() => _commands.DeleteRoute(route, 5)));
    }

    [Fact]
    public void IPv6Route_withAllOptions()
    {
        KernelRoute route = Route("2001:db8:7::", 48) with { Gateway = Ip("2001:db8::fe"), Preference = 1, ExpiresSeconds = 1000, Priority = 77 };
        Assert.Equal(Errno.None, Do(() => _commands.AddRoute(route, RouteInsertion.Prepend, 1)));
        Assert.StartsWith("unicast 2001:db8:7::/48 via 2001:db8::fe dev lan table main scope global metric 77 expires ", Shown("-6"));
        Assert.EndsWith("pref high", Shown("-6"));
        Assert.Equal(Errno.EEXIST, Do(() => _commands.AddRoute(route, RouteInsertion.Add, 2)));
        Assert.Equal(Errno.None, Do(() => _commands.DeleteRoute(route, 3)));
        Assert.Equal("", Shown("-6"));
    }

    [Fact]
    public void Insertion_decidesThePlaceAmongEquals()
    {
        KernelRoute At(string gateway) => Route("10.70.0.0", 16) with { Gateway = Ip(gateway) };
        Do(() => _commands.AddRoute(At("10.9.0.251"), RouteInsertion.Prepend, 1));
        Do(() => _commands.AddRoute(At("10.9.0.252"), RouteInsertion.Append, 2));
        Do(() => _commands.AddRoute(At("10.9.0.253"), RouteInsertion.Prepend, 3));
        Assert.Equal(["10.9.0.253", "10.9.0.251", "10.9.0.252"], Shown().Split(' ').Where(static word => word.StartsWith("10.9.", StringComparison.Ordinal)));
        Assert.Equal(Errno.EEXIST, Do(() => _commands.AddRoute(At("10.9.0.254"), RouteInsertion.Add, 4)));
    }

    [Fact]
    public void Refusal_hasAnErrno()
    {
        Assert.Equal(Errno.ENETUNREACH, Do(() => _commands.AddRoute(Route("10.70.0.0", 16) with { Gateway = Ip("192.0.2.1") }, RouteInsertion.Prepend, 1)));
        Assert.Equal(Errno.ENODEV, Do(() => _commands.AddRoute(Route("10.70.0.0", 16) with { OutputInterface = 9999 }, RouteInsertion.Prepend, 1)));
    }

    [Fact]
    public void Rule_isShownAsItWasWanted_andGoesAgain()
    {
        KernelRule[] rules =
        [
            Rule(800) with { From = Ip("10.80.0.0"), FromLength = 16 },
            Rule(801) with { To = Ip("10.81.0.0"), ToLength = 16, Mark = 0x10, MarkMask = 0xFF, Table = 1000 },
            Rule(802) with { InputInterface = KernelName.FromBytes("lan"u8), Action = 6, Table = 0 },
            Rule(803) with { IsInverted = true, From = Ip("10.82.0.0"), FromLength = 16, TypeOfService = 0x10, SuppressPrefixLength = 0, SuppressInterfaceGroup = 2 },
            Rule(804) with { IpProtocol = 6, SourcePorts = (1000, 2000), DestinationPorts = (80, 81), Users = (5, 7), OutputInterface = KernelName.FromBytes("lan"u8) },
            Rule(805) with { Action = 2, Table = 0, Goto = 900 },
            Rule(806) with { LooksUpVrf = true, Table = 0 },
        ];
        foreach (KernelRule rule in rules)
            Assert.Equal(Errno.None, Do(() => _commands.AddRule(rule, 1)));
        Assert.Equal(
            [
                "800: from 10.80.0.0/16 lookup 80 proto keepalived",
                "801: from all to 10.81.0.0/16 fwmark 0x10/0xff lookup 1000 proto keepalived",
                "802: from all iif lan blackhole proto keepalived",
                "803: not from 10.82.0.0/16 tos 0x10 lookup 80 suppress_prefixlength 0 suppress_ifgroup 2 proto keepalived",
                "804: from all oif lan uidrange 5-7 ipproto tcp sport 1000-2000 dport 80-81 lookup 80 proto keepalived",
                "805: from all goto 900 [unresolved] proto keepalived",
                "806: from all lookup [l3mdev-table] proto keepalived",
            ],
            ShownRules().Split('|'));
        foreach (KernelRule rule in rules)
        {
            Assert.Equal(Errno.EEXIST, Do(() => _commands.AddRule(rule, 1)));
            Assert.Equal(Errno.None, Do(() => _commands.DeleteRule(rule, 1)));
            Assert.Equal(Errno.ENOENT, Do(() => _commands.DeleteRule(rule, 1)));
        }
        Assert.Equal("", ShownRules());
    }

    [Fact]
    public void Removal_doesNotTouchWhatSomebodyElsePutThere()
    {
        _router.Ip("route add 10.70.0.0/16 dev lan");
        _router.Ip("rule add from 10.80.0.0/16 lookup 80 priority 800");
        Assert.Equal(Errno.ESRCH, Do(() => _commands.DeleteRoute(Route("10.70.0.0", 16), 1)));
        Assert.Equal(Errno.ENOENT, Do(() => _commands.DeleteRule(Rule(800) with { From = Ip("10.80.0.0"), FromLength = 16 }, 1)));
    }

    [Fact]
    public void Requests_allocateNothing()
    {
        KernelRoute route = Named("all");
        KernelRule rule = Rule(800) with { From = Ip("10.80.0.0"), FromLength = 16 };
        Send();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            Send();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100 * 600);

        // What is allocated is the recorder's own.
        void Send()
        {
            _commands.AddRoute(route, RouteInsertion.Prepend, 1);
            _commands.AddRule(rule, 2);
            _commands.DeleteRule(rule, 3);
            _commands.DeleteRoute(route, 4);
            _commands.Flush();
        }
    }
}
