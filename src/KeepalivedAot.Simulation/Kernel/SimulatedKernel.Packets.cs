using System.Buffers.Binary;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Worlds;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink;
using KeepalivedAot.Linux.Sockets;
using KeepalivedAot.Simulation.Network;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Simulation.Kernel;

// What goes out, and who hears what comes in.
internal sealed partial class SimulatedKernel
{
    private const int ProtocolAt = 9;
    private const int TtlAt = 8;
    private const int EtherTypeAt = 12;
    private const ushort EtherTypeArp = 0x0806;
    private const int ArpSenderAt = 28;
    private const int NeighborTargetAt = 14 + 40 + 8;

    private readonly List<Receiver> _receivers = [];

    // By the interface that is plugged in somewhere: those that may hear what arrives there. Empty: to be found anew.
    private readonly Dictionary<int, Receiver[]> _listening = [];
    private readonly Queue<(Packet Packet, int InterfaceIndex)> _arrived = new();
    private readonly Queue<(Packet Packet, int InterfaceIndex, int Tag)> _leaving = new();
    private readonly Queue<(int InterfaceIndex, byte[] Frame)> _frames = new();
    private ISendResults? _sendResults;

    /// <summary>Something arrives at an interface, of which the process hears when it reads, if it listens.</summary>
    public void Arrive(int interfaceIndex, Packet packet)
    {
        if (FindLink(interfaceIndex) is not { IsUp: true })
            return;
        foreach (Receiver receiver in ListeningAt(interfaceIndex))
        {
            if (!Hears(receiver, packet))
                continue;
            _arrived.Enqueue((packet, interfaceIndex));
            events.OnInput();
            return;
        }
    }

    public IReceiver? OpenReceiver(in ReceiverKey key, IReceiverUser user, out OsError failure)
    {
        failure = new OsError("socket", null, Refusal);
        if (failure.IsError)
            return null;
        Receiver receiver = new(this, key, user, _receivers.Count);
        _receivers.Add(receiver);
        _listening.Clear();
        return receiver;
    }

    /// <summary>Hosts say nothing of addresses here but in announcements, and those nobody answers: there is nothing to hear.</summary>
    public INeighbourListening? ListenToNeighbours(int interfaceIndex, AddressFamily family, INeighbourObserver observer, out OsError failure)
    {
        failure = new OsError("socket", null, Refusal);
        return failure.IsError ? null : new Silence();
    }

    public void SetSendResults(ISendResults results) => _sendResults = results;

    public void QueueDatagram(ReadOnlySpan<byte> datagram, in DatagramRoute route, int tag)
    {
        bool isIPv4 = route.Destination.Family == AddressFamily.IPv4;
        Packet packet = new(
            datagram.ToArray(), route.Source, route.Destination, isIPv4 ? datagram[ProtocolAt] : Ipv4Header.ProtocolVrrp, isIPv4 ? datagram[TtlAt] : route.HopLimit);
        _leaving.Enqueue((packet, route.InterfaceIndex, tag));
    }

    public void FlushDatagrams()
    {
        while (_leaving.TryDequeue(out (Packet Packet, int InterfaceIndex, int Tag) leaving))
            _sendResults!.OnSent(leaving.Tag, Send(leaving.Packet, leaving.InterfaceIndex));
    }

    public void QueueFrame(int interfaceIndex, ReadOnlySpan<byte> frame) => _frames.Enqueue((interfaceIndex, frame.ToArray()));

    public Errno FlushFrames(out int interfaceIndex)
    {
        interfaceIndex = 0;
        Errno first = Errno.None;
        while (_frames.TryDequeue(out (int InterfaceIndex, byte[] Frame) leaving))
        {
            Errno error = Send(leaving.Frame, leaving.InterfaceIndex);
            if (error == Errno.None || first != Errno.None)
                continue;
            (first, interfaceIndex) = (error, leaving.InterfaceIndex);
        }
        return first;
    }

