using KeepalivedAot.Base;
using KeepalivedAot.Linux.Interop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Sockets;

/// <summary>
/// Datagrams that wait for one sendmmsg(2): copies of bytes, destinations and ancillary data in memory made beforehand.
/// </summary>
internal sealed unsafe class SendBatch
{
    /// <summary>A sockaddr_in6 needs 28 bytes.</summary>
    public const int NameBytes = 32;

    /// <summary>in6_pktinfo and a hop limit need 64 bytes.</summary>
    public const int ControlBytes = 64;

    private readonly int _descriptor;
    private readonly ISendResults _results;
    private readonly byte[] _bytes;
    private readonly byte[] _names;
    private readonly byte[] _controls;
    private readonly iovec[] _vectors;
    private readonly mmsghdr[] _headers;
    private readonly int[] _flags;
    private readonly int[] _tags;
    private int _count;
    private int _length;
    private bool _isFlushing;

    public SendBatch(int descriptor, int datagrams, int bytes, ISendResults results)
    {
        _descriptor = descriptor;
        _results = results;
        _bytes = GC.AllocateUninitializedArray<byte>(bytes, pinned: true);
        _names = GC.AllocateArray<byte>(datagrams * NameBytes, pinned: true);
        _controls = GC.AllocateArray<byte>(datagrams * ControlBytes, pinned: true);
        _vectors = GC.AllocateArray<iovec>(datagrams, pinned: true);
        _headers = GC.AllocateArray<mmsghdr>(datagrams, pinned: true);
        _flags = new int[datagrams];
        _tags = new int[datagrams];
    }

    public int Count => _count;

    /// <summary>Makes room for one more, if need be by a flush.</summary>
    /// <param name="name">For the sockaddr; <see cref="NameBytes"/>.</param>
    /// <param name="control">For ancillary data; <see cref="ControlBytes"/>.</param>
    public void Reserve(int length, out Span<byte> name, out Span<byte> control)
    {
        Invariant.Require(!_isFlushing, "nothing is queued while results are reported");
        Invariant.Require(length <= _bytes.Length, "a datagram fits into an empty batch");
        if (_count == _headers.Length || length > _bytes.Length - _length)
            Flush();
        name = _names.AsSpan(_count * NameBytes, NameBytes);
        control = _controls.AsSpan(_count * ControlBytes, ControlBytes);
    }

    /// <summary>Takes what <see cref="Reserve"/> made room for.</summary>
    /// <param name="flags">MSG_*.</param>
    public void Add(ReadOnlySpan<byte> datagram, int nameLength, int controlLength, int flags, int tag)
    {
        datagram.CopyTo(_bytes.AsSpan(_length));
        _vectors[_count].iov_base = SocketOptions.PointerTo(_bytes) + _length;
        _vectors[_count].iov_len = (size_t)datagram.Length;
        _headers[_count].msg_hdr = new msghdr
        {
            msg_name = SocketOptions.PointerTo(_names) + _count * NameBytes,
            msg_namelen = (uint)nameLength,
            msg_iov = SocketOptions.PointerTo(_vectors) + _count,
            msg_iovlen = 1,
            msg_control = controlLength == 0 ? null : SocketOptions.PointerTo(_controls) + _count * ControlBytes,
            msg_controllen = (uint)controlLength,
        };
        _flags[_count] = flags;
        _tags[_count] = tag;
        _length += datagram.Length;
        _count++;
    }

    /// <summary>Sends all, in order, and reports each.</summary>
    public void Flush()
    {
        Invariant.Require(!_isFlushing, "nothing is sent while results are reported");
        _isFlushing = true;
        int done = 0;
        while (done < _count)
        {
            int end = done + 1;
            while (end < _count && _flags[end] == _flags[done])
                end++;
            int flags = _flags[done] | MSG_DONTWAIT | MSG_NOSIGNAL;
            int sent = Libc.sendmmsg(_descriptor, SocketOptions.PointerTo(_headers) + done, (uint)(end - done), flags);
            Errno error = sent < 0 ? Libc.LastErrno : Errno.None;
            if (error == Errno.EINTR)
                continue;
            // An error is that of the first one; it is passed over, and those behind it get their own try.
            if (sent < 1)
                _results.OnSent(_tags[done++], error);
            for (; sent > 0; sent--)
                _results.OnSent(_tags[done++], Errno.None);
        }
        _count = 0;
        _length = 0;
        _isFlushing = false;
    }
}
