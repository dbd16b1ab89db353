using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Simulation.Hosts;
using KeepalivedAot.Simulation.Network;
using KeepalivedAot.Simulation.Worlds;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Simulation.Observers;

/// <summary>The kernel has the virtual addresses of whoever is MASTER, and no others of ours (RFC 9568, 6.4.2, (385) to (395), 6.4.3; keepalived: also in FAULT).</summary>
/// <remarks>
/// At the end of the turn that changed the state, or the address; of many addresses some go in each of the turns that follow at once. Who was
/// killed as MASTER and has not decided yet may find them where they were, as long as nobody else can have its role.
/// </remarks>
internal sealed class KernelAddresses : Promise, ISimulationObserver
{
    // What a turn brings into the kernel, at least.
    private const int PerTurn = 64;

    private readonly List<VirtualRouter.Member>[] _touched;
    private readonly int[] _turnsLeft;
    private readonly bool[] _isNew;

    // Of hosts: since when their daemon runs, or runs again.
    private readonly Instant[] _startedAt;

    // Of members, by CLOCK_BOOTTIME: the last advertisement.
    private readonly Instant[] _advertisedAt;
    private readonly (long Generation, Dictionary<IpAddress, List<VirtualRouter.Member>> ByAddress)[] _known;

    public KernelAddresses(SimulatedWorld world)
        : base(world)
    {
        _touched = [.. world.Hosts.Select(static _ => new List<VirtualRouter.Member>())];
        _turnsLeft = new int[world.Hosts.Count];
        _isNew = new bool[world.Hosts.Count];
        _startedAt = new Instant[world.Hosts.Count];
        _advertisedAt = new Instant[world.Members.Count];
        _known = new (long, Dictionary<IpAddress, List<VirtualRouter.Member>>)[world.Hosts.Count];
    }

    void ISimulationObserver.OnTransition(SimulatedHost host, string instance, in Transition transition, Priority priority)
    {
        if (World.FindMember(host, instance) is { } member)
            Touch(member);
    }

    void ISimulationObserver.OnAddress(SimulatedHost host, IpAddress address, bool isThere)
    {
        foreach (VirtualRouter.Member member in UsersOf(host, address))
            Touch(member);
    }

    void ISimulationObserver.OnSent(SimulatedHost host, Port port, Packet packet)
    {
        if (SeenAdvertisement.TryRead(packet, out SeenAdvertisement seen) && seen.MemberAt(port) is { } member)
            _advertisedAt[member.Number] = host.Clock.Now + host.Clock.Suspended;
    }

    void ISimulationObserver.OnTurn(SimulatedHost host)
    {
        List<VirtualRouter.Member> touched = _touched[host.Number];
        // What is yet to be heard may change everything.
        if (touched.Count == 0 || host.Kernel.HasInput || host.Kernel.Refusal != Errno.None)
            return;
        if (_isNew[host.Number])
        {
            _isNew[host.Number] = false;
            int addresses = touched.Sum(static member => member.Running is { } running ? running.Block.VirtualAddresses.Count + running.Block.ExcludedAddresses.Count : 0);
            // Those for the addresses, and two for what came of what was heard.
            _turnsLeft[host.Number] = addresses / PerTurn + (addresses > PerTurn ? 2 : 0);
        }
        bool isLast = --_turnsLeft[host.Number] < 0;
        for (int i = touched.Count - 1; i >= 0; i--)
        {
            string? wrong = WhatIsWrong(touched[i]);
            // It is asked again in each turn until it has decided.
            if (wrong is not null && (!isLast || MayGoOn(touched[i])))
                continue;
            if (wrong is not null)
                Break(touched[i], Now, wrong);
            touched.RemoveAt(i);
        }
    }

    void ISimulationObserver.OnHostChanged(SimulatedHost host, HostState state)
    {
        if (state == HostState.Down)
            _touched[host.Number].Clear();
        else if (state == HostState.Running)
        {
            _startedAt[host.Number] = Now;
            // Its instances are there once the start has come to its end.
            World.Schedule.After(Duration.Zero, () =>
            {
                foreach (VirtualRouter.Member member in World.MembersOf(host))
                    LookWhenPatienceEnds(member);
            });
        }
    }

