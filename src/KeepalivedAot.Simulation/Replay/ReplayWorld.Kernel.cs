using KeepalivedAot.Daemon.Recording;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink;
using KeepalivedAot.Linux.Netlink.Nftables;
using KeepalivedAot.Linux.Netlink.Routing;
using KeepalivedAot.Linux.Sockets;

namespace KeepalivedAot.Simulation.Replay;

// Requests: each is what was wanted then, and becomes of it what became of it then.
internal sealed partial class ReplayWorld
{
    private readonly List<(RequestKind Kind, int Tag)> _asked = [];
    private readonly List<int> _unsent = [];
    private readonly Dictionary<RequestKind, INetlinkResults> _results = [];
    private ISendResults? _sendResults;

    public void SetAddressResults(INetlinkResults results) => _results[RequestKind.Address] = results;

    public void SetLinkResults(INetlinkResults results) => _results[RequestKind.Link] = results;

    public void SetRoutingResults(INetlinkResults results) => _results[RequestKind.Routing] = results;

    public void SetSendResults(ISendResults results) => _sendResults = results;

    public void FlushDatagrams()
    {
        int[] tags = [.. _unsent];
        _unsent.Clear();
        foreach (int tag in tags)
            _sendResults!.OnSent(tag, Take($" unsent {tag} ")?.Errno() ?? Errno.None);
    }

    public void AddAddress(in InterfaceAddress address, int tag) => Ask(RequestKind.Address, tag, " > add ", Words.Address(address));

    public void DeleteAddress(in InterfaceAddress address, int tag) => Ask(RequestKind.Address, tag, " > delete ", Words.Address(address));

    public void FlushAddresses() => Answer();

    public void AddLink(VirtualLink link, int tag) => Ask(RequestKind.Link, tag, " > add ", Words.Device(link));

    public void DeleteLink(KernelName name, int tag) => Ask(RequestKind.Link, tag, " > delete device ", Words.Name(name));

    public void GenerateNoAddress(KernelName name, int tag) => Ask(RequestKind.Link, tag, " > no-link-local ", Words.Name(name));

    public void SetIpv4(KernelName name, ReadOnlySpan<(Ipv4Setting Setting, int Value)> settings, int tag)
    {
        RecordText words = Words.Name(name);
        foreach ((Ipv4Setting setting, int value) in settings)
            words.Add(" "u8).Add((int)setting).Add("="u8).Add(value);
        Ask(RequestKind.Link, tag, " > set ", words);
    }

    public void SetMaster(KernelName name, int master, int tag) => Ask(RequestKind.Link, tag, " > master ", Words.Name(name).Add(" "u8).Add(master));

    public void SetGroup(KernelName name, uint group, int tag) => Ask(RequestKind.Link, tag, " > group ", Words.Name(name).Add(" "u8).Add(group));

    public void SwitchOn(KernelName name, int tag) => Ask(RequestKind.Link, tag, " > up ", Words.Name(name));

    public void FlushLinks() => Answer();

    public bool HasInterface(KernelName name) => AnswerOf($"has {Said(Words.Name(name))}").Int() != 0;

    public void AwaitName(KernelName name)
    {
        // Whatever is told of it is in the record.
    }

    public Errno ReadSetting(string name, out int value)
    {
        RecordLine line = AnswerOf($"setting {Said(Words.Word(name))}");
        Errno error = line.Errno();
        value = line.Int();
        return error;
    }

    public Errno WriteSetting(string name, int value)
    {
        RecordLine? line = Expect(" > setting ", Words.Word(name).Add(" "u8).Add(value), hasNumber: false, out _);
        return FailureBehind(line, "setting").Errno;
    }

    public IReadOnlyList<string> ListInterfaceSettings()
    {
        List<string> names = [];
        for (RecordLine line = AnswerOf("settings"); line.HasMore;)
            names.Add(line.Escaped());
        return names;
    }

    public void AddRoute(KernelRoute route, RouteInsertion insertion, int tag) => Ask(RequestKind.Routing, tag, " > add ", Words.Route(route).Add(" "u8).Add((int)insertion));

    public void DeleteRoute(KernelRoute route, int tag) => Ask(RequestKind.Routing, tag, " > delete ", Words.Route(route));

    public void AddRule(KernelRule rule, int tag) => Ask(RequestKind.Routing, tag, " > add ", Words.Rule(rule));

    public void DeleteRule(KernelRule rule, int tag) => Ask(RequestKind.Routing, tag, " > delete ", Words.Rule(rule));

    public void FlushRouting() => Answer();

    public OsError ReadRouting(byte protocol, List<ReportedRoute> routes, List<ReportedRule> rules)
    {
        if (Take(" routing ") is { } counts)
        {
            for (int left = counts.Int(); left > 0 && Take(" has-route ") is { } line; left--)
                routes.Add(RecordedReports.Route(line));
            for (int left = counts.Int(); left > 0 && Take(" has-rule ") is { } line; left--)
                rules.Add(RecordedReports.Rule(line));
        }
        return Failure("read-routing");
    }

    public OsError ObserveRouting(IRoutingObserver observer, byte protocol)
    {
        Routing = observer;
        return Failure("observe-routing");
    }

    public OsError OpenFirewall(INetlinkResults results)
    {
        _results[RequestKind.Firewall] = results;
        return Failure("open-firewall");
    }

    public OsError ObserveRuleset(IRulesetObserver observer)
    {
        Ruleset = observer;
        return Failure("observe-ruleset");
    }

    public Errno FindTable(NftablesTable table, out NftablesTableStatus status)
    {
        RecordLine line = AnswerOf($"table {Said(Words.Object(table))}");
        Errno error = line.Errno();
        status = new NftablesTableStatus((ulong)line.Long(), line.UInt());
        return error;
    }

    public void AddTable(NftablesTable table, int tag) => Ask(RequestKind.Firewall, tag, " > add ", Words.Object(table));

    public void DeleteTable(NftablesTable table, int tag) => Ask(RequestKind.Firewall, tag, " > delete ", Words.Object(table));

    public void AddChain(NftablesChain chain, int tag) => Ask(RequestKind.Firewall, tag, " > add ", Words.Object(chain));

    public void AddSet(NftablesSet set, int tag) => Ask(RequestKind.Firewall, tag, " > add ", Words.Object(set));

    public void AddRule(NftablesRule rule, int tag) => Ask(RequestKind.Firewall, tag, " > add ", Words.Object(rule));

    public void AddElement(NftablesSet set, in SetElement element, int tag) => Ask(RequestKind.Firewall, tag, " > add element ", Words.Element(set, element));

    public void DeleteElement(NftablesSet set, in SetElement element, int tag) => Ask(RequestKind.Firewall, tag, " > delete element ", Words.Element(set, element));

    public void CommitRuleset() => Answer(static kind => kind == RequestKind.Firewall);

    private void Ask(RequestKind kind, int tag, string what, RecordText words)
    {
        Expect(what, words);
        _asked.Add((kind, tag));
    }

    // One socket serves all tables but the packet filter's.
    private void Answer() => Answer(static kind => kind != RequestKind.Firewall);

    private void Answer(Predicate<RequestKind> isMeant)
    {
        (RequestKind Kind, int Tag)[] asked = [.. _asked.Where(one => isMeant(one.Kind))];
        _asked.RemoveAll(one => isMeant(one.Kind));
        foreach ((RequestKind kind, int tag) in asked)
        {
            RecordLine? refusal = Take($" refused {(int)kind} {tag} ");
            Errno error = refusal?.Errno() ?? Errno.None;
            _results[kind].OnResult(tag, error, refusal?.Hex());
        }
    }
}
