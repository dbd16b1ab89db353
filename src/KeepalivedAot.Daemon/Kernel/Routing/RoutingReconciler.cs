using System.Runtime.InteropServices;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Daemon.Worlds;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink;
using KeepalivedAot.Linux.Netlink.Routing;

namespace KeepalivedAot.Daemon.Kernel.Routing;

/// <summary>Brings the routes and rules in the kernel to what is wanted: the difference, many requests to a message.</summary>
/// <remarks>
/// They lean on addresses: a rule leads to a route, and that goes by an address. So what is too much goes before the addresses do
/// (<see cref="FlushRemovals"/>), and what is missing comes after them (<see cref="FlushAdditions"/>). What carries keepalived's protocol
/// number and is found there is ours, whoever left it; with another protocol (<c>protocol static no_track</c>) it is somebody else's.
/// </remarks>
internal sealed class RoutingReconciler(IKernel kernel, Log log) : INetlinkResults, IRoutingObserver
{
    private readonly List<RoutingSlot?> _slots = [];
    private readonly Dictionary<(string Noun, string Text), RoutingSlot> _byText = [];
    private readonly List<RoutingSlot> _dirty = [];
    private readonly List<RoutingSlot> _gone = [];
    private bool _hasLost;

    /// <summary>Something is on record that is somebody else's, or the other way round.</summary>
    public bool IsUnrecorded { get; private set; }

    /// <summary>The record names all that is not somebody else's.</summary>
    public void OnRecorded() => IsUnrecorded = false;

    public IEnumerable<RoutingSlot> Slots => _slots.OfType<RoutingSlot>();

    /// <summary>Something that was refused may succeed when it is tried again: <see cref="Retry"/>.</summary>
    public bool IsBehind { get; private set; }

    /// <summary>Something that we added is still in the kernel, as far as is known.</summary>
    public bool HoldsAny => _slots.Exists(static slot => slot is { IsPresent: true, IsForeign: false } or { IsDoubtful: true, IsForeign: false } or { IsLeftover: true });

    /// <summary>The slot of a line; instances that list the same one share it.</summary>
    public RoutingSlot Acquire(RoutingLine line)
    {
        if (!_byText.TryGetValue((line.Noun, line.Text), out RoutingSlot? slot))
        {
            int tag = _slots.IndexOf(null);
            if (tag < 0)
            {
                tag = _slots.Count;
                _slots.Add(null);
            }
            slot = new RoutingSlot(tag, line) { IsCutOff = !line.IsLasting };
            _slots[tag] = slot;
            _byText.Add((line.Noun, line.Text), slot);
        }
        slot.Users++;
        return slot;
    }

    /// <summary>Nobody of those who let it go wants it any more, and the removals have been flushed.</summary>
    public void Release(RoutingSlot slot)
    {
        if (--slot.Users == 0)
            ForgetUnused(slot);
    }

    // One whose removal was refused is kept in mind until the kernel lets it go.
    private void ForgetUnused(RoutingSlot slot)
    {
        if (slot.Users > 0 || slot is { IsBehind: true, IsPresent: true } or { IsBehind: true, IsLeftover: true })
            return;
        _slots[slot.Tag] = null;
        _byText.Remove((slot.Line.Noun, slot.Line.Text));
    }

    public void Want(RoutingSlot slot, bool wanted)
    {
        slot.Wanted += wanted ? 1 : -1;
        MarkDirty(slot);
    }

    /// <summary>Puts back with the next flush what somebody else took away.</summary>
    public void Restore(RoutingSlot slot) => MarkDirty(slot);

    /// <summary>Adds with the next flush what may have gone without a word; if it is there after all, that changes nothing.</summary>
    public void Assure(RoutingSlot slot)
    {
        Doubt(slot);
        if (slot.Wanted > 0)
            MarkDirty(slot);
    }

    /// <summary>An earlier run of ours has put it there, and it is to stay, wanted or not.</summary>
    public void Keep(RoutingSlot slot)
    {
        slot.Kept++;
        slot.IsPresent = true;
    }

    /// <summary>It stays with the next flush only if it is wanted.</summary>
    public void Let(RoutingSlot slot)
    {
        // Nobody has looked whether it is there. To add what is there changes nothing.
        if (--slot.Kept == 0 && slot is { Wanted: > 0, IsPresent: true })
            AskAgain(slot);
        MarkDirty(slot);
    }

    /// <summary>Takes away with the next flush what an earlier run of ours, or of keepalived, may have left.</summary>
    public void RemoveLeftover(RoutingSlot slot)
    {
        slot.IsLeftover = true;
        MarkDirty(slot);
    }

    /// <summary>Takes away what is too much: rules, then routes.</summary>
    public void FlushRemovals()
    {
        if (_dirty.Count == 0)
            return;
        RequestRemovals<RuleLine>();
        RequestRemovals<RouteLine>();
        kernel.FlushRouting();
    }

