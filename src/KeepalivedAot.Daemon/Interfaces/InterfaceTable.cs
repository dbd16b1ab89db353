using KeepalivedAot.Base.Logging;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink;

namespace KeepalivedAot.Daemon.Interfaces;

/// <summary>The interfaces that matter, kept up to date from what the kernel says. All others are passed over at the cost of a lookup.</summary>
public sealed class InterfaceTable(Log log) : ILinkObserver, ILinkInterest
{
    private readonly List<NetworkInterface> _interfaces = [];
    private readonly Dictionary<string, NetworkInterface> _byName = [];
    private IInterfaceObserver? _observer;
    private int _snapshot;
    private bool _hasLost;

    // What the last snapshot failed with; one line for a row of equal failures.
    private Errno _snapshotFailure;

    /// <summary>A first snapshot has been read to its end: what does not exist here does not exist.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>A snapshot could not be read to its end: another one has to be taken.</summary>
    public bool IsStale { get; private set; }

    /// <summary>How often notifications of links and addresses were lost, and all of them read anew.</summary>
    public ulong LostCount { get; private set; }

    public IReadOnlyList<NetworkInterface> Interfaces => _interfaces;

    public int InterestVersion { get; private set; }

    /// <summary>Log every address change of the interfaces in the table (<c>-a</c>).</summary>
    public bool LogsAddresses { get; set; }

    /// <summary>What is heard now is what we have just asked for: nothing to tell anybody.</summary>
    internal bool IsQuiet { get; set; }

    /// <summary>Decides when a change of a link counts; null = at once.</summary>
    internal ILinkJudge? Judge { get; set; }

    public void SetObserver(IInterfaceObserver observer) => _observer = observer;

    /// <summary>The entry of a name, made when it is missing. A new entry knows nothing before the next snapshot.</summary>
    /// <param name="name">At most 15 bytes; the configuration sees to that.</param>
    public NetworkInterface Track(string name, out bool isNew)
    {
        isNew = !_byName.TryGetValue(name, out NetworkInterface? known);
        if (known is not null)
            return known;
        Base.Invariant.Require(KernelName.TryParse(name, out KernelName kernelName), "an interface name fits the kernel's");
        NetworkInterface added = new(name, kernelName);
        _interfaces.Add(added);
        InterestVersion++;
        _byName.Add(name, added);
        return added;
    }

    /// <summary>Forgets interfaces that nobody asks about any more.</summary>
    public void Retain(Predicate<NetworkInterface> isWanted)
    {
        if (_interfaces.RemoveAll(i => !isWanted(i) && _byName.Remove(i.Name)) > 0)
            InterestVersion++;
    }

    public void AddTo(LinkFilter filter)
    {
        foreach (NetworkInterface known in _interfaces)
            filter.Add(known.Index, known.KernelName);
    }

    public void OnFilterRefused(OsError why)
        => log.Write(LogLevel.Warning, EventIds.LinkFilter, $"Netlink: all links of the host are heard of, as there are too many to tell the kernel ({why})");

    public void OnLink(in LinkInfo link)
    {
        NetworkInterface? known = Find(link.Index);
        if (known is not null && known.KernelName != link.Name)
        {
            log.Write(LogLevel.Info, EventIds.InterfaceRenamed, $"Interface name has changed from {known.KernelName} to {link.Name}");
            Leave(known, link);
            known = null;
        }
        known ??= Find(link.Name);
        if (known is null)
            return;
        bool isAnother = known.Index != link.Index;
        bool wasUp = known.IsUp;
        // The first that is heard of one is no news: it may have been so for years.
        bool isNews = IsComplete && known.IsFamiliar && !IsQuiet;
        known.IsFamiliar = true;
        if (isAnother)
        {
            if (known.Exists)
                Drop(known);
            if (isNews)
                log.Write(LogLevel.Info, EventIds.InterfaceAdded, $"Interface {known.Name} added");
        }
        known.SetLink(link);
        if (isAnother)
            InterestVersion++;
        JudgeLink(known, isAtOnce: isAnother || !IsComplete);
        known.SeenInSnapshot = _snapshot;
        if (isNews && known.IsUp != wasUp)
            log.Write(LogLevel.Detail, EventIds.LinkUpOrDown, $"Netlink reports {known.Name} {(known.IsUp ? "up" : "down")}");
        _observer?.OnInterfaceChanged(known, isAnother);
    }

