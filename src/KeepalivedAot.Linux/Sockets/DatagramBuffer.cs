using Tmds.Linux;

namespace KeepalivedAot.Linux.Sockets;

/// <summary>
/// Memory for one recvmmsg(2). All receivers of a loop share one: what is in it is handed on before the next call.
/// </summary>
/// <remarks>The kernel fills it from the front, so that a quiet host touches one page of it.</remarks>
public sealed unsafe class DatagramBuffer
{
    /// <summary>An Ethernet frame of 9000 bytes of payload and some.</summary>
    public const int DefaultDatagramBytes = 9216;

    internal const int NameBytes = 32;
    internal const int ControlBytes = 128;

    private readonly byte[] _bytes;
    private readonly byte[] _names;
    private readonly byte[] _controls;
    private readonly iovec[] _vectors;
    private readonly mmsghdr[] _headers;

    // As many headers in front may have been written to by recvmmsg; and how the others were prepared.
    private int _dirty;
    private bool _hasNames;

    /// <param name="datagrams">How many are received with one call.</param>
    /// <param name="datagramBytes">What is longer is cut, and marked as such.</param>
    public DatagramBuffer(int datagrams = 16, int datagramBytes = DefaultDatagramBytes)
    {
        Datagrams = datagrams;
        DatagramBytes = datagramBytes;
        _bytes = GC.AllocateUninitializedArray<byte>(datagrams * datagramBytes, pinned: true);
        _names = GC.AllocateArray<byte>(datagrams * NameBytes, pinned: true);
        _controls = GC.AllocateArray<byte>(datagrams * ControlBytes, pinned: true);
        _vectors = GC.AllocateArray<iovec>(datagrams, pinned: true);
        _headers = GC.AllocateArray<mmsghdr>(datagrams, pinned: true);
        for (int i = 0; i < datagrams; i++)
        {
            _vectors[i].iov_base = SocketOptions.PointerTo(_bytes) + i * datagramBytes;
            _vectors[i].iov_len = (size_t)datagramBytes;
        }
        _dirty = datagrams;
    }

    public int Datagrams { get; }

    public int DatagramBytes { get; }

    internal mmsghdr* Headers => SocketOptions.PointerTo(_headers);

    /// <summary>recvmmsg writes lengths over what it was given: set them again where it has.</summary>
    /// <param name="hasNames">The kernel shall tell the source.</param>
    internal void Prepare(int datagrams, bool hasNames)
    {
        if (hasNames != _hasNames)
        {
            _hasNames = hasNames;
            _dirty = Datagrams;
        }
        int written = Math.Min(datagrams, _dirty);
        for (int i = 0; i < written; i++)
        {
            _headers[i].msg_hdr = new msghdr
            {
                msg_name = hasNames ? SocketOptions.PointerTo(_names) + i * NameBytes : null,
                msg_namelen = hasNames ? NameBytes : 0u,
                msg_iov = SocketOptions.PointerTo(_vectors) + i,
                msg_iovlen = 1,
                msg_control = SocketOptions.PointerTo(_controls) + i * ControlBytes,
                msg_controllen = ControlBytes,
            };
        }
        if (written == _dirty)
            _dirty = 0;
    }

    /// <summary>recvmmsg has filled so many.</summary>
    internal void Filled(int datagrams) => _dirty = Math.Max(_dirty, datagrams);

    internal ReadOnlySpan<byte> Bytes(int slot)
        => _bytes.AsSpan(slot * DatagramBytes, (int)Math.Min(_headers[slot].msg_len, (uint)DatagramBytes));

    internal ReadOnlySpan<byte> Name(int slot)
        => _names.AsSpan(slot * NameBytes, (int)Math.Min((uint)_headers[slot].msg_hdr.msg_namelen, NameBytes));

    internal ReadOnlySpan<byte> Control(int slot)
        => _controls.AsSpan(slot * ControlBytes, (int)Math.Min((ulong)_headers[slot].msg_hdr.msg_controllen, ControlBytes));

    internal int Flags(int slot) => _headers[slot].msg_hdr.msg_flags;
}
