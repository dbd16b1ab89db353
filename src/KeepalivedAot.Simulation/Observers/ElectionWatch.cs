using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Simulation.Hosts;
using KeepalivedAot.Simulation.Network;
using KeepalivedAot.Simulation.Worlds;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Simulation.Observers;

/// <summary>
/// Of those that hear each other at most one is MASTER, and where one of them can be, one is: at the latest a patience after the last
/// disturbance.
/// </summary>
/// <remarks>
/// The patience is that of the slowest of them: two waits (a role may be lost while it is being taken), and what the ways between them add. While
/// packets are lost or late by chance nothing is promised.
/// </remarks>
internal sealed class ElectionWatch : ISimulationObserver
{
    private readonly SimulatedWorld _world;
    private readonly List<Violation> _violations = [];
    private readonly Dictionary<VirtualRouter, (string What, Instant Since)> _wrong = [];

    public ElectionWatch(SimulatedWorld world)
    {
        _world = world;
        world.Observe(this);
    }

    public IReadOnlyList<Violation> Violations => _violations;

    /// <summary>The run is over: what is wrong now counts, too.</summary>
    public void End()
    {
        foreach (VirtualRouter router in _world.Routers)
            Judge(router, stillWrong: null);
    }

    void ISimulationObserver.OnTransition(SimulatedHost host, string instance, in Transition transition, Priority priority) => Look();

    void ISimulationObserver.OnHostChanged(SimulatedHost host, HostState state) => Look();

    void ISimulationObserver.OnDisturbed() => Look();

    void ISimulationObserver.OnNoted(SimulatedHost host, string subject, string what)
    {
        // Elections are what counts here.
    }

    void ISimulationObserver.OnLogged(SimulatedHost host, LogLevel level, string line)
    {
        // As above.
    }

    void ISimulationObserver.OnAddress(SimulatedHost host, IpAddress address, bool isThere)
    {
        // As above.
    }

    void ISimulationObserver.OnAnnounced(SimulatedHost host, string interfaceName, IpAddress address)
    {
        // As above.
    }

    private void Look()
    {
        foreach (VirtualRouter router in _world.Routers)
        {
            string? wrong = WhatIsWrong(router);
            if (!_wrong.TryGetValue(router, out (string What, Instant Since) before) || before.What != wrong)
                Judge(router, wrong);
        }
    }

    private void Judge(VirtualRouter router, string? stillWrong)
    {
        Instant now = _world.Schedule.Now;
        if (_wrong.Remove(router, out (string What, Instant Since) before))
        {
            Instant from = before.Since > _world.DisturbedAt ? before.Since : _world.DisturbedAt;
            if (now - from > Patience(router))
                _violations.Add(new Violation(router, before.Since, now, before.What));
        }
        if (stillWrong is not null)
            _wrong.Add(router, (stillWrong, now));
    }

    private static string? WhatIsWrong(VirtualRouter router)
    {
        List<VirtualRouter.Member> left = [.. router.Members.Where(static member => member.Host.State == HostState.Running)];
        while (left.Count > 0)
        {
            List<VirtualRouter.Member> island = [left[0]];
            for (int i = 0; i < island.Count; i++)
                island.AddRange(left.Where(other => !island.Contains(other) && Hear(island[i], other)).ToArray());
            left.RemoveAll(island.Contains);
            // Some hear each other, but not all: nothing is promised.
            if (!island.TrueForAll(one => island.TrueForAll(other => one == other || Hear(one, other))))
                continue;
            VirtualRouter.Member[] masters = [.. island.Where(static member => member.IsMaster)];
            if (masters.Length > 1)
                return $"{string.Join(" and ", masters.Select(static member => member.Host.Name))} are MASTER at once";
            if (masters.Length == 0 && island.Exists(static member => member.Now.State == RouterState.Backup))
                return $"nobody is MASTER of {string.Join(", ", island.Select(static member => member.Host.Name))}";
        }
        return null;
    }

    private static bool Hear(VirtualRouter.Member one, VirtualRouter.Member other)
    {
        (Port a, Port b) = (one.Port, other.Port);
        return IsPlugged(one) && IsPlugged(other) && Passes(a.Segment!.QualityOf(a, b)) && Passes(a.Segment!.QualityOf(b, a));
    }

    private static bool IsPlugged(VirtualRouter.Member member) => member.Host.Kernel.FindLink(member.Port.Interface) is { IsUp: true };

    private static bool Passes(PathQuality quality) => quality is { IsCut: false, Loss: 0 };

    private Duration Patience(VirtualRouter router)
    {
        Duration longest = Duration.FromSeconds(1);
        foreach (VirtualRouter.Member member in router.Members)
        {
            foreach (Daemon.Routers.VrrpInstance instance in member.Host.Instances.Where(instance => instance.Name == member.Instance))
            {
                Duration wait = instance.Router.ActiveAdverInterval * instance.Router.Parameters.DownTimerAdverts + instance.Router.Parameters.AdvertisementInterval
                    + Duration.FromSeconds(1) + instance.Router.Parameters.PreemptDelay + member.Host.Wakeup;
                longest = wait > longest ? wait : longest;
            }
        }
        return longest * 2 + Duration.FromMilliseconds(500);
    }
}
