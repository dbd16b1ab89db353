using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Linux.Netlink;

/// <summary>The kernel's answer to one request: NLMSG_ERROR, with errno 0 as the acknowledgement.</summary>
/// <remarks>
/// <code>
/// nlmsghdr | error | nlmsghdr of the request | its payload, unless NLM_F_CAPPED | attributes, if NLM_F_ACK_TLVS
/// </code>
/// </remarks>
internal static class NetlinkAnswer
{
    /// <summary>An answer that was cut behind its errno still counts: the caller must learn what became of the request.</summary>
    /// <param name="extack">NLMSGERR_ATTR_MSG without its NUL; empty when there is none.</param>
    public static bool TryParse(ReadOnlySpan<byte> datagram, out uint sequence, out Errno error, out ReadOnlySpan<byte> extack)
        => TryParse(datagram, out sequence, out error, out extack, out _);

    /// <param name="culprit">
    /// NLMSGERR_ATTR_OFFS: where in the request the attribute stands that was refused, counted from its nlmsghdr; 0 when the kernel does
    /// not tell.
    /// </param>
    public static bool TryParse(
        ReadOnlySpan<byte> datagram, out uint sequence, out Errno error, out ReadOnlySpan<byte> extack, out int culprit)
    {
        sequence = 0;
        error = Errno.None;
        extack = default;
        culprit = 0;
        if (!MemoryMarshal.TryRead(datagram, out nlmsghdr header) || header.nlmsg_type != Libc.NLMSG_ERROR)
            return false;
        int end = (int)Math.Min(header.nlmsg_len, (uint)datagram.Length);
        if (end < NetlinkMessageWriter.HeaderLength)
            return false;
        NetlinkMessage message = new(header, datagram[NetlinkMessageWriter.HeaderLength..end]);
        if (!message.TryReadErrno(out error))
            return false;
        sequence = header.nlmsg_seq;
        if ((header.nlmsg_flags & Libc.NLM_F_ACK_TLVS) != 0)
            extack = ReadExplanation(message, out culprit);
        return true;
    }

    private static ReadOnlySpan<byte> ReadExplanation(NetlinkMessage message, out int culprit)
    {
        culprit = 0;
        ReadOnlySpan<byte> sentence = default;
        if (!MemoryMarshal.TryRead(message.Payload, out nlmsgerr answer))
            return default;
        long begin = Unsafe.SizeOf<nlmsgerr>();
        if ((message.Flags & Libc.NLM_F_CAPPED) == 0)
        {
            int requestLength = (int)Math.Min(answer.msg.nlmsg_len, (uint)message.Payload.Length);
            begin += NetlinkMessageWriter.Align(requestLength) - NetlinkMessageWriter.HeaderLength;
        }
        if (begin < Unsafe.SizeOf<nlmsgerr>() || begin > message.Payload.Length)
            return default;
        NetlinkAttributes attributes = new(message.Payload[(int)begin..]);
        while (attributes.TryRead(out ushort type, out ReadOnlySpan<byte> value))
        {
            if (type == Libc.NLMSGERR_ATTR_MSG)
                sentence = value.TrimEnd((byte)0);
            else if (type == Libc.NLMSGERR_ATTR_OFFS && MemoryMarshal.TryRead(value, out uint offset))
                culprit = offset <= ushort.MaxValue * 2 ? (int)offset : 0;
        }
        return sentence;
    }
}
