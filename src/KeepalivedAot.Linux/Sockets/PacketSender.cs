using System.Runtime.InteropServices;
using KeepalivedAot.Base;
using KeepalivedAot.Linux.Interop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Sockets;

/// <summary>
/// Sends whole Ethernet frames out of any interface (packet(7)): collected, then sent with one system call. Receives nothing.
/// </summary>
/// <remarks>Allocates nothing after opening.</remarks>
public sealed unsafe class PacketSender : IDisposable
{
    /// <summary>Two addresses and the EtherType.</summary>
    public const int MinimumFrameLength = 14;

    private const int EtherTypeOffset = 12;

    private readonly int _descriptor;
    private readonly SendBatch _batch;

    private PacketSender(int descriptor, int batchFrames, int batchBytes, ISendResults results)
    {
        _descriptor = descriptor;
        _batch = new SendBatch(descriptor, batchFrames, batchBytes, results);
    }

    /// <summary>Frames that wait for <see cref="Flush"/>.</summary>
    public int Pending => _batch.Count;

    /// <param name="results">Called from within <see cref="Flush"/>; it may not queue there.</param>
    /// <param name="batchFrames">How many frames a batch holds.</param>
    /// <param name="batchBytes">How many bytes a batch holds.</param>
    public static SyscallFailure Open(
        ISendResults results, out PacketSender? sender, int batchFrames = 256, int batchBytes = 32 * 1024)
    {
        // Protocol 0: the kernel gives this socket nothing to receive.
        int descriptor = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        sender = descriptor < 0 ? null : new PacketSender(descriptor, batchFrames, batchBytes, results);
        return descriptor < 0 ? SyscallFailure.Last("socket(AF_PACKET)") : default;
    }

    /// <summary>Copies a frame into the batch; flushes first when the batch is full.</summary>
    /// <param name="frame">From the destination address on, without the check sequence. The driver pads a short one.</param>
    /// <param name="tag">Comes back with the result.</param>
    public void Queue(int interfaceIndex, ReadOnlySpan<byte> frame, int tag)
    {
        Invariant.Require(frame.Length >= MinimumFrameLength, "a frame has an Ethernet header");
        _batch.Reserve(frame.Length, out Span<byte> name, out _);
        sockaddr_ll destination = new()
        {
            sll_family = (ushort)AF_PACKET,
            sll_ifindex = interfaceIndex,
            // In network order, as it stands in the frame: classifiers look here.
            sll_protocol = MemoryMarshal.Read<ushort>(frame[EtherTypeOffset..]),
        };
        MemoryMarshal.Write(name, destination);
        _batch.Add(frame, sizeof(sockaddr_ll), controlLength: 0, flags: 0, tag);
    }

    /// <summary>Sends all that was queued and reports each result.</summary>
    public void Flush() => _batch.Flush();

    public void Dispose() => close(_descriptor);
}
