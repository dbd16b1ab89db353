using System.Text;
using KeepalivedAot.Base;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Config;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Daemon.Kernel.Routing;
using KeepalivedAot.Daemon.Kernel.Settings;
using KeepalivedAot.Daemon.Routers;
using KeepalivedAot.Daemon.Worlds;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink;
using KeepalivedAot.Linux.Netlink.Nftables;
using KeepalivedAot.Linux.Netlink.Routing;

namespace KeepalivedAot.Daemon.Kernel;

/// <summary>Takes away what stands in the record of a daemon that is dead: <c>keepalived-aot cleanup</c>. Nothing else is touched.</summary>
/// <remarks>
/// The order is that of a stop: what leads to an address before it, what drops its packets and its interface after it. One request at a time,
/// so that each is told with its own errno; nobody waits for this.
/// </remarks>
internal sealed class KernelCleanup : INetlinkResults
{
    private readonly IVrrpWorld _world;
    private readonly InterfaceTable _interfaces;
    private readonly List<CleanupStep> _steps = [];
    private readonly bool _isDryRun;
    private Errno _answer;
    private string _sentence = "";

    /// <param name="interfaces">Observes the world already.</param>
    /// <param name="isDryRun">Only find out what there is.</param>
    public KernelCleanup(IVrrpWorld world, InterfaceTable interfaces, bool isDryRun)
    {
        _world = world;
        _interfaces = interfaces;
        _isDryRun = isDryRun;
        world.SetAddressResults(this);
        world.SetRoutingResults(this);
        world.SetLinkResults(this);
    }

    /// <summary>What was found, in the order in which it was removed, or would be; what is not there any more is none of it.</summary>
    public IReadOnlyList<CleanupStep> Steps => _steps;

    /// <summary>What could not be removed: the next record.</summary>
    public KernelRecord.Content Left { get; } = new([], [], [], [], [], []);

    public void Run(KernelRecord.Content recorded)
    {
        Configuration lines = RecordedLines.Parse(recorded.Routes, recorded.Rules);
        List<RoutingLine> rules = [.. lines.StaticRules.Select(RoutingMapping.ToLine)];
        List<RoutingLine> routes = [.. lines.StaticRoutes.Select(route => RoutingMapping.ToLine(route, _interfaces))];
        foreach (KernelRecord.Entry entry in recorded.Addresses)
            _interfaces.Track(entry.Interface, out _);
        foreach (KernelRecord.Link link in recorded.Links)
        {
            _interfaces.Track(link.Interface, out _);
            _interfaces.Track(link.Base, out _);
        }
        _world.TakeSnapshot();
        FindRouting(rules, routes);
        foreach (RoutingLine line in rules)
            Remove(line, Left.Rules);
        foreach (RoutingLine line in routes)
            Remove(line, Left.Routes);
        foreach (KernelRecord.Entry entry in recorded.Addresses)
            Remove(entry);
        foreach ((AddressFamily family, string name) in recorded.Tables)
            Remove(family, name);
        foreach (KernelRecord.Link link in recorded.Links)
            Remove(link);
        foreach (KernelRecord.Setting setting in recorded.Settings)
            PutBack(setting);
    }

    public void OnResult(int tag, Errno error, ReadOnlySpan<byte> extack)
    {
        if (_answer != Errno.None)
            return;
        _answer = error;
        _sentence = Encoding.UTF8.GetString(extack);
    }

    // What is not there need not be asked for. Without an answer everything is: to remove what is not there is refused, and told so.
    private void FindRouting(List<RoutingLine> rules, List<RoutingLine> routes)
    {
        if (rules.Count + routes.Count == 0)
            return;
        List<ReportedRoute> foundRoutes = [];
        List<ReportedRule> foundRules = [];
        foreach (byte protocol in rules.Concat(routes).Select(static line => line.Protocol).Distinct())
        {
            if (_world.ReadRouting(protocol, foundRoutes, foundRules).IsError)
                return;
        }
        routes.RemoveAll(line => !foundRoutes.Exists(found => line.Is(found)));
        rules.RemoveAll(line => !foundRules.Exists(found => line.Is(found)));
    }

    private void Remove(RoutingLine line, List<string> left)
    {
        if (!line.IsPossible)
            return;
        string what = $"{line.Noun} {line.Text}";
        if (!_isDryRun)
        {
            Errno error = Ask(() => line.Delete(_world, 0), _world.FlushRouting);
            if (error == Errno.ENODEV || error == line.Missing)
                return;
            if (error != Errno.None)
            {
                left.Add(line.Text);
                Fail("remove", what, error);
                return;
            }
        }
        Done("remove", what);
    }

