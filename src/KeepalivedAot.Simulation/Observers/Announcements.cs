using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Simulation.Hosts;
using KeepalivedAot.Simulation.Worlds;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Simulation.Observers;

/// <summary>Whoever becomes MASTER announces each of its addresses, and nobody else does (RFC 9568, 6.4.2, (385) to (395): gratuitous ARP, unsolicited neighbour advertisements).</summary>
/// <remarks>
/// In the turn in which it becomes MASTER; of many addresses, or many announcements, in as many turns as those take. Where garp_interval or gna_interval space them
/// out, or a burst is switched off, only who announces is looked at.
/// </remarks>
internal sealed class Announcements : Promise, ISimulationObserver
{
    private const int AddressesPerTurn = 64;
    private const int FramesPerTurn = 512;

    private readonly Debt?[] _debts;
    private readonly List<VirtualRouter.Member>[] _owing;
    private readonly Dictionary<(SimulatedHost Host, IpAddress Address), VirtualRouter.Member> _byAddress = [];
    private readonly Instant[] _leftAt;

    public Announcements(SimulatedWorld world)
        : base(world)
    {
        _debts = new Debt?[world.Members.Count];
        _owing = [.. world.Hosts.Select(static _ => new List<VirtualRouter.Member>())];
        _leftAt = [.. world.Members.Select(static _ => new Instant(-1))];
    }

    void ISimulationObserver.OnTransition(SimulatedHost host, string instance, in Transition transition, Priority priority)
    {
        if (World.FindMember(host, instance) is not { Running: { } running } member)
            return;
        Looks++;
        if (transition.From == VrrpState.Active)
            _leftAt[member.Number] = Now;
        _debts[member.Number] = null;
        if (transition.To != VrrpState.Active)
            return;
        HashSet<IpAddress> addresses = [.. AddressesOf(running.Block)];
        foreach (IpAddress address in addresses)
            _byAddress[(host, address)] = member;
        if (running.Block.GarpRepeat == 0 || host.Configuration is not { GlobalDefs: { } globals } || IsSpacedOut(globals))
            return;
        _owing[host.Number].Add(member);
        int turns = 0;
        foreach (VirtualRouter.Member it in _owing[host.Number])
            turns += it.Running is { } other ? 1 + AddressesOf(other.Block).Count() * (int)Math.Min(other.Block.GarpRepeat, 1000) / FramesPerTurn + AddressesOf(other.Block).Count() / AddressesPerTurn : 0;
        _debts[member.Number] = new Debt(addresses, turns == 1 ? 0 : turns);
    }

    void ISimulationObserver.OnAnnounced(SimulatedHost host, string interfaceName, IpAddress address)
    {
        if (!_byAddress.TryGetValue((host, address), out VirtualRouter.Member? member))
            return;
        Looks++;
        _debts[member.Number]?.Addresses.Remove(address);
        if (!member.IsMaster && _leftAt[member.Number] != Now)
            Break(member, Now, $"announces {address} without being MASTER");
    }

    void ISimulationObserver.OnTurn(SimulatedHost host)
    {
        List<VirtualRouter.Member> owing = _owing[host.Number];
        for (int i = owing.Count - 1; i >= 0; i--)
        {
            VirtualRouter.Member member = owing[i];
            Debt? debt = _debts[member.Number];
            // An address that is gone again, or a link that is down, announces nothing.
            debt?.Addresses.RemoveWhere(address => !host.Kernel.Has(address));
            if (debt is { Addresses.Count: > 0 } && host.Kernel.IsUp(member.Port.InterfaceIndex) && debt.TurnsLeft-- > 0)
                continue;
            if (debt is { Addresses.Count: > 0 } && host.Kernel.IsUp(member.Port.InterfaceIndex))
                Break(member, Now, $"MASTER, and has not announced {string.Join(", ", debt.Addresses)}");
            _debts[member.Number] = null;
            owing.RemoveAt(i);
        }
    }

    void ISimulationObserver.OnHostChanged(SimulatedHost host, HostState state)
    {
        if (state != HostState.Down)
            return;
        _owing[host.Number].Clear();
    }

    private static bool IsSpacedOut(Config.Global.GlobalDefsBlock globals) => globals.GarpInterval > Duration.Zero || globals.GnaInterval > Duration.Zero;

    private static IEnumerable<IpAddress> AddressesOf(VrrpInstanceBlock block)
        => block.VirtualAddresses.Concat(block.HasExcludedAddresses ? block.ExcludedAddresses : []).Select(static address => address.Address.Address);

    private sealed class Debt(HashSet<IpAddress> addresses, int turns)
    {
        public HashSet<IpAddress> Addresses => addresses;

        public int TurnsLeft { get; set; } = turns;
    }
}
