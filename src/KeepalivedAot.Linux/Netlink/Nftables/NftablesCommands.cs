using System.Buffers.Binary;
using System.Runtime.InteropServices;
using KeepalivedAot.Base;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Sockets;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Netlink.Nftables;

/// <summary>
/// Changes tables, chains, sets and rules of nf_tables: requests are collected, sent as one transaction, and answered before
/// <see cref="Commit"/> returns.
/// </summary>
/// <remarks>
/// <code>
/// NFNL_MSG_BATCH_BEGIN | NEWTABLE | NEWCHAIN | NEWSET | NEWSETELEM (many elements) | NEWRULE ... | NFNL_MSG_BATCH_END
/// </code>
/// The kernel does all of a transaction or nothing. Each request has a tag of the caller's choice, and each gets exactly one
/// <see cref="INetlinkResults.OnResult"/>, in order: the error for what was refused, ECANCELED for all that was undone with it. A
/// request that finds the batch full commits what was collected before it. Elements of one set that follow each other share a message, so
/// thousands of them take a few. Allocates nothing once its lists have grown.
/// </remarks>
public sealed partial class NftablesCommands : IDisposable
{
    private const int ReceiveBufferBytes = 1 << 18;

    // As for rtnetlink: what an answer takes of the receive buffer, with room for a sentence.
    private const int ReceiveBufferPerAnswer = 2048;
    private const int MostRequests = 256;

    // Below what every kernel lets a socket send at once (net.core.wmem_default).
    private const int BatchBytes = 32 * 1024;

    private static readonly int MarkerLength = NetlinkMessageWriter.HeaderLength + Marshal.SizeOf<nfgenmsg>();

    private readonly int _descriptor;
    private readonly INetlinkResults _results;
    private readonly byte[] _batch = GC.AllocateUninitializedArray<byte>(BatchBytes, pinned: true);
    private readonly AnswerReader _answers;
    private readonly int _mostRequests;
    private readonly List<Request> _requests = [];
    private readonly List<int> _tags = [];
    private readonly byte[] _extack = new byte[256];
    private int _extackLength;
    private int _batchLength;
    private uint _firstSequence = 1;
    private bool _isCommitting;

    private NftablesCommands(int descriptor, int mostRequests, INetlinkResults results)
    {
        _descriptor = descriptor;
        _results = results;
        _mostRequests = mostRequests;
        _answers = new AnswerReader(descriptor);
        PortId = NetlinkSocket.PortOf(descriptor);
    }

    /// <summary>The port by which notifications name who asked for a change (nlmsg_pid).</summary>
    public uint PortId { get; }

    /// <param name="results">Called from within <see cref="Commit"/>; it may not add requests there.</param>
    /// <returns>EPROTONOSUPPORT when the kernel has no netfilter.</returns>
    public static OsError Open(INetlinkResults results, out NftablesCommands? commands)
    {
        commands = null;
        OsError failure = NetlinkSocket.Open(groups: 0, ReceiveBufferBytes, out int descriptor, Libc.NETLINK_NETFILTER);
        if (failure.IsError)
            return failure;
        Errno error = SocketOptions.Get(descriptor, SOL_SOCKET, SO_RCVBUF, out int granted);
        if (error != Errno.None)
        {
            close(descriptor);
            return new OsError("getsockopt(SO_RCVBUF)", null, error);
        }
        commands = new NftablesCommands(descriptor, Math.Clamp(granted / ReceiveBufferPerAnswer, 1, MostRequests), results);
        return default;
    }

    /// <summary>Sends what was collected and reports each result.</summary>
    public void Commit()
    {
        Invariant.Require(!_isCommitting, "no request is made while results are reported");
        if (_requests.Count == 0)
            return;
        _isCommitting = true;
        _openSet = null;
        WriteMarker(Libc.NFNL_MSG_BATCH_END, _firstSequence + 1 + (uint)_requests.Count);
        Errno error = NetlinkSocket.Send(_descriptor, _batch.AsSpan(0, _batchLength));
        // Nothing was done when sending failed.
        Outcome outcome = error == Errno.None ? ReadAnswers() : new Outcome(error, error);
        Report(outcome);
        _firstSequence += (uint)_requests.Count + 2;
        _requests.Clear();
        _tags.Clear();
        _batchLength = 0;
        _extackLength = 0;
        _isCommitting = false;
    }

    public void Dispose() => close(_descriptor);

    private NetlinkMessageWriter Begin(ushort message, ushort flags, NftablesTable table)
    {
        Invariant.Require(!_isCommitting, "no request is made while results are reported");
        if (_requests.Count >= _mostRequests)
            Commit();
        if (_requests.Count == 0)
            WriteMarker(Libc.NFNL_MSG_BATCH_BEGIN, _firstSequence);
        NetlinkMessageWriter writer = new(
            Room(_batchLength), TypeOf(message), (ushort)(flags | Libc.NLM_F_REQUEST | Libc.NLM_F_ACK), _firstSequence + 1 + (uint)_requests.Count);
        writer.Append(new nfgenmsg { nfgen_family = table.Protocol });
        return writer;
    }

