using KeepalivedAot.Base;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Sockets;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Netlink;

/// <summary>
/// Changes links and addresses: requests are collected, sent many to a system call, and answered before <see cref="Flush"/>
/// returns.
/// </summary>
/// <remarks>
/// Each request has a tag of the caller's choice, and each gets exactly one <see cref="INetlinkResults.OnResult"/>, in order,
/// from within <see cref="Flush"/>. A request that finds the batch full flushes it first. One that fails does not stop those
/// behind it. rtnetlink works during sendto(2), so the answers are there when it returns and nothing has to be awaited. Allocates
/// nothing after opening. One partial file per kind of object (<c>RtnetlinkCommands.Addresses.cs</c>).
/// </remarks>
public sealed partial class RtnetlinkCommands : IDisposable
{
    private const int ReceiveBufferBytes = 1 << 20;

    // What an acknowledgement takes of the socket's receive buffer is its sk_buff with overhead: under 1 KiB on a 64-bit kernel;
    // twice that for a long sentence.
    private const int ReceiveBufferPerAnswer = 2048;

    private const int BatchBytes = 32 * 1024;
    private const int MaximumBatchRequests = 1024;

    private readonly int _descriptor;
    private readonly INetlinkResults _results;
    private readonly byte[] _batch = GC.AllocateUninitializedArray<byte>(BatchBytes, pinned: true);
    private readonly AnswerReader _answers;
    private readonly int[] _tags;
    private int _mostRequests;
    private int _batchLength;
    private int _requests;
    private uint _firstSequence = 1;
    private bool _isFlushing;

    private RtnetlinkCommands(int descriptor, int maximumRequests, INetlinkResults results)
    {
        _descriptor = descriptor;
        _results = results;
        _mostRequests = maximumRequests;
        _tags = new int[maximumRequests];
        _answers = new AnswerReader(descriptor);
        PortId = NetlinkSocket.PortOf(descriptor);
    }

    /// <summary>The port by which notifications name who asked for a change (nlmsg_pid).</summary>
    public uint PortId { get; }

    /// <summary>Requests that were added since the last <see cref="Flush"/>.</summary>
    public int Pending => _requests;

    /// <param name="results">Called from within <see cref="Flush"/>; it may not add requests there.</param>
    public static OsError Open(INetlinkResults results, out RtnetlinkCommands? commands)
        => Open(results, ReceiveBufferBytes, out commands);

    /// <summary>Another size of the receive buffer; where it is smaller, batches are too, so that every answer has room.</summary>
    /// <param name="forced">Beyond net.core.rmem_max, which needs CAP_NET_ADMIN.</param>
    public OsError SetReceiveBuffer(int bytes, bool forced)
    {
        OsError failure = SocketOptions.SetReceiveBuffer(_descriptor, bytes, forced);
        Errno error = SocketOptions.Get(_descriptor, SOL_SOCKET, SO_RCVBUF, out int granted);
        if (error == Errno.None)
            _mostRequests = Math.Clamp(granted / ReceiveBufferPerAnswer, 1, _tags.Length);
        return failure;
    }

    internal static OsError Open(INetlinkResults results, int receiveBufferBytes, out RtnetlinkCommands? commands)
    {
        commands = null;
        OsError failure = NetlinkSocket.Open(groups: 0, receiveBufferBytes, out int descriptor);
        if (failure.IsError)
            return failure;
        Errno error = SocketOptions.Get(descriptor, SOL_SOCKET, SO_RCVBUF, out int granted);
        if (error != Errno.None)
        {
            close(descriptor);
            return new OsError("getsockopt(SO_RCVBUF)", null, error);
        }
        int maximumRequests = Math.Clamp(granted / ReceiveBufferPerAnswer, 1, MaximumBatchRequests);
        commands = new RtnetlinkCommands(descriptor, maximumRequests, results);
        return default;
    }

    /// <summary>Sends what was collected and reports each result.</summary>
    public void Flush()
    {
        Invariant.Require(!_isFlushing, "no request is made while results are reported");
        if (_requests == 0)
            return;
        _isFlushing = true;
        Errno error = NetlinkSocket.Send(_descriptor, _batch.AsSpan(0, _batchLength));
        int answered = error == Errno.None ? ReadAnswers() : 0;
        // Nothing was done when sending failed. When it did not, what has no answer now will never have one.
        if (error == Errno.None)
            error = Errno.ENOBUFS;
        for (; answered < _requests; answered++)
            _results.OnResult(_tags[answered], error, default);
        _firstSequence += (uint)_requests;
        _requests = 0;
        _batchLength = 0;
        _isFlushing = false;
    }

    public void Dispose() => close(_descriptor);

    private NetlinkMessageWriter Begin(ushort type, ushort flags)
    {
        Invariant.Require(!_isFlushing, "no request is made while results are reported");
        if (_requests >= _mostRequests)
            Flush();
        flags |= Libc.NLM_F_REQUEST | Libc.NLM_F_ACK;
        return new NetlinkMessageWriter(_batch.AsSpan(_batchLength), type, flags, _firstSequence + (uint)_requests);
    }

    // False when the batch was full: it has been flushed, and the message must be written again.
    private bool TryEnd(in NetlinkMessageWriter writer, int tag)
    {
        if (!writer.TryFinish(out int length))
        {
            Invariant.Require(_requests > 0, "a request fits into an empty batch");
            Flush();
            return false;
        }
        _tags[_requests++] = tag;
        _batchLength += length;
        return true;
    }

    // Returns how many requests have been reported. The kernel answers in order; a gap is a lost answer.
    private int ReadAnswers()
    {
        int reported = 0;
        while (reported < _requests && _answers.TryRead(out uint sequence, out Errno error, out ReadOnlySpan<byte> extack))
        {
            uint position = sequence - _firstSequence;
            // An answer to an earlier batch, which was given up then.
            if (position >= (uint)_requests || position < (uint)reported)
                continue;
            while (reported < position)
                _results.OnResult(_tags[reported++], Errno.ENOBUFS, default);
            _results.OnResult(_tags[reported++], error, extack);
        }
        return reported;
    }
}
