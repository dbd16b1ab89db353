using System.Buffers.Binary;
using KeepalivedAot.Base;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Loop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Sockets;

/// <summary>Whoever wants to know what others say of addresses.</summary>
public interface INeighbourObserver
{
    /// <param name="packet">From the header of ARP or IPv6 on, as far as it matters; the listener's until this returns.</param>
    /// <param name="sender">Of the frame.</param>
    void OnNeighbour(ReadOnlySpan<byte> packet, MacAddress sender, Instant now);

    /// <summary>The socket has failed, other than because its interface went down: then it goes on when that is up again.</summary>
    void OnListenFailed(Errno error);
}

/// <summary>Hears on an interface what others say of certain addresses (packet(7)): ARP, or neighbour discovery. Sends nothing.</summary>
/// <remarks>
/// A socket for each of the two protocols: one for all would be shown every packet of the interface, and the kernel would copy what is sent. It is
/// hardly worth closing: close(2) waits until no processor can be within the socket's handler any more, 8 to 20 ms. One that nothing is wanted of is
/// <see cref="Listen">told to listen to nothing</see> instead. Allocates nothing after opening.
/// </remarks>
public sealed unsafe class NeighbourListener : IEventSource, IDisposable
{
    // Longer than any message of neighbour discovery that is of use.
    private const int LongestPacket = 256;

    // Some dozens of packets: whoever sends thousands has them dropped in the kernel.
    private const int ReceiveBuffer = 16 * 1024;

    // linux/if_ether.h
    private const ushort ETH_P_ARP = 0x0806;
    private const ushort ETH_P_IPV6 = 0x86DD;

    private readonly INeighbourObserver _observer;
    private readonly int _interfaceIndex;
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(LongestPacket, pinned: true);

    private NeighbourListener(int descriptor, int interfaceIndex, INeighbourObserver observer)
    {
        Descriptor = descriptor;
        _interfaceIndex = interfaceIndex;
        _observer = observer;
    }

    public int Descriptor { get; }

    /// <summary>Opens one that listens to nothing yet.</summary>
    /// <param name="family">IPv4: ARP.</param>
    /// <returns>Among others EPERM without CAP_NET_RAW, ENODEV.</returns>
    public static OsError Open(int interfaceIndex, AddressFamily family, INeighbourObserver observer, out NeighbourListener? listener)
    {
        listener = null;
        // Protocol 0: nothing comes before the filter is there.
        int descriptor = socket(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        if (descriptor < 0)
            return OsError.Last("socket(AF_PACKET)");
        NeighbourListener opened = new(descriptor, interfaceIndex, observer);
        OsError failure = opened.Listen([]);
        if (!failure.IsError)
            failure = SocketOptions.SetReceiveBuffer(descriptor, ReceiveBuffer);
        if (!failure.IsError)
            failure = Bind(descriptor, interfaceIndex, family == AddressFamily.IPv4 ? ETH_P_ARP : ETH_P_IPV6);
        if (failure.IsError)
            opened.Dispose();
        else
            listener = opened;
        return failure;
    }

    /// <summary>From now on what is said of these; what waits to be read may be of others.</summary>
    /// <param name="addresses">Of the listener's family; none: nothing comes in, and nobody is woken up.</param>
    public OsError Listen(ReadOnlySpan<IpAddress> addresses)
    {
        Span<sock_filter> program = stackalloc sock_filter[NeighbourFilter.MostInstructions];
        int length = NeighbourFilter.Write(program, _interfaceIndex, addresses);
        return SocketOptions.AttachFilter(Descriptor, program[..length]);
    }

    public DrainResult OnReadable(Instant now, int budget)
    {
        for (int taken = 0; taken < budget; taken++)
        {
            sockaddr_ll from = default;
            socklen_t length = (uint)sizeof(sockaddr_ll);
            long received = recvfrom(Descriptor, SocketOptions.PointerTo(_buffer), LongestPacket, MSG_DONTWAIT, (sockaddr*)&from, &length);
            if (received < 0)
            {
                Errno errno = Libc.LastErrno;
                if (errno is not (Errno.EAGAIN or Errno.EINTR or Errno.ENETDOWN))
                    _observer.OnListenFailed(errno);
                return DrainResult.Empty(taken);
            }
            MacAddress sender = from.sll_halen == MacAddress.Length ? MacAddress.FromBytes(new ReadOnlySpan<byte>(from.sll_addr, MacAddress.Length)) : default;
            _observer.OnNeighbour(_buffer.AsSpan(0, (int)received), sender, now);
        }
        return DrainResult.More(budget);
    }

    public void Dispose() => close(Descriptor);

    private static OsError Bind(int descriptor, int interfaceIndex, ushort protocol)
    {
        sockaddr_ll address = new()
        {
            sll_family = (ushort)AF_PACKET,
            sll_protocol = BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(protocol) : protocol,
            sll_ifindex = interfaceIndex,
        };
        return bind(descriptor, (sockaddr*)&address, sizeof(sockaddr_ll)) == 0 ? default : OsError.Last("bind(AF_PACKET)");
    }
}
