using KeepalivedAot.Base.Net;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink;
using KeepalivedAot.Linux.Netlink.Nftables;
using KeepalivedAot.Linux.Netlink.Routing;
using KeepalivedAot.Linux.Sockets;

namespace KeepalivedAot.Daemon.Recording;

// Requests, and what became of them. Of results only refusals are written, by the tag of the request.
internal sealed partial class RecordingWorld
{
    public bool TellsWhoAddedAddresses => _world.TellsWhoAddedAddresses;

    public bool TellsInterfaceKinds => _world.TellsInterfaceKinds;

    public void SetAddressResults(INetlinkResults results) => _world.SetAddressResults(new RecordedResults(this, results, RequestKind.Address));

    public void SetLinkResults(INetlinkResults results) => _world.SetLinkResults(new RecordedResults(this, results, RequestKind.Link));

    public void SetRoutingResults(INetlinkResults results) => _world.SetRoutingResults(new RecordedResults(this, results, RequestKind.Routing));

    public void SetSendResults(ISendResults results) => _world.SetSendResults(new RecordedSends(this, results));

    public void QueueDatagram(ReadOnlySpan<byte> datagram, in DatagramRoute route, int tag)
    {
        _recorder.Sent(datagram, route);
        _world.QueueDatagram(datagram, route, tag);
    }

    public void FlushDatagrams() => _world.FlushDatagrams();

    public void QueueFrame(int interfaceIndex, ReadOnlySpan<byte> frame)
    {
        Line(Text.Add(" > frame "u8).Add(interfaceIndex).Add(" "u8).Hex(frame));
        _world.QueueFrame(interfaceIndex, frame);
    }

    public Errno FlushFrames(out int interfaceIndex)
    {
        Errno error = _world.FlushFrames(out interfaceIndex);
        if (error != Errno.None)
            Line(Text.Add(" ! frames "u8).Add((int)error).Add(" "u8).Add(interfaceIndex));
        return error;
    }

    public void AddAddress(in InterfaceAddress address, int tag)
    {
        Line(Text.Add(" > add "u8).Address(address));
        _world.AddAddress(address, tag);
    }

    public void DeleteAddress(in InterfaceAddress address, int tag)
    {
        Line(Text.Add(" > delete "u8).Address(address));
        _world.DeleteAddress(address, tag);
    }

    public void FlushAddresses() => _world.FlushAddresses();

    public void AddLink(VirtualLink link, int tag)
    {
        Line(Text.Add(" > add "u8).Device(link));
        _world.AddLink(link, tag);
    }

    public void DeleteLink(KernelName name, int tag)
    {
        Line(Text.Add(" > delete device "u8).Name(name));
        _world.DeleteLink(name, tag);
    }

    public void GenerateNoAddress(KernelName name, int tag)
    {
        Line(Text.Add(" > no-link-local "u8).Name(name));
        _world.GenerateNoAddress(name, tag);
    }

    public void SetIpv4(KernelName name, ReadOnlySpan<(Ipv4Setting Setting, int Value)> settings, int tag)
    {
        RecordText text = Text.Add(" > set "u8).Name(name);
        foreach ((Ipv4Setting setting, int value) in settings)
            text.Add(" "u8).Add((int)setting).Add("="u8).Add(value);
        Line(text);
        _world.SetIpv4(name, settings, tag);
    }

    public void SetMaster(KernelName name, int master, int tag)
    {
        Line(Text.Add(" > master "u8).Name(name).Add(" "u8).Add(master));
        _world.SetMaster(name, master, tag);
    }

    public void SetGroup(KernelName name, uint group, int tag)
    {
        Line(Text.Add(" > group "u8).Name(name).Add(" "u8).Add(group));
        _world.SetGroup(name, group, tag);
    }

    public void SwitchOn(KernelName name, int tag)
    {
        Line(Text.Add(" > up "u8).Name(name));
        _world.SwitchOn(name, tag);
    }

    public void FlushLinks() => _world.FlushLinks();

    public bool HasInterface(KernelName name)
    {
        bool isThere = _world.HasInterface(name);
        Line(Answer("has"u8).Name(name).Add(isThere ? " 1"u8 : " 0"u8));
        return isThere;
    }

    public void AwaitName(KernelName name) => _world.AwaitName(name);

    public Errno ReadSetting(string name, out int value)
    {
        Errno error = _world.ReadSetting(name, out value);
        Line(Answer("setting"u8).Word(name).Add(" "u8).Add((int)error).Add(" "u8).Add(value));
        return error;
    }

