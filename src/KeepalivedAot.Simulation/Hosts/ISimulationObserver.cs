using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Simulation.Network;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Simulation.Hosts;

/// <summary>Sees everything that happens in a world, at its true time, in its order.</summary>
internal interface ISimulationObserver
{
    /// <summary>An instance has another state.</summary>
    void OnTransition(SimulatedHost host, string instance, in Transition transition, Priority priority);

    /// <summary>Something else of an instance's journal, in words.</summary>
    void OnNoted(SimulatedHost host, string subject, string what);

    /// <summary>A line of the daemon's log.</summary>
    void OnLogged(SimulatedHost host, LogLevel level, string line);

    /// <summary>The host has an address now, or has it no more.</summary>
    void OnAddress(SimulatedHost host, IpAddress address, bool isThere);

    /// <summary>The host says on a segment that an address is there.</summary>
    void OnAnnounced(SimulatedHost host, string interfaceName, IpAddress address);

    /// <summary>A packet leaves the host.</summary>
    void OnSent(SimulatedHost host, string interfaceName, Packet packet)
    {
        // Few look at packets.
    }

    /// <param name="because">What has happened; null where nothing is known of it.</param>
    void OnPriorityChanged(SimulatedHost host, string instance, Priority effective, string? because)
    {
        // It is noted, too.
    }

    /// <summary>Something is being done to the world.</summary>
    void OnFault(string text)
    {
        // What it does is told by what follows.
    }

    /// <summary>Something was done to the world.</summary>
    void OnDisturbed();

    /// <summary>The daemon has started, has ended, sleeps or goes on.</summary>
    void OnHostChanged(SimulatedHost host, HostState state);
}