    // Nothing need happen then: who waits for a script, and hears nobody, has no turn unless it plans one.
    private void LookWhenPatienceEnds(VirtualRouter.Member member)
    {
        if (member.Running is not { } running)
            return;
        SimulatedHost host = member.Host;
        Instant startedAt = Now;
        int turns = 2 + AddressesOf(running.Block).Count() / PerTurn;
        Duration left = _advertisedAt[member.Number] + Reach.SurePatience(running.Block) - (host.Clock.Now + host.Clock.Suspended);
        World.Schedule.After(Reach.InTrueTime(host, Duration.Max(left, Duration.Zero)), () =>
        {
            // Wake-ups may have become slower meanwhile.
            World.Schedule.After(Reach.Lateness(host) * turns, () =>
            {
                bool isSame = host.State == HostState.Running && _startedAt[host.Number] == startedAt && ReferenceEquals(member.Running, running);
                if (isSame && running.Router.IsOffered && !host.Kernel.HasInput && host.Kernel.Refusal == Errno.None && WhatIsWrong(member) is { } wrong)
                    Break(member, startedAt, $"{wrong}, which another may have by now");
            });
        });
    }

    private void Touch(VirtualRouter.Member member)
    {
        List<VirtualRouter.Member> touched = _touched[member.Host.Number];
        if (!touched.Contains(member))
            touched.Add(member);
        _isNew[member.Host.Number] = true;
    }

    private string? WhatIsWrong(VirtualRouter.Member member)
    {
        Looks++;
        if (member.Running is not { } running)
            return null;
        foreach (IpAddress address in AddressesOf(running.Block))
        {
            bool isThere = member.Host.Kernel.Has(address);
            if (member.IsMaster && !isThere)
                return $"MASTER without {address}";
            if (!member.IsMaster && isThere && IsOurs(member.Host, address) && !IsHeldByAnother(member, address))
                return $"{member.Now.State}, and {address} is in the kernel";
        }
        return null;
    }

    private bool MayGoOn(VirtualRouter.Member member)
        => member is { IsMaster: false, Running: { Router.IsOffered: true } running }
            && member.Host.Clock.Now + member.Host.Clock.Suspended - _advertisedAt[member.Number] < Reach.SurePatience(running.Block)
            && !member.Router.Members.Any(other => HasBeenHeard(other, member));

    // It has been MASTER for so long that the member knows of it.
    private bool HasBeenHeard(VirtualRouter.Member other, VirtualRouter.Member by)
    {
        if (!other.IsMaster || ReferenceEquals(other, by) || !Reach.SurelyHears(other, by))
            return false;
        Instant since = other.Now.Since > _startedAt[by.Host.Number] ? other.Now.Since : _startedAt[by.Host.Number];
        return Now - since > by.Router.LongestInterval * 2;
    }

    private static bool IsOurs(SimulatedHost host, IpAddress address)
        => host.Kernel.Addresses.Any(it => it.Address == address && it.Protocol == Daemon.Routers.ParameterMapping.KeepalivedProtocol);

    private bool IsHeldByAnother(VirtualRouter.Member member, IpAddress address)
        => UsersOf(member.Host, address).Exists(static other => other.IsMaster);

    private List<VirtualRouter.Member> UsersOf(SimulatedHost host, IpAddress address)
    {
        ref (long Generation, Dictionary<IpAddress, List<VirtualRouter.Member>> ByAddress) known = ref _known[host.Number];
        if (known.ByAddress is null || known.Generation != host.Generation)
        {
            known = (host.Generation, []);
            foreach (VirtualRouter.Member member in World.MembersOf(host))
            {
                foreach (IpAddress used in member.Running is { } running ? AddressesOf(running.Block) : [])
                {
                    if (!known.ByAddress.TryGetValue(used, out List<VirtualRouter.Member>? users))
                        known.ByAddress.Add(used, users = []);
                    users.Add(member);
                }
            }
        }
        return known.ByAddress.GetValueOrDefault(address, []);
    }

    private static IEnumerable<IpAddress> AddressesOf(VrrpInstanceBlock block)
        => block.VirtualAddresses.Concat(block.HasExcludedAddresses ? block.ExcludedAddresses : []).Select(static address => address.Address.Address);
}
