using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Tmds.Linux;

namespace KeepalivedAot.Linux.Sockets;

/// <summary>Writes ancillary data, as CMSG_FIRSTHDR, CMSG_NXTHDR and CMSG_DATA of cmsg(3) do.</summary>
internal ref struct ControlMessageWriter(Span<byte> buffer)
{
    private readonly Span<byte> _buffer = buffer;

    /// <summary>What msg_controllen is to be.</summary>
    public int Length { get; private set; }

    /// <summary>CMSG_SPACE of a value of this type.</summary>
    public static int Space<T>() where T : unmanaged
        => ControlMessageReader.Align(ControlMessageReader.HeaderLength + Unsafe.SizeOf<T>());

    public void Append<T>(int level, int type, in T value) where T : unmanaged
    {
        Span<byte> target = _buffer.Slice(Length, Space<T>());
        target.Clear();
        uint length = (uint)(ControlMessageReader.HeaderLength + Unsafe.SizeOf<T>());
        cmsghdr header = new() { cmsg_len = length, cmsg_level = level, cmsg_type = type };
        MemoryMarshal.Write(target, header);
        MemoryMarshal.Write(target[ControlMessageReader.HeaderLength..], value);
        Length += target.Length;
    }
}

/// <summary>Walks over ancillary data. A length that lies ends the walk.</summary>
internal ref struct ControlMessageReader(ReadOnlySpan<byte> buffer)
{
    public static readonly int HeaderLength = Align(Unsafe.SizeOf<cmsghdr>());

    private ReadOnlySpan<byte> _rest = buffer;

    public static int Align(int length) => (length + nint.Size - 1) & ~(nint.Size - 1);

    public bool TryRead(out int level, out int type, out ReadOnlySpan<byte> value)
    {
        level = 0;
        type = 0;
        value = default;
        if (!MemoryMarshal.TryRead(_rest, out cmsghdr header))
            return false;
        ulong length = header.cmsg_len;
        if (length < (ulong)HeaderLength || length > (ulong)_rest.Length)
            return false;
        level = header.cmsg_level;
        type = header.cmsg_type;
        value = _rest[HeaderLength..(int)length];
        _rest = _rest[Math.Min(Align((int)length), _rest.Length)..];
        return true;
    }
}
