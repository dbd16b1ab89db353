using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Linux.Netlink.Nftables;

/// <summary>Where a base chain of type filter sees packets.</summary>
public enum NftablesHook : byte
{
    /// <summary>A chain that is only gone to from others.</summary>
    None,

    /// <summary>Packets for this host.</summary>
    Input,

    /// <summary>Packets from this host.</summary>
    Output,
}

/// <summary>A chain of rules. What no rule decides is accepted.</summary>
/// <param name="priority">Among the base chains of the hook, the lowest first; of no meaning without a hook.</param>
public sealed class NftablesChain(NftablesTable table, string name, NftablesHook hook = NftablesHook.None, int priority = 0)
{
    private static ReadOnlySpan<byte> FilterType => "filter\0"u8;

    public NftablesTable Table => table;

    public string Name => name;

    internal byte[] NameBytes { get; } = NftablesName.Terminated(name);

    public override string ToString() => $"chain {name} of {table}";

    internal void Write(ref NetlinkMessageWriter writer)
    {
        writer.Attribute(Libc.NFTA_CHAIN_TABLE, table.NameBytes);
        writer.Attribute(Libc.NFTA_CHAIN_NAME, NameBytes);
        if (hook == NftablesHook.None)
            return;
        int mark = writer.BeginNested(Libc.NFTA_CHAIN_HOOK);
        writer.NetworkAttribute(Libc.NFTA_HOOK_HOOKNUM, hook == NftablesHook.Input ? Libc.NF_INET_LOCAL_IN : Libc.NF_INET_LOCAL_OUT);
        writer.NetworkAttribute(Libc.NFTA_HOOK_PRIORITY, unchecked((uint)priority));
        writer.EndNested(mark);
        writer.NetworkAttribute(Libc.NFTA_CHAIN_POLICY, Libc.NF_ACCEPT);
        writer.Attribute(Libc.NFTA_CHAIN_TYPE, FilterType);
    }
}
