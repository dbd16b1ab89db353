using KeepalivedAot.Base;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Linux.Netlink.Nftables;

/// <summary>A set of keys, or a map from keys to interfaces.</summary>
public sealed class NftablesSet
{
    // A key of several parts has the numbers of all of them, the first in the highest bits.
    private const int TypeBits = 6;

    // Who prints a set wants to know the byte order of its keys: a list of type, length and value (NFTNL_UDATA_SET_*).
    private const byte KeyByteOrder = 0;
    private const byte DataByteOrder = 1;
    private const byte HostOrder = 1;
    private const byte NetworkOrder = 2;

    private readonly uint _keyType;
    private readonly int _keyLength;

    /// <param name="key">The parts of a key, in their order.</param>
    public NftablesSet(NftablesTable table, string name, params ReadOnlySpan<SetDataType> key)
    {
        Invariant.Require(!key.IsEmpty, "a key has a part");
        Table = table;
        Name = name;
        NameBytes = NftablesName.Terminated(name);
        IsInHostOrder = key is not ([SetDataType.IPv4Address] or [SetDataType.IPv6Address]);
        foreach (SetDataType part in key)
        {
            _keyType = (_keyType << TypeBits) | (uint)part;
            // In a key of several parts each begins at a multiple of four.
            _keyLength = NetlinkMessageWriter.Align(_keyLength) + LengthOf(part);
        }
    }

    public NftablesTable Table { get; }

    public string Name { get; }

    /// <summary>Keys stand for interface indices.</summary>
    public bool IsMap { get; init; }

    /// <summary>Nothing is added once it is used.</summary>
    public bool IsConstant { get; init; }

    internal byte[] NameBytes { get; }

    private bool IsInHostOrder { get; }

    public override string ToString() => $"{(IsMap ? "map" : "set")} {Name} of {Table}";

    /// <param name="id">Its number in the transaction.</param>
    internal void Write(ref NetlinkMessageWriter writer, uint id)
    {
        uint flags = (IsMap ? Libc.NFT_SET_MAP : 0) | (IsConstant ? Libc.NFT_SET_CONSTANT : 0);
        writer.Attribute(Libc.NFTA_SET_TABLE, Table.NameBytes);
        writer.Attribute(Libc.NFTA_SET_NAME, NameBytes);
        if (flags != 0)
            writer.NetworkAttribute(Libc.NFTA_SET_FLAGS, flags);
        writer.NetworkAttribute(Libc.NFTA_SET_KEY_TYPE, _keyType);
        writer.NetworkAttribute(Libc.NFTA_SET_KEY_LEN, (uint)_keyLength);
        if (IsMap)
        {
            writer.NetworkAttribute(Libc.NFTA_SET_DATA_TYPE, (uint)SetDataType.InterfaceIndex);
            writer.NetworkAttribute(Libc.NFTA_SET_DATA_LEN, (uint)LengthOf(SetDataType.InterfaceIndex));
        }
        writer.NetworkAttribute(Libc.NFTA_SET_ID, id);
        byte order = IsInHostOrder ? HostOrder : NetworkOrder;
        ReadOnlySpan<byte> userData = [KeyByteOrder, sizeof(uint), order, 0, 0, 0, DataByteOrder, sizeof(uint), HostOrder, 0, 0, 0];
        writer.Attribute(Libc.NFTA_SET_USERDATA, IsMap ? userData : userData[..6]);
    }

    /// <summary>What the elements of a message belong to.</summary>
    internal void WriteIdentity(ref NetlinkMessageWriter writer)
    {
        writer.Attribute(Libc.NFTA_SET_ELEM_LIST_TABLE, Table.NameBytes);
        writer.Attribute(Libc.NFTA_SET_ELEM_LIST_SET, NameBytes);
    }

    private static int LengthOf(SetDataType type) => type switch
    {
        SetDataType.IPv6Address => 16,
        SetDataType.InterfaceName => KernelName.Size,
        SetDataType.Icmpv6Type => 1,
        _ => 4,
    };
}
