using KeepalivedAot.Base;

namespace KeepalivedAot.Linux.Netlink.Nftables;

/// <summary>A name as nf_tables takes it: with a NUL behind it.</summary>
internal static class NftablesName
{
    public static byte[] Terminated(string name) => [.. ByteText.Encode(name), 0];
}