    // False when the batch was full: it has been committed, and the message must be written again.
    private bool TryEnd(in NetlinkMessageWriter writer, int tag, int firstElement = 0, int elementLength = 0)
    {
        if (!writer.TryFinish(out int length))
        {
            Invariant.Require(_requests.Count > 0, "a request fits into an empty batch");
            Commit();
            return false;
        }
        _requests.Add(new Request { FirstTag = _tags.Count, Tags = 1, FirstElement = firstElement, ElementLength = elementLength });
        _tags.Add(tag);
        _batchLength += length;
        return true;
    }

    // The end of the batch always fits.
    private Span<byte> Room(int from) => _batch.AsSpan(from, BatchBytes - MarkerLength - from);

    private void WriteMarker(ushort type, uint sequence)
    {
        NetlinkMessageWriter writer = new(_batch.AsSpan(_batchLength), type, Libc.NLM_F_REQUEST, sequence);
        writer.Append(new nfgenmsg { res_id = BinaryPrimitives.ReverseEndianness(Libc.NFNL_SUBSYS_NFTABLES) });
        bool fits = writer.TryFinish(out int length);
        Invariant.Require(fits, "the ends of a batch fit into it");
        _batchLength += length;
    }

    private static ushort TypeOf(ushort message) => (ushort)((Libc.NFNL_SUBSYS_NFTABLES << 8) | message);

    // What was refused says so; what was not is undone with it all the same. An error about the begin or the end is about all.
    private Outcome ReadAnswers()
    {
        Outcome outcome = default;
        int answered = 0;
        while (_answers.TryRead(out uint sequence, out Errno error, out ReadOnlySpan<byte> extack, out int culprit))
        {
            uint position = sequence - _firstSequence - 1;
            if (position < (uint)_requests.Count)
            {
                answered++;
                if (error == Errno.None)
                    continue;
                if (outcome.First == Errno.None)
                    KeepSentence(extack);
                outcome = outcome with { First = outcome.First == Errno.None ? error : outcome.First };
                Request refused = _requests[(int)position];
                _requests[(int)position] = refused with { Error = error, Culprit = refused.ElementAt(culprit) };
            }
            else if (error != Errno.None && IsOfMarker(sequence))
            {
                outcome = new Outcome(error, error);
            }
        }
        // Whether it was done is not known then.
        if (outcome.First == Errno.None && answered < _requests.Count)
            outcome = new Outcome(Errno.ENOBUFS, Errno.ENOBUFS);
        return outcome;
    }

    // A late answer to an earlier batch is passed over.
    private bool IsOfMarker(uint sequence) => sequence == _firstSequence || sequence == _firstSequence + 1 + (uint)_requests.Count;

    private void KeepSentence(ReadOnlySpan<byte> extack)
    {
        _extackLength = Math.Min(extack.Length, _extack.Length);
        extack[.._extackLength].CopyTo(_extack);
    }

    private void Report(Outcome outcome)
    {
        Errno others = outcome.All != Errno.None ? outcome.All : outcome.First != Errno.None ? Errno.ECANCELED : Errno.None;
        foreach (Request request in CollectionsMarshal.AsSpan(_requests))
        {
            for (int i = 0; i < request.Tags; i++)
            {
                bool isCulprit = request.Error != Errno.None && (request.Culprit < 0 || request.Culprit == i);
                if (isCulprit)
                    _results.OnResult(_tags[request.FirstTag + i], request.Error, _extack.AsSpan(0, request.Error == outcome.First ? _extackLength : 0));
                else
                    _results.OnResult(_tags[request.FirstTag + i], others, default);
            }
        }
    }

    /// <param name="First">The first error of a request.</param>
    /// <param name="All">The error of everything that has none of its own; None when it is undone with the rest, or done.</param>
    private readonly record struct Outcome(Errno First, Errno All);

    private readonly record struct Request
    {
        public int FirstTag { get; init; }

        public int Tags { get; init; }

        /// <summary>Where the first element stands in the message; 0 for what is not about elements.</summary>
        public int FirstElement { get; init; }

        public int ElementLength { get; init; }

        public Errno Error { get; init; }

        /// <summary>Which of its elements was refused; -1 when that is not known.</summary>
        public int Culprit { get; init; }

        /// <param name="offset">In the message.</param>
        public int ElementAt(int offset)
            => ElementLength == 0 ? 0
                : offset >= FirstElement && (offset - FirstElement) / ElementLength < Tags ? (offset - FirstElement) / ElementLength
                : Tags == 1 ? 0 : -1;
    }
}
