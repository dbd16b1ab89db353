using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace KeepalivedAot.Tests.EndToEnd.Laboratory;

/// <summary>A raw AF_PACKET socket on one interface of one namespace, with the kernel's receive timestamps.</summary>
internal sealed unsafe class PacketSocket : IDisposable
{
    private const int ReceiveBuffer = 32 << 20;
    private readonly int _descriptor;

    public PacketSocket(string networkNamespace, string interfaceName)
    {
        _descriptor = NetworkNamespace.Run(networkNamespace, () => Open(interfaceName));
    }

    private static int Open(string interfaceName)
    {
        ushort protocol = BinaryPrimitives.ReverseEndianness(Libc.ETH_P_ALL);
        int descriptor = Libc.Checked(Libc.Socket(Libc.AF_PACKET, Libc.SOCK_RAW | Libc.SOCK_CLOEXEC, protocol), "socket AF_PACKET");
        int size = ReceiveBuffer;
        Libc.Checked(Libc.SetSocketOption(descriptor, Libc.SOL_SOCKET, Libc.SO_RCVBUFFORCE, &size, sizeof(int)), "SO_RCVBUFFORCE");
        int on = 1;
        Libc.Checked(Libc.SetSocketOption(descriptor, Libc.SOL_SOCKET, Libc.SO_TIMESTAMPNS, &on, sizeof(int)), "SO_TIMESTAMPNS");
        // Seconds, microseconds: the reader looks up from time to time to see whether it should end.
        long* timeout = stackalloc long[2] { 0, 100_000 };
        Libc.Checked(Libc.SetSocketOption(descriptor, Libc.SOL_SOCKET, Libc.SO_RCVTIMEO, timeout, 2 * sizeof(long)), "SO_RCVTIMEO");
        Libc.SockaddrLl address = new()
        {
            Family = Libc.AF_PACKET,
            Protocol = protocol,
            InterfaceIndex = (int)Libc.InterfaceIndex(interfaceName),
        };
        Libc.Checked(Libc.Bind(descriptor, &address, (uint)sizeof(Libc.SockaddrLl)), $"bind AF_PACKET {interfaceName}");
        return descriptor;
    }

    /// <summary>Receives one frame. Length 0: nothing came for a while, or the interface went down.</summary>
    public int Receive(Span<byte> buffer, out TimeSpan at, out bool outgoing)
    {
        Libc.SockaddrLl from = default;
        byte* control = stackalloc byte[128];
        fixed (byte* data = buffer)
        {
            Libc.Iovec vector = new() { Base = data, Length = (nuint)buffer.Length };
            Libc.Msghdr message = new()
            {
                Name = &from,
                NameLength = (uint)sizeof(Libc.SockaddrLl),
                Vectors = &vector,
                VectorCount = 1,
                Control = control,
                ControlLength = 128,
            };
            nint received = Libc.ReceiveMessage(_descriptor, &message, 0);
            outgoing = from.PacketType == Libc.PACKET_OUTGOING;
            at = received > 0 ? Timestamp(message) : default;
            return received > 0 ? (int)received : 0;
        }
    }

    private static TimeSpan Timestamp(in Libc.Msghdr message)
    {
        // One control message: length (8), level (4), type (4), then struct timespec.
        if (message.ControlLength >= 32 && *(int*)(message.Control + 12) == Libc.SO_TIMESTAMPNS)
            return MonotonicClock.FromRealtime(*(long*)(message.Control + 16), *(long*)(message.Control + 24));
        return MonotonicClock.Now;
    }

    public void Send(ReadOnlySpan<byte> frame)
    {
        fixed (byte* data = frame)
        {
            if (Libc.Send(_descriptor, data, (nuint)frame.Length, 0) != frame.Length)
                throw new LabException($"send: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    public void Dispose() => Libc.Close(_descriptor);
}
