using System.Buffers.Binary;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Linux.Netlink.Nftables;

/// <summary>What tells a table that is as it was from one that somebody else has changed, or made anew under the same name.</summary>
/// <param name="Handle">Given once to each table of a network namespace, never again.</param>
/// <param name="Objects">How many chains and sets it has.</param>
public readonly record struct NftablesTableStatus(ulong Handle, uint Objects)
{
    internal static NetlinkFault TryParse(ReadOnlySpan<byte> payload, out NftablesTableStatus status)
    {
        status = default;
        if (!NetlinkAttributes.TrySplit(payload, out nfgenmsg _, out NetlinkAttributes attributes))
            return NetlinkFault.TruncatedPayload;
        ulong handle = 0;
        uint objects = 0;
        while (attributes.TryRead(out ushort type, out ReadOnlySpan<byte> value))
        {
            bool valid = type switch
            {
                Libc.NFTA_TABLE_USE => BinaryPrimitives.TryReadUInt32BigEndian(value, out objects),
                Libc.NFTA_TABLE_HANDLE => BinaryPrimitives.TryReadUInt64BigEndian(value, out handle),
                _ => true,
            };
            if (!valid)
                return NetlinkFault.AttributeSize;
        }
        status = new NftablesTableStatus(handle, objects);
        return attributes.Fault;
    }
}
