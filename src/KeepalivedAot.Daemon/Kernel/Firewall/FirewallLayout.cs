using System.Collections.Immutable;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Daemon.Worlds;
using KeepalivedAot.Linux.Netlink.Nftables;

namespace KeepalivedAot.Daemon.Kernel.Firewall;

/// <summary>How keepalived lays out its table of one family: chains, sets and rules, with the names, the order and the expressions that it gives them.</summary>
internal sealed class FirewallLayout
{
    // RFC 791 and RFC 8200: where a header has what.
    private const int IPv4Protocol = 9;
    private const int IPv4Source = 12;
    private const int IPv4Destination = 16;
    private const int IPv6NextHeader = 6;
    private const int IPv6Source = 8;
    private const int IPv6Destination = 24;
    private const int IcmpType = 0;

    // RFC 4861, 4.4.
    private const int NeighborTarget = 8;

    private const byte Igmp = 2;
    private const byte Icmpv6 = 58;
    private const byte RouterSolicitation = 133;
    private const byte NeighborSolicitation = 135;
    private const byte NeighborAdvertisement = 136;
    private const byte Mldv2Report = 143;

    private readonly FirewallSettings _settings;
    private readonly NftablesChain _out;
    private readonly Part[] _parts;

    public FirewallLayout(AddressFamily family, FirewallSettings settings)
    {
        _settings = settings;
        Table = new NftablesTable(family, settings.Table);
        _out = new NftablesChain(Table, "out", NftablesHook.Output, settings.Priority);
        NftablesChain into = new(Table, "in", NftablesHook.Input, settings.Priority);
        if (family == AddressFamily.IPv4)
        {
            Vips = new NftablesSet(Table, "vips", SetDataType.IPv4Address);
            VmacMap = MakeVmacMap();
            _parts = [MakeIgmp(), MakeIPv4Drop(into)];
            return;
        }
        NftablesChain intoLinkLocal = new(Table, "in_link_local");
        NftablesChain outLinkLocal = new(Table, "out_link_local");
        Vips = new NftablesSet(Table, "vips", SetDataType.IPv6Address);
        VmacMap = MakeVmacMap();
        VmacSet = new NftablesSet(Table, "vmac_set", SetDataType.InterfaceIndex);
        LinkLocalByIndex = new NftablesSet(Table, "vips_link_local", SetDataType.IPv6Address, SetDataType.InterfaceIndex);
        LinkLocalByName = new NftablesSet(Table, "vips_link_local_name", SetDataType.IPv6Address, SetDataType.InterfaceName);
        ParentLinkLocal = new NftablesSet(Table, "parent_link_local", SetDataType.IPv6Address, SetDataType.InterfaceIndex);
        _parts =
        [
            MakeMld(VmacSet),
            MakeParentLinkLocal(ParentLinkLocal),
            MakeIPv6Drop(into, intoLinkLocal, outLinkLocal),
            MakeLinkLocal(FirewallParts.LinkLocalByIndex, LinkLocalByIndex, intoLinkLocal, outLinkLocal),
            MakeLinkLocal(FirewallParts.LinkLocalByName, LinkLocalByName, intoLinkLocal, outLinkLocal),
        ];
    }

    public NftablesTable Table { get; }

    /// <summary>The addresses whose packets are dropped.</summary>
    public NftablesSet Vips { get; }

    /// <summary>From each virtual MAC's interface to the one below.</summary>
    public NftablesSet VmacMap { get; }

    /// <summary>IPv6 only: the interfaces of virtual MACs.</summary>
    public NftablesSet? VmacSet { get; }

    /// <summary>IPv6 only.</summary>
    public NftablesSet? LinkLocalByIndex { get; }

    /// <summary>IPv6 only.</summary>
    public NftablesSet? LinkLocalByName { get; }

    /// <summary>IPv6 only: on each virtual MAC the address that it has from the interface below.</summary>
    public NftablesSet? ParentLinkLocal { get; }

    /// <summary>Asks for those parts; what they share with those that are there is not asked for again.</summary>
    /// <param name="ask">Gives each request its tag.</param>
    public void Request(IFirewallKernel kernel, FirewallParts parts, FirewallParts present, Func<object, int> ask)
    {
        foreach (Part part in _parts)
        {
            if ((parts & ~present & part.Kind) == 0)
                continue;
            foreach (NftablesChain chain in part.Chains)
            {
                if (!ReferenceEquals(chain, _out) || present == FirewallParts.None)
                    kernel.AddChain(chain, ask(chain));
            }
            foreach (NftablesSet set in part.Sets)
                kernel.AddSet(set, ask(set));
            foreach ((NftablesSet set, SetElement element) in part.Constants)
                kernel.AddElement(set, element, ask(set));
            foreach (NftablesRule rule in part.Rules)
                kernel.AddRule(rule, ask(rule));
            present |= part.Kind;
        }
    }

