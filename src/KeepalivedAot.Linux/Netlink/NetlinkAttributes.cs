using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Linux.Netlink;

/// <summary>Walks over attributes, in place: those of a message, or those nested in one of them.</summary>
internal ref struct NetlinkAttributes(ReadOnlySpan<byte> attributes)
{
    private ReadOnlySpan<byte> _rest = attributes;

    /// <summary>Why the walk ended early. None when all bytes were attributes.</summary>
    public NetlinkFault Fault { get; private set; }

    /// <summary>Splits a payload into its fixed part and the attributes behind it.</summary>
    public static bool TrySplit<T>(ReadOnlySpan<byte> payload, out T fixedPart, out NetlinkAttributes attributes)
        where T : unmanaged
    {
        attributes = default;
        if (!MemoryMarshal.TryRead(payload, out fixedPart))
            return false;
        int offset = NetlinkMessageWriter.Align(Unsafe.SizeOf<T>());
        attributes = new NetlinkAttributes(payload[Math.Min(offset, payload.Length)..]);
        return true;
    }

    /// <param name="type">Without the flags NLA_F_NESTED and NLA_F_NET_BYTEORDER.</param>
    /// <returns>False at the end, or at a fault.</returns>
    public bool TryRead(out ushort type, out ReadOnlySpan<byte> value)
    {
        type = 0;
        value = default;
        // The kernel's own walk also takes fewer than four bytes at the end for padding.
        if (!MemoryMarshal.TryRead(_rest, out rtattr header))
            return false;
        if (header.rta_len < NetlinkMessageWriter.AttributeHeaderLength)
            return Stop(NetlinkFault.AttributeLengthTooSmall);
        if (header.rta_len > _rest.Length)
            return Stop(NetlinkFault.AttributeLengthTooLarge);
        type = (ushort)(header.rta_type & Libc.NLA_TYPE_MASK);
        value = _rest[NetlinkMessageWriter.AttributeHeaderLength..header.rta_len];
        _rest = _rest[Math.Min(NetlinkMessageWriter.Align(header.rta_len), _rest.Length)..];
        return true;
    }

    private bool Stop(NetlinkFault fault)
    {
        Fault = fault;
        _rest = default;
        return false;
    }
}
