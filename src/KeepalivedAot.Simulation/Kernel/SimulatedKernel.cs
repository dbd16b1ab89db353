using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Worlds;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Links;
using KeepalivedAot.Linux.Netlink;
using KeepalivedAot.Simulation.Time;

namespace KeepalivedAot.Simulation.Kernel;

/// <summary>The kernel of a simulated host, as far as the daemon touches one: tables that requests change, and sockets.</summary>
/// <remarks>
/// It outlives the daemon's process, as a kernel does: <see cref="EndProcess"/> closes what that had open. Partial files: <c>Links</c>,
/// <c>Addresses</c>, <c>Routing</c>, <c>Ruleset</c>, <c>Settings</c>, <c>Packets</c>, <c>Records</c>.
/// </remarks>
internal sealed partial class SimulatedKernel(HostClock clock, IKernelEvents events) : IVrrpWorld
{
    // 2026-01-01 00:00 UTC: what clocks on walls show when a world begins.
    private static readonly UnixTime s_beginning = UnixTime.FromSeconds(1_767_225_600);

    private readonly Queue<Action> _notifications = new();
    private ILinkObserver? _observer;

    /// <summary>Whoever wants something of the kernel is refused it.</summary>
    public Errno Refusal { get; set; }

    public TimerQueue Timers { get; private set; } = new();

    public Instant Now => clock.Now;

    /// <summary>How far its clock on the wall is from the right time.</summary>
    public Duration ClockError { get; set; }

    public UnixTime UnixNow => s_beginning + (clock.Now - default(Instant)) + ClockError;

    public bool TellsWhoAddedAddresses => true;

    public bool TellsInterfaceKinds => true;

    public string BootId { get; private set; } = "simulated-0";

    public Duration Suspended => clock.Suspended;

    /// <summary>There is something for the process to hear.</summary>
    public bool HasInput => _notifications.Count > 0 || _arrived.Count > 0;

    public OsError Observe(ILinkObserver observer)
    {
        _observer = observer;
        return OsError.None;
    }

    public void TakeSnapshot()
    {
        _observer!.OnSnapshotBegin(0);
        foreach (LinkInfo link in _links)
            _observer.OnLink(link);
        foreach (InterfaceAddress address in _addresses)
            _observer.OnAddress(address);
        _observer.OnSnapshotEnd(0, Errno.None);
    }

    public void RequestSnapshot(int interfaceIndex) => Notify(() =>
    {
        _observer!.OnSnapshotBegin(interfaceIndex);
        foreach (LinkInfo link in _links.FindAll(link => link.Index == interfaceIndex))
            _observer.OnLink(link);
        foreach (InterfaceAddress address in _addresses.FindAll(address => address.InterfaceIndex == interfaceIndex))
            _observer.OnAddress(address);
        _observer.OnSnapshotEnd(interfaceIndex, _links.Exists(link => link.Index == interfaceIndex) ? Errno.None : Errno.ENODEV);
    });

    public void HearNotifications()
    {
        while (_notifications.TryDequeue(out Action? tell))
            tell();
    }

    /// <summary>The process reads its sockets: first what the kernel tells, then what has arrived.</summary>
    public void Hear(Instant now)
    {
        HearNotifications();
        HearPackets(now);
    }

    /// <summary>The process is gone; what it had put into the tables is still there.</summary>
    public void EndProcess()
    {
        Timers = new TimerQueue();
        _observer = null;
        _notifications.Clear();
        CloseSockets();
        ForgetRequests();
    }

    /// <summary>The host starts anew: nothing of what somebody has put there is left, and files below /run are gone.</summary>
    public void Reboot(int count)
    {
        EndProcess();
        BootId = $"simulated-{count}";
        ForgetTables();
        ForgetRecords();
    }

    /// <summary>What is otherwise than after a start of the host, where no daemon has run: in words.</summary>
    public IEnumerable<string> WhatIsLeft()
    {
        foreach (LinkInfo link in _links.Where(static link => link.LinkIndex != 0))
            yield return $"interface {link.Name}";
        foreach (InterfaceAddress address in _addresses.Where(static address => address.Protocol != 0))
            yield return $"address {address.Address}/{address.PrefixLength}";
        foreach (string what in _routing.Keys.Concat(_ruleset.Keys))
            yield return what;
        foreach ((string name, int value) in _settings)
        {
            if (value != DefaultOf(name))
                yield return $"{name} = {value}";
        }
    }

    public bool ForwardsIPv6(KernelName interfaceName) => false;

    /// <summary>Drivers know no such question here.</summary>
    public Errno ProbeLink(KernelName interfaceName, LinkProbeMethod method, out bool isUp)
    {
        isUp = false;
        return Errno.EOPNOTSUPP;
    }

    private void Notify(Action tell)
    {
        if (_observer is null)
            return;
        _notifications.Enqueue(tell);
        events.OnInput();
    }

    private void ForgetRequests()
    {
        _addressRequests.Clear();
        _linkRequests.Clear();
        _routingRequests.Clear();
        _rulesetRequests.Clear();
        _addressResults = _linkResults = _routingResults = _rulesetResults = null;
    }

    private void ForgetTables()
    {
        foreach (InterfaceAddress address in _addresses.FindAll(static address => address.Protocol != 0))
            Take(address);
        foreach (LinkInfo link in _links.FindAll(static link => link.LinkIndex != 0))
            Forget(link);
        _routing.Clear();
        _ruleset.Clear();
        MakeSettings();
    }
}