    private NftablesSet MakeVmacMap() => new(Table, "vmac_map", SetDataType.InterfaceIndex) { IsMap = true };

    private Part MakeIgmp() => new(
        FirewallParts.VirtualMac, [_out], [VmacMap],
        [
            Rule(
                _out, $"ip protocol igmp {FromMacvlanText}dup to ip daddr device oif map @vmac_map drop", VerdictExpression.Drop,
                [
                    PayloadExpression.OfNetworkHeader(IPv4Protocol, 1), new EqualExpression([Igmp]),
                    PayloadExpression.OfNetworkHeader(IPv4Destination, IpAddress.IPv4Length), .. FromMacvlan, .. ToInterfaceBelow(),
                ]),
        ]);

    private Part MakeMld(NftablesSet vmacs) => new(
        FirewallParts.VirtualMac, [_out], [VmacMap, vmacs],
        [
            Rule(
                _out, $"icmpv6 type mld2-listener-report {FromMacvlanText}dup to ip6 daddr device oif map @vmac_map drop", VerdictExpression.Drop,
                [
                    .. IcmpOfType(Mldv2Report), PayloadExpression.OfNetworkHeader(IPv6Destination, IpAddress.IPv6Length), .. FromMacvlan,
                    .. ToInterfaceBelow(),
                ]),
            Rule(
                _out, $"icmpv6 type nd-router-solicit {FromMacvlanText}oif @vmac_set drop", VerdictExpression.Drop,
                [
                    .. IcmpOfType(RouterSolicitation), .. FromMacvlan, new MetaExpression(NftablesMeta.OutputInterface, NftablesRegister.Second),
                    new LookupExpression(vmacs, NftablesRegister.Second),
                ]),
        ]);

    // The interface below answers for its address itself, with the MAC address that is its own (keepalived 2.4).
    private Part MakeParentLinkLocal(NftablesSet parents) => new(
        FirewallParts.ParentLinkLocal, [_out], [parents],
        [
            Rule(
                _out, "icmpv6 type nd-neighbor-advert icmpv6 taddr . oif @parent_link_local drop", VerdictExpression.Drop,
                [
                    .. IcmpOfType(NeighborAdvertisement), PayloadExpression.OfTransportHeader(NeighborTarget, IpAddress.IPv6Length),
                    new MetaExpression(NftablesMeta.OutputInterface, NftablesRegister.Second), new LookupExpression(parents),
                ]),
        ]);

    private Part MakeIPv4Drop(NftablesChain into) => new(
        FirewallParts.Drop, [_out, into], [Vips],
        [
            Rule(
                into, "ip daddr @vips drop", VerdictExpression.Drop,
                PayloadExpression.OfNetworkHeader(IPv4Destination, IpAddress.IPv4Length), new LookupExpression(Vips)),
            Rule(
                _out, "ip saddr @vips drop", VerdictExpression.Drop,
                PayloadExpression.OfNetworkHeader(IPv4Source, IpAddress.IPv4Length), new LookupExpression(Vips)),
        ]);

    // Without Neighbor Discovery nobody would find the router that forwards.
    private Part MakeIPv6Drop(NftablesChain into, NftablesChain intoLinkLocal, NftablesChain outLinkLocal)
    {
        NftablesSet discovery = new(Table, "neighbor-discovery", SetDataType.Icmpv6Type) { IsConstant = true };
        NftablesExpression[] isDiscovery =
        [
            PayloadExpression.OfNetworkHeader(IPv6NextHeader, 1), new EqualExpression([Icmpv6]),
            PayloadExpression.OfTransportHeader(IcmpType, 1), new LookupExpression(discovery),
        ];
        return new Part(
            FirewallParts.Drop, [_out, into, intoLinkLocal, outLinkLocal], [Vips, discovery],
            [
                Rule(into, "icmpv6 type @neighbor-discovery accept", VerdictExpression.Accept, isDiscovery),
                Rule(into, "ip6 daddr fe80::/10 goto in_link_local", VerdictExpression.Goto(intoLinkLocal), IsLinkLocal(IPv6Destination)),
                Rule(_out, "icmpv6 type @neighbor-discovery accept", VerdictExpression.Accept, isDiscovery),
                Rule(_out, "ip6 saddr fe80::/10 goto out_link_local", VerdictExpression.Goto(outLinkLocal), IsLinkLocal(IPv6Source)),
                Rule(
                    into, "ip6 daddr @vips drop", VerdictExpression.Drop,
                    PayloadExpression.OfNetworkHeader(IPv6Destination, IpAddress.IPv6Length), new LookupExpression(Vips)),
                Rule(
                    _out, "ip6 saddr @vips drop", VerdictExpression.Drop,
                    PayloadExpression.OfNetworkHeader(IPv6Source, IpAddress.IPv6Length), new LookupExpression(Vips)),
            ])
        {
            Constants = [(discovery, SetElement.Of(NeighborSolicitation)), (discovery, SetElement.Of(NeighborAdvertisement))],
        };
    }

