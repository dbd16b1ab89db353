using System.Buffers.Binary;
using System.Runtime.InteropServices;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Linux.Netlink.Nftables;

/// <summary>An element of a set: the octets of its key, and in a map the interface that the key stands for.</summary>
public readonly record struct SetElement
{
    private const int PartLength = 16;
    private const int LongestKey = 2 * PartLength;

    // In memory order; what is behind the key is 0, so that equal keys are equal values.
    private readonly UInt128 _first;
    private readonly UInt128 _second;
    private readonly byte _length;
    private readonly int _data;

    private SetElement(ReadOnlySpan<byte> key, int data = 0)
    {
        Span<byte> octets = stackalloc byte[LongestKey];
        octets.Clear();
        key.CopyTo(octets);
        _first = BinaryPrimitives.ReadUInt128LittleEndian(octets);
        _second = BinaryPrimitives.ReadUInt128LittleEndian(octets[PartLength..]);
        _length = (byte)key.Length;
        _data = data;
    }

    public static SetElement Of(byte icmpType) => new([icmpType]);

    public static SetElement Of(IpAddress address)
    {
        Span<byte> key = stackalloc byte[IpAddress.IPv6Length];
        address.CopyTo(key);
        return new SetElement(key[..address.Length]);
    }

    public static SetElement Of(IpAddress address, int interfaceIndex)
    {
        Span<byte> key = stackalloc byte[IpAddress.IPv6Length + sizeof(int)];
        address.CopyTo(key);
        MemoryMarshal.Write(key[address.Length..], interfaceIndex);
        return new SetElement(key[..(address.Length + sizeof(int))]);
    }

    public static SetElement Of(IpAddress address, KernelName interfaceName)
    {
        Span<byte> key = stackalloc byte[IpAddress.IPv6Length + KernelName.Size];
        address.CopyTo(key);
        interfaceName.CopyTo(key[address.Length..]);
        return new SetElement(key[..(address.Length + KernelName.Size)]);
    }

    public static SetElement OfInterface(int interfaceIndex)
    {
        Span<byte> key = stackalloc byte[sizeof(int)];
        MemoryMarshal.Write(key, interfaceIndex);
        return new SetElement(key);
    }

    /// <summary>Of a map.</summary>
    public static SetElement Mapping(int fromInterface, int toInterface)
    {
        Span<byte> key = stackalloc byte[sizeof(int)];
        MemoryMarshal.Write(key, fromInterface);
        return new SetElement(key, toInterface);
    }

    /// <summary>The octets of the key, and of what it stands for: <c>0A000064</c>, <c>04000000 : 3</c>.</summary>
    public override string ToString()
    {
        Span<byte> key = stackalloc byte[LongestKey];
        CopyKeyTo(key);
        string text = Convert.ToHexString(key[.._length]);
        return _data == 0 ? text : $"{text} : {_data}";
    }

    internal void Write(ref NetlinkMessageWriter writer)
    {
        Span<byte> key = stackalloc byte[LongestKey];
        CopyKeyTo(key);
        int element = writer.BeginNested(Libc.NFTA_LIST_ELEM);
        NftablesData.Write(ref writer, Libc.NFTA_SET_ELEM_KEY, key[.._length]);
        if (_data != 0)
        {
            MemoryMarshal.Write(key, _data);
            NftablesData.Write(ref writer, Libc.NFTA_SET_ELEM_DATA, key[..sizeof(int)]);
        }
        writer.EndNested(element);
    }

    private void CopyKeyTo(Span<byte> key)
    {
        BinaryPrimitives.WriteUInt128LittleEndian(key, _first);
        BinaryPrimitives.WriteUInt128LittleEndian(key[PartLength..], _second);
    }
}
