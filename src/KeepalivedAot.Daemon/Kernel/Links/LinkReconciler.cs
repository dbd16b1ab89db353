using System.Runtime.InteropServices;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Daemon.Kernel.Settings;
using KeepalivedAot.Daemon.Worlds;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink;

namespace KeepalivedAot.Daemon.Kernel.Links;

/// <summary>Brings the interfaces that are made for instances to what is wanted.</summary>
/// <remarks>
/// They carry addresses: what is missing is made before addresses are added (<see cref="FlushAdditions"/>), what is too much goes after them
/// (<see cref="FlushRemovals"/>). A new one is known by its index when the kernel has reported it. One that somebody else made just so is used and
/// stays; any other of that name is in the way, and is waited for.
/// </remarks>
internal sealed class LinkReconciler(IKernel kernel, KernelSettings settings, Log log) : INetlinkResults
{
    private readonly LinkSettings _ofLinks = new(kernel, settings, log);
    private readonly List<LinkSlot?> _slots = [];
    private readonly List<LinkSlot> _dirty = [];

    public IEnumerable<LinkSlot> Slots => _slots.OfType<LinkSlot>();

    /// <summary>Something that was refused may succeed when it is tried again: <see cref="Retry"/>.</summary>
    public bool IsBehind { get; private set; }

    /// <summary>Something that we made is still there, as far as is known.</summary>
    public bool HoldsAny => _slots.Exists(static slot => slot is { Presence: LinkPresence.Ours });

    /// <summary>Somebody has changed what the record knows one of ours by.</summary>
    public bool IsUnrecorded { get; private set; }

    /// <summary>The record names them as they are.</summary>
    public void OnRecorded() => IsUnrecorded = false;

    /// <summary>Something is to be made, or to go.</summary>
    public bool IsDirty => _dirty.Count > 0;

    /// <summary>The slot of a name. A definition that differs from that of an earlier configuration replaces it.</summary>
    public LinkSlot Acquire(string owner, NetworkInterface device, LinkDefinition definition)
    {
        LinkSlot? slot = Find(device);
        if (slot is null)
        {
            int tag = _slots.IndexOf(null);
            if (tag < 0)
            {
                tag = _slots.Count;
                _slots.Add(null);
            }
            slot = new LinkSlot(tag, owner, device, definition);
            _slots[tag] = slot;
        }
        else if (slot.Definition != definition)
        {
            _ofLinks.Release(slot);
            slot.Definition = definition;
            // What only its settings tell apart stays where it is, with its addresses.
            bool isSame = slot.Presence != LinkPresence.Absent && definition.Is(slot.Device.Link);
            slot.IsOutdated = slot.Presence != LinkPresence.Absent && !isSame;
            slot.NeedsSetup |= isSame;
            MarkDirty(slot);
        }
        slot.Users++;
        return slot;
    }

    /// <summary>
    /// The removals have been flushed. What nobody lists any more is forgotten, unless the kernel refused to take it away: that is tried again.
    /// </summary>
    public void Release(LinkSlot slot)
    {
        slot.Users--;
        ForgetUnused(slot);
    }

    public void Want(LinkSlot slot, bool wanted)
    {
        slot.Wanted += wanted ? 1 : -1;
        MarkDirty(slot);
    }

    /// <summary>An earlier run made it: it is used if it is wanted just so, and taken away otherwise.</summary>
    /// <param name="below">What it stands on.</param>
    public void Adopt(LinkSlot slot, NetworkInterface below)
    {
        if (!slot.Device.Exists)
            return;
        slot.Presence = LinkPresence.Ours;
        slot.StandsOn = below;
        slot.IsOutdated = !slot.Definition.Is(slot.Device.Link);
        slot.NeedsSetup = true;
        MarkDirty(slot);
    }

    /// <summary>
    /// Looks what of it is there already, and asks for the settings that the others need, so that the record can tell all that before it is done.
    /// </summary>
    public void Prepare()
    {
        foreach (LinkSlot slot in CollectionsMarshal.AsSpan(_dirty))
        {
            if (slot.Wanted == 0 || !slot.Definition.Base.Exists)
                continue;
            _ofLinks.Require(slot);
            if (slot is { Presence: LinkPresence.Foreign, IsOutdated: false })
                _ofLinks.RequireOnForeign(slot);
            if (slot.Presence == LinkPresence.Absent && slot.Device.Exists && slot.Definition.Is(slot.Device.Link))
                TakeUp(slot);
        }
    }