    /// <summary>Adds what is missing: routes, then rules, in the order of wanting.</summary>
    public void FlushAdditions()
    {
        if (_dirty.Count == 0)
            return;
        RequestAdditions<RouteLine>();
        RequestAdditions<RuleLine>();
        kernel.FlushRouting();
        foreach (RoutingSlot slot in CollectionsMarshal.AsSpan(_dirty))
            slot.IsDirty = false;
        _dirty.Clear();
        _hasLost = false;
    }

    /// <summary>Tries again with the next flush what was refused for a reason that may have passed.</summary>
    public void Retry()
    {
        IsBehind = false;
        foreach (RoutingSlot? slot in CollectionsMarshal.AsSpan(_slots))
        {
            if (slot is not { IsBehind: true })
                continue;
            slot.IsBehind = false;
            MarkDirty(slot);
        }
    }

    /// <summary>Tries again with the next flush all that was refused: what it lacked may have come.</summary>
    public void RetryRefused()
    {
        foreach (RoutingSlot? slot in CollectionsMarshal.AsSpan(_slots))
        {
            if (slot is { Wanted: > 0, IsPresent: false } && slot.Refusal != Errno.None)
                MarkDirty(slot);
        }
    }

    /// <summary>Asks again with the next flush for everything that should be there: to add what is there changes nothing.</summary>
    public void Reassert()
    {
        foreach (RoutingSlot? slot in CollectionsMarshal.AsSpan(_slots))
        {
            // What is cut off comes back with its interface.
            if (slot is not { Wanted: > 0, IsPresent: true, IsCutOff: false })
                continue;
            AskAgain(slot);
            MarkDirty(slot);
        }
    }

    private static void AskAgain(RoutingSlot slot)
    {
        Doubt(slot);
        slot.IsReasserted = true;
    }

    private static void Doubt(RoutingSlot slot)
    {
        slot.IsDoubtful |= slot.IsPresent;
        slot.IsPresent = false;
    }

    /// <summary>An interface came, went, or is up or down now: the kernel drops routes with it, and says so of some only.</summary>
    public void OnInterfaceChanged(NetworkInterface at)
    {
        foreach (RoutingSlot? slot in CollectionsMarshal.AsSpan(_slots))
        {
            if (slot is null || !slot.Line.IsOn(at))
                continue;
            bool isCutOff = !slot.Line.IsLasting;
            if (!slot.Line.IsPossible)
            {
                slot.IsPresent = false;
                slot.IsDoubtful = false;
                slot.IsReasserted = false;
            }
            if (slot.IsCutOff && !isCutOff)
            {
                Doubt(slot);
                if (slot.Wanted > 0)
                    MarkDirty(slot);
            }
            slot.IsCutOff = isCutOff;
        }
    }

    /// <summary>The last IPv4 address of an interface is gone: the kernel drops all IPv4 routes that go by it, and says of none.</summary>
    public void OnRoutesDropped(NetworkInterface at)
    {
        foreach (RoutingSlot? slot in CollectionsMarshal.AsSpan(_slots))
        {
            if (slot is not { IsPresent: true, Line: RouteLine { Route.Family: AddressFamily.IPv4 } } || !slot.Line.IsOn(at))
                continue;
            slot.IsPresent = false;
            if (slot.Wanted > 0)
                MarkDirty(slot);
        }
    }

    /// <summary>
    /// What somebody else took away since the last time and is still wanted. Ask when everything else that the kernel reports has been
    /// heard: what went because its interface went down is not among them, and comes back with it.
    /// </summary>
    public void TakeGone(List<RoutingSlot> gone)
    {
        foreach (RoutingSlot slot in CollectionsMarshal.AsSpan(_gone))
        {
            if (slot is { Wanted: > 0, IsPresent: false } && slot.Line.IsLasting)
                gone.Add(slot);
        }
        _gone.Clear();
    }

    public void OnRouteGone(in ReportedRoute route)
    {
        foreach (RoutingSlot? slot in CollectionsMarshal.AsSpan(_slots))
        {
            if (slot is { IsPresent: true } && slot.Line.Is(route))
                MarkGone(slot);
        }
    }

    public void OnRuleGone(in ReportedRule rule)
    {
        foreach (RoutingSlot? slot in CollectionsMarshal.AsSpan(_slots))
        {
            if (slot is { IsPresent: true } && slot.Line.Is(rule))
                MarkGone(slot);
        }
    }

    /// <summary>How often notifications of routes and rules were lost.</summary>
    public ulong LostCount { get; private set; }

    public void OnRoutingLost(Errno why)
    {
        if (!_hasLost)
            log.Write(LogLevel.Warning, EventIds.NetlinkOverrun, $"Netlink: notifications of routes and rules were lost ({new ErrnoText(why)}) - adding ours again");
        _hasLost = true;
        LostCount++;
        Reassert();
    }

    public void OnRoutingMalformed(NetlinkFault fault)
        => log.Write(LogLevel.Warning, EventIds.NetlinkMalformed, $"Netlink: a message of the kernel about routes or rules was skipped (fault {(int)fault})");

