using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Sockets;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Netlink;

/// <summary>Reads the acknowledgements that wait on a netlink socket, many to a system call.</summary>
internal sealed unsafe class AnswerReader
{
    // An acknowledgement is 36 bytes, an error with its sentence rarely over 200. One that is longer is cut, behind its errno.
    private const int SlotBytes = 512;
    private const int Slots = 32;

    private readonly int _descriptor;
    private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(Slots * SlotBytes, pinned: true);
    private readonly sockaddr_nl[] _senders = GC.AllocateArray<sockaddr_nl>(Slots, pinned: true);
    private readonly iovec[] _vectors = GC.AllocateArray<iovec>(Slots, pinned: true);
    private readonly mmsghdr[] _headers = GC.AllocateArray<mmsghdr>(Slots, pinned: true);
    private int _filled;
    private int _next;

    public AnswerReader(int descriptor)
    {
        _descriptor = descriptor;
        for (int i = 0; i < Slots; i++)
        {
            _vectors[i].iov_base = SocketOptions.PointerTo(_bytes) + i * SlotBytes;
            _vectors[i].iov_len = SlotBytes;
        }
    }

    /// <returns>False when no answer waits.</returns>
    public bool TryRead(out uint sequence, out Errno error, out ReadOnlySpan<byte> extack)
        => TryRead(out sequence, out error, out extack, out _);

    /// <param name="culprit">Where in the request the refused attribute stands; 0 when that is not told.</param>
    /// <returns>False when no answer waits.</returns>
    public bool TryRead(out uint sequence, out Errno error, out ReadOnlySpan<byte> extack, out int culprit)
    {
        while (true)
        {
            while (_next < _filled)
            {
                int slot = _next++;
                int length = (int)Math.Min(_headers[slot].msg_len, SlotBytes);
                if (_senders[slot].nl_pid == 0
                    && NetlinkAnswer.TryParse(_bytes.AsSpan(slot * SlotBytes, length), out sequence, out error, out extack, out culprit))
                    return true;
            }
            if (!TryFill())
            {
                sequence = 0;
                error = Errno.None;
                extack = default;
                culprit = 0;
                return false;
            }
        }
    }

    private bool TryFill()
    {
        for (int i = 0; i < Slots; i++)
        {
            _headers[i].msg_hdr = new msghdr
            {
                msg_name = SocketOptions.PointerTo(_senders) + i,
                msg_namelen = (uint)sizeof(sockaddr_nl),
                msg_iov = SocketOptions.PointerTo(_vectors) + i,
                msg_iovlen = 1,
            };
        }
        _next = 0;
        _filled = 0;
        while (true)
        {
            int count = Libc.recvmmsg(_descriptor, SocketOptions.PointerTo(_headers), Slots, MSG_DONTWAIT, null);
            if (count > 0)
            {
                _filled = count;
                return true;
            }
            // ENOBUFS is told once and says that answers were lost; those that came before it still wait in the queue.
            Errno error = Libc.LastErrno;
            if (error is not (Errno.EINTR or Errno.ENOBUFS))
                return false;
        }
    }
}