    private void HearPackets(Instant now)
    {
        while (_arrived.TryDequeue(out (Packet Packet, int InterfaceIndex) arrived))
        {
            if (FindLink(arrived.InterfaceIndex) is null)
                continue;
            events.OnRead(arrived.InterfaceIndex, arrived.Packet);
            foreach (Receiver receiver in ListeningAt(arrived.InterfaceIndex))
            {
                if (!Hears(receiver, arrived.Packet))
                    continue;
                receiver.User.OnDatagram(
                    new VrrpDatagram
                    {
                        Bytes = arrived.Packet.Bytes, Source = arrived.Packet.Source, Destination = arrived.Packet.Destination, HopLimit = arrived.Packet.HopLimit,
                    },
                    now);
            }
        }
    }

    private Errno Send(Packet packet, int interfaceIndex)
    {
        // Left to routing: one segment is as good as another, so the one with the source address is taken.
        if (interfaceIndex == 0)
            interfaceIndex = _addresses.Find(address => address.Address == packet.Source).InterfaceIndex;
        if (FindLink(interfaceIndex) is not { } link)
            return Errno.ENODEV;
        if (!link.IsUp)
            return Errno.ENETDOWN;
        if (Below(link) is { IsUp: true } below)
            events.OnPacket(below.Index, packet);
        return Errno.None;
    }

    private Errno Send(byte[] frame, int interfaceIndex)
    {
        if (FindLink(interfaceIndex) is not { } link)
            return Errno.ENODEV;
        if (!link.IsUp)
            return Errno.ENETDOWN;
        bool isArp = BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(EtherTypeAt)) == EtherTypeArp;
        IpAddress address = IpAddress.FromBytes(isArp ? frame.AsSpan(ArpSenderAt, IpAddress.IPv4Length) : frame.AsSpan(NeighborTargetAt, IpAddress.IPv6Length));
        if (Below(link) is { IsUp: true } below)
            events.OnAnnouncement(below.Name.ToString(), address, link.Address);
        return Errno.None;
    }

    private bool Hears(Receiver receiver, Packet packet)
    {
        ReceiverKey key = receiver.Key;
        return key.Local == packet.Destination && key.Protocol == packet.Protocol && (key.IsMulticast || Has(key.Local));
    }

    private Receiver[] ListeningAt(int interfaceIndex)
    {
        if (!_listening.TryGetValue(interfaceIndex, out Receiver[]? found))
        {
            found = [.. _receivers.Where(receiver => receiver.Key.InterfaceIndex == 0 || receiver.Key.InterfaceIndex == interfaceIndex
                || FindLink(receiver.Key.InterfaceIndex)?.LinkIndex == interfaceIndex)];
            _listening.Add(interfaceIndex, found);
        }
        return found;
    }

    private void CloseSockets()
    {
        _receivers.Clear();
        _listening.Clear();
        _arrived.Clear();
        _leaving.Clear();
        _frames.Clear();
        _sendResults = null;
    }

    private sealed class Silence : INeighbourListening
    {
        public OsError Listen(ReadOnlySpan<IpAddress> addresses) => OsError.None;

        public void Dispose()
        {
            // Nothing is open.
        }
    }

    private sealed class Receiver(SimulatedKernel kernel, ReceiverKey key, IReceiverUser user, int number) : IReceiver
    {
        public ReceiverKey Key => key;

        public IReceiverUser User => user;

        public (int In, int Out) Descriptors => (2 * number + 3, 2 * number + 4);

        // The filter only spares work: whoever is handed another VRID looks at it himself.
        public OsError SetVrids(ReadOnlySpan<ulong> vrids) => OsError.None;

        public OsError SetBuffer(int bytes) => OsError.None;

        public void Dispose()
        {
            kernel._receivers.Remove(this);
            kernel._listening.Clear();
        }
    }
}
