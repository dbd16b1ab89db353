using KeepalivedAot.Base.Net;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Linux.Netlink.Nftables;

/// <summary>A table of nf_tables: chains, sets and rules of one family that go together.</summary>
/// <param name="name">At most 255 bytes.</param>
public sealed class NftablesTable(AddressFamily family, string name)
{
    public AddressFamily Family => family;

    public string Name => name;

    internal byte[] NameBytes { get; } = NftablesName.Terminated(name);

    // NFPROTO_* are AF_*.
    internal byte Protocol => family == AddressFamily.IPv6 ? AddressMessage.AF_INET6 : AddressMessage.AF_INET;

    /// <summary>As nft(8) writes it: <c>table ip6 keepalived</c>.</summary>
    public override string ToString() => $"table {(family == AddressFamily.IPv6 ? "ip6" : "ip")} {name}";

    internal void Write(ref NetlinkMessageWriter writer) => writer.Attribute(Libc.NFTA_TABLE_NAME, NameBytes);
}
