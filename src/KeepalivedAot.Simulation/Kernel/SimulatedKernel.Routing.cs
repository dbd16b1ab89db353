using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink;
using KeepalivedAot.Linux.Netlink.Routing;

namespace KeepalivedAot.Simulation.Kernel;

// Routes and rules: no packet is routed here, they only come and go.
internal sealed partial class SimulatedKernel
{
    private readonly Dictionary<string, object> _routing = [];
    private readonly List<(string Text, object What, int Tag, bool IsAddition)> _routingRequests = [];
    private INetlinkResults? _routingResults;

    /// <summary>"route 10.1.0.0/16 if 2 table 254", "rule 500 table 100", in no order.</summary>
    public IEnumerable<string> Routing => _routing.Keys;

    public void SetRoutingResults(INetlinkResults results) => _routingResults = results;

    public void AddRoute(KernelRoute route, RouteInsertion insertion, int tag) => _routingRequests.Add((TextOf(route), route, tag, true));

    public void DeleteRoute(KernelRoute route, int tag) => _routingRequests.Add((TextOf(route), route, tag, false));

    public void AddRule(KernelRule rule, int tag) => _routingRequests.Add((TextOf(rule), rule, tag, true));

    public void DeleteRule(KernelRule rule, int tag) => _routingRequests.Add((TextOf(rule), rule, tag, false));

    public void FlushRouting()
    {
        foreach ((string text, object what, int tag, bool isAddition) in _routingRequests.ToArray())
        {
            Errno answer = Refusal != Errno.None ? Refusal
                : isAddition ? _routing.TryAdd(text, what) ? Errno.None : Errno.EEXIST
                : _routing.Remove(text) ? Errno.None
                : what is KernelRoute ? Errno.ESRCH : Errno.ENOENT;
            _routingResults!.OnResult(tag, answer, default);
        }
        _routingRequests.Clear();
    }

    public OsError ReadRouting(byte protocol, List<ReportedRoute> routes, List<ReportedRule> rules)
    {
        foreach (object what in _routing.Values)
        {
            if (what is KernelRoute route && route.Protocol == protocol)
            {
                routes.Add(new ReportedRoute
                {
                    Family = route.Family, Destination = route.Destination, DestinationLength = route.DestinationLength, Type = route.Type, Table = route.Table,
                    Protocol = route.Protocol, Priority = route.Priority ?? 0, OutputInterface = route.OutputInterface, TypeOfService = route.TypeOfService,
                });
            }
            else if (what is KernelRule rule && rule.Protocol == protocol)
            {
                rules.Add(new ReportedRule
                {
                    Family = rule.Family, Priority = rule.Priority, Action = rule.Action, From = rule.From, FromLength = rule.FromLength, To = rule.To,
                    ToLength = rule.ToLength, Table = rule.Table, Protocol = rule.Protocol,
                });
            }
        }
        return OsError.None;
    }

    /// <summary>Nobody else changes them here.</summary>
    public OsError ObserveRouting(IRoutingObserver observer, byte protocol) => OsError.None;

    private static string TextOf(KernelRoute route)
        => $"route {route.Destination}/{route.DestinationLength} if {route.OutputInterface} table {route.Table} metric {route.Priority ?? 0}";

    private static string TextOf(KernelRule rule) => $"rule {rule.Priority} from {rule.From}/{rule.FromLength} to {rule.To}/{rule.ToLength} table {rule.Table}";
}
