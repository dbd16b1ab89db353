using System.Numerics;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Sockets;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Netlink;

/// <summary>Hears from the kernel how links and addresses change, and reads how they are.</summary>
/// <remarks>
/// Notifications and the answers of a snapshot come through one socket, so that they come in the order in which they are true: a
/// link that vanishes while the snapshot is being read is reported, then reported gone. Allocates nothing after opening, unless the kernel says
/// something longer than the buffer.
/// </remarks>
public sealed class RtnetlinkMonitor : IDisposable
{
    public const int DefaultReceiveBufferBytes = 1 << 20;

    // The kernel makes dump datagrams as large as the reader's buffer, up to this.
    private const int BufferBytes = 32 * 1024;

    // A link alone may take more: its list of alternative names is up to 64 KiB long.
    private const int MostBufferBytes = 1 << 20;

    // More than a snapshot can take, so that the start goes on although the kernel has ever more to say.
    private const int MaximumSnapshotTurns = 200_000;

    private readonly ILinkObserver _observer;
    private readonly RtnetlinkSnapshot _snapshot;
    private byte[] _buffer = GC.AllocateUninitializedArray<byte>(BufferBytes, pinned: true);

    private readonly LinkFilter _filter = new();
    private ILinkInterest? _interest;

    // What of the interest the attached filter knows; null while there is none.
    private int? _filteredVersion;

    // A kernel that refuses one refuses the next as well, unless there is less to ask for.
    private int? _refusedVersion;

    // Something was lost. The snapshot waits until the queue is empty: while it is full, the kernel has no room for the answer
    // either.
    private bool _isSnapshotDue;

    private RtnetlinkMonitor(int descriptor, ILinkObserver observer)
    {
        Descriptor = descriptor;
        _observer = observer;
        _snapshot = new RtnetlinkSnapshot(descriptor, observer);
    }

    /// <summary>Readable when <see cref="Drain"/> has something to do.</summary>
    public int Descriptor { get; }

    /// <summary>A snapshot was requested, by the caller or because something was lost, and has not ended.</summary>
    public bool IsSnapshotRunning => _isSnapshotDue || _snapshot.IsRunning;

    /// <summary>Messages that were skipped because their bytes made no sense.</summary>
    public long Malformed { get; private set; }

    /// <summary>How often notifications were lost.</summary>
    public long Lost { get; private set; }

    /// <summary>
    /// Opens and subscribes; changes from now on are reported. How things are now is for <see cref="ReadSnapshot"/>.
    /// </summary>
    /// <param name="receiveBufferBytes">
    /// What may wait before notifications are lost; a link takes some 4 KiB, an address 1 KiB.
    /// </param>
    public static OsError Open(
        ILinkObserver observer, out RtnetlinkMonitor? monitor, int receiveBufferBytes = DefaultReceiveBufferBytes)
    {
        const uint Groups = Libc.RTMGRP_LINK | Libc.RTMGRP_IPV4_IFADDR | Libc.RTMGRP_IPV6_IFADDR;
        OsError failure = NetlinkSocket.Open(Groups, receiveBufferBytes, out int descriptor);
        monitor = !failure.IsError ? new RtnetlinkMonitor(descriptor, observer) : null;
        return failure;
    }

    /// <param name="forced">Beyond net.core.rmem_max, which needs CAP_NET_ADMIN.</param>
    public OsError SetReceiveBuffer(int bytes, bool forced) => SocketOptions.SetReceiveBuffer(Descriptor, bytes, forced);

    /// <summary>
    /// Asks for all links and addresses, or those of one interface. The answers come through <see cref="Drain"/>.
    /// </summary>
    /// <remarks>
    /// One that is requested while another runs follows it, and is about everything unless both are about the same interface.
    /// </remarks>
    /// <param name="interfaceIndex">0 for all.</param>
    public void RequestSnapshot(int interfaceIndex = 0)
    {
        // While it is found out which index a link has, what is said of its addresses must not be lost.
        Unfilter();
        _snapshot.Request(interfaceIndex);
    }

    /// <summary>
    /// From now on only what somebody cares for wakes the process. While a snapshot is read, and until the queue is empty afterwards,
    /// everything comes through.
    /// </summary>
    public void SetInterest(ILinkInterest interest) => _interest = interest;

    /// <summary>
    /// Reads a snapshot to its end; for the start. The kernel answers at once, so this does not wait for anything, and it ends in any case.
    /// </summary>
    public void ReadSnapshot(int interfaceIndex = 0)
    {
        RequestSnapshot(interfaceIndex);
        for (int turn = 0; IsSnapshotRunning && turn < MaximumSnapshotTurns; turn++)
            Drain(budget: 1);
    }

    /// <summary>Reports what waits.</summary>
    /// <param name="budget">At most so many datagrams: a notification each, or some hundred entries of a snapshot.</param>
    /// <returns>False when the budget ended first.</returns>
    public bool Drain(int budget) => Drain(budget, out _);

