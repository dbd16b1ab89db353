using System.Buffers.Binary;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Linux.Netlink.Routing;

/// <summary>How packets that take a route are wrapped up (RTA_ENCAP, linux/lwtunnel.h).</summary>
public abstract record RouteTunnel
{
    private protected abstract ushort Type { get; }

    private protected abstract void WriteAttributes(ref NetlinkMessageWriter writer);

    internal void Write(ref NetlinkMessageWriter writer)
    {
        writer.Attribute(Libc.RTA_ENCAP_TYPE, Type);
        int mark = writer.BeginNested(Libc.RTA_ENCAP);
        WriteAttributes(ref writer);
        writer.EndNested(mark);
    }

    private protected static ulong NetworkOrder(ulong value) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;

    private protected static ushort NetworkOrder(ushort value) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
}

/// <summary>LWTUNNEL_ENCAP_IP and LWTUNNEL_ENCAP_IP6: what is null, or no address, is left to the tunnel device.</summary>
public sealed record IpRouteTunnel(AddressFamily Family) : RouteTunnel
{
    public ulong? Id { get; init; }

    public IpAddress Destination { get; init; }

    public IpAddress Source { get; init; }

    /// <summary>TTL or hop limit of outer packets.</summary>
    public byte? HopLimit { get; init; }

    /// <summary>Type of service or traffic class of outer packets.</summary>
    public byte? TrafficClass { get; init; }

    public ushort? Flags { get; init; }

    private protected override ushort Type => Family == AddressFamily.IPv6 ? Libc.LWTUNNEL_ENCAP_IP6 : Libc.LWTUNNEL_ENCAP_IP;

    private protected override void WriteAttributes(ref NetlinkMessageWriter writer)
    {
        if (Id is ulong id)
            writer.Attribute(Libc.LWTUNNEL_IP_ID, NetworkOrder(id));
        if (!Destination.IsNone)
            writer.Attribute(Libc.LWTUNNEL_IP_DST, Destination);
        if (!Source.IsNone)
            writer.Attribute(Libc.LWTUNNEL_IP_SRC, Source);
        if (HopLimit is byte hopLimit)
            writer.Attribute(Libc.LWTUNNEL_IP_TTL, hopLimit);
        if (TrafficClass is byte trafficClass)
            writer.Attribute(Libc.LWTUNNEL_IP_TOS, trafficClass);
        if (Flags is ushort flags)
            writer.Attribute(Libc.LWTUNNEL_IP_FLAGS, NetworkOrder(flags));
    }
}

/// <summary>LWTUNNEL_ENCAP_MPLS: labels (RFC 3032), outermost first, each 20 bits.</summary>
public sealed record MplsRouteTunnel(IReadOnlyList<uint> Labels) : RouteTunnel
{
    private const int LabelShift = 12;
    private const uint BottomOfStack = 1 << 8;

    private protected override ushort Type => Libc.LWTUNNEL_ENCAP_MPLS;

    private protected override void WriteAttributes(ref NetlinkMessageWriter writer)
    {
        Span<byte> stack = stackalloc byte[Labels.Count * sizeof(uint)];
        for (int i = 0; i < Labels.Count; i++)
        {
            uint entry = (Labels[i] << LabelShift) | (i == Labels.Count - 1 ? BottomOfStack : 0);
            BinaryPrimitives.WriteUInt32BigEndian(stack[(i * sizeof(uint))..], entry);
        }
        writer.Attribute(Libc.MPLS_IPTUNNEL_DST, stack);
    }
}

/// <summary>LWTUNNEL_ENCAP_ILA: identifier-locator addressing.</summary>
/// <param name="Locator">What replaces the upper half of the destination address.</param>
public sealed record IlaRouteTunnel(ulong Locator) : RouteTunnel
{
    private protected override ushort Type => Libc.LWTUNNEL_ENCAP_ILA;

    private protected override void WriteAttributes(ref NetlinkMessageWriter writer) => writer.Attribute(Libc.ILA_ATTR_LOCATOR, NetworkOrder(Locator));
}
