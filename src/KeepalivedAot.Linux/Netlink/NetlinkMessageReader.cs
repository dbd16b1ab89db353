using System.Runtime.InteropServices;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Linux.Netlink;

/// <summary>Walks over the messages of one received datagram, in place.</summary>
/// <remarks>
/// The bytes may say anything: a length that lies ends the walk and is a <see cref="Fault"/>, never an exception.
/// </remarks>
internal ref struct NetlinkMessageReader(ReadOnlySpan<byte> datagram)
{
    private ReadOnlySpan<byte> _rest = datagram;

    /// <summary>Why the walk ended early. None when all bytes were messages.</summary>
    public NetlinkFault Fault { get; private set; }

    /// <returns>False at the end, or at a fault.</returns>
    public bool TryRead(out NetlinkMessage message)
    {
        message = default;
        if (_rest.IsEmpty)
            return false;
        if (!MemoryMarshal.TryRead(_rest, out nlmsghdr header))
            return Stop(NetlinkFault.TruncatedHeader);
        if (header.nlmsg_len < NetlinkMessageWriter.HeaderLength)
            return Stop(NetlinkFault.MessageLengthTooSmall);
        if (header.nlmsg_len > (uint)_rest.Length)
            return Stop(NetlinkFault.MessageLengthTooLarge);
        int length = (int)header.nlmsg_len;
        message = new NetlinkMessage(header, _rest[NetlinkMessageWriter.HeaderLength..length]);
        // The padding of the last message may be missing. A length near the buffer's cannot overflow: the buffer is far from 2
        // GiB.
        _rest = _rest[Math.Min(NetlinkMessageWriter.Align(length), _rest.Length)..];
        return true;
    }

    private bool Stop(NetlinkFault fault)
    {
        Fault = fault;
        _rest = default;
        return false;
    }
}

/// <summary>One message, read in place.</summary>
internal readonly ref struct NetlinkMessage(nlmsghdr header, ReadOnlySpan<byte> payload)
{
    public ushort Type { get; } = header.nlmsg_type;
    public ushort Flags { get; } = header.nlmsg_flags;
    public uint Sequence { get; } = header.nlmsg_seq;
    /// <summary>The port that asked: ours in an answer, 0 in most notifications.</summary>
    public uint PortId { get; } = header.nlmsg_pid;
    public ReadOnlySpan<byte> Payload { get; } = payload;

    /// <summary>The errno in NLMSG_ERROR or NLMSG_DONE as a positive number; None is success.</summary>
    public bool TryReadErrno(out Errno errno)
    {
        errno = Errno.None;
        if (!MemoryMarshal.TryRead(Payload, out int value))
            return false;
        // -int.MinValue is no int; no errno of any kernel comes near it.
        errno = value > -4096 && value <= 0 ? (Errno)(-value) : Errno.EPROTO;
        return true;
    }
}
