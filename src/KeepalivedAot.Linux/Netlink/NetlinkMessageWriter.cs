using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KeepalivedAot.Base;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Linux.Netlink;

/// <summary>Writes one netlink message at the start of the caller's bytes.</summary>
/// <remarks>
/// What does not fit is a value, not an exception: the writer remembers it, ignores the rest, and
/// <see cref="TryFinish"/> says so. Padding is always written, so that nothing of an older message is sent.
/// <code>
/// nlmsghdr | fixed part | rtattr value pad | rtattr ( rtattr value pad ... ) | ...
/// </code>
/// </remarks>
internal ref struct NetlinkMessageWriter
{
    /// <summary>NLMSG_ALIGNTO and RTA_ALIGNTO.</summary>
    public const int Alignment = 4;
    public const int HeaderLength = 16;
    public const int AttributeHeaderLength = 4;

    private readonly Span<byte> _buffer;
    private int _length;
    private bool _overflowed;

    /// <param name="sequence">Comes back in the acknowledgement.</param>
    public NetlinkMessageWriter(Span<byte> buffer, ushort type, ushort flags, uint sequence)
    {
        _buffer = buffer;
        Append(new nlmsghdr { nlmsg_type = type, nlmsg_flags = flags, nlmsg_seq = sequence });
    }

    private NetlinkMessageWriter(Span<byte> buffer, int length)
    {
        _buffer = buffer;
        _length = length;
    }

    /// <summary>Goes on behind the end of a message that has been finished. Until it is finished anew it stays what it was.</summary>
    /// <param name="buffer">Begins with the message; what is behind it is free.</param>
    public static NetlinkMessageWriter Resume(Span<byte> buffer)
        => new(buffer, Align((int)MemoryMarshal.Read<nlmsghdr>(buffer).nlmsg_len));

    /// <summary>How much has been written, from the message's first byte.</summary>
    public readonly int Length => _length;

    public static int Align(int length) => (length + Alignment - 1) & ~(Alignment - 1);

    /// <summary>The fixed part behind the header: ifaddrmsg, ifinfomsg, rtmsg ...</summary>
    public void Append<T>(in T value) where T : unmanaged
    {
        Span<byte> target = Claim(Unsafe.SizeOf<T>());
        if (!target.IsEmpty)
            MemoryMarshal.Write(target, value);
    }

    public void Attribute(ushort type, scoped ReadOnlySpan<byte> value)
    {
        int length = AttributeHeaderLength + value.Length;
        if (length > ushort.MaxValue)
        {
            _overflowed = true;
            return;
        }
        Span<byte> target = Claim(length);
        if (target.IsEmpty)
            return;
        MemoryMarshal.Write(target, new rtattr { rta_len = (ushort)length, rta_type = type });
        value.CopyTo(target[AttributeHeaderLength..]);
    }

    /// <summary>A number or structure in the host's byte order.</summary>
    public void Attribute<T>(ushort type, T value) where T : unmanaged
        => Attribute(type, MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));

    /// <summary>A number in network order, as netfilter has them.</summary>
    public void NetworkAttribute(ushort type, uint value)
        => Attribute(type, BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value);

    /// <summary>A NUL-terminated string.</summary>
    public void Attribute(ushort type, KernelName name)
    {
        Span<byte> bytes = stackalloc byte[KernelName.Size];
        name.CopyTo(bytes);
        Attribute(type, bytes[..(name.Length + 1)]);
    }

    public void Attribute(ushort type, IpAddress address)
    {
        Span<byte> bytes = stackalloc byte[IpAddress.IPv6Length];
        address.CopyTo(bytes);
        Attribute(type, bytes[..address.Length]);
    }

    /// <summary>
    /// Opens an attribute that holds attributes; close it with <see cref="EndNested"/> and the value returned here.
    /// </summary>
    public int BeginNested(ushort type)
    {
        int mark = _length;
        Append(new rtattr { rta_len = AttributeHeaderLength, rta_type = (ushort)(type | Libc.NLA_F_NESTED) });
        return mark;
    }

    /// <summary>
    /// Opens a structure that begins with its own length, 16 bits, and has attributes behind it (struct rtnexthop); close it with
    /// <see cref="EndNested"/> and the value returned here.
    /// </summary>
    public int BeginStructure<T>(in T value) where T : unmanaged
    {
        int mark = _length;
        Append(value);
        return mark;
    }

    public void EndNested(int mark)
    {
        if (_overflowed)
            return;
        int length = _length - mark;
        Invariant.Require(mark >= HeaderLength && length >= AttributeHeaderLength, "a nested attribute ends behind its begin");
        if (length > ushort.MaxValue)
            _overflowed = true;
        else
            MemoryMarshal.Write(_buffer[mark..], (ushort)length);
    }

    /// <summary>Completes the header.</summary>
    /// <returns>False when the message did not fit; then nothing of the buffer may be sent.</returns>
    public readonly bool TryFinish(out int length)
    {
        length = 0;
        if (_overflowed)
            return false;
        MemoryMarshal.Write(_buffer, (uint)_length);
        length = _length;
        return true;
    }

    // Takes the bytes and their padding; what is padding is 0. Every length is a multiple of four, so messages can follow each
    // other.
    private Span<byte> Claim(int length)
    {
        int padded = Align(length);
        if (_overflowed || padded > _buffer.Length - _length)
        {
            _overflowed = true;
            return default;
        }
        Span<byte> target = _buffer.Slice(_length, padded);
        target[length..].Clear();
        _length += padded;
        return target;
    }
}
