using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Linux.Netlink.Nftables;

/// <summary>Octets as nf_tables keeps them in registers, keys and constants (enum nft_data_attributes).</summary>
internal static class NftablesData
{
    public static void Write(ref NetlinkMessageWriter writer, ushort type, scoped ReadOnlySpan<byte> value)
    {
        int mark = writer.BeginNested(type);
        writer.Attribute(Libc.NFTA_DATA_VALUE, value);
        writer.EndNested(mark);
    }
}
