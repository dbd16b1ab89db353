using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Linux.Netlink.Nftables;

// The messages.
public sealed partial class NftablesCommands
{
    // The message that further elements go into, while nothing else has been asked for.
    private NftablesSet? _openSet;
    private ushort _openMessage;
    private int _openAt;
    private int _openList;

    /// <summary>Makes a table, unless there is one of that name.</summary>
    public void AddTable(NftablesTable table, int tag)
    {
        NetlinkMessageWriter writer;
        do
        {
            writer = Begin(Libc.NFT_MSG_NEWTABLE, Libc.NLM_F_CREATE, table);
            table.Write(ref writer);
        }
        while (!TryEnd(writer, tag));
        _openSet = null;
    }

    /// <summary>Removes a table with all that is in it. ENOENT when there is none.</summary>
    public void DeleteTable(NftablesTable table, int tag)
    {
        NetlinkMessageWriter writer;
        do
        {
            writer = Begin(Libc.NFT_MSG_DELTABLE, 0, table);
            table.Write(ref writer);
        }
        while (!TryEnd(writer, tag));
        _openSet = null;
    }

    /// <summary>Makes a chain.</summary>
    public void AddChain(NftablesChain chain, int tag)
    {
        NetlinkMessageWriter writer;
        do
        {
            writer = Begin(Libc.NFT_MSG_NEWCHAIN, Libc.NLM_F_CREATE, chain.Table);
            chain.Write(ref writer);
        }
        while (!TryEnd(writer, tag));
        _openSet = null;
    }

    /// <summary>Makes a set or a map, empty.</summary>
    public void AddSet(NftablesSet set, int tag)
    {
        NetlinkMessageWriter writer;
        do
        {
            writer = Begin(Libc.NFT_MSG_NEWSET, Libc.NLM_F_CREATE, set.Table);
            set.Write(ref writer, id: 1 + (uint)_requests.Count);
        }
        while (!TryEnd(writer, tag));
        _openSet = null;
    }

    /// <summary>Appends a rule to its chain. EOPNOTSUPP, or ENOENT, when the kernel does not know one of its expressions.</summary>
    public void AddRule(NftablesRule rule, int tag)
    {
        NetlinkMessageWriter writer;
        do
        {
            writer = Begin(Libc.NFT_MSG_NEWRULE, Libc.NLM_F_CREATE | Libc.NLM_F_APPEND, rule.Chain.Table);
            rule.Write(ref writer);
        }
        while (!TryEnd(writer, tag));
        _openSet = null;
    }

    /// <summary>Adds an element; one that is there stays. ENOENT without the set.</summary>
    public void AddElement(NftablesSet set, in SetElement element, int tag)
        => WriteElement(Libc.NFT_MSG_NEWSETELEM, Libc.NLM_F_CREATE, set, element, tag);

    /// <summary>Removes an element. ENOENT when there is none.</summary>
    public void DeleteElement(NftablesSet set, in SetElement element, int tag)
        => WriteElement(Libc.NFT_MSG_DELSETELEM, 0, set, element, tag);

    private void WriteElement(ushort message, ushort flags, NftablesSet set, in SetElement element, int tag)
    {
        if (ReferenceEquals(set, _openSet) && message == _openMessage && TryAppend(element, tag))
            return;
        NetlinkMessageWriter writer;
        int list;
        int first;
        do
        {
            writer = Begin(message, flags, set.Table);
            set.WriteIdentity(ref writer);
            list = writer.BeginNested(Libc.NFTA_SET_ELEM_LIST_ELEMENTS);
            first = writer.Length;
            element.Write(ref writer);
            writer.EndNested(list);
        }
        while (!TryEnd(writer, tag, first, writer.Length - first));
        _openSet = set;
        _openMessage = message;
        _openList = list;
        _openAt = _batchLength - writer.Length;
    }

    // False when the message, or the batch, is full.
    private bool TryAppend(in SetElement element, int tag)
    {
        NetlinkMessageWriter writer = NetlinkMessageWriter.Resume(Room(_openAt));
        element.Write(ref writer);
        writer.EndNested(_openList);
        if (!writer.TryFinish(out int length))
            return false;
        _batchLength = _openAt + length;
        Request request = _requests[^1];
        _requests[^1] = request with { Tags = request.Tags + 1 };
        _tags.Add(tag);
        return true;
    }
}
