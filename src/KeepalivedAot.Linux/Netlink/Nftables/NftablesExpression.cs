using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Linux.Netlink.Nftables;

/// <summary>One step of a rule: it loads something into a register, looks at one, or decides.</summary>
public abstract class NftablesExpression
{
    /// <summary>With its NUL.</summary>
    private protected abstract ReadOnlySpan<byte> Name { get; }

    private protected abstract void WriteData(ref NetlinkMessageWriter writer);

    internal void Write(ref NetlinkMessageWriter writer)
    {
        int element = writer.BeginNested(Libc.NFTA_LIST_ELEM);
        writer.Attribute(Libc.NFTA_EXPR_NAME, Name);
        int data = writer.BeginNested(Libc.NFTA_EXPR_DATA);
        WriteData(ref writer);
        writer.EndNested(data);
        writer.EndNested(element);
    }
}

/// <summary>A register of 16 octets. What is looked up may reach over into the next.</summary>
public enum NftablesRegister : uint
{
    First = Libc.NFT_REG_1,
    Second = Libc.NFT_REG_2,
}

/// <summary>Loads octets of the packet.</summary>
public sealed class PayloadExpression : NftablesExpression
{
    private readonly uint _base;
    private readonly uint _offset;
    private readonly uint _length;
    private readonly NftablesRegister _into;

    private PayloadExpression(uint header, uint offset, uint length, NftablesRegister into)
    {
        _base = header;
        _offset = offset;
        _length = length;
        _into = into;
    }

    /// <param name="offset">From the first octet of the IP header.</param>
    public static PayloadExpression OfNetworkHeader(int offset, int length, NftablesRegister into = NftablesRegister.First)
        => new(Libc.NFT_PAYLOAD_NETWORK_HEADER, (uint)offset, (uint)length, into);

    /// <param name="offset">From the first octet behind the IP header.</param>
    public static PayloadExpression OfTransportHeader(int offset, int length, NftablesRegister into = NftablesRegister.First)
        => new(Libc.NFT_PAYLOAD_TRANSPORT_HEADER, (uint)offset, (uint)length, into);

    private protected override ReadOnlySpan<byte> Name => "payload\0"u8;

    private protected override void WriteData(ref NetlinkMessageWriter writer)
    {
        writer.NetworkAttribute(Libc.NFTA_PAYLOAD_DREG, (uint)_into);
        writer.NetworkAttribute(Libc.NFTA_PAYLOAD_BASE, _base);
        writer.NetworkAttribute(Libc.NFTA_PAYLOAD_OFFSET, _offset);
        writer.NetworkAttribute(Libc.NFTA_PAYLOAD_LEN, _length);
    }
}

/// <summary>What is known of a packet besides its octets.</summary>
public enum NftablesMeta : uint
{
    InputInterface = Libc.NFT_META_IIF,
    OutputInterface = Libc.NFT_META_OIF,
    InputInterfaceName = Libc.NFT_META_IIFNAME,
    OutputInterfaceName = Libc.NFT_META_OIFNAME,

    /// <summary>The protocol behind all IPv6 extension headers.</summary>
    TransportProtocol = Libc.NFT_META_L4PROTO,

    /// <summary>The kind of interface, such as macvlan (Linux 5.1).</summary>
    OutputInterfaceKind = Libc.NFT_META_OIFKIND,
}

/// <summary>Loads what is known of the packet.</summary>
public sealed class MetaExpression(NftablesMeta key, NftablesRegister into = NftablesRegister.First) : NftablesExpression
{
    private protected override ReadOnlySpan<byte> Name => "meta\0"u8;

    private protected override void WriteData(ref NetlinkMessageWriter writer)
    {
        writer.NetworkAttribute(Libc.NFTA_META_KEY, (uint)key);
        writer.NetworkAttribute(Libc.NFTA_META_DREG, (uint)into);
    }
}

/// <summary>The rule goes on if the register holds these octets.</summary>
public sealed class EqualExpression(ReadOnlySpan<byte> value, NftablesRegister register = NftablesRegister.First) : NftablesExpression
{
    private readonly byte[] _value = value.ToArray();

    private protected override ReadOnlySpan<byte> Name => "cmp\0"u8;

    private protected override void WriteData(ref NetlinkMessageWriter writer)
    {
        writer.NetworkAttribute(Libc.NFTA_CMP_SREG, (uint)register);
        writer.NetworkAttribute(Libc.NFTA_CMP_OP, Libc.NFT_CMP_EQ);
        NftablesData.Write(ref writer, Libc.NFTA_CMP_DATA, _value);
    }
}

