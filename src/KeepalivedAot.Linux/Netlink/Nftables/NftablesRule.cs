using System.Collections.Immutable;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Linux.Netlink.Nftables;

/// <summary>A rule: expressions that are worked through until one of them does not hold.</summary>
/// <param name="text">As nft(8) writes it.</param>
public sealed class NftablesRule(NftablesChain chain, string text, ImmutableArray<NftablesExpression> expressions)
{
    public NftablesChain Chain => chain;

    public override string ToString() => $"rule '{text}' of {chain}";

    internal void Write(ref NetlinkMessageWriter writer)
    {
        writer.Attribute(Libc.NFTA_RULE_TABLE, chain.Table.NameBytes);
        writer.Attribute(Libc.NFTA_RULE_CHAIN, chain.NameBytes);
        int list = writer.BeginNested(Libc.NFTA_RULE_EXPRESSIONS);
        foreach (NftablesExpression expression in expressions)
            expression.Write(ref writer);
        writer.EndNested(list);
    }
}