    /// <summary>As <see cref="Drain(int)"/>, and counts.</summary>
    /// <param name="taken">How many datagrams were taken.</param>
    public bool Drain(int budget, out int taken)
    {
        taken = 0;
        for (; budget > 0; budget--)
        {
            Errno error = NetlinkSocket.Receive(Descriptor, _buffer, out int length, out bool isFromKernel);
            if (error == Errno.EAGAIN)
            {
                if (!IsSnapshotRunning)
                {
                    Refilter();
                    return true;
                }
                OnDry();
            }
            else if (error != Errno.None)
            {
                OnLost(error);
            }
            else
            {
                taken++;
                if (length > _buffer.Length)
                    OnCut(length);
                else if (isFromKernel)
                    Process(_buffer.AsSpan(0, length));
            }
        }
        return false;
    }

    /// <summary>
    /// Keeps notifications that nobody needs from waking the process: a classic BPF program over the netlink message.
    /// </summary>
    public OsError AttachFilter(ReadOnlySpan<sock_filter> program) => SocketOptions.AttachFilter(Descriptor, program);

    public void Dispose() => close(Descriptor);

    /// <summary>Reports the messages of one datagram, whatever its bytes are.</summary>
    internal void Process(ReadOnlySpan<byte> datagram)
    {
        if (_snapshot.IsRunning)
            _snapshot.OnDatagram();
        NetlinkMessageReader reader = new(datagram);
        while (reader.TryRead(out NetlinkMessage message))
            Dispatch(message);
        if (reader.Fault != NetlinkFault.None)
            OnMalformed(reader.Fault);
    }

    private void Refilter()
    {
        if (_interest is null || _filteredVersion == _interest.InterestVersion || _refusedVersion == _interest.InterestVersion)
            return;
        _filter.Clear();
        _interest.AddTo(_filter);
        ReadOnlySpan<sock_filter> program = [.. _filter.Make(NetlinkSocket.PortOf(Descriptor))];
        OsError failure = program.Length > LinkFilter.MostInstructions
            ? new OsError("setsockopt(SO_ATTACH_FILTER)", null, Errno.E2BIG)
            : SocketOptions.AttachFilter(Descriptor, program);
        if (failure.IsError)
        {
            // The former one would keep back what is wanted now.
            Unfilter();
            bool isNew = _refusedVersion is null;
            _refusedVersion = _interest.InterestVersion;
            if (isNew)
                _interest.OnFilterRefused(failure);
            return;
        }
        _filteredVersion = _interest.InterestVersion;
        _refusedVersion = null;
    }

    private void Unfilter()
    {
        if (_filteredVersion is null)
            return;
        OsError failure = SocketOptions.DetachFilter(Descriptor);
        Base.Invariant.Require(!failure.IsError, "a filter that was attached can be detached");
        _filteredVersion = null;
    }

    private void Dispatch(NetlinkMessage message)
    {
        if (_snapshot.TryTake(message))
            return;
        switch (message.Type)
        {
            case Libc.RTM_NEWLINK:
            case Libc.RTM_DELLINK:
                OnLinkMessage(message);
                break;
            case Libc.RTM_NEWADDR:
            case Libc.RTM_DELADDR:
                OnAddressMessage(message);
                break;
            case Libc.NLMSG_OVERRUN:
                OnLost(Errno.ENOBUFS);
                break;
        }
    }

    private void OnLinkMessage(NetlinkMessage message)
    {
        if (LinkMessage.IsForeign(message.Payload))
            return;
        NetlinkFault fault = LinkMessage.TryParse(message.Payload, out LinkInfo link, out bool isPartial);
        if (fault != NetlinkFault.None)
            OnMalformed(fault);
        else if (message.Type == Libc.RTM_DELLINK)
            _observer.OnLinkGone(link.Index, link.Name);
        else if (!isPartial)
            _observer.OnLink(link);
    }

    private void OnAddressMessage(NetlinkMessage message)
    {
        if (AddressMessage.IsForeign(message.Payload))
            return;
        NetlinkFault fault = AddressMessage.TryParse(message.Payload, out InterfaceAddress address);
        if (fault != NetlinkFault.None)
            OnMalformed(fault);
        else if (message.Type == Libc.RTM_DELADDR)
            _observer.OnAddressGone(address);
        else
            _observer.OnAddress(address);
    }

    private void OnCut(int length)
    {
        if (length <= MostBufferBytes)
            _buffer = GC.AllocateUninitializedArray<byte>((int)BitOperations.RoundUpToPowerOf2((uint)length), pinned: true);
        OnLost(Errno.EMSGSIZE);
    }

    private void OnLost(Errno why)
    {
        Lost++;
        _observer.OnLost(why);
        if (_snapshot.IsRunning)
            _snapshot.Restart(why);
        else
            _isSnapshotDue = true;
    }

    private void OnDry()
    {
        if (_snapshot.IsRunning)
            _snapshot.OnDry();
        if (_isSnapshotDue)
            _snapshot.Request(0);
        _isSnapshotDue = false;
    }

    private void OnMalformed(NetlinkFault fault)
    {
        Malformed++;
        _observer.OnMalformed(fault);
    }
}
