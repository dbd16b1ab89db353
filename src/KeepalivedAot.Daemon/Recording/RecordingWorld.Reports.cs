using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink;
using KeepalivedAot.Linux.Netlink.Nftables;
using KeepalivedAot.Linux.Netlink.Routing;

namespace KeepalivedAot.Daemon.Recording;

// What the kernel tells by itself is an input; what it tells because it was asked just now is an answer.
internal sealed partial class RecordingWorld
{
    private bool _isAsked;

    public OsError Observe(ILinkObserver observer) => _world.Observe(new RecordedLinks(this, observer));

    public OsError ObserveRouting(IRoutingObserver observer, byte protocol) => Failed(_world.ObserveRouting(new RecordedRouting(this, observer), protocol), "observe-routing"u8);

    public OsError ObserveRuleset(IRulesetObserver observer) => Failed(_world.ObserveRuleset(new RecordedRuleset(this, observer)), "observe-ruleset"u8);

    public void TakeSnapshot()
    {
        Line(Text.Add(" take-snapshot"u8));
        _isAsked = true;
        _world.TakeSnapshot();
        _isAsked = false;
    }

    public void HearNotifications()
    {
        Line(Text.Add(" hear"u8));
        _isAsked = true;
        _world.HearNotifications();
        _isAsked = false;
    }

    public void RequestSnapshot(int interfaceIndex) => _world.RequestSnapshot(interfaceIndex);

    private RecordText Report(ReadOnlySpan<byte> what) => _isAsked ? Text.Add(" "u8).Add(what) : _recorder.Begin(what);

    private sealed class RecordedLinks(RecordingWorld world, ILinkObserver observer) : ILinkObserver
    {
        public void OnLink(in LinkInfo link)
        {
            Line(world.Report("link "u8).Link(link));
            observer.OnLink(link);
        }

        public void OnLinkGone(int interfaceIndex, KernelName name)
        {
            Line(world.Report("link-gone "u8).Add(interfaceIndex).Add(" "u8).Name(name));
            observer.OnLinkGone(interfaceIndex, name);
        }

        public void OnAddress(in InterfaceAddress address)
        {
            Line(world.Report("address "u8).Address(address));
            observer.OnAddress(address);
        }

        public void OnAddressGone(in InterfaceAddress address)
        {
            Line(world.Report("address-gone "u8).Address(address));
            observer.OnAddressGone(address);
        }

        public void OnLost(Errno why)
        {
            Line(world.Report("lost "u8).Add((int)why));
            observer.OnLost(why);
        }

        public void OnSnapshotBegin(int interfaceIndex)
        {
            Line(world.Report("snapshot "u8).Add(interfaceIndex));
            observer.OnSnapshotBegin(interfaceIndex);
        }

        public void OnSnapshotEnd(int interfaceIndex, Errno error)
        {
            Line(world.Report("snapshot-end "u8).Add(interfaceIndex).Add(" "u8).Add((int)error));
            observer.OnSnapshotEnd(interfaceIndex, error);
        }

        public void OnMalformed(NetlinkFault fault)
        {
            Line(world.Report("malformed "u8).Add((int)fault));
            observer.OnMalformed(fault);
        }
    }

    private sealed class RecordedRouting(RecordingWorld world, IRoutingObserver observer) : IRoutingObserver
    {
        public void OnRouteGone(in ReportedRoute route)
        {
            Line(world._recorder.Begin("route-gone "u8).Route(route));
            observer.OnRouteGone(route);
        }

        public void OnRuleGone(in ReportedRule rule)
        {
            Line(world._recorder.Begin("rule-gone "u8).Rule(rule));
            observer.OnRuleGone(rule);
        }

        public void OnRoutingLost(Errno why)
        {
            Line(world._recorder.Begin("routing-lost "u8).Add((int)why));
            observer.OnRoutingLost(why);
        }

        public void OnRoutingMalformed(NetlinkFault fault)
        {
            Line(world._recorder.Begin("routing-malformed "u8).Add((int)fault));
            observer.OnRoutingMalformed(fault);
        }
    }

    private sealed class RecordedRuleset(RecordingWorld world, IRulesetObserver observer) : IRulesetObserver
    {
        public void OnRulesetChanged()
        {
            Line(world._recorder.Begin("ruleset-changed"u8));
            observer.OnRulesetChanged();
        }
    }
}
