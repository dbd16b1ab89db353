using KeepalivedAot.Base;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Linux.Netlink;

/// <summary>
/// Asks one question after the other until links and addresses are all told: links, IPv4 addresses, IPv6 addresses.
/// </summary>
/// <remarks>
/// A dump that the kernel marks NLM_F_DUMP_INTR saw its table change and may have missed entries: it is repeated, and all of it begins again
/// when something was lost, both within bounds. The entries themselves pass by; they are reported like notifications.
/// </remarks>
internal sealed class RtnetlinkSnapshot(int descriptor, ILinkObserver observer)
{
    private const int MaximumRepeats = 16;

    // Far more than the tables of any host take, at some hundred entries each.
    private const int MaximumDatagrams = 100_000;

    private enum Step : byte
    {
        None,
        Links,
        IPv4Addresses,
        IPv6Addresses,
    }

    private readonly byte[] _request = GC.AllocateUninitializedArray<byte>(64, pinned: true);
    private Step _step;
    private int _interfaceIndex;
    private uint _sequence;
    private bool _interrupted;
    private int _repeats;
    private int _restarts;
    private int _datagrams;

    // A further request, made while one was running.
    private bool _isRequested;
    private int _requestedIndex;

    public bool IsRunning => _step != Step.None;

    /// <param name="interfaceIndex">0 for all.</param>
    public void Request(int interfaceIndex)
    {
        if (IsRunning)
        {
            // The kernel answers one dump at a time, and what was lost may have been before the running one: begin again after
            // it.
            int other = _isRequested ? _requestedIndex : _interfaceIndex;
            _requestedIndex = other == interfaceIndex ? interfaceIndex : 0;
            _isRequested = true;
            return;
        }
        Begin(interfaceIndex);
    }

    /// <summary>Something was lost while this was being read: it begins again instead of ending as if it were complete, but not for ever.</summary>
    /// <param name="why">What it ends with when it was lost too often.</param>
    public void Restart(Errno why)
    {
        if (++_restarts > MaximumRepeats)
            GiveUp(why);
        else
            Request(0);
    }

    /// <summary>A datagram has come while this is being read. The kernel ends every dump; should one not end, we do.</summary>
    public void OnDatagram()
    {
        if (++_datagrams > MaximumDatagrams)
            GiveUp(Errno.EOVERFLOW);
    }

    /// <returns>True when the message only steers the snapshot: the end of a dump, an error.</returns>
    public bool TryTake(NetlinkMessage message)
    {
        if (!IsRunning || message.Sequence != _sequence)
            return false;
        if ((message.Flags & Libc.NLM_F_DUMP_INTR) != 0 && (message.Flags & Libc.NLM_F_MULTI) != 0)
            _interrupted = true;
        if (message.Type is not (Libc.NLMSG_DONE or Libc.NLMSG_ERROR))
            return false;
        message.TryReadErrno(out Errno error);
        OnStepEnd(error);
        return true;
    }

    /// <summary>Nothing waits on the socket although a question is open: the kernel ran out of memory over its answer.</summary>
    public void OnDry() => End(Errno.EAGAIN);

    /// <summary>Whatever was asked for besides: it would fare no better.</summary>
    private void GiveUp(Errno error)
    {
        _isRequested = false;
        End(error);
    }

    private void Begin(int interfaceIndex)
    {
        _isRequested = false;
        _interfaceIndex = interfaceIndex;
        _repeats = 0;
        observer.OnSnapshotBegin(interfaceIndex);
        Ask(Step.Links);
    }

    private void OnStepEnd(Errno error)
    {
        if (_isRequested)
            Begin(_requestedIndex);
        else if (error != Errno.None)
            End(error);
        else if (_interrupted)
            Repeat();
        else if (_step == Step.IPv6Addresses)
            End(Errno.None);
        else
            Ask(_step + 1);
    }

    private void Repeat()
    {
        if (++_repeats > MaximumRepeats)
            End(Errno.EINTR);
        else
            Ask(_step);
    }

    private void End(Errno error)
    {
        bool isRequested = _isRequested;
        _isRequested = false;
        _step = Step.None;
        if (isRequested)
        {
            Begin(_requestedIndex);
            return;
        }
        _restarts = 0;
        _datagrams = 0;
        observer.OnSnapshotEnd(_interfaceIndex, error);
    }

    private void Ask(Step step)
    {
        _step = step;
        _interrupted = false;
        _sequence++;
        // One link is asked for by name, so to speak; links have no filter by index. Its acknowledgement is the end.
        bool isSingleLink = step == Step.Links && _interfaceIndex != 0;
        NetlinkMessageWriter writer = new(
            _request,
            step == Step.Links ? Libc.RTM_GETLINK : Libc.RTM_GETADDR,
            (ushort)(Libc.NLM_F_REQUEST | (isSingleLink ? Libc.NLM_F_ACK : Libc.NLM_F_DUMP)),
            _sequence);
        if (step == Step.Links)
        {
            writer.Append(new ifinfomsg { ifi_family = LinkMessage.AF_UNSPEC, ifi_index = _interfaceIndex });
            writer.Attribute(Libc.IFLA_EXT_MASK, Libc.RTEXT_FILTER_SKIP_STATS);
        }
        else
        {
            byte family = step == Step.IPv4Addresses ? AddressMessage.AF_INET : AddressMessage.AF_INET6;
            writer.Append(new ifaddrmsg { ifa_family = family, ifa_index = (uint)_interfaceIndex });
        }
        bool fits = writer.TryFinish(out int length);
        Invariant.Require(fits, "a dump request fits into its buffer");
        Errno error = NetlinkSocket.Send(descriptor, _request.AsSpan(0, length));
        if (error != Errno.None)
            End(error);
    }
}
