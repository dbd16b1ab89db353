using KeepalivedAot.Base;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Linux.Netlink.Nftables;

// Asking how things are.
public sealed partial class NftablesCommands
{
    private const int QueryBytes = 1024;

    // Far more than can be left over of earlier answers.
    private const int MostDatagrams = 64;

    /// <summary>Asks for a table; the kernel answers before this returns.</summary>
    /// <returns>ENOENT when there is none of that name.</returns>
    public Errno FindTable(NftablesTable table, out NftablesTableStatus status)
    {
        Invariant.Require(_requests.Count == 0, "no question is asked within a transaction");
        status = default;
        uint sequence = _firstSequence++;
        NetlinkMessageWriter writer = new(_batch, TypeOf(Libc.NFT_MSG_GETTABLE), Libc.NLM_F_REQUEST, sequence);
        writer.Append(new nfgenmsg { nfgen_family = table.Protocol });
        table.Write(ref writer);
        bool fits = writer.TryFinish(out int length);
        Invariant.Require(fits, "a question fits into a batch");
        Errno error = NetlinkSocket.Send(_descriptor, _batch.AsSpan(0, length));
        return error == Errno.None ? ReadTable(sequence, out status) : error;
    }

    private Errno ReadTable(uint sequence, out NftablesTableStatus status)
    {
        status = default;
        Span<byte> buffer = stackalloc byte[QueryBytes];
        for (int i = 0; i < MostDatagrams; i++)
        {
            Errno error = NetlinkSocket.Receive(_descriptor, buffer, out int length, out bool isFromKernel);
            if (error != Errno.None)
                return error == Errno.EAGAIN ? Errno.ENOBUFS : error;
            NetlinkMessageReader reader = new(buffer[..Math.Min(length, QueryBytes)]);
            if (!isFromKernel || !reader.TryRead(out NetlinkMessage message) || message.Sequence != sequence)
                continue;
            if (message.Type == Libc.NLMSG_ERROR)
                return message.TryReadErrno(out error) && error != Errno.None ? error : Errno.EPROTO;
            return message.Type == TypeOf(Libc.NFT_MSG_NEWTABLE)
                && NftablesTableStatus.TryParse(message.Payload, out status) == NetlinkFault.None ? Errno.None : Errno.EPROTO;
        }
        return Errno.ENOBUFS;
    }
}