    private Part MakeLinkLocal(FirewallParts kind, NftablesSet set, NftablesChain intoLinkLocal, NftablesChain outLinkLocal)
    {
        bool byName = kind == FirewallParts.LinkLocalByName;
        return new Part(
            kind, [], [set],
            [
                Rule(
                    intoLinkLocal, $"ip6 daddr . {(byName ? "iifname" : "iif")} @{set.Name} drop", VerdictExpression.Drop,
                    PayloadExpression.OfNetworkHeader(IPv6Destination, IpAddress.IPv6Length),
                    new MetaExpression(byName ? NftablesMeta.InputInterfaceName : NftablesMeta.InputInterface, NftablesRegister.Second),
                    new LookupExpression(set)),
                Rule(
                    outLinkLocal, $"ip6 saddr . {(byName ? "oifname" : "oif")} @{set.Name} drop", VerdictExpression.Drop,
                    PayloadExpression.OfNetworkHeader(IPv6Source, IpAddress.IPv6Length),
                    new MetaExpression(byName ? NftablesMeta.OutputInterfaceName : NftablesMeta.OutputInterface, NftablesRegister.Second),
                    new LookupExpression(set)),
            ]);
    }

    private NftablesRule Rule(NftablesChain chain, string text, VerdictExpression verdict, params ReadOnlySpan<NftablesExpression> conditions)
        => new(chain, text, [.. conditions, .. _settings.HasCounters ? (ReadOnlySpan<NftablesExpression>)[new CounterExpression()] : [], verdict]);

    private static NftablesExpression[] IcmpOfType(byte type) =>
    [
        new MetaExpression(NftablesMeta.TransportProtocol), new EqualExpression([Icmpv6]),
        PayloadExpression.OfTransportHeader(IcmpType, 1), new EqualExpression([type]),
    ];

    private static NftablesExpression[] IsLinkLocal(int offset)
    {
        // fe80::/10
        Span<byte> mask = stackalloc byte[IpAddress.IPv6Length];
        Span<byte> prefix = stackalloc byte[IpAddress.IPv6Length];
        mask.Clear();
        prefix.Clear();
        (mask[0], mask[1]) = (0xFF, 0xC0);
        (prefix[0], prefix[1]) = (0xFE, 0x80);
        return [PayloadExpression.OfNetworkHeader(offset, IpAddress.IPv6Length), new MaskExpression(mask), new EqualExpression(prefix)];
    }

    // Both work in the second register, so that the first keeps the address.
    private NftablesExpression[] FromMacvlan => !_settings.TellsKinds ? [] :
    [
        new MetaExpression(NftablesMeta.OutputInterfaceKind, NftablesRegister.Second),
        new EqualExpression("macvlan\0\0\0\0\0\0\0\0\0"u8, NftablesRegister.Second),
    ];

    private string FromMacvlanText => _settings.TellsKinds ? "meta oifkind \"macvlan\" " : "";

    private NftablesExpression[] ToInterfaceBelow() =>
    [
        new MetaExpression(NftablesMeta.OutputInterface, NftablesRegister.Second), new LookupExpression(VmacMap, NftablesRegister.Second),
        new DuplicateExpression(),
    ];

    private sealed record Part(FirewallParts Kind, ImmutableArray<NftablesChain> Chains, ImmutableArray<NftablesSet> Sets, ImmutableArray<NftablesRule> Rules)
    {
        public ImmutableArray<(NftablesSet Set, SetElement Element)> Constants { get; init; } = [];
    }
}
