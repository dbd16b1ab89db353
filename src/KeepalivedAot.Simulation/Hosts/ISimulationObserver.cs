using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Config;
using KeepalivedAot.Simulation.Network;
using KeepalivedAot.Simulation.Worlds;
using KeepalivedAot.Tracking;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Simulation.Hosts;

/// <summary>Sees everything that happens in a world, at its true time, in its order. What it does not care for it need not name.</summary>
internal interface ISimulationObserver
{
    /// <summary>An instance has another state.</summary>
    void OnTransition(SimulatedHost host, string instance, in Transition transition, Priority priority)
    {
        // Of no concern.
    }

    /// <summary>An instance has another effective priority.</summary>
    /// <param name="because">What has happened; null where nothing is known of it.</param>
    void OnPriority(SimulatedHost host, string instance, Priority priority, string? because)
    {
        // Of no concern.
    }

    /// <summary>A sync group has another state.</summary>
    void OnGroup(SimulatedHost host, string group, VrrpState state)
    {
        // Of no concern.
    }

    /// <summary>Scripts and FIFOs are told of a state.</summary>
    void OnNotified(SimulatedHost host, string subject, bool isGroup, VrrpState state)
    {
        // Of no concern.
    }

    /// <summary>Something else of an instance's journal, in words.</summary>
    void OnNoted(SimulatedHost host, string subject, string what)
    {
        // Of no concern.
    }

    /// <summary>A line of the daemon's log.</summary>
    void OnLogged(SimulatedHost host, LogLevel level, string line)
    {
        // Of no concern.
    }

    /// <summary>The host has an address now, or has it no more.</summary>
    void OnAddress(SimulatedHost host, IpAddress address, bool isThere)
    {
        // Of no concern.
    }

    /// <summary>The host says on a segment that an address is there.</summary>
    void OnAnnounced(SimulatedHost host, string interfaceName, IpAddress address)
    {
        // Of no concern.
    }

    /// <summary>A datagram leaves the host.</summary>
    void OnSent(SimulatedHost host, Port port, Packet packet)
    {
        // Of no concern.
    }

    /// <summary>The daemon reads a datagram, and has not dealt with it yet.</summary>
    void OnHeard(SimulatedHost host, Port port, Packet packet)
    {
        // Of no concern.
    }

    /// <summary>The daemon is told how a tracked thing is, and has not dealt with it yet.</summary>
    void OnReported(SimulatedHost host, TrackerId thing, TrackerReading reading)
    {
        // Of no concern.
    }

    /// <summary>A turn of the daemon's loop is over: what it heard and what was due has been dealt with.</summary>
    void OnTurn(SimulatedHost host)
    {
        // Of no concern.
    }

    /// <summary>It sees this world from now on.</summary>
    void OnBegin(SimulatedWorld world)
    {
        // Of no concern.
    }

    /// <summary>Something is being done to the world.</summary>
    void OnFault(string text)
    {
        // Of no concern.
    }

    /// <summary>Something was done to the world.</summary>
    void OnDisturbed()
    {
        // Of no concern.
    }

    /// <summary>Ways of a segment are better or worse now.</summary>
    void OnPath(Segment segment)
    {
        // Of no concern.
    }

    /// <summary>An interface of a host has its carrier, or has it no more.</summary>
    void OnCarrier(SimulatedHost host, Port port)
    {
        // Of no concern.
    }

    /// <summary>The daemon has started, has ended, sleeps or goes on.</summary>
    void OnHostChanged(SimulatedHost host, HostState state)
    {
        // Of no concern.
    }

    /// <summary>The daemon has been ended by SIGTERM, and is gone.</summary>
    void OnStopped(SimulatedHost host)
    {
        // Of no concern.
    }

    /// <summary>The daemon starts with a configuration, or reloads it: what follows is about its instances.</summary>
    void OnAdopting(SimulatedHost host, Configuration configuration)
    {
        // Of no concern.
    }

    /// <summary>The daemon has another configuration.</summary>
    void OnReloaded(SimulatedHost host)
    {
        // Of no concern.
    }
}