    private void Remove(KernelRecord.Entry entry)
    {
        NetworkInterface at = _interfaces.Track(entry.Interface, out _);
        if (!at.Exists || !at.TryGet(entry.Address, entry.PrefixLength, out InterfaceAddress present))
            return;
        // Somebody else may have put it there since.
        if (_world.TellsWhoAddedAddresses && present.Protocol != ParameterMapping.KeepalivedProtocol)
            return;
        string what = $"address {entry.Address}/{entry.PrefixLength} on {entry.Interface}";
        if (!_isDryRun)
        {
            Errno error = Delete(at, present);
            if (error is Errno.EADDRNOTAVAIL or Errno.ENODEV)
                return;
            if (error != Errno.None)
            {
                Left.Addresses.Add(entry);
                Fail("remove", what, error);
                return;
            }
        }
        Done("remove", what);
    }

    // The kernel removes the other IPv4 addresses of its subnet with the first one, unless it is told to promote them.
    private Errno Delete(NetworkInterface at, InterfaceAddress present)
    {
        bool promotes = present.Address.Family == AddressFamily.IPv4 && (present.Flags & AddressFlags.Secondary) == 0;
        string setting = KernelSettings.Ipv4(at.Name, "promote_secondaries");
        promotes = promotes && _world.ReadSetting(setting, out int before) == Errno.None && before == 0;
        if (promotes && _world.WriteSetting(setting, 1) is not Errno.None and Errno refusal)
            return refusal;
        Errno error = Ask(() => _world.DeleteAddress(present with { Label = default }, 0), _world.FlushAddresses);
        if (promotes && _world.WriteSetting(setting, 0) is not Errno.None and Errno stays)
            Fail("put back", $"setting {setting} to 0", stays);
        return error;
    }

    private void Remove(AddressFamily family, string name)
    {
        NftablesTable table = new(family, name);
        OsError closed = _world.OpenFirewall(this);
        Errno error = closed.IsError ? closed.Errno : _world.FindTable(table, out _);
        // A kernel without nf_tables has no tables.
        if (error is Errno.ENOENT or Errno.EPROTONOSUPPORT or Errno.EAFNOSUPPORT)
            return;
        if (error == Errno.None && !_isDryRun)
            error = Ask(() => _world.DeleteTable(table, 0), _world.CommitRuleset);
        if (error == Errno.ENOENT)
            return;
        if (error == Errno.None)
        {
            Done("remove", table.ToString());
            return;
        }
        Left.Tables.Add((family, name));
        Fail("remove", table.ToString(), error);
    }

    private void Remove(KernelRecord.Link link)
    {
        NetworkInterface device = _interfaces.Track(link.Interface, out _);
        NetworkInterface below = _interfaces.Track(link.Base, out _);
        // Somebody may have made another one of that name since.
        if (!link.Is(device, below))
            return;
        string what = $"interface {link.Interface} on {link.Base}";
        if (!_isDryRun)
        {
            Errno error = Ask(() => _world.DeleteLink(device.KernelName, 0), _world.FlushLinks);
            if (error == Errno.ENODEV)
                return;
            if (error != Errno.None)
            {
                Left.Links.Add(link);
                Fail("remove", what, error);
                return;
            }
        }
        Done("remove", what);
    }

    private void PutBack(KernelRecord.Setting setting)
    {
        // Gone with its interface, or changed by somebody who will have had a reason.
        if (_world.ReadSetting(setting.Name, out int present) != Errno.None || present != setting.Value)
            return;
        string what = $"setting {setting.Name} to {setting.Original}";
        Errno error = _isDryRun ? Errno.None : _world.WriteSetting(setting.Name, setting.Original);
        if (error == Errno.None)
        {
            Done("put back", what);
            return;
        }
        Left.Settings.Add(setting);
        _sentence = "";
        Fail("put back", what, error);
    }

    private Errno Ask(Action request, Action flush)
    {
        _answer = Errno.None;
        _sentence = "";
        request();
        flush();
        return _answer;
    }

    private void Done(string verb, string what) => _steps.Add(new CleanupStep(verb, what, null));

    private void Fail(string verb, string what, Errno error)
        => _steps.Add(new CleanupStep(verb, what, _sentence.Length == 0 ? ErrnoText.Of(error) : $"{ErrnoText.Of(error)}: {_sentence}"));
}

/// <summary>One thing that was found.</summary>
/// <param name="Verb"><c>remove</c> or <c>put back</c>.</param>
/// <param name="Failure">Why it stays; null when it does not.</param>
internal sealed record CleanupStep(string Verb, string What, string? Failure)
{
    /// <summary>As it is told to people.</summary>
    public string Text(bool isDryRun) => Failure is not null ? $"cannot {Verb} {What} - {Failure}" : isDryRun ? $"would {Verb} {What}" : $"{(Verb == "remove" ? "removed" : Verb)} {What}";
}
