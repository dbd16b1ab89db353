using KeepalivedAot.Base.Net;
using KeepalivedAot.Simulation.Network;

namespace KeepalivedAot.Simulation.Kernel;

/// <summary>Is told what a kernel has for its process, and what leaves the host.</summary>
internal interface IKernelEvents
{
    /// <summary>There is something to read.</summary>
    void OnInput();

    /// <param name="interfaceName">The interface that is plugged in somewhere, below a macvlan.</param>
    void OnPacket(string interfaceName, Packet packet);

    /// <summary>A gratuitous ARP or an unsolicited neighbour advertisement.</summary>
    void OnAnnouncement(string interfaceName, IpAddress address, MacAddress from);

    /// <summary>An address has come, or has gone.</summary>
    void OnAddress(string interfaceName, IpAddress address, bool isThere);
}
