using System.Buffers.Binary;
using System.Runtime.InteropServices;
using KeepalivedAot.Base;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Loop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Sockets;

/// <summary>Whoever looks at the packets of an interface.</summary>
public interface IPacketObserver
{
    /// <param name="packet">From the IP header on; the listener's until this returns.</param>
    /// <param name="isOwn">This host has sent it.</param>
    void OnPacket(ReadOnlySpan<byte> packet, bool isOwn, Instant now);
}

/// <summary>IP packets of one protocol as an interface sees them, this host's own too (packet(7)), with AH or without. Sends nothing.</summary>
/// <remarks>Every multicast group is let in meanwhile; the interface does not become promiscuous. The kernel drops all else before it is queued.</remarks>
public sealed unsafe class PacketListener : IEventSource, IDisposable
{
    private const int LongestPacket = 64 * 1024;
    private const int ReceiveBuffer = 1 << 20;

    // linux/if_packet.h, linux/if_ether.h
    private const int SOL_PACKET = 263;
    private const int PACKET_ADD_MEMBERSHIP = 1;
    private const ushort PACKET_MR_ALLMULTI = 2;
    private const byte PACKET_OUTGOING = 4;
    private const ushort ETH_P_ALL = 3;

    private const byte AuthenticationHeader = 51;

    private readonly IPacketObserver _observer;
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(LongestPacket);

    private PacketListener(int descriptor, IPacketObserver observer)
    {
        Descriptor = descriptor;
        _observer = observer;
    }

    public int Descriptor { get; }

    /// <summary>Why the last read failed, other than for want of packets; ENETDOWN when the interface went down.</summary>
    public Errno ReadError { get; private set; }

    /// <param name="protocol">In the IPv4 header, or behind IPv6's extension headers.</param>
    /// <returns>Among others EPERM without CAP_NET_RAW.</returns>
    public static OsError Open(int interfaceIndex, byte protocol, IPacketObserver observer, out PacketListener? listener)
    {
        listener = null;
        // Protocol 0: nothing comes before the filter is there.
        int descriptor = socket(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        if (descriptor < 0)
            return OsError.Last("socket(AF_PACKET)");
        OsError failure = SocketOptions.AttachFilter(descriptor, Filter(protocol));
        if (!failure.IsError)
            failure = SocketOptions.SetReceiveBuffer(descriptor, ReceiveBuffer);
        if (!failure.IsError)
            failure = Join(descriptor, interfaceIndex);
        if (!failure.IsError)
            failure = Bind(descriptor, interfaceIndex);
        if (failure.IsError)
            close(descriptor);
        else
            listener = new PacketListener(descriptor, observer);
        return failure;
    }

    public DrainResult OnReadable(Instant now, int budget)
    {
        for (int taken = 0; taken < budget; taken++)
        {
            sockaddr_ll from = default;
            socklen_t length = (uint)sizeof(sockaddr_ll);
            long received;
            fixed (byte* start = _buffer)
                received = recvfrom(Descriptor, start, _buffer.Length, MSG_DONTWAIT, (sockaddr*)&from, &length);
            if (received < 0)
            {
                Errno errno = Libc.LastErrno;
                if (errno is not (Errno.EAGAIN or Errno.EINTR))
                    ReadError = errno;
                return DrainResult.Empty(taken);
            }
            _observer.OnPacket(_buffer.AsSpan(0, (int)received), from.sll_pkttype == PACKET_OUTGOING, now);
        }
        return DrainResult.More(budget);
    }

    public void Dispose() => close(Descriptor);

    // Whether an IPv6 packet with other headers in front has the protocol is for the observer to see.
    private static sock_filter[] Filter(byte protocol)
    {
        const ushort LoadOctet = 0x30;    // BPF_LD | BPF_B | BPF_ABS
        const ushort ShiftRight = 0x74;   // BPF_ALU | BPF_RSH | BPF_K
        const ushort JumpIfEqual = 0x15;  // BPF_JMP | BPF_JEQ | BPF_K
        const ushort Return = 0x06;       // BPF_RET | BPF_K
        const uint Version4Protocol = 9;
        const uint Version6NextHeader = 6;
        return
        [
            new(LoadOctet, 0, 0, 0),
            new(ShiftRight, 0, 0, 4),
            new(JumpIfEqual, 2, 0, 4),
            new(JumpIfEqual, 4, 0, 6),
            new(Return, 0, 0, 0),
            new(LoadOctet, 0, 0, Version4Protocol),
            new(JumpIfEqual, 7, 0, protocol),
            new(JumpIfEqual, 6, 7, AuthenticationHeader),
            new(LoadOctet, 0, 0, Version6NextHeader),
            new(JumpIfEqual, 4, 0, protocol),
            new(JumpIfEqual, 3, 0, AuthenticationHeader),
            // Hop-by-hop and destination options.
            new(JumpIfEqual, 2, 0, 0),
            new(JumpIfEqual, 1, 0, 60),
            new(Return, 0, 0, 0),
            new(Return, 0, 0, LongestPacket),
            new(Return, 0, 0, 0),
        ];
    }

    private static OsError Join(int descriptor, int interfaceIndex)
        => SocketOptions.SetStructure(
            descriptor, SOL_PACKET, PACKET_ADD_MEMBERSHIP, new packet_mreq { mr_ifindex = interfaceIndex, mr_type = PACKET_MR_ALLMULTI },
            "setsockopt(PACKET_ADD_MEMBERSHIP)");

    private static OsError Bind(int descriptor, int interfaceIndex)
    {
        sockaddr_ll address = new()
        {
            sll_family = (ushort)AF_PACKET,
            sll_protocol = BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(ETH_P_ALL) : ETH_P_ALL,
            sll_ifindex = interfaceIndex,
        };
        return bind(descriptor, (sockaddr*)&address, sizeof(sockaddr_ll)) == 0 ? default : OsError.Last("bind(AF_PACKET)");
    }

    /// <summary>linux/if_packet.h</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct packet_mreq
    {
        public int mr_ifindex;
        public ushort mr_type;
        public ushort mr_alen;
        public ulong mr_address;
    }
}
