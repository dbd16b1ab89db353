using KeepalivedAot.Base.Net;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink;
using KeepalivedAot.Linux.Netlink.Routing;
using KeepalivedAot.Tests.Linux.Namespaces;

namespace KeepalivedAot.Tests.Linux.Netlink.Routing;

/// <summary>Others' removals are heard, and nothing else.</summary>
public sealed class RoutingMonitorTests : IRoutingObserver, IDisposable
{
    private const byte Keepalived = 18;

    private readonly NetworkNamespace _router = new();
    private readonly RtnetlinkCommands _commands;
    private readonly RoutingMonitor _monitor;
    private readonly List<ReportedRoute> _routes = [];
    private readonly List<ReportedRule> _rules = [];
    private readonly List<string> _others = [];

    public RoutingMonitorTests()
    {
        _router.Ip("link add lan type veth peer name far");
        _router.Ip("link set lan up");
        _router.Ip("link set far up");
        _router.Ip("address add 10.9.0.1/24 dev lan");
        (_commands, _monitor) = _router.Run(() =>
        {
            Assert.False(RtnetlinkCommands.Open(new ResultRecorder(), out RtnetlinkCommands? commands).IsError);
            OsError failure = RoutingMonitor.Open(this, Keepalived, commands!, out RoutingMonitor? monitor);
            Assert.False(failure.IsError, failure.ToString());
            return (commands!, monitor!);
        });
    }

    public void Dispose()
    {
        _monitor.Dispose();
        _commands.Dispose();
        _router.Dispose();
    }

    void IRoutingObserver.OnRouteGone(in ReportedRoute route) => _routes.Add(route);

    void IRoutingObserver.OnRuleGone(in ReportedRule rule) => _rules.Add(rule);

    void IRoutingObserver.OnRoutingLost(Errno why) => _others.Add($"lost {why}");

    void IRoutingObserver.OnRoutingMalformed(NetlinkFault fault) => _others.Add($"malformed {fault}");

    private int Drain()
    {
        Assert.True(_monitor.Drain(100_000, out int taken));
        return taken;
    }

    private KernelRoute Route => new()
    {
        Family = AddressFamily.IPv4, Destination = IpAddress.Parse("10.70.0.0"), DestinationLength = 16, Protocol = Keepalived, Priority = 30,
        Table = 300, OutputInterface = _router.IndexOf("lan"),
    };

    private static KernelRule Rule => new()
    {
        Family = AddressFamily.IPv4, Priority = 800, Action = 1, From = IpAddress.Parse("10.80.0.0"), FromLength = 16, Table = 80, Protocol = Keepalived,
    };

    [Fact]
    public void Removal_bySomebodyElse_isReportedAsTheOneThatItIs()
    {
        _commands.AddRoute(Route, RouteInsertion.Prepend, 1);
        _commands.AddRule(Rule, 2);
        _commands.Flush();
        _router.Ip("route del 10.70.0.0/16 table 300");
        _router.Ip("rule del priority 800");
        Drain();
        Assert.True(Assert.Single(_routes).Is(Route, Route.OutputInterface, Route.Table));
        Assert.True(Assert.Single(_rules).Is(Rule));
        Assert.False(_routes[0].Is(Route with { Priority = 31 }, Route.OutputInterface, Route.Table));
        Assert.False(_rules[0].Is(Rule with { Table = 81 }));
        Assert.Empty(_others);
    }

    [Fact]
    public void IPv6Removal_hasTheMetricThatTheKernelChose()
    {
        _router.Ip("-6 route add 2001:db8:7::/48 dev lan proto keepalived");
        _router.Ip("-6 route del 2001:db8:7::/48 dev lan proto keepalived");
        Drain();
        KernelRoute route = new()
        {
            Family = AddressFamily.IPv6, Destination = IpAddress.Parse("2001:db8:7::"), DestinationLength = 48, Protocol = Keepalived,
            OutputInterface = _router.IndexOf("lan"),
        };
        Assert.True(Assert.Single(_routes).Is(route, route.OutputInterface, route.Table));
        Assert.False(_routes[0].Is(route with { Priority = 5 }, route.OutputInterface, route.Table));
    }

    [Fact]
    public void OurOwnRemoval_isPassedOver()
    {
        _commands.AddRoute(Route, RouteInsertion.Prepend, 1);
        _commands.AddRule(Rule, 2);
        _commands.DeleteRule(Rule, 3);
        _commands.DeleteRoute(Route, 4);
        _commands.Flush();
        Drain();
        Assert.Empty(_routes);
        Assert.Empty(_rules);
    }

    [Fact]
    public void RoutesOfOthers_doNotReachUs()
    {
        for (int i = 1; i < 20; i++)
        {
            _router.Ip($"route add 10.{i}.0.0/16 dev lan");
            _router.Ip($"route del 10.{i}.0.0/16 dev lan");
        }
        _router.Ip("rule add from 10.80.0.0/16 lookup 80 priority 800");
        Assert.Equal(0, Drain());
    }

    [Fact]
    public void Overrun_isSaid()
    {
        using RoutingFlood flood = new(_router, Route, Rule);
        flood.Remove(4000);
        Assert.False(_monitor.Drain(3, out _));
        Drain();
        Assert.Contains("lost ENOBUFS", _others);
    }

    [Fact]
    public void WhateverBytes_areNoException()
    {
        Random random = new(7);
        byte[] bytes = new byte[200];
        for (int i = 0; i < 50_000; i++)
        {
            random.NextBytes(bytes);
            bytes[0] = (byte)random.Next(16, 200);
            bytes[1] = bytes[2] = bytes[3] = 0;
            bytes[4] = random.Next(2) == 0 ? (byte)25 : (byte)33;
            bytes[5] = 0;
            bytes[16] = random.Next(2) == 0 ? (byte)2 : (byte)10;
            if (random.Next(2) == 0)
                bytes[28] = (byte)random.Next(4, 40);
            _monitor.Process(bytes.AsSpan(0, random.Next(0, 200)));
        }
        Assert.NotEmpty(_others);
    }

    private sealed class RoutingFlood : IDisposable
    {
        private readonly RtnetlinkCommands _commands;
        private readonly KernelRoute _route;
        private readonly KernelRule _rule;

        public RoutingFlood(NetworkNamespace router, KernelRoute route, KernelRule rule)
        {
            _route = route;
            _rule = rule;
            _commands = router.Run(() =>
            {
                Assert.False(RtnetlinkCommands.Open(new ResultRecorder(), out RtnetlinkCommands? commands).IsError);
                return commands!;
            });
        }

        public void Remove(int count)
        {
            for (int i = 0; i < count; i++)
            {
                _commands.AddRoute(_route, RouteInsertion.Prepend, 1);
                _commands.DeleteRoute(_route, 2);
            }
            _commands.AddRule(_rule, 3);
            _commands.DeleteRule(_rule, 4);
            _commands.Flush();
        }

        public void Dispose() => _commands.Dispose();
    }
}