    /// <summary>Makes what is missing and sets it up.</summary>
    /// <returns>Whether the kernel was asked for anything.</returns>
    public bool FlushAdditions()
    {
        if (_dirty.Count == 0)
            return false;
        Prepare();
        settings.FlushChanges();
        // Two macvlans of the same MAC address cannot be there at once, not even for the moment in which one takes the place of the other.
        foreach (LinkSlot slot in CollectionsMarshal.AsSpan(_dirty))
        {
            if (IsInTheWay(slot))
                RequestRemoval(slot);
        }
        foreach (LinkSlot slot in CollectionsMarshal.AsSpan(_dirty))
            RequestAddition(slot);
        kernel.FlushLinks();
        bool isBusy = false;
        foreach (LinkSlot slot in CollectionsMarshal.AsSpan(_dirty))
            isBusy |= TryRequestSetup(slot);
        kernel.FlushLinks();
        foreach (LinkSlot slot in CollectionsMarshal.AsSpan(_dirty))
            slot.NeedsSetup = slot is { IsBehind: true, Presence: not LinkPresence.Absent };
        // Those that go are left for the removals.
        foreach (LinkSlot slot in CollectionsMarshal.AsSpan(_dirty))
            slot.IsDirty = slot.Wanted == 0;
        _dirty.RemoveAll(static slot => !slot.IsDirty);
        return isBusy;
    }

    /// <summary>Takes away what is too much, and puts settings back.</summary>
    /// <param name="most">So many interfaces: the kernel waits some 20 ms for each until no processor uses it. Others are left for the next time.</param>
    public void FlushRemovals(int most)
    {
        int end = 0;
        for (int left = most; end < _dirty.Count; end++)
        {
            LinkSlot slot = _dirty[end];
            if (TakesInterface(slot) && left-- == 0)
                break;
            RequestRemoval(slot);
        }
        kernel.FlushLinks();
        foreach (LinkSlot slot in CollectionsMarshal.AsSpan(_dirty)[..end])
            slot.IsDirty = slot.Wanted > 0;
        HasMore = end < _dirty.Count;
        _dirty.RemoveAll(static slot => !slot.IsDirty);
        settings.FlushRestores();
    }

    /// <summary>Something is left for the next <see cref="FlushRemovals"/>.</summary>
    public bool HasMore { get; private set; }

    /// <summary>Notifications were lost: those of our own removals, which would have been passed over, may be among them.</summary>
    public void OnResynchronised()
    {
        foreach (LinkSlot? slot in CollectionsMarshal.AsSpan(_slots))
        {
            if (slot is not null)
                slot.OwnRemovals = 0;
        }
    }

    /// <summary>Tries again with the next flush what was refused for a reason that may have passed.</summary>
    public void Retry()
    {
        IsBehind = false;
        foreach (LinkSlot? slot in CollectionsMarshal.AsSpan(_slots))
        {
            if (slot is not { IsBehind: true })
                continue;
            slot.IsBehind = false;
            MarkDirty(slot);
        }
    }

    /// <summary>An interface came, went, or changed: one of ours, one below, or one in the way.</summary>
    public void OnInterfaceChanged(NetworkInterface at, bool isAnother)
    {
        if (isAnother)
            settings.OnInterfaceReplaced(at.Name, at.Exists);
        foreach (LinkSlot? slot in CollectionsMarshal.AsSpan(_slots))
        {
            if (slot is null)
                continue;
            if (ReferenceEquals(slot.Device, at))
                OnDeviceChanged(slot);
            else if (ReferenceEquals(slot.Definition.Base, at) && slot.Wanted > 0 && (isAnother || IsInAnotherVrf(slot)))
                OnBaseChanged(slot);
        }
    }

    /// <summary>Somebody has renamed it. What we made under that name is made anew.</summary>
    public void OnInterfaceRenamed(NetworkInterface leaving, KernelName now)
    {
        if (Find(leaving) is { Presence: LinkPresence.Ours } slot)
            slot.RenamedTo = now;
    }

    /// <summary>Whether an interface is one of these, or stands below one.</summary>
    public bool Uses(NetworkInterface at)
        => _slots.Exists(slot => slot is not null && (ReferenceEquals(slot.Device, at) || ReferenceEquals(slot.Definition.Base, at)));

    public LinkSlot? Find(NetworkInterface device) => _slots.Find(slot => slot is not null && ReferenceEquals(slot.Device, device));

    public void OnResult(int tag, Errno error, ReadOnlySpan<byte> extack)
    {
        LinkTag answered = LinkTag.Of(tag);
        if (answered.Slot >= _slots.Count || _slots[answered.Slot] is not { } slot)
            return;
        switch (answered.Request)
        {
            case LinkRequest.Add:
                OnAdded(slot, error, extack);
                break;
            case LinkRequest.Delete:
                OnDeleted(slot, error, extack);
                break;
            case LinkRequest.DeleteRenamed when error is Errno.None or Errno.ENODEV:
                slot.RenamedTo = null;
                ForgetUnused(slot);
                break;
            case LinkRequest.DeleteRenamed:
                Refused(slot, "remove", error, extack);
                break;
            // The others go on without it, and asking again would tell everybody once a second.
            case LinkRequest.Notify:
                break;
            // Without IPv6 there is nothing to be kept from.
            case LinkRequest.NoAddress when error == Errno.EAFNOSUPPORT:
                break;
            default:
                if (error != Errno.None)
                    Refused(slot, "set up", error, extack);
                break;
        }
    }

