using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Links;
using KeepalivedAot.Linux.Netlink;
using KeepalivedAot.Linux.Sockets;

namespace KeepalivedAot.Daemon.Worlds;

/// <summary>All that the VRRP part of the daemon touches. There is Linux, and there can be others: the same composition runs in a simulation.</summary>
internal interface IVrrpWorld : IKernel, IFirewallKernel
{
    TimerQueue Timers { get; }

    Instant Now { get; }

    /// <summary>What the clock on the wall shows.</summary>
    UnixTime UnixNow { get; }

    /// <summary>Starts to hear. Null when it was refused.</summary>
    IReceiver? OpenReceiver(in ReceiverKey key, IReceiverUser user, out OsError failure);

    /// <summary>Who is told what became of each datagram.</summary>
    void SetSendResults(ISendResults results);

    /// <summary>A datagram (IPv4: with its IP header; IPv6: the VRRP message), gathered until <see cref="FlushDatagrams"/>.</summary>
    void QueueDatagram(ReadOnlySpan<byte> datagram, in DatagramRoute route, int tag);

    void FlushDatagrams();

    /// <summary>Starts to report links and addresses to the observer.</summary>
    OsError Observe(ILinkObserver observer);

    /// <summary>Reads all links and addresses anew and reports them, before it returns.</summary>
    void TakeSnapshot();

    /// <summary>Reports what the kernel has told of links and addresses and is not heard yet.</summary>
    void HearNotifications();

    /// <summary>Asks for one interface's link and addresses; they are reported later, with the notifications.</summary>
    void RequestSnapshot(int interfaceIndex);

    /// <summary>An Ethernet frame, gathered until <see cref="FlushFrames"/>.</summary>
    void QueueFrame(int interfaceIndex, ReadOnlySpan<byte> frame);

    /// <param name="interfaceIndex">Where it was.</param>
    /// <returns>The first failure since the last flush, if any.</returns>
    Errno FlushFrames(out int interfaceIndex);

    /// <summary>Starts to hear what others say of addresses there, of none yet. Null when it was refused.</summary>
    /// <param name="family">ARP, or neighbour discovery.</param>
    INeighbourListening? ListenToNeighbours(int interfaceIndex, AddressFamily family, INeighbourObserver observer, out OsError failure);

    /// <summary>Whether the interface forwards IPv6: then it announces itself as a router.</summary>
    bool ForwardsIPv6(KernelName interfaceName);

    /// <summary>Asks the driver of an interface for its link.</summary>
    /// <returns>An error when it cannot be asked so.</returns>
    Errno ProbeLink(KernelName interfaceName, LinkProbeMethod method, out bool isUp);

    /// <summary>Keeps the record of what we may have put into the kernel; empty text takes it away.</summary>
    OsError WriteRecord(ReadOnlySpan<byte> record);

    /// <summary>Begins the record of roles anew (<see cref="Roles.RoleRecord"/>).</summary>
    /// <param name="earlier">What an earlier run left there; null when there is none.</param>
    OsError OpenRoles(out byte[]? earlier);

    /// <summary>Writes a part of it, in place.</summary>
    OsError WriteRoles(int offset, ReadOnlySpan<byte> part);

    /// <summary>Takes it away.</summary>
    OsError RemoveRoles();

    /// <summary>Of this start of the machine, at most 36 bytes; empty when the kernel does not tell.</summary>
    string BootId { get; }

    /// <summary>How long the machine has been suspended since its start: what CLOCK_BOOTTIME is ahead of CLOCK_MONOTONIC.</summary>
    Duration Suspended { get; }

    /// <param name="record">The record that an earlier run left; null when there is none, which is no failure.</param>
    OsError ReadRecord(out byte[]? record);
}