/// <summary>Keeps those bits of the first register that are set in a mask.</summary>
public sealed class MaskExpression(ReadOnlySpan<byte> mask) : NftablesExpression
{
    private readonly byte[] _mask = mask.ToArray();

    private protected override ReadOnlySpan<byte> Name => "bitwise\0"u8;

    private protected override void WriteData(ref NetlinkMessageWriter writer)
    {
        Span<byte> inverted = stackalloc byte[_mask.Length];
        inverted.Clear();
        writer.NetworkAttribute(Libc.NFTA_BITWISE_SREG, (uint)NftablesRegister.First);
        writer.NetworkAttribute(Libc.NFTA_BITWISE_DREG, (uint)NftablesRegister.First);
        writer.NetworkAttribute(Libc.NFTA_BITWISE_LEN, (uint)_mask.Length);
        NftablesData.Write(ref writer, Libc.NFTA_BITWISE_MASK, _mask);
        NftablesData.Write(ref writer, Libc.NFTA_BITWISE_XOR, inverted);
    }
}

/// <summary>The rule goes on if the register's key is in a set; in a map what it stands for takes the key's place.</summary>
public sealed class LookupExpression(NftablesSet set, NftablesRegister register = NftablesRegister.First) : NftablesExpression
{
    private protected override ReadOnlySpan<byte> Name => "lookup\0"u8;

    private protected override void WriteData(ref NetlinkMessageWriter writer)
    {
        writer.Attribute(Libc.NFTA_LOOKUP_SET, set.NameBytes);
        writer.NetworkAttribute(Libc.NFTA_LOOKUP_SREG, (uint)register);
        if (set.IsMap)
            writer.NetworkAttribute(Libc.NFTA_LOOKUP_DREG, (uint)register);
    }
}

/// <summary>Counts packets and octets that come as far as here.</summary>
public sealed class CounterExpression : NftablesExpression
{
    private protected override ReadOnlySpan<byte> Name => "counter\0"u8;

    private protected override void WriteData(ref NetlinkMessageWriter writer)
    {
        writer.Attribute(Libc.NFTA_COUNTER_BYTES, 0ul);
        writer.Attribute(Libc.NFTA_COUNTER_PACKETS, 0ul);
    }
}

/// <summary>Sends a copy of the packet to the address in the first register, by the interface in the second.</summary>
public sealed class DuplicateExpression : NftablesExpression
{
    private protected override ReadOnlySpan<byte> Name => "dup\0"u8;

    private protected override void WriteData(ref NetlinkMessageWriter writer)
    {
        writer.NetworkAttribute(Libc.NFTA_DUP_SREG_ADDR, (uint)NftablesRegister.First);
        writer.NetworkAttribute(Libc.NFTA_DUP_SREG_DEV, (uint)NftablesRegister.Second);
    }
}

/// <summary>Decides what becomes of the packet.</summary>
public sealed class VerdictExpression : NftablesExpression
{
    private readonly int _code;
    private readonly NftablesChain? _target;

    private VerdictExpression(int code, NftablesChain? target = null)
    {
        _code = code;
        _target = target;
    }

    public static VerdictExpression Drop { get; } = new(Libc.NF_DROP);

    /// <summary>Later chains of the hook still see it.</summary>
    public static VerdictExpression Accept { get; } = new(Libc.NF_ACCEPT);

    /// <summary>Another chain goes on, and does not come back.</summary>
    public static VerdictExpression Goto(NftablesChain target) => new(Libc.NFT_GOTO, target);

    private protected override ReadOnlySpan<byte> Name => "immediate\0"u8;

    private protected override void WriteData(ref NetlinkMessageWriter writer)
    {
        writer.NetworkAttribute(Libc.NFTA_IMMEDIATE_DREG, Libc.NFT_REG_VERDICT);
        int data = writer.BeginNested(Libc.NFTA_IMMEDIATE_DATA);
        int verdict = writer.BeginNested(Libc.NFTA_DATA_VERDICT);
        writer.NetworkAttribute(Libc.NFTA_VERDICT_CODE, unchecked((uint)_code));
        if (_target is not null)
            writer.Attribute(Libc.NFTA_VERDICT_CHAIN, _target.NameBytes);
        writer.EndNested(verdict);
        writer.EndNested(data);
    }
}