    private bool IsInTheWay(LinkSlot slot)
        => slot is { Wanted: 0, Presence: LinkPresence.Ours, Definition.IsMacvlan: true }
            && _dirty.Exists(other => other.Wanted > 0 && other.Definition.IsMacvlan && other.Definition.Address == slot.Definition.Address
                && ReferenceEquals(other.Definition.Base, slot.StandsOn));

    private void RequestAddition(LinkSlot slot)
    {
        RequestRemovalOfRenamed(slot);
        if (slot.Wanted == 0)
            return;
        LinkDefinition definition = slot.Definition;
        if (slot.Presence != LinkPresence.Absent && !slot.IsOutdated)
            return;
        if (slot is { Presence: LinkPresence.Ours, IsOutdated: true })
            kernel.DeleteLink(slot.Device.KernelName, new LinkTag(slot.Tag, LinkRequest.Delete).Value);
        else if (slot.Device.Exists)
        {
            Refused(slot, "create", Errno.EEXIST, default);
            return;
        }
        // Without its base there is nothing to stand on; the base's return marks the slot again.
        if (!definition.Base.Exists)
            return;
        VirtualLink link = new()
        {
            Name = slot.Device.KernelName,
            Kind = definition.Kind,
            BaseIndex = definition.Base.Index,
            Address = definition.Address,
            Group = definition.Group ?? definition.Base.Link.Group,
        };
        kernel.AddLink(link, new LinkTag(slot.Tag, LinkRequest.Add).Value);
    }

    private void TakeUp(LinkSlot slot)
    {
        log.Write(LogLevel.Info, EventIds.LinkMade, $"({slot.Owner}) Found matching interface {slot.Device.Name}");
        // Without an answer to the request it may well be the one that was made for it.
        slot.Presence = slot.Refusal == Errno.ENOBUFS ? LinkPresence.Ours : LinkPresence.Foreign;
        slot.IsOutdated = false;
        slot.NeedsSetup = true;
        if (slot.Presence == LinkPresence.Foreign)
            _ofLinks.RequireOnForeign(slot);
    }

    private bool TryRequestSetup(LinkSlot slot)
    {
        if (slot is not { Wanted: > 0, NeedsSetup: true } || slot.Presence == LinkPresence.Absent)
            return false;
        LinkDefinition definition = slot.Definition;
        KernelName name = slot.Device.KernelName;
        if (slot.Presence == LinkPresence.Ours)
            _ofLinks.SetUpOwn(slot);
        slot.Master = VrfOf(definition.Base);
        if (slot.Master != 0 || slot.Device.Link.MasterIndex != 0)
            kernel.SetMaster(name, slot.Master, new LinkTag(slot.Tag, LinkRequest.Master).Value);
        kernel.SwitchOn(name, new LinkTag(slot.Tag, LinkRequest.SwitchOn).Value);
        if (definition.NotifiesBase)
            kernel.SetGroup(definition.Base.KernelName, definition.Base.Link.Group, new LinkTag(slot.Tag, LinkRequest.Notify).Value);
        return true;
    }

    private static bool TakesInterface(LinkSlot slot) => slot.Wanted == 0 && (slot.Presence == LinkPresence.Ours || slot.RenamedTo is not null);

    private void RequestRemoval(LinkSlot slot)
    {
        if (slot.Wanted > 0)
            return;
        _ofLinks.Release(slot);
        RequestRemovalOfRenamed(slot);
        if (slot.Presence == LinkPresence.Ours)
            kernel.DeleteLink(slot.Device.KernelName, new LinkTag(slot.Tag, LinkRequest.Delete).Value);
        else
            slot.Presence = LinkPresence.Absent;
    }

    private void RequestRemovalOfRenamed(LinkSlot slot)
    {
        if (slot.RenamedTo is { } name)
            kernel.DeleteLink(name, new LinkTag(slot.Tag, LinkRequest.DeleteRenamed).Value);
    }

    private void OnDeviceChanged(LinkSlot slot)
    {
        if (slot.Device.Exists)
        {
            IsUnrecorded |= slot is { Presence: LinkPresence.Ours, Definition.IsMacvlan: true } && slot.Device.Link.Address != slot.Definition.Address;
            // The answer to making it was lost, or an earlier request is only now heard of.
            if (slot is { Wanted: > 0, Presence: LinkPresence.Absent })
                MarkDirty(slot);
            return;
        }
        if (slot.OwnRemovals > 0)
        {
            slot.OwnRemovals--;
            return;
        }
        slot.Presence = LinkPresence.Absent;
        slot.Refusal = Errno.None;
        if (slot.Wanted > 0 || slot.RenamedTo is not null)
            MarkDirty(slot);
        else
            ForgetUnused(slot);
    }