    public Errno WriteSetting(string name, int value)
    {
        Line(Text.Add(" > setting "u8).Word(name).Add(" "u8).Add(value));
        return Failed(_world.WriteSetting(name, value), "setting"u8);
    }

    public IReadOnlyList<string> ListInterfaceSettings()
    {
        IReadOnlyList<string> names = _world.ListInterfaceSettings();
        RecordText text = Text.Add(" settings"u8);
        foreach (string name in names)
            text.Add(" "u8).Word(name);
        Line(text);
        return names;
    }

    public void AddRoute(KernelRoute route, RouteInsertion insertion, int tag)
    {
        Line(Text.Add(" > add "u8).Route(route).Add(" "u8).Add((int)insertion));
        _world.AddRoute(route, insertion, tag);
    }

    public void DeleteRoute(KernelRoute route, int tag)
    {
        Line(Text.Add(" > delete "u8).Route(route));
        _world.DeleteRoute(route, tag);
    }

    public void AddRule(KernelRule rule, int tag)
    {
        Line(Text.Add(" > add "u8).Rule(rule));
        _world.AddRule(rule, tag);
    }

    public void DeleteRule(KernelRule rule, int tag)
    {
        Line(Text.Add(" > delete "u8).Rule(rule));
        _world.DeleteRule(rule, tag);
    }

    public void FlushRouting() => _world.FlushRouting();

    public OsError ReadRouting(byte protocol, List<ReportedRoute> routes, List<ReportedRule> rules)
    {
        OsError failure = _world.ReadRouting(protocol, routes, rules);
        Line(Text.Add(" routing "u8).Add(routes.Count).Add(" "u8).Add(rules.Count));
        foreach (ReportedRoute route in routes)
            Line(Text.Add(" has-route "u8).Route(route));
        foreach (ReportedRule rule in rules)
            Line(Text.Add(" has-rule "u8).Rule(rule));
        return Failed(failure, "read-routing"u8);
    }

    public OsError OpenFirewall(INetlinkResults results) => Failed(_world.OpenFirewall(new RecordedResults(this, results, RequestKind.Firewall)), "open-firewall"u8);

    public Errno FindTable(NftablesTable table, out NftablesTableStatus status)
    {
        Errno error = _world.FindTable(table, out status);
        Line(Answer("table"u8).Object(table).Add(" "u8).Add((int)error).Add(" "u8).Add((long)status.Handle).Add(" "u8).Add(status.Objects));
        return error;
    }

    public void AddTable(NftablesTable table, int tag)
    {
        Line(Text.Add(" > add "u8).Object(table));
        _world.AddTable(table, tag);
    }

    public void DeleteTable(NftablesTable table, int tag)
    {
        Line(Text.Add(" > delete "u8).Object(table));
        _world.DeleteTable(table, tag);
    }

    public void AddChain(NftablesChain chain, int tag)
    {
        Line(Text.Add(" > add "u8).Object(chain));
        _world.AddChain(chain, tag);
    }

    public void AddSet(NftablesSet set, int tag)
    {
        Line(Text.Add(" > add "u8).Object(set));
        _world.AddSet(set, tag);
    }

    public void AddRule(NftablesRule rule, int tag)
    {
        Line(Text.Add(" > add "u8).Object(rule));
        _world.AddRule(rule, tag);
    }

    public void AddElement(NftablesSet set, in SetElement element, int tag)
    {
        Line(Text.Add(" > add element "u8).Element(set, element));
        _world.AddElement(set, element, tag);
    }

    public void DeleteElement(NftablesSet set, in SetElement element, int tag)
    {
        Line(Text.Add(" > delete element "u8).Element(set, element));
        _world.DeleteElement(set, element, tag);
    }

    public void CommitRuleset() => _world.CommitRuleset();

    private sealed class RecordedResults(RecordingWorld world, INetlinkResults results, RequestKind kind) : INetlinkResults
    {
        public void OnResult(int tag, Errno error, ReadOnlySpan<byte> extack)
        {
            if (error != Errno.None)
                Line(world.Text.Add(" refused "u8).Add((int)kind).Add(" "u8).Add(tag).Add(" "u8).Add((int)error).Add(" "u8).Hex(extack));
            results.OnResult(tag, error, extack);
        }
    }

    private sealed class RecordedSends(RecordingWorld world, ISendResults results) : ISendResults
    {
        public void OnSent(int tag, Errno error)
        {
            if (error != Errno.None)
                Line(world.Text.Add(" unsent "u8).Add(tag).Add(" "u8).Add((int)error));
            results.OnSent(tag, error);
        }
    }
}

/// <summary>Of which table a request is.</summary>
internal enum RequestKind
{
    Address,
    Link,
    Routing,
    Firewall,
}
