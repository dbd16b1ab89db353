using KeepalivedAot.Base.Net;
using KeepalivedAot.Simulation.Network;

namespace KeepalivedAot.Simulation.Kernel;

/// <summary>Is told what a kernel has for its process, and what leaves the host.</summary>
internal interface IKernelEvents
{
    /// <summary>There is something to read.</summary>
    void OnInput();

    /// <param name="interfaceIndex">The interface that is plugged in somewhere, below a macvlan.</param>
    void OnPacket(int interfaceIndex, Packet packet);

    /// <summary>The process reads a packet.</summary>
    /// <param name="interfaceIndex">As above.</param>
    void OnRead(int interfaceIndex, Packet packet);

    /// <summary>An interface that is plugged in somewhere has its carrier, or has it no more.</summary>
    void OnCarrier(int interfaceIndex);

    /// <summary>A gratuitous ARP or an unsolicited neighbour advertisement.</summary>
    void OnAnnouncement(string interfaceName, IpAddress address, MacAddress from);

    /// <summary>An address has come, or has gone.</summary>
    void OnAddress(string interfaceName, IpAddress address, bool isThere);
}