    private void OnBaseChanged(LinkSlot slot)
    {
        // The interface of that name is another one, and this one stands on what has another name by now.
        slot.IsOutdated |= slot.Presence == LinkPresence.Ours && slot.Device.Exists && slot.Definition.Base.Exists && !slot.Definition.Is(slot.Device.Link);
        slot.NeedsSetup = slot.Presence != LinkPresence.Absent;
        MarkDirty(slot);
    }

    private static bool IsInAnotherVrf(LinkSlot slot) => slot.Presence != LinkPresence.Absent && VrfOf(slot.Definition.Base) != slot.Master;

    private static int VrfOf(NetworkInterface at) => at.Link.MasterKind == LinkKinds.Vrf ? at.Link.MasterIndex : 0;

    private void OnAdded(LinkSlot slot, Errno error, ReadOnlySpan<byte> extack)
    {
        if (error != Errno.None)
        {
            // The former one is still there, and that has been told.
            if (slot.Presence == LinkPresence.Absent)
                Refused(slot, "create", error, extack);
            return;
        }
        slot.Presence = LinkPresence.Ours;
        slot.IsOutdated = false;
        slot.StandsOn = slot.Definition.Base;
        slot.NeedsSetup = true;
        slot.Refusal = Errno.None;
        // That it is there now is no news.
        slot.Device.IsFamiliar = false;
        log.Write(LogLevel.Info, EventIds.LinkMade, $"({slot.Owner}): Success creating {slot.Definition.Noun} interface {slot.Device.Name}");
    }

    private void OnDeleted(LinkSlot slot, Errno error, ReadOnlySpan<byte> extack)
    {
        if (error is Errno.None or Errno.ENODEV)
        {
            slot.Presence = LinkPresence.Absent;
            slot.IsOutdated = false;
            slot.Refusal = Errno.None;
            if (error == Errno.None)
            {
                slot.OwnRemovals++;
                log.Write(LogLevel.Info, EventIds.LinkRemoved, $"({slot.Owner}) Success removing {slot.Definition.Noun} interface {slot.Device.Name}");
            }
            ForgetUnused(slot);
            return;
        }
        if (slot.Refusal != error)
            log.Write(LogLevel.Info, EventIds.LinkRemoved, $"({slot.Owner}) Error removing {slot.Definition.Noun} interface {slot.Device.Name}");
        Refused(slot, "remove", error, extack);
    }

    private void Refused(LinkSlot slot, string verb, Errno error, ReadOnlySpan<byte> extack)
    {
        // A driver that the kernel does not have will not come; of everything else the reason may pass.
        if (error != Errno.EOPNOTSUPP)
        {
            slot.IsBehind = true;
            IsBehind = true;
        }
        // One line for a row of equal refusals.
        if (slot.Refusal == error)
            return;
        slot.Refusal = error;
        LinkDefinition definition = slot.Definition;
        if (error == Errno.EEXIST)
            log.Write(LogLevel.Error, EventIds.LinkRefused,
                $"({slot.Owner}) cannot {verb} {definition.Noun} interface {slot.Device.Name} on {definition.Base.Name}: there is another interface of that name");
        else if (error == Errno.EADDRINUSE)
            log.Write(LogLevel.Error, EventIds.LinkRefused,
                $"({slot.Owner}) cannot {verb} {definition.Noun} interface {slot.Device.Name} on {definition.Base.Name}: another interface there has its MAC address {definition.Address}");
        else if (extack.IsEmpty)
            log.Write(LogLevel.Error, EventIds.LinkRefused,
                $"({slot.Owner}) cannot {verb} {definition.Noun} interface {slot.Device.Name} on {definition.Base.Name} - {new ErrnoText(error)}");
        else
            log.Write(LogLevel.Error, EventIds.LinkRefused,
                $"({slot.Owner}) cannot {verb} {definition.Noun} interface {slot.Device.Name} on {definition.Base.Name} - {new ErrnoText(error)}: {extack}");
    }

    private void ForgetUnused(LinkSlot slot)
    {
        if (slot is { Users: 0, Presence: not LinkPresence.Ours, RenamedTo: null } && ReferenceEquals(_slots[slot.Tag], slot))
            _slots[slot.Tag] = null;
    }

    private void MarkDirty(LinkSlot slot)
    {
        if (slot.IsDirty)
            return;
        slot.IsDirty = true;
        _dirty.Add(slot);
    }
}