    public void OnResult(int tag, Errno error, ReadOnlySpan<byte> extack)
    {
        if (tag >= _slots.Count || _slots[tag] is not { } slot)
            return;
        RoutingRequest request = slot.Request;
        slot.Request = RoutingRequest.None;
        if (request == RoutingRequest.Add)
            OnAdded(slot, error, extack);
        else if (request == RoutingRequest.Delete)
            OnDeleted(slot, error, extack);
    }

    private void RequestRemovals<TLine>() where TLine : RoutingLine
    {
        foreach (RoutingSlot slot in CollectionsMarshal.AsSpan(_dirty))
        {
            if (slot.Line is not TLine || slot is not ({ Wanted: 0, Kept: 0, IsPresent: true } or { Wanted: 0, Kept: 0, IsDoubtful: true } or { IsLeftover: true }))
                continue;
            if (!slot.Line.IsPossible || slot.IsForeign)
            {
                SetForeign(slot, false);
                slot.IsLeftover = false;
                slot.IsDoubtful = false;
                slot.IsPresent = false;
                continue;
            }
            slot.Request = RoutingRequest.Delete;
            slot.Line.Delete(kernel, slot.Tag);
        }
    }

    private void RequestAdditions<TLine>() where TLine : RoutingLine
    {
        foreach (RoutingSlot slot in CollectionsMarshal.AsSpan(_dirty))
        {
            // Without the interface there is nothing to do; its return marks the slot again.
            if (slot.Line is not TLine || slot is not { Wanted: > 0, IsPresent: false } || !slot.Line.IsPossible)
                continue;
            slot.Request = RoutingRequest.Add;
            slot.Line.Add(kernel, slot.Tag);
        }
    }

    private void OnAdded(RoutingSlot slot, Errno error, ReadOnlySpan<byte> extack)
    {
        bool isReasserted = slot.IsReasserted;
        slot.IsReasserted = false;
        slot.IsDoubtful = false;
        slot.IsPresent = error is Errno.None or Errno.EEXIST;
        if (!slot.IsPresent)
        {
            if (Refusals.MayPass(error) || Refusals.LacksWay(error))
                FallBehind(slot);
            Refused(slot, "add", error, extack);
            return;
        }
        slot.IsLeftover = false;
        bool isFound = error == Errno.EEXIST && !isReasserted && slot.Refusal != Errno.ENOBUFS;
        SetForeign(slot, isFound && slot is { Line.IsMarked: false, IsOwn: false });
        slot.IsOwn |= error == Errno.None;
        if (error == Errno.None && isReasserted)
            log.Write(LogLevel.Info, EventIds.RoutingRestored, $"Restoring deleted {slot.Line.Noun} {slot.Line.Text}");
        // It may be another one to the same destination: what is removed at the end carries our protocol number, so it stays.
        if (isFound)
            log.Write(LogLevel.Info, EventIds.RoutingWasThere, $"{slot.Line.Noun} {slot.Line.Text}: there is one already");
        slot.Refusal = Errno.None;
    }

    private void OnDeleted(RoutingSlot slot, Errno error, ReadOnlySpan<byte> extack)
    {
        bool isLeftover = slot.IsLeftover || slot.IsDoubtful;
        slot.IsLeftover = false;
        slot.IsDoubtful = false;
        if (error is Errno.None or Errno.ENODEV || error == slot.Line.Missing)
        {
            slot.IsPresent = false;
            slot.IsOwn = false;
            slot.Refusal = Errno.None;
        }
        // Whether there is one at all is not known; a kernel without IPv6, or without rules, has none.
        else if (isLeftover && !slot.IsPresent && !Refusals.MayPass(error) && error != Errno.EPERM)
        {
            slot.Refusal = Errno.None;
        }
        else
        {
            slot.IsLeftover = isLeftover;
            FallBehind(slot);
            Refused(slot, "remove", error, extack);
        }
        ForgetUnused(slot);
    }

    private void FallBehind(RoutingSlot slot)
    {
        slot.IsBehind = true;
        IsBehind = true;
    }

    private void Refused(RoutingSlot slot, string verb, Errno error, ReadOnlySpan<byte> extack)
    {
        // One line for a row of equal refusals.
        if (slot.Refusal == error)
            return;
        slot.Refusal = error;
        if (extack.IsEmpty)
            log.Write(LogLevel.Error, EventIds.RoutingRefused, $"Netlink: cannot {verb} {slot.Line.Noun} {slot.Line.Text} - {new ErrnoText(error)}");
        else
            log.Write(LogLevel.Error, EventIds.RoutingRefused, $"Netlink: cannot {verb} {slot.Line.Noun} {slot.Line.Text} - {new ErrnoText(error)}: {extack}");
    }

    private void SetForeign(RoutingSlot slot, bool isForeign)
    {
        IsUnrecorded |= slot.IsForeign != isForeign;
        slot.IsForeign = isForeign;
    }

    private void MarkGone(RoutingSlot slot)
    {
        slot.IsPresent = false;
        if (slot.Wanted > 0)
            _gone.Add(slot);
    }

    private void MarkDirty(RoutingSlot slot)
    {
        if (slot.IsDirty)
            return;
        slot.IsDirty = true;
        _dirty.Add(slot);
    }
}
