namespace KeepalivedAot.Linux.Netlink.Nftables;

/// <summary>
/// What the octets of a set's key are. The kernel knows lengths only and keeps the number for nft(8), which prints keys by it (enum
/// datatypes of nftables' include/datatype.h).
/// </summary>
public enum SetDataType : byte
{
    IPv4Address = 7,
    IPv6Address = 8,
    InterfaceIndex = 20,
    Icmpv6Type = 29,
    InterfaceName = 41,
}