    public void OnLinkGone(int interfaceIndex, KernelName name)
    {
        if (Find(interfaceIndex) is { } known)
        {
            log.Write(LogLevel.Info, EventIds.InterfaceDeleted, $"Interface {known.Name} deleted");
            Drop(known);
        }
    }

    public void OnAddress(in InterfaceAddress address)
    {
        if (Find(address.InterfaceIndex) is not { } at)
            return;
        bool isNew = at.SetAddress(address, _snapshot);
        if (isNew && IsComplete && LogsAddresses)
            log.Write(LogLevel.Info, EventIds.AddressAssigned, $"Netlink reflector reports IP {address.Address} added to {at.Name}");
        _observer?.OnAddressReported(at, address);
    }

    public void OnAddressGone(in InterfaceAddress address)
    {
        if (Find(address.InterfaceIndex) is { } at && at.RemoveAddress(address))
            ReportGone(at, address);
    }

    public void OnLost(Errno why)
    {
        // While it goes on, one line: the next one comes when everything has been read again.
        if (!_hasLost)
            log.Write(LogLevel.Warning, EventIds.NetlinkOverrun,
                $"Netlink: notifications were lost ({new ErrnoText(why)}) - reading links and addresses anew");
        _hasLost = true;
        LostCount++;
    }

    public void OnSnapshotBegin(int interfaceIndex) => _snapshot++;

    public void OnSnapshotEnd(int interfaceIndex, Errno error)
    {
        // ENODEV speaks of the one interface that was asked for: all that was known of it is gone.
        if (error is not (Errno.None or Errno.ENODEV))
        {
            IsStale = true;
            if (_snapshotFailure != error)
                log.Write(LogLevel.Error, EventIds.NetlinkSnapshotFailed, $"Netlink: could not read links and addresses - {new ErrnoText(error)}");
            _snapshotFailure = error;
            return;
        }
        // Mark and sweep: what the snapshot did not report is gone. An observer may not change the table meanwhile.
        foreach (NetworkInterface known in _interfaces)
        {
            if (!known.Exists || (interfaceIndex != 0 && known.Index != interfaceIndex))
                continue;
            if (known.SeenInSnapshot != _snapshot)
            {
                OnLinkGone(known.Index, known.KernelName);
                continue;
            }
            while (known.TryRemoveUnseen(_snapshot, out InterfaceAddress gone))
                ReportGone(known, gone);
        }
        // That of one interface says nothing of what an earlier one has missed elsewhere.
        if (interfaceIndex != 0)
            return;
        foreach (NetworkInterface known in _interfaces)
            known.IsFamiliar = true;
        IsComplete = true;
        IsStale = false;
        _snapshotFailure = Errno.None;
        if (_hasLost)
        {
            _hasLost = false;
            _observer?.OnResynchronised();
        }
    }

    public void OnMalformed(NetlinkFault fault)
        => log.Write(LogLevel.Warning, EventIds.NetlinkMalformed, $"Netlink: a message of the kernel was skipped (fault {(int)fault})");

    // To those who knew it by its name it goes down first, so that they can say goodbye on it.
    private void Leave(NetworkInterface known, in LinkInfo renamed)
    {
        known.SetLink(renamed with { Flags = renamed.Flags & ~LinkFlags.Running });
        known.Beat = null;
        JudgeLink(known, isAtOnce: true);
        _observer?.OnInterfaceLeaving(known, renamed.Name);
        Drop(known);
    }

    private void JudgeLink(NetworkInterface known, bool isAtOnce)
    {
        if (Judge is null)
            known.CountsAsUp = known.LinkIsUp;
        else
            Judge.Judge(known, isAtOnce);
    }

    private void Drop(NetworkInterface known)
    {
        known.SetGone();
        InterestVersion++;
        JudgeLink(known, isAtOnce: true);
        _observer?.OnInterfaceChanged(known, isAnother: true);
    }

    private void ReportGone(NetworkInterface at, in InterfaceAddress address)
    {
        if (IsComplete && LogsAddresses)
            log.Write(LogLevel.Info, EventIds.AddressDeassigned, $"Netlink reflector reports IP {address.Address} removed from {at.Name}");
        _observer?.OnAddressGone(at, address);
    }

    private NetworkInterface? Find(int index)
    {
        foreach (NetworkInterface known in _interfaces)
        {
            if (known.Index == index)
                return known;
        }
        return null;
    }

    private NetworkInterface? Find(KernelName name)
    {
        foreach (NetworkInterface known in _interfaces)
        {
            if (known.KernelName == name)
                return known;
        }
        return null;
    }
}
